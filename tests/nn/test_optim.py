"""Optimisers, step for step beside PyTorch's."""

from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn

CASES: list[tuple[Any, Any, dict[str, Any]]] = [
    (nn.SGD, torch.optim.SGD, {"lr": 0.1}),
    (nn.SGD, torch.optim.SGD, {"lr": 0.1, "momentum": 0.9}),
    (nn.SGD, torch.optim.SGD, {"lr": 0.1, "momentum": 0.9, "dampening": 0.3}),
    (nn.SGD, torch.optim.SGD, {"lr": 0.1, "weight_decay": 0.05}),
    (
        nn.SGD,
        torch.optim.SGD,
        {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.05, "nesterov": True},
    ),
    (nn.Adam, torch.optim.Adam, {}),
    (
        nn.Adam,
        torch.optim.Adam,
        {"lr": 0.02, "betas": (0.8, 0.95), "eps": 1e-4, "weight_decay": 0.1},
    ),
    (nn.AdamW, torch.optim.AdamW, {}),
    (
        nn.AdamW,
        torch.optim.AdamW,
        {"lr": 0.02, "betas": (0.8, 0.95), "eps": 1e-4, "weight_decay": 0.1},
    ),
]
NAMES = [f"{ours.__name__} {options}" for ours, _, options in CASES]

LAYERS: Any = nn.Sequential(nn.ReLU())  # no parameters, though it can be iterated


def parameters() -> tuple[list[nn.Parameter], list[torch.nn.Parameter]]:
    rng = np.random.default_rng(0)
    values = [rng.normal(size=shape) for shape in ((3, 4), (5,), ())]
    return (
        [nn.Parameter(value.copy()) for value in values],
        [torch.nn.Parameter(torch.from_numpy(value.copy())) for value in values],
    )


def gradients(ours: list[nn.Parameter], theirs: list[Any], rng: np.random.Generator) -> None:
    # A bowl around one, and noise: the gradient depends on where the parameters went.
    for p, t in zip(ours, theirs, strict=True):
        noise = rng.normal(size=p.shape)
        p.grad = np.asarray(p.data - 1 + 0.1 * noise)
        t.grad = t.detach() - 1 + 0.1 * torch.from_numpy(np.asarray(noise))


def close(ours: list[nn.Parameter], theirs: list[Any]) -> None:
    for p, t in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(p.data, t.detach().numpy(), rtol=0, atol=1e-13)


@pytest.mark.parametrize(("our_kind", "their_kind", "options"), CASES, ids=NAMES)
def test_every_step_is_pytorchs(our_kind: Any, their_kind: Any, options: dict[str, Any]) -> None:
    ours, theirs = parameters()
    options = {"lr": 1e-3, **options}
    our_optimizer, their_optimizer = our_kind(ours, **options), their_kind(theirs, **options)
    rng = np.random.default_rng(1)
    for step in range(30):
        gradients(ours, theirs, rng)
        if step == 10:  # a schedule changes the rate between steps
            our_optimizer.lr *= 0.5
            their_optimizer.param_groups[0]["lr"] *= 0.5
        our_optimizer.step()
        their_optimizer.step()
        close(ours, theirs)


@pytest.mark.parametrize(("our_kind", "their_kind", "options"), CASES, ids=NAMES)
def test_defaults_are_pytorchs(our_kind: Any, their_kind: Any, options: dict[str, Any]) -> None:
    ours, theirs = parameters()
    our_optimizer, their_optimizer = our_kind(ours), their_kind(theirs)
    gradients(ours, theirs, np.random.default_rng(1))
    our_optimizer.step()
    their_optimizer.step()
    close(ours, theirs)


@pytest.mark.parametrize(("our_kind", "_", "options"), CASES, ids=NAMES)
def test_in_place_and_dtype_kept(our_kind: Any, _: Any, options: dict[str, Any]) -> None:
    parameter = nn.Parameter(np.ones((2, 3), np.float32))
    array = parameter.data
    optimizer = our_kind([parameter], **options)
    for _ in range(3):
        parameter.grad = np.full((2, 3), 0.5, np.float32)
        gradient = parameter.grad
        optimizer.step()
        np.testing.assert_array_equal(gradient, 0.5)
    assert parameter.data is array
    assert array.dtype == np.float32
    assert (array < 1).all()
    kinds = {value.dtype for key, value in optimizer.state_dict().items() if value.ndim}
    assert kinds <= {np.dtype(np.float32)}


@pytest.mark.parametrize(("our_kind", "their_kind", "options"), CASES, ids=NAMES)
def test_without_a_gradient_nothing_moves(
    our_kind: Any, their_kind: Any, options: dict[str, Any]
) -> None:
    ours, theirs = parameters()
    our_optimizer = our_kind(ours, **{"lr": 1e-3, **options})
    their_optimizer = their_kind(theirs, **{"lr": 1e-3, **options})
    rng = np.random.default_rng(4)
    for frozen in (0, 1, 0):
        gradients(ours, theirs, rng)
        ours[frozen].grad = theirs[frozen].grad = None
        our_optimizer.step()
        their_optimizer.step()
        close(ours, theirs)


