"""Every layer against its namesake in PyTorch: output, gradients and running statistics."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn

tnn: Any = torch.nn
RNG = np.random.default_rng

CASES: dict[str, tuple[Callable[..., nn.Module], Callable[..., Any], tuple[int, ...]]] = {
    "conv": (lambda: nn.Conv2d(3, 4, 3, rng=RNG(1)), lambda: tnn.Conv2d(3, 4, 3), (2, 3, 6, 7)),
    "conv, all options": (
        lambda: nn.Conv2d(
            4, 6, (3, 2), stride=(2, 1), padding=(1, 2), dilation=(1, 2), groups=2, bias=False,
            rng=RNG(1),
        ),
        lambda: tnn.Conv2d(
            4, 6, (3, 2), stride=(2, 1), padding=(1, 2), dilation=(1, 2), groups=2, bias=False
        ),
        (2, 4, 8, 7),
    ),
    "conv, same": (
        lambda: nn.Conv2d(2, 3, (3, 5), padding="same", rng=RNG(1)),
        lambda: tnn.Conv2d(2, 3, (3, 5), padding="same"),
        (2, 2, 6, 7),
    ),
    "linear": (lambda: nn.Linear(5, 3, rng=RNG(1)), lambda: tnn.Linear(5, 3), (4, 5)),
    "linear, no bias": (
        lambda: nn.Linear(5, 3, bias=False, rng=RNG(1)),
        lambda: tnn.Linear(5, 3, bias=False),
        (4, 5),
    ),
    "batch norm": (lambda: nn.BatchNorm2d(3), lambda: tnn.BatchNorm2d(3), (4, 3, 5, 6)),
    "batch norm, plain mean": (
        lambda: nn.BatchNorm2d(3, momentum=None, eps=1e-3),
        lambda: tnn.BatchNorm2d(3, momentum=None, eps=1e-3),
        (4, 3, 5, 6),
    ),
    "batch norm, not affine": (
        lambda: nn.BatchNorm2d(3, affine=False),
        lambda: tnn.BatchNorm2d(3, affine=False),
        (4, 3, 5, 6),
    ),
    "batch norm, no statistics": (
        lambda: nn.BatchNorm2d(3, track_running_stats=False),
        lambda: tnn.BatchNorm2d(3, track_running_stats=False),
        (4, 3, 5, 6),
    ),
    "local response norm": (
        lambda: nn.LocalResponseNorm(3, 0.5, 0.6, 2.0),
        lambda: tnn.LocalResponseNorm(3, 0.5, 0.6, 2.0),
        (2, 5, 3, 4),
    ),
    "relu": (nn.ReLU, tnn.ReLU, (3, 4, 5)),
    "tanh": (nn.Tanh, tnn.Tanh, (3, 4, 5)),
    "sigmoid": (nn.Sigmoid, tnn.Sigmoid, (3, 4, 5)),
    "max pool": (lambda: nn.MaxPool2d(2), lambda: tnn.MaxPool2d(2), (2, 3, 6, 7)),
    "max pool, all options": (
        lambda: nn.MaxPool2d((3, 2), (2, 1), (1, 0), (1, 2), True),
        lambda: tnn.MaxPool2d((3, 2), (2, 1), (1, 0), (1, 2), False, True),
        (2, 3, 8, 7),
    ),
    "average pool": (lambda: nn.AvgPool2d(3), lambda: tnn.AvgPool2d(3), (2, 3, 7, 9)),
    "average pool, all options": (
        lambda: nn.AvgPool2d((3, 2), (2, 1), (1, 1), True, False, 5),
        lambda: tnn.AvgPool2d((3, 2), (2, 1), (1, 1), True, False, 5),
        (2, 3, 7, 9),
    ),
    "adaptive pool": (
        lambda: nn.AdaptiveAvgPool2d((3, 2)), lambda: tnn.AdaptiveAvgPool2d((3, 2)), (2, 3, 7, 5),
    ),
    "flatten": (nn.Flatten, tnn.Flatten, (2, 3, 4, 5)),
    "flatten from 2": (lambda: nn.Flatten(2), lambda: tnn.Flatten(2), (2, 3, 4, 5)),
    "dropout in use": (lambda: nn.Dropout(rng=None).eval(), lambda: tnn.Dropout().eval(), (3, 4)),
    "sequential": (
        lambda: nn.Sequential(nn.Conv2d(2, 3, 3, rng=RNG(1)), nn.ReLU(), nn.MaxPool2d(2)),
        lambda: tnn.Sequential(tnn.Conv2d(2, 3, 3), tnn.ReLU(), tnn.MaxPool2d(2)),
        (2, 2, 8, 8),
    ),
    "empty sequential": (nn.Sequential, tnn.Sequential, (2, 3)),
}  # fmt: skip


def matched(name: str) -> tuple[nn.Module, Any, tuple[int, ...]]:
    """Ours and theirs in float64, with the same random state."""
    make_ours, make_theirs, shape = CASES[name]
    ours, theirs = make_ours().double(), make_theirs().double()
    rng = RNG(7)
    state = {}
    for key, value in theirs.state_dict().items():
        if value.is_floating_point():
            state[key] = torch.from_numpy(rng.uniform(0.2, 1.5, tuple(value.shape)))
        else:
            state[key] = value
    theirs.load_state_dict(state)
    ours.load_state_dict(theirs.state_dict())
    return ours, theirs, shape


def close(ours: Any, theirs: torch.Tensor) -> None:
    np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("name", CASES)
def test_equals_pytorch(name: str, training: bool) -> None:
    ours, theirs, shape = matched(name)
    if "dropout" not in name:
        ours.train(training)
        theirs.train(training)
    rng = RNG(11)
    for _ in range(3):  # gradients add up, statistics move on
        x = rng.normal(0.3, 1.2, size=shape)
        t = torch.from_numpy(x.copy()).requires_grad_()
        y, their_y = ours(x), theirs(t)
        close(y, their_y)
        g = rng.normal(size=y.shape)
        their_y.backward(torch.from_numpy(g))
        grad_x = ours.backward(g)
        assert t.grad is not None
        close(grad_x, t.grad)
        their_grads = dict(theirs.named_parameters())
        for key, parameter in ours.named_parameters():
            close(parameter.grad, their_grads[key].grad)
        for key, value in ours.state_dict().items():
            close(value, theirs.state_dict()[key])


@pytest.mark.parametrize("name", CASES)
def test_dtype_is_kept_and_input_is_not_changed(name: str) -> None:
    make_ours, _, shape = CASES[name]
    layer = make_ours()
    x = RNG(3).normal(size=shape).astype(np.float32)
    before = x.copy()
    y = layer(x)
    assert y.dtype == np.float32
    g = np.ones_like(y)
    assert layer.backward(g).dtype == np.float32
    np.testing.assert_array_equal(x, before)
    np.testing.assert_array_equal(g, 1)
    for parameter in layer.parameters():
        assert parameter.grad is not None
        assert parameter.grad.dtype == np.float32


@pytest.mark.parametrize("name", ["conv", "linear", "relu", "flatten", "max pool"])
def test_no_examples_at_all(name: str) -> None:
    make_ours, make_theirs, shape = CASES[name]
    x = np.zeros((0, *shape[1:]), np.float32)
    y = make_ours()(x)
    assert y.shape == tuple(make_theirs()(torch.from_numpy(x)).shape)


def test_batch_norm_in_eval_keeps_the_statistics_it_used() -> None:
    ours, theirs, shape = matched("batch norm")
    ours.eval(), theirs.eval()
    x, g = RNG(1).normal(size=shape), RNG(2).normal(size=shape)
    t = torch.from_numpy(x).requires_grad_()
    their_y = theirs(t)
    ours(x)
    assert isinstance(ours, nn.BatchNorm2d)
    assert ours.running_var is not None
    ours.running_var += 5  # as if another batch had come between forward and backward
    their_y.backward(torch.from_numpy(g))
    assert t.grad is not None
    close(ours.backward(g), t.grad)


def test_dropout_by_the_numbers() -> None:
    p = 0.3
    layer = nn.Dropout(p, rng=RNG(0))
    x = np.ones((200, 500))
    y = layer(x)
    share = (y == 0).mean()
    assert abs(share - p) < 4 * np.sqrt(p * (1 - p) / x.size)  # four standard deviations
    np.testing.assert_allclose(y[y != 0], 1 / (1 - p))
    g = RNG(1).normal(size=x.shape)
    np.testing.assert_allclose(layer.backward(g), g * y)  # x is one, so y is the mask
    assert not np.array_equal(y, layer(x))
    np.testing.assert_array_equal(nn.Dropout(p, rng=RNG(0))(x), y)


def test_dropout_of_everything_and_nothing() -> None:
    x = np.ones(5)
    np.testing.assert_array_equal(nn.Dropout(1.0, rng=RNG(0))(x), 0)
    np.testing.assert_array_equal(nn.Dropout(0.0, rng=None)(x), 1)


def test_dropout_refusals() -> None:
    with pytest.raises(ValueError, match=r"Dropout: p is 1\.5"):
        nn.Dropout(1.5, rng=None)
    with pytest.raises(RuntimeError, match="Dropout: training needs a generator"):
        nn.Dropout(rng=None)(np.ones(3))


def test_other_refusals() -> None:
    with pytest.raises(ValueError, match=r"BatchNorm2d: x has shape \(2, 4, 5, 5\), .*\(B, 3, H"):
        nn.BatchNorm2d(3)(np.zeros((2, 4, 5, 5), np.float32))
    with pytest.raises(ValueError, match="Conv2d: groups=2 does not divide in_channels=3"):
        nn.Conv2d(3, 4, 3, groups=2, rng=None)
    with pytest.raises(ValueError, match=r"Flatten: x has shape \(3,\)"):
        nn.Flatten()(np.zeros(3))


def test_layers_without_a_generator_start_from_zero() -> None:
    for layer in (nn.Conv2d(2, 3, 3, rng=None), nn.Linear(4, 2, rng=None)):
        assert not any(parameter.data.any() for parameter in layer.parameters())


# ---------------------------------------------------------------- losses


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"reduction": "sum"},
        {"label_smoothing": 0.1},
        {"weight": np.array([1.0, 2.0, 0.5, 3.0])},
        {"ignore_index": 2},
    ],
    ids=str,
)
def test_cross_entropy(options: dict[str, Any]) -> None:
    rng = RNG(0)
    logits, target = rng.normal(size=(6, 4)) * 3, np.array([0, 2, 3, 1, 2, 0])
    t = torch.from_numpy(logits.copy()).requires_grad_()
    theirs = {k: torch.from_numpy(v) if k == "weight" else v for k, v in options.items()}
    value = tnn.CrossEntropyLoss(**theirs)(t, torch.from_numpy(target))
    value.backward()
    loss = nn.CrossEntropyLoss(**options)
    close(loss(logits, target), value)
    assert t.grad is not None
    close(loss.backward(), t.grad)
    with pytest.raises(RuntimeError, match="CrossEntropyLoss: backward needs a loss before it"):
        loss.backward()


def test_cross_entropy_with_probabilities() -> None:
    rng = RNG(1)
    logits = rng.normal(size=(5, 3))
    target = rng.dirichlet(np.ones(3), size=5)
    t = torch.from_numpy(logits.copy()).requires_grad_()
    value = tnn.CrossEntropyLoss()(t, torch.from_numpy(target))
    value.backward()
    loss = nn.CrossEntropyLoss()
    close(loss(logits, target), value)
    assert t.grad is not None
    close(loss.backward(), t.grad)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_mse(reduction: Any) -> None:
    rng = RNG(2)
    x, target = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    t = torch.from_numpy(x.copy()).requires_grad_()
    value = tnn.MSELoss(reduction=reduction)(t, torch.from_numpy(target))
    value.backward()
    loss = nn.MSELoss(reduction=reduction)
    close(loss(x, target), value)
    assert t.grad is not None
    close(loss.backward(), t.grad)
    with pytest.raises(RuntimeError, match="MSELoss: backward needs a loss before it"):
        loss.backward()
