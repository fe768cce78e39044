"""batch_norm by hand and against PyTorch, running statistics included."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import batch_norm, batch_norm_backward
from tests.ops.agreement import gradients

RNG = np.random.default_rng(17)


def test_by_hand() -> None:
    mean, var = np.array([10.0]), np.array([4.0])
    y = batch_norm([[12.0], [8.0]], mean, var, [3.0], [1.0], eps=0.0)
    np.testing.assert_array_equal(y, [[3 * (12 - 10) / 2 + 1], [3 * (8 - 10) / 2 + 1]])
    batch_norm([[12.0], [8.0]], mean, var, training=True, momentum=0.5)
    np.testing.assert_array_equal(mean, [(10 + 10) / 2])
    np.testing.assert_array_equal(var, [(4 + (4 + 4) / (2 - 1)) / 2])


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("affine", [True, False])
@pytest.mark.parametrize("shape", [(6, 5), (3, 4, 7), (2, 70, 5, 6), (1, 2, 2, 3, 4), (0, 3, 4)])
def test_against_pytorch(shape: tuple[int, ...], affine: bool, training: bool) -> None:
    C = shape[1]
    x, gy = RNG.normal(3, 2, size=shape), RNG.normal(size=shape)
    statistics = [RNG.normal(size=C), RNG.uniform(0.5, 2, size=C)]
    parameters = [RNG.normal(size=C), RNG.normal(size=C)] if affine else []
    options: dict[str, Any] = {"training": training, "momentum": 0.3, "eps": 1e-3}
    tensors = [torch.tensor(a, requires_grad=True) for a in (x, *parameters)]
    theirs_statistics = [torch.tensor(s) for s in statistics]
    reference: Callable[..., torch.Tensor] = F.batch_norm
    theirs = reference(tensors[0], *theirs_statistics, *tensors[1:], **options)
    arguments: list[Any] = [x, *statistics, *parameters]
    y = batch_norm(*arguments, **options)
    np.testing.assert_allclose(y, theirs.detach().numpy(), rtol=0, atol=1e-12)
    for moved, running in zip(statistics, theirs_statistics, strict=True):
        np.testing.assert_allclose(moved, running.numpy(), rtol=0, atol=1e-12)
    before = [s.copy() for s in statistics]
    gx, none_mean, none_var, *rest = batch_norm_backward(gy, *arguments, **options)
    assert none_mean is none_var is None
    np.testing.assert_array_equal(statistics, before)
    found = [gx, *(gradient for gradient in rest if gradient is not None)]
    for ours, expected in zip(found, gradients(theirs, tensors, gy), strict=True):
        np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-11)


def test_training_without_running_statistics() -> None:
    x = RNG.normal(size=(4, 3, 5))
    theirs = F.batch_norm(torch.tensor(x), None, None, training=True)
    y = batch_norm(x, None, None, training=True)
    np.testing.assert_allclose(y, theirs.numpy(), rtol=0, atol=1e-12)


OFFSETS = [0.0, 1.0, -100.1, 10000.1, 1e7]
FAR = [(1, 1, 512, 512), (32, 1, 28, 28), (40000, 2), (3, 4, 5, 7)]


@pytest.mark.parametrize("shape", FAR, ids=str)
@pytest.mark.parametrize("offset", OFFSETS)
def test_a_constant_in_float32_becomes_zero(shape: tuple[int, ...], offset: float) -> None:
    x, C = np.full(shape, offset, np.float32), shape[1]
    mean, var = np.zeros(C, np.float32), np.ones(C, np.float32)
    np.testing.assert_array_equal(batch_norm(x, mean, var, training=True, momentum=1.0), 0)
    np.testing.assert_array_equal(mean, np.float32(offset))
    np.testing.assert_array_equal(var, 0)


def numbers(shape: tuple[int, ...], kind: str) -> npt.NDArray[np.float64]:
    """Draw numbers of mean 0, or nearly so, and deviation about 1."""
    if kind == "two values":
        return np.where(RNG.random(shape) < 0.5, -1.0, 1.0)
    across = np.linspace(-1, 1, shape[-1])
    return RNG.normal(size=shape) if kind == "normal" else 3 * across**2 + 0 * RNG.random(shape)


@pytest.mark.parametrize("kind", ["normal", "two values", "a picture"])
@pytest.mark.parametrize("shape", FAR, ids=str)
@pytest.mark.parametrize("offset", OFFSETS)
def test_float32_far_from_zero_is_as_near_as_pytorch_s(
    shape: tuple[int, ...], offset: float, kind: str
) -> None:
    x = (offset + numbers(shape, kind)).astype(np.float32)
    gy = (numbers(shape, "normal") + 0.5).astype(np.float32)
    C = shape[1]
    parameters = [RNG.uniform(0.5, 2, size=C).astype(np.float32), np.zeros(C, np.float32)]

    def ours(dtype: npt.DTypeLike) -> list[npt.NDArray[Any]]:
        arrays = [a.astype(dtype) for a in (x, *parameters)]
        running = [np.zeros(C, dtype), np.ones(C, dtype)]
        arguments: list[Any] = [arrays[0], *running, *arrays[1:], True]
        y = batch_norm(*arguments)
        back = batch_norm_backward(gy.astype(dtype), *arguments)
        gradients_ = [g for g in back if g is not None]
        assert all(a.dtype == dtype for a in (y, *gradients_))
        return [y, *running, *gradients_]

    tensors = [torch.tensor(a, requires_grad=True) for a in (x, *parameters)]
    running = [torch.zeros(C), torch.ones(C)]
    reference: Callable[..., torch.Tensor] = F.batch_norm
    y = reference(tensors[0], *running, *tensors[1:], training=True)
    theirs = [y.detach().numpy(), *(r.numpy() for r in running), *gradients(y, tensors, gy)]
    names = ["y", "mean", "var", "gx", "gw", "gb"]
    for name, found, near, exact in zip(
        names, ours(np.float32), theirs, ours(np.float64), strict=True
    ):
        # what float32 cannot help: half a unit in the last place of what is added up
        summed = x.size / C if name in ("gw", "gb") else 0
        least = max(1e-6, 1e-6 * float(np.abs(exact).max()), 1e-8 * summed)
        allowed = max(least, float(np.abs(near - exact).max()))
        np.testing.assert_allclose(found, exact, rtol=0, atol=allowed, err_msg=name)


def test_numbers_whose_squares_leave_float32() -> None:
    x = np.array([[1e30], [-1e30], [3e30], [-3e30]], np.float32)
    y = batch_norm(x, None, None, training=True)
    np.testing.assert_allclose(y[:, 0], np.array([1, -1, 3, -3]) / np.sqrt(5), rtol=1e-6)
    x = np.full((4, 1, 9), 3e38, np.float32)
    np.testing.assert_array_equal(batch_norm(x, None, None, training=True), 0)


def test_infinities_are_silent() -> None:
    x = np.array([[1.0, np.inf, np.nan], [2.0, 1.0, 1.0]], np.float32)
    mean, var = np.zeros(3, np.float32), np.ones(3, np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        y = batch_norm(x, mean, var, training=True)
        gx = batch_norm_backward(np.ones_like(x), x, mean, var, training=True)[0]
    for array in (y, gx):
        assert np.isfinite(array[:, 0]).all()
        assert np.isnan(array[:, 1:]).all()


X, M = np.ones((2, 3, 4)), np.ones(3)
WRONG: list[tuple[Callable[[], Any], str]] = [
    (lambda: batch_norm(np.ones(3), None, None, training=True), "x is (3,), expected (B, C, ...)"),
    (lambda: batch_norm(np.ones((1, 3)), None, None, training=True),
     "x (1, 3) has one number per channel, expected at least two in"),
    (lambda: batch_norm(X, None, None), "running_mean is None, expected an array where training"),
    (lambda: batch_norm(X, M, None, training=True), "running_var alone is None, expected both or"),
    (lambda: batch_norm(X, M, np.ones(4)), "running_var is (4,), expected (3,), one for each"),
    (lambda: batch_norm(X, M, M, np.ones((3, 1))), "weight is (3, 1), expected (3,)"),
    (lambda: batch_norm(X, M, M, eps=-1.0), "eps is -1.0, expected at least 0"),
    (lambda: batch_norm(X, M, M, training=True, eps=0), "eps is 0, expected a positive number in"),
    (lambda: batch_norm(X, None, None, training=True, eps=-1.0), "eps is -1.0, expected a pos"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "message"), WRONG)
def test_refusals_say_what_is_wrong(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape("batch_norm: " + message)):
        call()


def test_eps_is_refused_where_pytorch_refuses_it() -> None:
    with pytest.raises(ValueError, match=r"batch_norm_backward: eps is 0\.0, expected a positive"):
        batch_norm_backward(X, X, None, None, training=True, eps=0.0)
    with pytest.raises(ValueError, match="eps must be positive during training"):
        F.batch_norm(torch.tensor(X), None, None, training=True, eps=0.0)
    batch_norm(X, M, M, eps=0.0)  # outside training both take it


def test_running_statistics_must_be_arrays_that_can_be_updated() -> None:
    fixed = np.ones(3)
    fixed.setflags(write=False)
    for wrong in ([1.0, 1.0, 1.0], np.ones(3, int), fixed):
        with pytest.raises(TypeError, match=r"batch_norm: running_mean is updated in place"):
            batch_norm(X, wrong, np.ones(3), training=True)
        batch_norm(X, wrong, np.ones(3))  # only read
    with pytest.raises(TypeError, match=r"batch_norm: x is float64 but running_mean is float32"):
        batch_norm(X, M.astype(np.float32), M)