@pytest.mark.parametrize(("our_kind", "_", "options"), CASES, ids=NAMES)
def test_state_goes_on_where_it_was(our_kind: Any, _: Any, options: dict[str, Any]) -> None:
    first, _theirs = parameters()
    one = our_kind(first, **options)
    rng = np.random.default_rng(2)
    for _step in range(5):
        gradients(first, _theirs, rng)
        one.step()
    second = [nn.Parameter(p.data.copy()) for p in first]
    two = our_kind(second, **{**options, "lr": 99.0})
    two.load_state_dict(one.state_dict())
    assert two.lr == one.lr
    for _step in range(5):
        gradients(first, _theirs, rng)
        for p, q in zip(first, second, strict=True):
            q.grad = p.grad
        one.step()
        two.step()
    for p, q in zip(first, second, strict=True):
        np.testing.assert_array_equal(p.data, q.data)


def stepped(kind: Any, shapes: list[tuple[int, ...]], **options: Any) -> nn.Optimizer:
    """An optimiser that has taken two steps over parameters of the given shapes."""
    rng = np.random.default_rng(6)
    optimizer: nn.Optimizer = kind(
        [nn.Parameter(rng.normal(size=s)) for s in shapes], lr=0.3, **options
    )
    for _ in range(2):
        for p in optimizer.parameters:
            p.grad = rng.normal(size=p.shape)
        optimizer.step()
    return optimizer


def refused(optimizer: nn.Optimizer, state: Any, words: str, error: Any = ValueError) -> None:
    """See a state refused in words, with nothing changed, neither memory nor learning rate."""
    before, values = optimizer.state_dict(), [p.data.copy() for p in optimizer.parameters]
    with pytest.raises(error, match=words) as caught:
        optimizer.load_state_dict(state)
    assert len(str(caught.value)) < 400
    after = optimizer.state_dict()
    assert list(after) == list(before)
    for name, value in before.items():
        np.testing.assert_array_equal(after[name], value)
    for p, value in zip(optimizer.parameters, values, strict=True):
        np.testing.assert_array_equal(p.data, value)


SHAPES = [(3, 4), (5,), ()]
KINDS = [(nn.SGD, {"momentum": 0.5}), (nn.SGD, {}), (nn.Adam, {}), (nn.AdamW, {})]


@pytest.mark.parametrize(("kind", "options"), KINDS)
@pytest.mark.parametrize(("other", "other_options"), KINDS)
def test_a_state_of_another_kind_is_refused(
    kind: Any, options: Any, other: Any, other_options: Any
) -> None:
    one, two = stepped(kind, SHAPES, **options), stepped(other, SHAPES, **other_options)
    if kind is other:
        one.load_state_dict(two.state_dict())
    else:
        words = rf"{kind.__name__}\.load_state_dict: .* of {other.__name__}, .* {kind.__name__}$"
        refused(one, two.state_dict(), words)


def test_an_older_state_names_neither_kind_nor_shapes() -> None:
    def older(optimizer: nn.Optimizer) -> dict[str, Any]:
        return {k: v for k, v in optimizer.state_dict().items() if k not in {"kind", "shapes"}}

    sgd, adam = stepped(nn.SGD, SHAPES, momentum=0.5), stepped(nn.Adam, SHAPES)
    refused(sgd, older(adam), "SGD.* there is mean, square, t, expected velocity; .* Adam or AdamW")
    refused(adam, older(sgd), "Adam.* there is velocity, expected t, mean, square; .* of SGD")
    for kind, options in KINDS:
        one, two = (
            stepped(kind, SHAPES, **options),
            kind([nn.Parameter(np.zeros(s)) for s in SHAPES]),
        )
        two.load_state_dict(older(one))
        for name, value in one.state_dict().items():
            np.testing.assert_array_equal(two.state_dict()[name], value)


