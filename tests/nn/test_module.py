"""Names, state, modes and the rules of forward and backward."""

import numpy as np
import pytest
import torch

from course_utils import nn

RNG = np.random.default_rng


def small_net() -> nn.Sequential:
    rng = RNG(0)
    return nn.Sequential(
        nn.Conv2d(1, 2, 3, rng=rng),
        nn.BatchNorm2d(2),
        nn.ReLU(),
        nn.Sequential(nn.Flatten(), nn.Linear(8, 3, bias=False, rng=rng)),
    )


def their_net() -> torch.nn.Sequential:
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 2, 3),
        torch.nn.BatchNorm2d(2),
        torch.nn.ReLU(),
        torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(8, 3, bias=False)),
    )


def test_names_shapes_and_dtypes_are_pytorchs() -> None:
    ours, theirs = small_net().state_dict(), their_net().state_dict()
    assert list(ours) == list(theirs)
    for name, value in theirs.items():
        assert ours[name].shape == tuple(value.shape)
        assert ours[name].dtype == value.numpy().dtype
    names = [name for name, _ in small_net().named_parameters()]
    assert names == [name for name, _ in their_net().named_parameters()]


def test_count() -> None:
    # 2 filters of 3 x 3 with a bias; a scale and a shift for each of 2 maps; 3 x 8 weights.
    assert small_net().count_parameters() == (2 * 9 + 2) + (2 + 2) + 3 * 8


def test_state_is_a_copy() -> None:
    net = small_net()
    net.state_dict()["0.weight"][...] = 7
    assert net.state_dict()["0.weight"].max() < 7


def test_load_takes_pytorchs_state() -> None:
    net, theirs = small_net(), their_net()
    theirs(torch.randn(4, 1, 4, 4))  # so that the running statistics are not the first ones
    net.load_state_dict(theirs.state_dict())
    for name, value in theirs.state_dict().items():
        np.testing.assert_array_equal(net.state_dict()[name], value.numpy())
    assert net.state_dict()["1.num_batches_tracked"] == 1


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (lambda s: s.pop("0.bias"), KeyError, r"missing: 0\.bias; unexpected: none"),
        (lambda s: s.update(extra=np.zeros(1)), KeyError, "missing: none; unexpected: extra"),
        (
            lambda s: s.update({"3.1.weight": np.zeros((8, 3))}),
            ValueError,
            r"3\.1\.weight has shape \(8, 3\), expected \(3, 8\)",
        ),
    ],
)
def test_what_does_not_fit_changes_nothing(change, error, words) -> None:  # type: ignore[no-untyped-def]
    net = small_net()
    before = net.state_dict()
    state = {name: value + 1 for name, value in before.items()}
    change(state)
    with pytest.raises(error, match=words):
        net.load_state_dict(state)
    for name, value in net.state_dict().items():
        np.testing.assert_array_equal(value, before[name])


def test_load_not_strict() -> None:
    net = small_net()
    before = net.state_dict()
    net.load_state_dict({"0.bias": [3.0, 4.0], "elsewhere": 0.0}, strict=False)
    np.testing.assert_array_equal(net.state_dict()["0.bias"], [3, 4])
    np.testing.assert_array_equal(net.state_dict()["0.weight"], before["0.weight"])


def test_loading_keeps_the_arrays_that_an_optimiser_holds() -> None:
    net = small_net()
    weight = net.parameters()[0]
    array = weight.data
    net.load_state_dict({name: value * 0 for name, value in net.state_dict().items()})
    assert weight.data is array
    assert not array.any()


def test_gradients_add_up_and_are_forgotten() -> None:
    net = nn.Linear(3, 2, rng=RNG(1)).double()
    x, g = RNG(2).normal(size=(4, 3)), RNG(3).normal(size=(4, 2))
    for _ in range(2):
        net(x)
        net.backward(g)
    assert net.weight.grad is not None
    np.testing.assert_allclose(net.weight.grad, 2 * g.T @ x, atol=1e-12)
    net.zero_grad()
    assert net.weight.grad is None


def test_a_gradient_is_not_shared() -> None:
    parameter = nn.Parameter(np.zeros(2))
    g = np.ones(2)
    parameter.accumulate(g)
    parameter.accumulate(g)
    np.testing.assert_array_equal(g, 1)


def test_a_gradient_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"gradient has shape \(2, 1\), the values \(2,\)"):
        nn.Parameter(np.zeros(2)).accumulate(np.zeros((2, 1)))


def test_backward_needs_its_own_forward() -> None:
    layer = nn.ReLU()
    with pytest.raises(RuntimeError, match="ReLU: backward needs a forward before it"):
        layer.backward(np.ones(2))
    layer(np.ones(2))
    layer.backward(np.ones(2))
    with pytest.raises(RuntimeError, match="only one backward belongs to each forward"):
        layer.backward(np.ones(2))


def test_modes_reach_everything() -> None:
    net = small_net()
    assert all(module.training for module in net.modules())
    assert net.eval() is net
    assert not any(module.training for module in net.modules())
    net.train()
    assert all(module.training for module in net.modules())


def test_dtype_of_everything() -> None:
    net = small_net().double()
    kinds = {name: value.dtype for name, value in net.state_dict().items()}
    assert kinds.pop("1.num_batches_tracked") == np.int64
    assert set(kinds.values()) == {np.dtype(np.float64)}
    assert net(RNG(0).normal(size=(2, 1, 4, 4))).dtype == np.float64
    assert net.float()(np.zeros((2, 1, 4, 4), np.float32)).dtype == np.float32


def test_printed_form() -> None:
    assert repr(small_net()).splitlines() == [
        "Sequential(",
        "  (0): Conv2d(1, 2, kernel_size=(3, 3))",
        "  (1): BatchNorm2d(2)",
        "  (2): ReLU()",
        "  (3): Sequential(",
        "    (0): Flatten()",
        "    (1): Linear(8, 3, bias=False)",
        "  )",
        ")",
    ]


def test_a_module_without_forward_says_so() -> None:
    with pytest.raises(NotImplementedError, match="Module does not define forward"):
        nn.Module()(np.zeros(1))
    with pytest.raises(NotImplementedError, match="Module does not define backward"):
        nn.Module().backward(np.zeros(1))


def test_sequential_is_a_sequence() -> None:
    net = small_net()
    assert len(net) == 4
    assert net[2] is list(net)[2]
