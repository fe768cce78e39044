"""batch_norm by hand and against PyTorch, running statistics included."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
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


def test_float32_far_from_zero() -> None:
    x = RNG.normal(1000, 1, size=(8, 3, 14, 14))
    exact = batch_norm(x.astype(np.float32).astype(np.float64), None, None, training=True)
    y = batch_norm(x.astype(np.float32), None, None, training=True)
    assert y.dtype == np.float32
    # the mean itself is rounded to one part in 2**24 of 1000
    assert np.abs(y - exact).max() < 2e-4


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
]  # fmt: skip


@pytest.mark.parametrize(("call", "message"), WRONG)
def test_refusals_say_what_is_wrong(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape("batch_norm: " + message)):
        call()


def test_running_statistics_must_be_arrays_that_can_be_updated() -> None:
    fixed = np.ones(3)
    fixed.setflags(write=False)
    for wrong in ([1.0, 1.0, 1.0], np.ones(3, int), fixed):
        with pytest.raises(TypeError, match=r"batch_norm: running_mean is updated in place"):
            batch_norm(X, wrong, np.ones(3), training=True)
        batch_norm(X, wrong, np.ones(3))  # only read
    with pytest.raises(TypeError, match=r"batch_norm: x is float64 but running_mean is float32"):
        batch_norm(X, M.astype(np.float32), M)