@pytest.mark.parametrize(("kind", "options"), KINDS)
@pytest.mark.parametrize(
    "others",
    [[(3, 4), (5,)], [(3, 4), (5,), (), (2,)], [(4, 3), (5,), ()], [(5,), (3, 4), ()], [(1,)]],
)
def test_a_state_over_other_parameters_is_refused(kind: Any, options: Any, others: Any) -> None:
    one, two = stepped(kind, SHAPES, **options), stepped(kind, others, **options)
    refused(one, two.state_dict(), r"over parameters of shapes \[.*, these are \[\[3, 4\], \[5\], ")
    many = stepped(kind, [(2, k) for k in range(1, 200)], **options)
    refused(one, many.state_dict(), "over parameters of shapes")


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (
            {"3.velocity": np.zeros(5)},
            ValueError,
            "'3.velocity' belongs to no parameter; there are 3",
        ),
        ({"x": np.zeros(5)}, ValueError, "'x' belongs to no parameter"),
        ({"²": 0}, ValueError, "'²' belongs to no parameter"),
        ({3: 0}, ValueError, "3 belongs to no parameter"),
        (
            {"0.velocity": np.zeros(5)},
            ValueError,
            r"'0.velocity' has shape \(5,\), expected \(3, 4\)",
        ),
        ({"2.velocity": "text"}, TypeError, "'2.velocity' is <U4, expected real numbers"),
        ({"2.velocity": np.array(1j)}, TypeError, "'2.velocity' is complex128"),
        (
            {"2.mean": np.array(1.0)},
            ValueError,
            "of parameter 2 there is mean, velocity, expected vel",
        ),
        ({"lr": np.array(-1.0)}, ValueError, "lr is -1.0, expected a number >= 0"),
        ({"lr": np.array(np.nan)}, ValueError, "lr is nan"),
        ({"lr": np.zeros(2)}, ValueError, r"lr is \[0. 0.\]"),
        ({"lr": "fast"}, TypeError, "lr is <U4"),
        ({"kind": np.array("x" * 9999)}, ValueError, "the state is of x"),
        ({"shapes": np.zeros(9999)}, ValueError, "over parameters of shapes"),
    ],
)
def test_a_bad_entry_changes_nothing(change: Any, error: Any, words: str) -> None:
    optimizer = stepped(nn.SGD, SHAPES, momentum=0.5)
    other = stepped(nn.SGD, SHAPES, momentum=0.5)
    other.lr = 7.0
    refused(optimizer, {**other.state_dict(), **change}, words, error)


@pytest.mark.parametrize("t", [0, -1, 1.5, np.nan])
def test_a_number_of_steps_is_a_whole_number(t: float) -> None:
    state = {**stepped(nn.Adam, SHAPES).state_dict(), "2.t": np.array(t)}
    refused(stepped(nn.Adam, SHAPES), state, "'2.t' is ")
    del state["2.t"]
    refused(stepped(nn.Adam, SHAPES), state, "of parameter 2 there is mean, square, expected t, m")


def test_what_is_no_state_of_an_optimiser_is_refused() -> None:
    optimizer = stepped(nn.Adam, SHAPES)
    theirs = torch.optim.Adam([torch.nn.Parameter(torch.zeros(2))])
    refused(optimizer, theirs.state_dict(), "there is no lr among state, param_groups; expected")
    refused(optimizer, {}, "there is no lr among none")
    refused(optimizer, [1], "the state is a list", TypeError)


def test_memory_takes_the_dtype_of_its_parameter() -> None:
    one = stepped(nn.Adam, SHAPES)
    two = nn.Adam([nn.Parameter(np.zeros(shape, np.float32)) for shape in SHAPES])
    two.load_state_dict(one.state_dict())
    state = two.state_dict()
    assert {state[f"{k}.{name}"].dtype for k in range(3) for name in ("mean", "square")} == {
        np.dtype(np.float32)
    }
    # And is a copy: a step of one is no step of the other.
    one.load_state_dict(state)
    one.parameters[0].grad = np.ones((3, 4))
    one.step()
    np.testing.assert_array_equal(two.state_dict()["0.mean"], state["0.mean"])


def test_an_optimiser_that_names_no_memory_keeps_its_own() -> None:
    class Plain(nn.Optimizer):
        def _update(self, p: Any, grad: Any, memory: dict[str, Any]) -> None:
            memory["last"] = grad.copy()
            p -= self.lr * grad

    one, two = stepped(Plain, SHAPES), Plain([nn.Parameter(np.zeros(s)) for s in SHAPES], 1.0)
    two.load_state_dict(one.state_dict())
    np.testing.assert_array_equal(two.state_dict()["0.last"], one.state_dict()["0.last"])
    refused(two, stepped(nn.SGD, SHAPES).state_dict(), "the state is of SGD, expected one of Plain")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda p: nn.SGD([], lr=0.1), "SGD: there are no parameters to learn"),
        (lambda p: nn.SGD(LAYERS), "SGD: a ReLU is among the parameters, exp"),
        (lambda p: nn.SGD(p, lr=-1), "SGD: lr is -1"),
        (lambda p: nn.SGD(p, momentum=-0.1), "SGD: momentum=-0.1"),
        (lambda p: nn.SGD(p, nesterov=True), "SGD: nesterov needs momentum"),
        (lambda p: nn.Adam(p, betas=(0.9, 1.0)), r"Adam: betas is \(0.9, 1.0\)"),
        (lambda p: nn.AdamW(p, weight_decay=-1), "AdamW: eps=1e-08 and weight_decay=-1"),
    ],
)
def test_refusals(make: Any, words: str) -> None:
    with pytest.raises((TypeError, ValueError), match=words):
        make(parameters()[0])


def test_zero_grad() -> None:
    ours, theirs = parameters()
    gradients(ours, theirs, np.random.default_rng(0))
    nn.SGD(ours).zero_grad()
    assert all(parameter.grad is None for parameter in ours)
