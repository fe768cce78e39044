"""Random options, valid and invalid: what PyTorch accepts, refuses and returns."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import conv1d, conv2d, conv2d_backward


def per_axis(draw, axes, numbers):
    """One number for all axes, or a tuple or list of one or of `axes` numbers."""
    return draw(
        st.one_of(
            numbers,
            st.lists(numbers, min_size=axes, max_size=axes).map(tuple),
            st.lists(numbers, min_size=axes, max_size=axes),
            st.lists(numbers, min_size=1, max_size=1).map(tuple),
        )
    )


@st.composite
def convolutions(draw, axes):
    """Arguments of which most go together; each may be spoilt a little."""
    groups = draw(st.sampled_from([1, 1, 1, 2, 3]))
    per_group = draw(st.integers(1, 3))
    spoil = draw(st.sampled_from([None] * 7 + ["channels", "filters", "bias", "number"]))
    C = per_group * groups + (spoil == "channels")
    K = groups * draw(st.integers(1, 3)) + (spoil == "filters")
    batch = draw(st.sampled_from([(), (0,), (1,), (2,), (3,)]))
    space = draw(st.lists(st.integers(1, 9), min_size=axes, max_size=axes))
    kernel = draw(st.lists(st.integers(1, 4), min_size=axes, max_size=axes))
    least = 0 if spoil == "number" else 1
    options = {
        "stride": per_axis(draw, axes, st.integers(least, 3)),
        "padding": draw(st.sampled_from(["same", "valid", None, None, None, None])),
        "dilation": per_axis(draw, axes, st.integers(least, 3)),
        "groups": groups,
    }
    if options["padding"] is None:
        options["padding"] = per_axis(draw, axes, st.integers(least - 1, 3))
    if 0 in batch and 0 in np.ravel(options["dilation"]):
        batch = ()  # with an empty batch PyTorch forgets to refuse dilation 0
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x = rng.normal(size=(*batch, C, *space))
    weight = rng.normal(size=(K, per_group, *kernel))
    bias = rng.normal(size=K + (spoil == "bias")) if draw(st.booleans()) else None
    return x, weight, bias, options


def theirs_and_ours(operation, reference, arrays, options):
    """PyTorch's result and ours, None for a refusal."""
    try:
        theirs = reference(*(None if a is None else torch.tensor(a) for a in arrays), **options)
    except RuntimeError:
        theirs = None
    try:
        ours = operation(*arrays, **options)
    except ValueError:
        ours = None
    return theirs, ours


def agree(operation, reference, arrays, options):
    theirs, ours = theirs_and_ours(operation, reference, arrays, options)
    assert (theirs is None) == (ours is None)
    if ours is not None:
        assert ours.shape == tuple(theirs.shape)
        assert ours.dtype == np.float64
        np.testing.assert_allclose(ours, theirs.numpy(), rtol=0, atol=1e-10)


# PyTorch says that it copies the input for an asymmetric "same"; that is its own affair
pytestmark = pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel")


@settings(max_examples=300, deadline=None)
@given(convolutions(axes=1))
def test_conv1d_against_pytorch(case):
    x, weight, bias, options = case
    agree(conv1d, F.conv1d, (x, weight, bias), options)


@settings(max_examples=2000, deadline=None)
@given(convolutions(axes=2))
def test_conv2d_against_pytorch(case):
    x, weight, bias, options = case
    agree(conv2d, F.conv2d, (x, weight, bias), options)


@st.composite
def layers(draw):
    """Layers of the sizes for which float32 has algorithms of its own."""
    channels = st.sampled_from([1, 3, 6, 8, 16, 24, 64, 130, 260])
    C, K, kernel = draw(channels), draw(channels), draw(st.tuples(*[st.integers(1, 6)] * 2))
    padding = draw(st.tuples(*[st.integers(0, 3)] * 2))
    space = [
        max(1, k - 2 * p) + draw(st.integers(0, 20)) for k, p in zip(kernel, padding, strict=True)
    ]
    stride = draw(st.sampled_from([1, 1, 1, 2, (2, 1)]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x = rng.normal(size=(draw(st.integers(1, 5)), C, *space)).astype(np.float32)
    weight = rng.normal(size=(K, C, *kernel)).astype(np.float32)
    return x, weight, rng.normal(size=K).astype(np.float32), stride, padding


@settings(max_examples=150, deadline=None)
@given(layers())
def test_conv2d_in_float32_against_pytorch_in_float64(case):
    x, weight, bias, *options = case
    wide = [torch.from_numpy(a.astype(np.float64)).requires_grad_() for a in (x, weight, bias)]
    exact = F.conv2d(*wide, *options)
    y = conv2d(x, weight, bias, *options)
    gy = np.random.default_rng(1).normal(size=y.shape).astype(np.float32)
    gradients = torch.autograd.grad(exact, wide, torch.from_numpy(gy.astype(np.float64)))
    ours = (y, *conv2d_backward(gy, x, weight, bias, *options))
    for name, found, reference in zip(
        ("y", "gx", "gw", "gb"), ours, (exact.detach(), *gradients), strict=True
    ):
        assert found.dtype == np.float32
        # sums of n random numbers are about √n large, wherever they happen to cancel
        terms = {"y": weight[0].size, "gx": weight[:, 0].size}.get(name, gy[:, 0].size)
        error = np.sqrt(np.mean((found - reference.numpy()) ** 2) / terms)
        assert error < 4e-6, name
