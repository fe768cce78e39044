"""conv1d and conv2d by hand and in words; random options stand in a file of their own."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import conv1d, conv2d, correlate

RNG = np.random.default_rng(5)


def test_signal_by_hand():
    y = conv1d([[1.0, 2.0, 3.0, 4.0]], [[[1.0, 10.0]]], [0.5], stride=2)
    np.testing.assert_array_equal(y, [[1 + 20 + 0.5, 3 + 40 + 0.5]])


def test_picture_by_hand():
    x = [[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]
    w = [[[[1.0, 10.0], [100.0, 1000.0]]]]
    np.testing.assert_array_equal(conv2d(x, w), [[[1 + 20 + 400 + 5000, 2 + 30 + 500 + 6000]]])


def test_a_filter_spans_every_channel():
    x, w = RNG.normal(size=(3, 6, 7)), RNG.normal(size=(2, 3, 3, 2))
    expected = [sum(correlate(x[c], w[k, c], "valid") for c in range(3)) for k in range(2)]
    np.testing.assert_allclose(conv2d(x, w), expected, atol=1e-13)


def test_same_puts_the_odd_zero_at_the_end():
    x, w = np.array([[1.0, 2.0, 3.0]]), np.array([[[1.0, 10.0]]])
    np.testing.assert_array_equal(conv1d(x, w, padding="same"), [[21.0, 32.0, 3.0]])


def test_no_channels_is_an_empty_sum():
    # PyTorch returns an array without output channels here, which its own shape rule forbids
    y = conv2d(np.zeros((2, 0, 5, 5)), np.zeros((4, 0, 3, 3)), np.arange(4.0))
    assert y.shape == (2, 4, 3, 3)
    np.testing.assert_array_equal(y[0, :, 0, 0], np.arange(4.0))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_is_kept(dtype):
    x, w = RNG.normal(size=(2, 3, 5, 6)).astype(dtype), RNG.normal(size=(4, 3, 3, 3)).astype(dtype)
    y = conv2d(x, w)
    assert y.dtype == dtype
    reference = conv2d(x.astype(np.float64), w.astype(np.float64))
    assert np.abs(y - reference).max() < 64 * np.finfo(dtype).eps


def test_integers_count_as_float64():
    x = np.full((1, 1, 4), 200, np.uint8)
    np.testing.assert_array_equal(conv1d(x, np.full((1, 1, 2), 100, np.uint8)), [[[40000.0] * 3]])
    with pytest.raises(TypeError, match="conv1d: x is float64 but weight is float32"):
        conv1d(x, np.ones((1, 1, 2), np.float32))


WRONG = [
    ((16, 4, 28, 28), (8, 3, 5, 5), None, {}, ValueError,
     "weight (8, 3, 5, 5) expects 3 input channels (groups=1), but x (16, 4, 28, 28) has 4"),
    ((1, 4, 8, 8), (6, 3, 3, 3), None, {"groups": 2}, ValueError,
     "weight (6, 3, 3, 3) expects 6 input channels (groups=2), but x (1, 4, 8, 8) has 4"),
    ((1, 4, 8, 8), (3, 2, 3, 3), None, {"groups": 2}, ValueError,
     "weight (3, 2, 3, 3) has 3 filters, expected a positive multiple of groups 2"),
    ((1, 3, 8, 8), (0, 3, 3, 3), None, {}, ValueError, "weight (0, 3, 3, 3) has 0 filters"),
    ((1, 3, 8, 8), (4, 3, 3, 3), (3,), {}, ValueError,
     "weight (4, 3, 3, 3) expects a bias of shape (4,), but bias is (3,)"),
    ((1, 3, 8, 8), (4, 3, 3, 3), (4, 1), {}, ValueError, "but bias is (4, 1)"),
    ((8, 8), (4, 3, 3, 3), None, {}, ValueError,
     "x is (8, 8), expected (B, C, H, W) or (C, H, W)"),
    ((1, 3, 8, 8), (3, 3, 3), None, {}, ValueError,
     "weight is (3, 3, 3), expected (channels, channels / groups, kH, kW)"),
    ((1, 3, 8, 8), (4, 3, 0, 3), None, {}, ValueError,
     "weight is (4, 3, 0, 3), expected a kernel that is not empty"),
    ((1, 3, 4, 8), (4, 3, 3, 3), None, {"dilation": 2}, ValueError,
     "weight (4, 3, 3, 3) with dilation 2 spans (5, 5), "
     "which does not fit into x (1, 3, 4, 8) padded to (4, 8)"),
    ((1, 3, 0, 8), (4, 3, 3, 3), None, {"padding": 2}, ValueError,
     "x is (1, 3, 0, 8), expected at least one sample in each axis"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"stride": 0}, ValueError,
     "stride is 0, expected at least 1"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"stride": (1, 0)}, ValueError,
     "stride is (1, 0), expected at least 1 in each axis"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"stride": (1, 1, 1)}, ValueError,
     "stride is (1, 1, 1), expected one whole number or 2 of them"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"padding": -1}, ValueError,
     "padding is -1, expected at least 0"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"padding": "full"}, ValueError,
     "padding is 'full', expected whole numbers, 'same' or 'valid'"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"padding": "same", "stride": 2}, ValueError,
     "padding 'same' needs stride 1, but stride is (2, 2)"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"dilation": 0}, ValueError,
     "dilation is 0, expected at least 1"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"groups": 0}, ValueError,
     "groups is 0, expected at least 1"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"stride": 2.0}, TypeError,
     "stride is 2.0, expected a whole number"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"stride": (1, 2.0)}, TypeError,
     "stride is (1, 2.0), expected a whole number in each axis"),
    ((1, 3, 8, 8), (4, 3, 3, 3), None, {"groups": True}, TypeError,
     "groups is True, expected a whole number"),
]  # fmt: skip


@pytest.mark.parametrize(("x", "weight", "bias", "options", "kind", "message"), WRONG)
def test_refusals_are_pytorch_s_and_say_what_is_wrong(x, weight, bias, options, kind, message):
    arrays = [None if shape is None else np.ones(shape) for shape in (x, weight, bias)]
    with pytest.raises(kind) as refusal:
        conv2d(*arrays, **options)
    assert message in str(refusal.value)
    assert str(refusal.value).startswith("conv2d: ")
    with pytest.raises((RuntimeError, TypeError)):
        F.conv2d(*(None if a is None else torch.tensor(a) for a in arrays), **options)


def test_messages_of_conv1d_speak_of_one_axis():
    with pytest.raises(ValueError, match=r"conv1d: x is \(8,\), expected \(B, C, L\) or \(C, L\)"):
        conv1d(np.ones(8), np.ones((1, 1, 3)))
    with pytest.raises(ValueError, match=r"conv1d: weight is \(1, 3\), expected .* / groups, kL\)"):
        conv1d(np.ones((1, 8)), np.ones((1, 3)))
