"""conv1d and conv2d by hand, as sums of correlations, and over random options against PyTorch."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import torch
from hypothesis import given, settings
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import (
    conv1d,
    conv1d_backward,
    conv2d,
    conv2d_backward,
    correlate,
    toeplitz_matrix,
)
from course_utils.ops.arrays import Array
from course_utils.ops.convolution import conv2d_parameter_gradients
from tests.ops.agreement import agree_with_pytorch, gradients
from tests.ops.strategies import Convolution, convolutions, layers

# PyTorch says that it copies the input for an asymmetric "same"; that is its own affair
pytestmark = pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel")
RNG = np.random.default_rng(5)


def test_signal_by_hand() -> None:
    y = conv1d([[1.0, 2.0, 3.0, 4.0]], [[[1.0, 10.0]]], [0.5], stride=2)
    np.testing.assert_array_equal(y, [[1 + 20 + 0.5, 3 + 40 + 0.5]])


def test_gradients_of_a_signal_by_hand() -> None:
    # y = [x0 + 10 x1, x1 + 10 x2], L = 1 y0 + 2 y1
    gx, gw, gb = conv1d_backward([[1.0, 2.0]], [[3.0, 4.0, 5.0]], [[[1.0, 10.0]]], [0.0])
    np.testing.assert_array_equal(gx, [[1, 10 + 2, 20]])
    np.testing.assert_array_equal(gw, [[[1 * 3 + 2 * 4, 1 * 4 + 2 * 5]]])
    assert gb is not None
    np.testing.assert_array_equal(gb, [1 + 2])


def test_picture_by_hand() -> None:
    x = [[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]
    w = [[[[1.0, 10.0], [100.0, 1000.0]]]]
    np.testing.assert_array_equal(conv2d(x, w), [[[1 + 20 + 400 + 5000, 2 + 30 + 500 + 6000]]])


def test_a_filter_spans_every_channel() -> None:
    x, w = RNG.normal(size=(3, 6, 7)), RNG.normal(size=(2, 3, 3, 2))
    expected = [sum(correlate(x[c], w[k, c], "valid") for c in range(3)) for k in range(2)]
    np.testing.assert_allclose(conv2d(x, w), np.array(expected), atol=1e-13)


def test_backward_multiplies_by_the_transposed_matrix() -> None:
    w = RNG.normal(size=(3, 2))
    options: dict[str, Any] = {"stride": (2, 1), "padding": (1, 2), "dilation": (1, 2)}
    A = toeplitz_matrix(w, (7, 6), **options)
    x = RNG.normal(size=(1, 7, 6))
    gy = RNG.normal(size=conv2d(x, w[None, None], **options).shape)
    gx = conv2d_backward(gy, x, w[None, None], **options)[0]
    np.testing.assert_allclose(gx.ravel(), A.T @ gy.ravel(), atol=1e-13)


@settings(max_examples=100, deadline=None)
@given(convolutions(axes=1))
def test_conv1d_against_pytorch(case: Convolution) -> None:
    agree_with_pytorch(conv1d, conv1d_backward, F.conv1d, case[:3], case[3])


@settings(max_examples=300, deadline=None)
@given(convolutions(axes=2))
def test_conv2d_against_pytorch(case: Convolution) -> None:
    agree_with_pytorch(conv2d, conv2d_backward, F.conv2d, case[:3], case[3])


@settings(max_examples=100, deadline=None)
@given(layers())
def test_conv2d_in_float32_against_pytorch_in_float64(
    case: tuple[Array, Array, Array, Any, tuple[int, int]],
) -> None:
    x, weight, bias, stride, padding = case
    wide = [torch.from_numpy(a.astype(np.float64)).requires_grad_() for a in (x, weight, bias)]
    exact = F.conv2d(wide[0], wide[1], wide[2], stride, padding)
    y = conv2d(x, weight, bias, stride, padding)
    gy = np.random.default_rng(1).normal(size=y.shape).astype(np.float32)
    expected = (exact.detach().numpy(), *gradients(exact, wide, gy.astype(np.float64)))
    ours = (y, *conv2d_backward(gy, x, weight, bias, stride, padding))
    for name, found, reference in zip(("y", "gx", "gw", "gb"), ours, expected, strict=True):
        assert found is not None
        assert found.dtype == np.float32
        # sums of n random numbers are about √n large, wherever they happen to cancel
        terms = {"y": weight[0].size, "gx": weight[:, 0].size}.get(name, gy[:, 0].size)
        error = np.sqrt(np.mean((found - reference) ** 2) / terms)
        assert error < 4e-6, name


def test_no_channels_is_an_empty_sum() -> None:
    # PyTorch returns an array without output channels here, which its own shape rule forbids
    y = conv2d(np.zeros((2, 0, 5, 5)), np.zeros((4, 0, 3, 3)), np.arange(4.0))
    assert y.shape == (2, 4, 3, 3)
    np.testing.assert_array_equal(y[0, :, 0, 0], np.arange(4.0))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_is_kept(dtype: npt.DTypeLike) -> None:
    x, w, b = (RNG.normal(size=s).astype(dtype) for s in [(2, 8, 9, 9), (6, 8, 3, 3), (6,)])
    gy = RNG.normal(size=(2, 6, 9, 9)).astype(dtype)
    results = (conv2d(x, w, b, padding=1), *conv2d_backward(gy, x, w, b, padding=1))
    gy, x, w, b = (a.astype(np.float64) for a in (gy, x, w, b))
    exact = (conv2d(x, w, b, padding=1), *conv2d_backward(gy, x, w, b, padding=1))
    for ours, reference in zip(results, exact, strict=True):
        assert ours is not None
        assert reference is not None
        assert ours.dtype == dtype
        assert np.abs(ours - reference).max() < 1e-5 * np.abs(reference).max()


def test_integers_count_as_float64() -> None:
    x = np.full((1, 1, 4), 200, np.uint8)
    np.testing.assert_array_equal(conv1d(x, np.full((1, 1, 2), 100, np.uint8)), [[[40000.0] * 3]])
    with pytest.raises(TypeError, match="conv1d: x is float64 but weight is float32"):
        conv1d(x, np.ones((1, 1, 2), np.float32))


@pytest.mark.parametrize("bias", [None, np.zeros(6)])
def test_parameter_gradients_are_those_of_backward(bias: Array | None) -> None:
    x, w, gy = (RNG.normal(size=s) for s in [(2, 4, 5, 7), (6, 2, 3, 2), (2, 6, 3, 3)])
    arguments: tuple[Any, ...] = (gy, x, w, bias, (2, 3), (1, 1), (1, 2), 2)
    gw, gb = conv2d_parameter_gradients(*arguments)
    _, expected_gw, expected_gb = conv2d_backward(*arguments)
    np.testing.assert_array_equal(gw, expected_gw)
    if bias is None:
        assert gb is expected_gb is None
    else:
        np.testing.assert_array_equal(np.asarray(gb), np.asarray(expected_gb))


def test_refusals_name_the_backward_function() -> None:
    x, w = np.zeros((1, 1, 4, 4)), np.zeros((1, 1, 3, 3))
    with pytest.raises(
        ValueError,
        match=r"conv2d_backward: grad_output is \(1, 1, 3, 3\), expected \(1, 1, 2, 2\), the shape",
    ):
        conv2d_backward(np.zeros((1, 1, 3, 3)), x, w)
    with pytest.raises(
        TypeError, match=r"conv2d_backward: grad_output is float32 but x is float64"
    ):
        conv2d_backward(np.zeros((1, 1, 2, 2), np.float32), x, w)
    with pytest.raises(ValueError, match=r"conv2d_backward: stride is 0, expected at least 1"):
        conv2d_backward(np.zeros((1, 1, 2, 2)), x, w, stride=0)
