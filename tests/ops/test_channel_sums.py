"""Sums over channels: by hand, in many runs, and with float32's digits."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils import ops
from course_utils.ops.channel_sums import channel_dot, channel_sum, moments, sums_about

F64 = np.dtype(np.float64)
RNG = np.random.default_rng(31)


def test_by_hand() -> None:
    x = np.array([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]])
    np.testing.assert_array_equal(channel_sum(x), [1 + 2 + 5 + 6, 3 + 4 + 7 + 8])
    np.testing.assert_array_equal(channel_dot(x, x), [1 + 4 + 25 + 36, 9 + 16 + 49 + 64])


@pytest.mark.parametrize("S", [1, 7, 8, 300, 1023, 1024, 4096, 4097, 9000])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_runs_of_every_length(S: int, dtype: npt.DTypeLike) -> None:
    x, y = (RNG.normal(size=(3, 2, S)).astype(dtype) for _ in range(2))
    exact = x.astype(np.longdouble), y.astype(np.longdouble)
    tolerance = 1e-6 if dtype == np.float32 else 1e-14
    sums, dots = channel_sum(x), channel_dot(x, y)
    assert sums.dtype == dots.dtype == np.float64
    scale = np.abs(exact[0]).sum(axis=(0, 2))
    assert (np.abs(sums - exact[0].sum(axis=(0, 2))) <= tolerance * scale).all()
    products = exact[0] * exact[1]
    scale = np.abs(products).sum(axis=(0, 2))
    assert (np.abs(dots - products.sum(axis=(0, 2))) <= tolerance * scale).all()


@pytest.mark.parametrize("shape", [(1, 1, 1 << 20), (1 << 20, 1, 1), (1 << 15, 1, 32)])
def test_long_sums_in_float32_keep_their_digits(shape: tuple[int, int, int]) -> None:
    x = np.full(shape, 0.1, np.float32)
    exact = float(np.float32(0.1)) * (1 << 20)
    np.testing.assert_allclose(channel_sum(x), [exact], rtol=2e-6)
    np.testing.assert_allclose(channel_dot(x, x), [exact * float(np.float32(0.1))], rtol=2e-6)


@pytest.mark.parametrize("offset", [0.0, 100.1, 1e4, 1e7])
def test_moments_far_from_zero(offset: float) -> None:
    x = (offset + RNG.normal(size=(2, 3, 5000))).astype(np.float32)
    g, centred = RNG.normal(size=x.shape).astype(np.float32), np.empty_like(x)
    found, exact = moments(x, centred, g), x.astype(np.float64)
    mean = exact.mean(axis=(0, 2))
    np.testing.assert_allclose(found.near + found.rest, mean, rtol=1e-12, atol=3e-7)
    np.testing.assert_allclose(found.var, exact.var(axis=(0, 2)), rtol=1e-6)
    about = exact - found.near[:, None].astype(np.float64)
    np.testing.assert_allclose(centred, about, rtol=0, atol=1e-6)
    np.testing.assert_allclose(found.g_c, (g * about).sum(axis=(0, 2)), rtol=0, atol=1e-3)
    np.testing.assert_allclose(found.g, g.sum(axis=(0, 2), dtype=np.float64), rtol=0, atol=1e-3)


def test_squares_beyond_float32() -> None:
    x = np.array([[[1e30, -1e30, 3e30, -3e30]]], np.float32)
    np.testing.assert_allclose(moments(x, np.empty_like(x)).var, [(1e60 + 9e60) / 2], rtol=1e-6)
    square, _, _ = sums_about(np.ones(1), np.zeros((2, 1, 3)), np.empty((2, 1, 3)), None, F64)
    np.testing.assert_array_equal(square, [2 * 3])


OFFSETS = [0.0, 1.0, 100.1, 1e3, 1e5, 1e7]


def as_exact_as_pytorch(ours: Any, theirs: torch.Tensor, exact: Any, size: Any) -> None:
    """Hold an error to PyTorch's, or to the last two bits of the sum of sizes."""
    bound = 4 * np.spacing(np.asarray(size, np.float32)).astype(np.float64)
    bound = np.maximum(bound, np.abs(theirs.detach().numpy() - exact).max())
    assert (np.abs(ours - exact) <= bound).all()


@pytest.mark.parametrize("offset", OFFSETS)
@pytest.mark.parametrize("shape", [(32, 3, 28, 28), (3, 2, 150, 150), (20_000, 2, 1, 1)])
def test_bias_gradients_far_from_zero(offset: float, shape: tuple[int, ...]) -> None:
    gy = (offset + RNG.normal(size=shape)).astype(np.float32)
    x, w = (RNG.normal(size=s).astype(np.float32) for s in (shape, (shape[1], shape[1], 1, 1)))
    bias = np.zeros(shape[1], np.float32)
    exact = gy.astype(np.float64).sum(axis=(0, 2, 3))
    tensor = torch.tensor(bias, requires_grad=True)
    y = F.conv2d(torch.tensor(x), torch.tensor(w), tensor)
    (theirs,) = torch.autograd.grad(y, [tensor], torch.tensor(gy))
    rows, weight = (a.reshape(-1, shape[1]) for a in (x, w))
    for gradient in (
        ops.conv2d_backward(gy, x, w, bias)[2],
        ops.conv_transpose2d_backward(gy, x, w, bias)[2],
        ops.linear_backward(np.moveaxis(gy, 1, 3).reshape(rows.shape), rows, weight, bias)[2],
    ):
        as_exact_as_pytorch(gradient, theirs, exact, np.abs(gy).sum(axis=(0, 2, 3)))


@pytest.mark.parametrize("offset", OFFSETS)
@pytest.mark.parametrize("side", [7, 21, 28, 56, 300])
def test_averages_far_from_zero(offset: float, side: int) -> None:
    x = (offset + RNG.normal(size=(2, 3, side, side))).astype(np.float32)
    exact = x.astype(np.float64).mean(axis=(2, 3), keepdims=True)
    size = np.abs(x).mean(axis=(2, 3), keepdims=True)
    theirs = F.adaptive_avg_pool2d(torch.tensor(x), 1)
    as_exact_as_pytorch(ops.adaptive_avg_pool2d(x, 1), theirs, exact, size)
    as_exact_as_pytorch(ops.avg_pool2d(x, side), F.avg_pool2d(torch.tensor(x), side), exact, size)
