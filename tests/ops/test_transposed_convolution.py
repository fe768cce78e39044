"""Gradients of the convolutions: by hand, as adjoints, and over random options against autograd."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import (
    conv1d,
    conv1d_backward,
    conv2d,
    conv2d_backward,
    conv_transpose1d,
    conv_transpose1d_backward,
    conv_transpose2d,
    conv_transpose2d_backward,
    toeplitz_matrix,
)
from tests.ops.test_convolution_options import convolutions, per_axis

pytestmark = pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel")
RNG = np.random.default_rng(7)


@st.composite
def transposed_convolutions(draw, axes):
    """Arguments of conv_transpose1d or 2d of which most go together."""
    groups = draw(st.sampled_from([1, 1, 2, 3]))
    C, per_group = groups * draw(st.integers(1, 3)), draw(st.integers(1, 3))
    spoil = draw(st.sampled_from([None] * 7 + ["channels", "filters", "bias", "number"]))
    batch = draw(st.sampled_from([(), (1,), (2,), (3,)]))
    space = draw(st.lists(st.integers(1, 6), min_size=axes, max_size=axes))
    kernel = draw(st.lists(st.integers(1, 4), min_size=axes, max_size=axes))
    least = 0 if spoil == "number" else 1
    options = {
        "stride": per_axis(draw, axes, st.integers(least, 3)),
        "padding": per_axis(draw, axes, st.integers(least - 1, 2)),
        "output_padding": per_axis(draw, axes, st.integers(least - 1, 2)),
        "groups": groups,
        "dilation": per_axis(draw, axes, st.integers(least, 3)),
    }
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x = rng.normal(size=(*batch, C + (spoil == "channels"), *space))
    weight = rng.normal(size=(C + (spoil == "filters"), per_group, *kernel))
    K = per_group * groups + (spoil == "bias")
    return x, weight, rng.normal(size=K) if draw(st.booleans()) else None, options


def agree_with_autograd(forward, backward, reference, arrays, options):
    """Value, every gradient, and refusals, against PyTorch."""
    tensors = [None if a is None else torch.tensor(a, requires_grad=True) for a in arrays]
    try:
        theirs = reference(*tensors, **options)
    except RuntimeError:
        with pytest.raises(ValueError):  # noqa: PT011 - the words are tested where they are made
            forward(*arrays, **options)
        return
    y = forward(*arrays, **options)
    np.testing.assert_allclose(y, theirs.detach().numpy(), rtol=0, atol=1e-10)
    upstream = np.random.default_rng(1).normal(size=y.shape)
    theirs.backward(torch.tensor(upstream))
    gradients = backward(upstream, *arrays, **options)
    for array, tensor, gradient in zip(arrays, tensors, gradients, strict=True):
        if array is None:
            assert gradient is None
            continue
        assert gradient.shape == array.shape
        assert gradient.dtype == array.dtype
        np.testing.assert_allclose(gradient, tensor.grad.numpy(), rtol=0, atol=1e-10)


@settings(max_examples=100, deadline=None)
@given(convolutions(axes=1))
def test_conv1d_backward_against_autograd(case):
    agree_with_autograd(conv1d, conv1d_backward, F.conv1d, case[:3], case[3])


@settings(max_examples=300, deadline=None)
@given(convolutions(axes=2))
def test_conv2d_backward_against_autograd(case):
    agree_with_autograd(conv2d, conv2d_backward, F.conv2d, case[:3], case[3])


@settings(max_examples=100, deadline=None)
@given(transposed_convolutions(axes=1))
def test_conv_transpose1d_against_autograd(case):
    agree_with_autograd(
        conv_transpose1d, conv_transpose1d_backward, F.conv_transpose1d, case[:3], case[3]
    )


@settings(max_examples=250, deadline=None)
@given(transposed_convolutions(axes=2))
def test_conv_transpose2d_against_autograd(case):
    agree_with_autograd(
        conv_transpose2d, conv_transpose2d_backward, F.conv_transpose2d, case[:3], case[3]
    )


def test_signal_by_hand():
    # y = [x0 + 10 x1, x1 + 10 x2], L = 1 y0 + 2 y1
    gx, gw, gb = conv1d_backward([[1.0, 2.0]], [[3.0, 4.0, 5.0]], [[[1.0, 10.0]]], [0.0])
    np.testing.assert_array_equal(gx, [[1, 10 + 2, 20]])
    np.testing.assert_array_equal(gw, [[[1 * 3 + 2 * 4, 1 * 4 + 2 * 5]]])
    np.testing.assert_array_equal(gb, [1 + 2])


def test_backward_multiplies_by_the_transposed_matrix():
    w, options = RNG.normal(size=(3, 2)), {"stride": (2, 1), "padding": (1, 2), "dilation": (1, 2)}
    A = toeplitz_matrix(w, (7, 6), **options)
    x = RNG.normal(size=(1, 7, 6))
    gy = RNG.normal(size=conv2d(x, w[None, None], **options).shape)
    gx = conv2d_backward(gy, x, w[None, None], **options)[0]
    np.testing.assert_allclose(gx.ravel(), A.T @ gy.ravel(), atol=1e-13)


def test_transposed_convolution_is_the_adjoint():
    x, w = RNG.normal(size=(2, 4, 9, 8)), RNG.normal(size=(6, 2, 3, 3))
    options = {"stride": 2, "padding": 1, "groups": 2}
    y = RNG.normal(size=conv2d(x, w, **options).shape)
    there = np.vdot(conv2d(x, w, **options), y)
    back = np.vdot(x, conv_transpose2d(y, w, output_padding=(0, 1), **options))
    np.testing.assert_allclose(there, back, rtol=1e-12)


def test_float32_gradients_are_as_exact_as_float32_allows():
    x, w, b = RNG.normal(size=(2, 8, 9, 9)), RNG.normal(size=(6, 8, 3, 3)), RNG.normal(size=6)
    gy = RNG.normal(size=(2, 6, 9, 9))
    exact = conv2d_backward(gy, x, w, b, padding=1)
    single = conv2d_backward(*(a.astype(np.float32) for a in (gy, x, w, b)), padding=1)
    for ours, reference in zip(single, exact, strict=True):
        assert ours.dtype == np.float32
        assert np.abs(ours - reference).max() < 1e-5 * np.abs(reference).max()


def test_refusals_name_the_backward_function():
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


TRANSPOSED_REFUSALS = [
    ((1, 3, 4, 4), (4, 2, 3, 3), None, {}, "weight (4, 2, 3, 3) expects 4 input channels, but x"),
    ((1, 3, 4, 4), (3, 2, 3, 3), None, {"groups": 2}, "has 3 input channels, expected a positive"),
    ((1, 3, 4, 4), (3, 0, 3, 3), None, {}, "weight (3, 0, 3, 3) gives no output channels"),
    ((1, 4, 4, 4), (4, 3, 3, 3), (3,), {"groups": 2}, "expects a bias of shape (6,), but bias"),
    ((1, 3, 4, 4), (3, 2, 3, 3), None, {"output_padding": 1}, "output_padding is 1, expected less"),
    ((1, 3, 2, 2), (3, 2, 3, 3), None, {"padding": 3}, "padding 3 leaves nothing"),
    ((1, 3, 0, 2), (3, 2, 3, 3), None, {}, "x is (1, 3, 0, 2), expected at least one sample"),
]  # fmt: skip


@pytest.mark.parametrize(("x", "weight", "bias", "options", "message"), TRANSPOSED_REFUSALS)
def test_transposed_refusals(x, weight, bias, options, message):
    arrays = [None if shape is None else np.ones(shape) for shape in (x, weight, bias)]
    with pytest.raises(ValueError, match=r"^conv_transpose2d: ") as refusal:
        conv_transpose2d(*arrays, **options)
    assert message in str(refusal.value)
    with pytest.raises(RuntimeError):
        F.conv_transpose2d(*(None if a is None else torch.tensor(a) for a in arrays), **options)


def test_transposed_padding_is_numbers_only():
    with pytest.raises(TypeError, match=r"conv_transpose2d: padding is 'same', expected a whole"):
        conv_transpose2d(np.ones((1, 1, 4, 4)), np.ones((1, 1, 3, 3)), padding="same")
