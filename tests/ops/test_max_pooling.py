"""Pools by hand and in words; random options stand in a file of their own."""

import re

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import (
    adaptive_avg_pool2d,
    adaptive_avg_pool2d_backward,
    avg_pool1d,
    avg_pool2d,
    conv2d,
    max_pool1d,
    max_pool2d,
    max_pool2d_backward,
    max_unpool2d,
    max_unpool2d_backward,
)

RNG = np.random.default_rng(11)


def test_max_pool_by_hand():
    x = np.array([[[1.0, 5.0, 2.0], [7.0, 3.0, 4.0], [0.0, 9.0, 6.0]]])
    np.testing.assert_array_equal(max_pool2d(x, 2, stride=1), [[[7, 5], [9, 9]]])
    # 7 is the largest of one window, 5 of one, 9 of two: their gradients add up
    gx = max_pool2d_backward([[[1.0, 10.0], [100.0, 1000.0]]], x, 2, stride=1)
    np.testing.assert_array_equal(gx, [[[0, 10, 0], [1, 0, 0], [0, 100 + 1000, 0]]])


def test_first_of_equal_values_takes_the_gradient():
    gx = max_pool2d_backward([[[1.0]]], [[[2.0, 3.0], [3.0, 3.0]]], 2)
    np.testing.assert_array_equal(gx, [[[0, 1], [0, 0]]])


def test_padding_is_minus_infinity_not_zero():
    y = max_pool2d([[[-1.0, -2.0], [-3.0, -4.0]]], 2, padding=1)
    np.testing.assert_array_equal(y, [[[-1, -2], [-3, -4]]])


def test_averages_by_hand_and_as_a_convolution():
    np.testing.assert_array_equal(avg_pool1d([[1.0, 2.0, 6.0]], 2, stride=1), [[1.5, 4.0]])
    x = RNG.normal(size=(2, 1, 7, 8))
    w = np.full((1, 1, 3, 2), 1 / 6)
    np.testing.assert_allclose(avg_pool2d(x, (3, 2), 2), conv2d(x, w, stride=2), atol=1e-14)


