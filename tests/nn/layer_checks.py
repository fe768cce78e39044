"""What holds for every layer and network: it does, and looks, as its namesake in PyTorch."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from course_utils import nn

RNG = np.random.default_rng

# Ours, theirs, and the shape of an input.
Case = tuple[Callable[[], nn.Module], Callable[[], Any], tuple[int, ...]]

# Options of PyTorch's layers that ours do not have.
NOT_OURS = {"padding_mode", "output_padding", "inplace", "return_indices"}


def randomise(theirs: Any, seed: int = 3) -> None:
    """Small weights, scales and statistics away from their first values."""
    rng = RNG(seed)
    state = {}
    for key, value in theirs.state_dict().items():
        shape = tuple(value.shape)
        if not value.is_floating_point():
            state[key] = value
        elif "running_var" in key or (value.ndim == 1 and "weight" in key):
            state[key] = torch.from_numpy(rng.uniform(0.5, 1.5, shape))
        else:
            fan = np.prod(shape[1:]) if len(shape) > 1 else 25
            state[key] = torch.from_numpy(rng.normal(0, np.sqrt(2 / fan), shape))
    theirs.load_state_dict(state)


def agree(
    ours: nn.Module, theirs: Any, shape: tuple[int, ...], rounds: int = 2, exact: float = 1e-10
) -> None:
    """Same outputs, gradients and buffers, round after round: gradients add up, statistics move."""
    theirs.double()
    randomise(theirs)
    ours.double().load_state_dict(theirs.state_dict())
    rng = RNG(4)

    def close(a: Any, b: torch.Tensor, what: str) -> None:
        expected = b.detach().numpy()
        scale = max(abs(expected).max(initial=0.0), 1e-3)
        np.testing.assert_allclose(a, expected, rtol=0, atol=exact * scale, err_msg=what)

    for _ in range(rounds):
        x = rng.normal(0.3, 1.2, size=shape)
        t = torch.from_numpy(x.copy()).requires_grad_()
        y, their_y = ours(x), theirs(t)
        close(y, their_y, "output")
        g = rng.normal(size=y.shape)
        their_y.backward(torch.from_numpy(g))
        assert t.grad is not None
        close(ours.backward(g), t.grad, "gradient of the input")
        their_parameters = dict(theirs.named_parameters())
        for key, parameter in ours.named_parameters():
            close(parameter.grad, their_parameters[key].grad, f"gradient of {key}")
        for key, value in ours.state_dict().items():
            close(value, theirs.state_dict()[key], key)


def look_alike(ours: nn.Module, theirs: Any) -> None:
    """Same options under the same names, same names of weights, same text when printed."""
    for name in set(getattr(theirs, "__constants__", ())) - NOT_OURS:
        assert getattr(ours, name) == getattr(theirs, name), name
    assert list(ours.state_dict()) == list(theirs.state_dict())
    assert repr(ours) == printed(theirs)


def printed(theirs: Any) -> str:
    """What PyTorch prints, without the options that ours do not have."""
    text = repr(theirs).replace(", inplace=False", "")
    return re.sub(r"(affine=\w+), bias=\w+", r"\1", text)


def keeps_dtype_and_input(layer: nn.Module, shape: tuple[int, ...]) -> None:
    """float32 stays float32, and neither the input nor the gradient is written to."""
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


def close(ours: Any, theirs: torch.Tensor) -> None:
    """Equal to rounding in float64."""
    np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=1e-10, atol=1e-10)


def behaves(case: Case, training: bool) -> None:
    """All of the above for one layer, in training or in use."""
    make_ours, make_theirs, shape = case
    ours, theirs = make_ours(), make_theirs()
    look_alike(ours, theirs)
    agree(ours.train(training), theirs.train(training), shape, rounds=3)
    keeps_dtype_and_input(make_ours(), shape)
