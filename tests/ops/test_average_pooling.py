"""Random options of the pools, valid and invalid: what PyTorch accepts, refuses and returns."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812

from course_utils import ops
from tests.ops.test_convolution_options import per_axis


@st.composite
def pools(draw, axes, kind):
    """Arguments of a pool of which most go together."""
    batch = draw(st.sampled_from([(), (0,), (1,), (2,)]))
    space = draw(
        st.lists(st.integers(0 if draw(st.booleans()) else 1, 9), min_size=axes, max_size=axes)
    )
    least = draw(st.sampled_from([1] * 9 + [0]))
    options = {
        "kernel_size": per_axis(draw, axes, st.integers(least, 5)),
        "stride": draw(st.sampled_from([None, None, ()])),
        "padding": per_axis(draw, axes, st.sampled_from([0, 0, 1, 2, least - 1])),
        "ceil_mode": draw(st.booleans()),
    }
    if draw(st.booleans()):
        options["stride"] = per_axis(draw, axes, st.integers(least, 4))
    if kind == "max":
        options["dilation"] = per_axis(draw, axes, st.sampled_from([1, 1, 2, 3, least]))
    else:
        options["count_include_pad"] = draw(st.booleans())
    if kind == "avg" and axes == 2:
        options["divisor_override"] = draw(st.sampled_from([None, None, 1, 3, -2, 0]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    # few different values, so that ties are common
    x = rng.integers(-3, 4, size=(*batch, draw(st.integers(1, 3)), *space)) / 7
    return x, options


def agree(operation, backward, reference, x, options):
    tensor = torch.tensor(x, requires_grad=True)
    try:
        theirs = reference(tensor, **options)
    except RuntimeError:
        with pytest.raises(ValueError):  # noqa: PT011 - the words are tested where they are made
            operation(x, **options)
        return
    y = operation(x, **options)
    assert y.dtype == np.float64
    assert y.shape == tuple(theirs.shape)
    np.testing.assert_allclose(y, theirs.detach().numpy(), rtol=0, atol=1e-10)
    gy = np.random.default_rng(0).normal(size=y.shape)
    if np.isneginf(y).any():
        return  # a window wholly in the border: PyTorch then writes outside the gradient
    theirs.backward(torch.tensor(gy))
    gx = backward(gy, x, **options)
    assert gx.dtype == np.float64
    np.testing.assert_allclose(gx, tensor.grad.numpy(), rtol=0, atol=1e-10)


@settings(max_examples=1000, deadline=None)
@given(pools(axes=2, kind="max"))
def test_max_pool2d_against_pytorch(case):
    x, options = case
    agree(ops.max_pool2d, ops.max_pool2d_backward, F.max_pool2d, x, options)


@settings(max_examples=200, deadline=None)
@given(pools(axes=2, kind="max"))
def test_max_pool2d_indices_against_pytorch(case):
    x, options = case
    try:
        theirs, positions = F.max_pool2d(torch.tensor(x), return_indices=True, **options)
    except RuntimeError:
        with pytest.raises(ValueError):  # noqa: PT011
            ops.max_pool2d(x, return_indices=True, **options)
        return
    y, indices = ops.max_pool2d(x, return_indices=True, **options)
    np.testing.assert_array_equal(y, theirs.numpy())
    np.testing.assert_array_equal(indices, positions.numpy())
    assert indices.dtype == np.int64


@settings(max_examples=1000, deadline=None)
@given(pools(axes=2, kind="avg"))
def test_avg_pool2d_against_pytorch(case):
    x, options = case
    agree(ops.avg_pool2d, ops.avg_pool2d_backward, F.avg_pool2d, x, options)


@settings(max_examples=200, deadline=None)
@given(pools(axes=1, kind="max"))
def test_max_pool1d_against_pytorch(case):
    x, options = case
    agree(ops.max_pool1d, ops.max_pool1d_backward, F.max_pool1d, x, options)


@settings(max_examples=200, deadline=None)
@given(pools(axes=1, kind="avg"))
def test_avg_pool1d_against_pytorch(case):
    x, options = case
    agree(ops.avg_pool1d, ops.avg_pool1d_backward, F.avg_pool1d, x, options)
