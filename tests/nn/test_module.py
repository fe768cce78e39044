"""Names, state, modes and the rules of forward and backward."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn, torch_bridge
from course_utils.nn import models
from tests import reference_models
from tests.nn.layer_checks import printed

RNG = np.random.default_rng


def small_net() -> nn.Sequential:
    rng = RNG(0)
    return nn.Sequential(
        nn.Conv2d(1, 2, 3, rng=rng),
        nn.BatchNorm2d(2),
        nn.ReLU(),
        nn.Sequential(nn.Flatten(), nn.Linear(8, 3, bias=False, rng=rng)),
    )


def test_names_shapes_and_dtypes_are_pytorchs() -> None:
    ours, theirs = small_net().state_dict(), reference_models.small_network().state_dict()
    assert list(ours) == list(theirs)
    for name, value in theirs.items():
        assert ours[name].shape == tuple(value.shape)
        assert ours[name].dtype == value.numpy().dtype
    names = [name for name, _ in small_net().named_parameters()]
    assert names == [name for name, _ in reference_models.small_network().named_parameters()]


def test_count() -> None:
    # 2 filters of 3 x 3 with a bias; a scale and a shift for each of 2 maps; 3 x 8 weights.
    assert small_net().count_parameters() == (2 * 9 + 2) + (2 + 2) + 3 * 8


def test_state_is_a_copy() -> None:
    net = small_net()
    net.state_dict()["0.weight"][...] = 7
    assert net.state_dict()["0.weight"].max() < 7


def test_load_takes_pytorchs_state() -> None:
    net, theirs = small_net(), reference_models.small_network()
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
def test_what_does_not_fit_changes_nothing(
    change: Callable[[Any], object], error: type[Exception], words: str
) -> None:
    net = small_net()
    before = net.state_dict()
    state = {name: value + 1 for name, value in before.items()}
    change(state)
    with pytest.raises(error, match=words):
        net.load_state_dict(state)
    for name, value in net.state_dict().items():
        np.testing.assert_array_equal(value, before[name])


@pytest.mark.parametrize(
    "state",
    [
        {"0.bias": [3.0, 4.0], "elsewhere": 0.0},
        {},
        {"3.1.weight": np.ones((3, 8))},
        {f"module.{name}": value for name, value in small_net().state_dict().items()},
        {k: v for k, v in small_net().state_dict().items() if k != "1.num_batches_tracked"},
        small_net().state_dict(),
    ],
)
def test_what_load_returns_is_pytorchs(state: dict[str, Any]) -> None:
    net, theirs = small_net(), reference_models.small_network()
    torch_bridge.copy_weights(net, theirs)
    tensors = {name: torch.as_tensor(value) for name, value in state.items()}
    ours = net.load_state_dict(state, strict=False)
    expected = theirs.load_state_dict(tensors, strict=False)
    assert ours.missing_keys == expected.missing_keys
    assert ours.unexpected_keys == expected.unexpected_keys
    assert tuple(ours) == tuple(expected)
    assert (repr(ours) == "<All keys matched successfully>") == (not any(expected))
    for name, value in theirs.state_dict().items():
        np.testing.assert_array_equal(net.state_dict()[name], value.numpy())


def test_what_is_missing_in_pytorchs_own_state_is_pytorchs() -> None:
    net, theirs = small_net(), reference_models.small_network()
    state = theirs.state_dict()  # says of itself that it is new enough to have a count
    for name in ("1.running_mean", "1.num_batches_tracked", "3.1.weight"):
        del state[name]
    assert tuple(net.load_state_dict(state, strict=False)) == tuple(
        theirs.load_state_dict(state, strict=False)
    )


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


def test_printed_form_is_pytorchs() -> None:
    assert repr(small_net()) == printed(reference_models.small_network())


def test_printed_form_of_parts_and_options() -> None:
    lines = repr(models.BasicBlock(1, 1, skip_scale=0.5, rng=None)).splitlines()
    assert lines[:2] == ["BasicBlock(", "  skip_scale=0.5"]
    assert lines[-1] == ")"


def test_a_module_without_forward_says_so() -> None:
    with pytest.raises(NotImplementedError, match="Module does not define forward"):
        nn.Module()(np.zeros(1))
    with pytest.raises(NotImplementedError, match="Module does not define backward"):
        nn.Module().backward(np.zeros(1))


# ---------------------------------------------------------------- parts


def test_parts_are_found_as_pytorch_finds_them() -> None:
    ours, theirs = small_net(), reference_models.small_network()

    def kinds(modules: Any) -> list[str]:
        return [type(module).__name__ for module in modules]

    assert kinds(ours.children()) == kinds(theirs.children())
    assert kinds(ours.modules()) == kinds(theirs.modules())
    for named in ("named_children", "named_modules"):
        mine, other = list(getattr(ours, named)()), list(getattr(theirs, named)())
        assert [name for name, _ in mine] == [name for name, _ in other]
        assert kinds(m for _, m in mine) == kinds(m for _, m in other)
    mine, other = ([name for name, _ in net.named_modules(prefix="net")] for net in (ours, theirs))
    assert mine == other


def test_apply_calls_parts_first_as_pytorch_does() -> None:
    seen: list[list[str]] = [[], []]
    for net, names in zip((small_net(), reference_models.small_network()), seen, strict=True):
        assert net.apply(lambda module, names=names: names.append(type(module).__name__)) is net
    assert seen[0] == seen[1]


def test_a_part_by_its_dotted_name() -> None:
    net = small_net()
    assert net.get_submodule("3.1") is list(net.modules())[-1]
    assert net.get_submodule("") is net
    with pytest.raises(
        AttributeError, match=r"there is no '3\.2'; the parts of Sequential are 0, 1"
    ):
        net.get_submodule("3.2")
    with pytest.raises(AttributeError, match=r"there is no '1\.weight'; .* BatchNorm2d are none"):
        net.get_submodule("1.weight")


def test_parts_are_added_under_a_name() -> None:
    net = nn.Module()
    net.add_module("0", nn.ReLU())
    net.add_module("0", nn.Tanh())  # the same name again: in its place
    assert [(name, repr(part)) for name, part in net.named_children()] == [("0", "Tanh()")]
    for name in ("", "a.b", "train", "training"):
        with pytest.raises(ValueError, match=f"Module: '{name}' cannot be the name of a part"):
            net.add_module(name, nn.ReLU())
    layer: Any = 3
    with pytest.raises(TypeError, match="Module: part 'x' is a int, expected a Module"):
        net.add_module("x", layer)


def test_held_parameters_stay_as_pytorchs_do() -> None:
    ours, theirs = small_net().double(), reference_models.small_network().double()
    torch_bridge.copy_weights(ours, theirs)
    ours[0].requires_grad_(False)
    theirs[0].requires_grad_(False)
    rng, before = RNG(3), ours.state_dict()
    batches = [(rng.normal(size=(4, 1, 4, 4)), rng.integers(0, 3, 4)) for _ in range(3)]
    torch_bridge.compare_training(
        ours, theirs, nn.SGD(ours.parameters(), 0.1, momentum=0.9),
        torch.optim.SGD(theirs.parameters(), 0.1, momentum=0.9), batches,
    )  # fmt: skip
    after = ours.state_dict()
    np.testing.assert_array_equal(after["0.weight"], before["0.weight"])
    assert not np.array_equal(after["3.1.weight"], before["3.1.weight"])
    assert ours.requires_grad_() is ours
    assert all(parameter.requires_grad for parameter in ours.parameters())