SPECIAL = [np.nan, -np.inf, np.inf, 0.0, 1.0, 1.0]


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_ties_nan_and_infinities_as_pytorch(seed, dtype):
    rng = np.random.default_rng(seed)
    values = SPECIAL if seed % 2 else [-np.inf, 0.0, 1.0]
    x = rng.choice(values, size=(2, 2, 7, 6)).astype(dtype)
    k = int(rng.integers(1, 4))
    options = {
        "kernel_size": (k, 2),
        "stride": tuple(rng.integers(1, 3, 2).tolist()),
        "padding": (k // 2, 1),
    }
    tensor = torch.tensor(x, requires_grad=True)
    theirs, positions = F.max_pool2d(tensor, return_indices=True, **options)
    y, indices = max_pool2d(x, return_indices=True, **options)
    np.testing.assert_array_equal(y, theirs.detach().numpy())
    np.testing.assert_array_equal(max_pool2d(x, **options), y)
    np.testing.assert_array_equal(indices, positions.numpy())
    gy = rng.normal(size=y.shape).astype(dtype)
    theirs.backward(torch.tensor(gy))
    gx = max_pool2d_backward(gy, x, **options)
    np.testing.assert_allclose(gx, tensor.grad.numpy(), rtol=0, atol=1e-6)


def test_a_gradient_that_is_not_finite_stays_where_it_belongs():
    gx = max_pool2d_backward([[[np.inf, 1.0]]], [[[1.0, 2.0, 4.0, 3.0]]], (1, 2))
    np.testing.assert_array_equal(gx, [[[0, np.inf, 1, 0]]])


@pytest.mark.parametrize("size", [0, 1, 2, 3, 5, 9, (None, 3), (4, None), (2, 7), None, [3, 2]])
@pytest.mark.parametrize("shape", [(2, 3, 5, 7), (3, 4, 4), (0, 2, 5, 5), (2, 0, 3, 3)])
def test_adaptive_average_against_pytorch(size, shape):
    x = RNG.normal(size=shape)
    tensor = torch.tensor(x, requires_grad=True)
    theirs = F.adaptive_avg_pool2d(tensor, (None, None) if size is None else size)
    y = adaptive_avg_pool2d(x, size)
    assert y.shape == tuple(theirs.shape)
    np.testing.assert_allclose(y, theirs.detach().numpy(), rtol=0, atol=1e-13)
    gy = RNG.normal(size=y.shape)
    gx = adaptive_avg_pool2d_backward(gy, x, size)
    if 0 in y.shape[-3:]:  # PyTorch gives this result, but refuses a gradient for it
        np.testing.assert_array_equal(gx, np.zeros(shape))
        return
    theirs.backward(torch.tensor(gy))
    np.testing.assert_allclose(gx, tensor.grad.numpy(), rtol=0, atol=1e-13)


@pytest.mark.parametrize(
    ("kernel", "stride", "padding", "output_size"),
    [
        (2, None, 0, None),
        (2, None, 0, (9, 9)),
        (2, None, 0, (2, 3, 9, 8)),
        (3, 2, 1, None),
        ((2, 3), (1, 2), (0, 1), None),
        (2, None, 0, (10, 8)),
        (2, None, 0, (9,)),
    ],
)
def test_unpooling_against_pytorch(kernel, stride, padding, output_size):
    x = RNG.normal(size=(2, 3, 9 if stride else 8, 8))
    pooled, indices = max_pool2d(x, kernel, stride, padding, return_indices=True)
    values = RNG.normal(size=pooled.shape)
    tensor = torch.tensor(values, requires_grad=True)
    try:
        theirs = F.max_unpool2d(tensor, torch.tensor(indices), kernel, stride, padding, output_size)
    except (ValueError, RuntimeError):
        with pytest.raises(ValueError, match=r"^max_unpool2d: "):
            max_unpool2d(values, indices, kernel, stride, padding, output_size)
        return
    y = max_unpool2d(values, indices, kernel, stride, padding, output_size)
    np.testing.assert_array_equal(y, theirs.detach().numpy())
    gy = RNG.normal(size=y.shape)
    theirs.backward(torch.tensor(gy))
    gx, none = max_unpool2d_backward(gy, values, indices, kernel, stride, padding, output_size)
    assert none is None
    np.testing.assert_array_equal(gx, tensor.grad.numpy())


def test_unpooling_undoes_pooling_where_windows_do_not_overlap():
    x = RNG.normal(size=(3, 6, 4))
    y, indices = max_pool2d(x, 2, return_indices=True)
    back = max_unpool2d(y, indices, 2)
    np.testing.assert_array_equal(max_pool2d(np.where(back == 0, -np.inf, back), 2), y)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtypes_are_kept(dtype):
    x = RNG.normal(size=(1, 2, 6, 6)).astype(dtype)
    assert max_pool2d(x, 2).dtype == dtype
    assert avg_pool2d(x, 3, divisor_override=2).dtype == dtype
    assert adaptive_avg_pool2d(x, 2).dtype == dtype
    assert max_pool2d_backward(np.ones((1, 2, 3, 3), dtype), x, 2).dtype == dtype


X = np.zeros((1, 2, 4, 4))
WRONG = [
    (lambda: max_pool2d(X, 3, padding=2),
     "max_pool2d: padding is 2, expected at most half of kernel_size 3"),
    (lambda: max_pool2d(X, 5), "max_pool2d: kernel_size 5 with dilation 1 and padding 0 does not"),
    (lambda: max_pool2d(X, 0), "max_pool2d: kernel_size is 0, expected at least 1"),
    (lambda: max_pool2d(X, (2, 2, 2)), "kernel_size is (2, 2, 2), expected one whole number or 2"),
    (lambda: max_pool2d(X, 2, 0), "max_pool2d: stride is 0, expected at least 1"),
    (lambda: max_pool2d(X[0, 0], 2), "max_pool2d: x is (4, 4), expected (B, C, H, W) or (C, H, W)"),
    (lambda: max_pool2d(X[:, :0], 2), "x is (1, 0, 4, 4), expected at least one channel"),
    (lambda: max_pool1d(X[0, 0, 0], 2), "max_pool1d: x is (4,), expected (B, C, L) or (C, L)"),
    (lambda: avg_pool2d(X, 2, divisor_override=0), "avg_pool2d: divisor_override is 0"),
    (lambda: avg_pool1d(X[0], (2, 2)), "kernel_size is (2, 2), expected one whole number"),
    (lambda: adaptive_avg_pool2d(X, -1), "adaptive_avg_pool2d: output_size is -1, expected at"),
    (lambda: adaptive_avg_pool2d(X, (3,)), "output_size is (3,), expected one number or two"),
    (lambda: max_pool2d_backward(np.zeros((1, 2, 3, 2)), X, 2),
     "max_pool2d_backward: grad_output is (1, 2, 3, 2), expected (1, 2, 2, 2)"),
    (lambda: max_unpool2d(X, np.full(X.shape, 64), 2),
     "max_unpool2d: indices hold 64, expected 0 to 63 for planes of 8 × 8"),
    (lambda: max_unpool2d(X, np.zeros((1, 2, 4, 3), int), 2),
     "indices is (1, 2, 4, 3), expected (1, 2, 4, 4) like x"),
    (lambda: max_unpool2d(X, np.zeros(X.shape, int), 2, output_size=(10, 8)),
     "output_size is (10, 8), expected less than one stride (2, 2) away from (8, 8)"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "message"), WRONG)
def test_refusals_say_what_is_wrong(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_wrong_kinds_are_refused():
    with pytest.raises(TypeError, match=r"max_pool2d: ceil_mode is 1, expected True or False"):
        max_pool2d(X, 2, ceil_mode=1)
    with pytest.raises(TypeError, match=r"divisor_override is 2.0, expected a whole number"):
        avg_pool2d(X, 2, divisor_override=2.0)
    with pytest.raises(TypeError, match=r"max_unpool2d: indices is int32, expected int64"):
        max_unpool2d(X, np.zeros(X.shape, np.int32), 2)
