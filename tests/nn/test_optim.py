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


def test_a_state_of_other_parameters_is_refused() -> None:
    ours, _ = parameters()
    optimizer = nn.SGD(ours, momentum=0.5)
    with pytest.raises(ValueError, match=r"SGD\.load_state_dict: '3\.velocity' belongs to no"):
        optimizer.load_state_dict({"lr": np.array(0.1), "3.velocity": np.zeros(5)})
    with pytest.raises(ValueError, match=r"'0\.velocity' has shape \(5,\), expected \(3, 4\)"):
        optimizer.load_state_dict({"lr": np.array(0.1), "0.velocity": np.zeros(5)})


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
