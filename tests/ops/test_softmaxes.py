"""softmax and log_softmax against PyTorch, large scores and infinities included."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils import ops
from tests.ops.agreement import gradients

RNG = np.random.default_rng(20)
NAMES = ["softmax", "log_softmax"]


def test_by_hand() -> None:
    np.testing.assert_allclose(ops.softmax(np.log([1.0, 3.0]), 0), [1 / 4, 3 / 4])
    np.testing.assert_allclose(ops.log_softmax([0.0, -2000.0], 0), [0, -2000])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("shape", "dim"),
    [((5,), 0), ((3, 4), 1), ((3, 4), -2), ((2, 3, 4), 1), ((), 0), ((0, 3), 1), ((3, 0), 1)],
)
def test_against_pytorch(name: str, shape: tuple[int, ...], dim: int) -> None:
    x = RNG.normal(scale=300, size=shape)
    tensor = torch.tensor(x, requires_grad=True)
    theirs = getattr(F, name)(tensor, dim)
    y = getattr(ops, name)(x, dim)
    assert y.shape == tuple(theirs.shape)
    np.testing.assert_allclose(y, theirs.detach().numpy(), rtol=1e-12, atol=1e-15)
    gy = RNG.normal(size=shape)
    gx = getattr(ops, name + "_backward")(gy, x, dim)
    np.testing.assert_allclose(gx, gradients(theirs, [tensor], gy)[0], rtol=0, atol=1e-12)
    assert getattr(ops, name)(x.astype(np.float32), dim).dtype == np.float32


@pytest.mark.parametrize("name", NAMES)
def test_infinities(name: str) -> None:
    x = np.array([[0.0, -np.inf, 1.0], [-np.inf] * 3, [np.inf, 0.0, 1.0]])
    theirs = getattr(F, name)(torch.tensor(x), 1).numpy()
    np.testing.assert_allclose(getattr(ops, name)(x, 1), theirs, atol=1e-15)


@pytest.mark.parametrize("dim", [0, 1])
def test_sums_over_many_scores_keep_float32_s_digits(dim: int) -> None:
    n = 300_000
    x = np.zeros((n, 4), np.float32)
    x[0] = np.log(10)  # beside it the others are 0.1, which float32 cannot hold exactly
    x, shape = (x, (1, 4)) if dim == 0 else (np.ascontiguousarray(x.T), (4, 1))
    right = -np.log(1 + (n - 1) * float(np.exp(-x.max())))
    largest = x.argmax(axis=dim).reshape(shape)
    for y, expected in ((ops.softmax(x, dim), np.exp(right)), (ops.log_softmax(x, dim), right)):
        np.testing.assert_allclose(np.take_along_axis(y, largest, dim), expected, rtol=1e-5)
    gy = np.full_like(x, 0.1)
    np.testing.assert_allclose(ops.softmax_backward(gy, x, dim), 0, atol=1e-10)
    last = np.take(ops.log_softmax_backward(gy, x, dim), [0], dim)
    np.testing.assert_allclose(last, 0.1 - np.exp(right) * n * 0.1, rtol=1e-5)


@pytest.mark.parametrize("name", NAMES)
def test_infinities_are_silent(name: str) -> None:
    x = np.array([[3e38, -3e38], [np.inf, np.inf], [-np.inf, 0.0]], np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        getattr(ops, name)(x, 1)
        getattr(ops, name + "_backward")(np.array([[np.inf, -np.inf]] * 3, np.float32), x, 1)


def test_refusals_say_what_is_wrong() -> None:
    x: Any = np.zeros((2, 3))
    with pytest.raises(ValueError, match=r"softmax: dim is 5, expected -2 to 1 for x \(2, 3\)"):
        ops.softmax(x, 5)
    with pytest.raises(ValueError, match=r"log_softmax_backward: grad_output is \(3,\), expected"):
        ops.log_softmax_backward(x[0], x, 1)
