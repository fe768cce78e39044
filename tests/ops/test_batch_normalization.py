"""batch_norm and local_response_norm against PyTorch, running statistics included."""

import re

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import (
    batch_norm,
    batch_norm_backward,
    local_response_norm,
    local_response_norm_backward,
)

RNG = np.random.default_rng(17)


def test_by_hand():
    mean, var = np.array([10.0]), np.array([4.0])
    y = batch_norm([[12.0], [8.0]], mean, var, [3.0], [1.0], eps=0.0)
    np.testing.assert_array_equal(y, [[3 * (12 - 10) / 2 + 1], [3 * (8 - 10) / 2 + 1]])
    batch_norm([[12.0], [8.0]], mean, var, training=True, momentum=0.5)
    np.testing.assert_array_equal(mean, [(10 + 10) / 2])
    np.testing.assert_array_equal(var, [(4 + (4 + 4) / (2 - 1)) / 2])


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("affine", [True, False])
@pytest.mark.parametrize("shape", [(6, 5), (3, 4, 7), (2, 70, 5, 6), (1, 2, 2, 3, 4), (0, 3, 4)])
def test_against_pytorch(shape, affine, training):
    C = shape[1]
    x = RNG.normal(3, 2, size=shape)
    statistics = [RNG.normal(size=C), RNG.uniform(0.5, 2, size=C)]
    vectors = [RNG.normal(size=C), RNG.normal(size=C)] if affine else [None, None]
    theirs_statistics = [torch.tensor(s) for s in statistics]
    tensors = [None if a is None else torch.tensor(a, requires_grad=True) for a in (x, *vectors)]
    options = {"training": training, "momentum": 0.3, "eps": 1e-3}
    theirs = F.batch_norm(tensors[0], *theirs_statistics, *tensors[1:], **options)
    y = batch_norm(x, *statistics, *vectors, **options)
    np.testing.assert_allclose(y, theirs.detach().numpy(), rtol=0, atol=1e-12)
    for ours, reference in zip(statistics, theirs_statistics, strict=True):
        np.testing.assert_allclose(ours, reference.numpy(), rtol=0, atol=1e-12)
    gy = RNG.normal(size=shape)
    theirs.backward(torch.tensor(gy))
    before = [s.copy() for s in statistics]
    gx, none_mean, none_var, *rest = batch_norm_backward(gy, x, *statistics, *vectors, **options)
    assert none_mean is none_var is None
    np.testing.assert_array_equal(statistics, before)
    for gradient, tensor in zip((gx, *rest), tensors, strict=True):
        if tensor is None:
            assert gradient is None
        else:
            np.testing.assert_allclose(gradient, tensor.grad.numpy(), rtol=0, atol=1e-11)


def test_training_without_running_statistics():
    x = RNG.normal(size=(4, 3, 5))
    theirs = F.batch_norm(torch.tensor(x), None, None, training=True)
    y = batch_norm(x, None, None, training=True)
    np.testing.assert_allclose(y, theirs.numpy(), rtol=0, atol=1e-12)


def test_float32_far_from_zero():
    x = RNG.normal(1000, 1, size=(8, 3, 14, 14))
    exact = batch_norm(x.astype(np.float32).astype(np.float64), None, None, training=True)
    y = batch_norm(x.astype(np.float32), None, None, training=True)
    assert y.dtype == np.float32
    # the mean itself is rounded to one part in 2**24 of 1000
    assert np.abs(y - exact).max() < 2e-4


X, M = np.ones((2, 3, 4)), np.ones(3)
WRONG = [
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
def test_refusals_say_what_is_wrong(call, message):
    with pytest.raises(ValueError, match=re.escape("batch_norm: " + message)):
        call()


def test_running_statistics_must_be_arrays_that_can_be_updated():
    fixed = np.ones(3)
    fixed.setflags(write=False)
    for wrong in ([1.0, 1.0, 1.0], np.ones(3, int), fixed):
        with pytest.raises(TypeError, match=r"batch_norm: running_mean is updated in place"):
            batch_norm(X, wrong, np.ones(3), training=True)
        batch_norm(X, wrong, np.ones(3))  # only read
    with pytest.raises(TypeError, match=r"batch_norm: x is float64 but running_mean is float32"):
        batch_norm(X, M.astype(np.float32), M)


def test_local_response_norm_by_hand():
    # neighbours 1 and 2, then 2 and 3: size 2 looks one channel back
    y = local_response_norm([[[1.0], [2.0], [3.0]]], 2, alpha=2.0, beta=1.0, k=1.0)
    np.testing.assert_allclose(y[0, :, 0], [1 / (1 + 1), 2 / (1 + 1 + 4), 3 / (1 + 4 + 9)])


@pytest.mark.parametrize("size", [1, 2, 3, 5, 20])
@pytest.mark.parametrize("shape", [(2, 7, 4), (2, 6, 3, 5), (0, 3, 2), (1, 1, 4)])
def test_local_response_norm_against_pytorch(size, shape):
    x = RNG.normal(size=shape)
    tensor = torch.tensor(x, requires_grad=True)
    options = {"alpha": 0.7, "beta": 0.6, "k": 1.5}
    theirs = F.local_response_norm(tensor, size, **options)
    y = local_response_norm(x, size, **options)
    np.testing.assert_allclose(y, theirs.detach().numpy(), rtol=0, atol=1e-13)
    assert local_response_norm(x.astype(np.float32), size).dtype == np.float32
    if x.size == 0:
        return
    gy = RNG.normal(size=shape)
    theirs.backward(torch.tensor(gy))
    gx = local_response_norm_backward(gy, x, size, **options)
    np.testing.assert_allclose(gx, tensor.grad.numpy(), rtol=0, atol=1e-12)


def test_local_response_norm_refusals():
    with pytest.raises(ValueError, match=r"local_response_norm: x is \(2, 3\), expected \(B, C"):
        local_response_norm(np.ones((2, 3)), 3)
    with pytest.raises(ValueError, match=r"local_response_norm: size is 0, expected at least 1"):
        local_response_norm(X, 0)
