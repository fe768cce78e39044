"""avg_pool1d and avg_pool2d: by hand, as a convolution, and over random options with PyTorch."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import (
    avg_pool1d,
    avg_pool1d_backward,
    avg_pool2d,
    avg_pool2d_backward,
    conv2d,
)
from tests.ops.agreement import agree_with_pytorch
from tests.ops.strategies import Pool, pools

RNG = np.random.default_rng(11)


def test_by_hand() -> None:
    np.testing.assert_array_equal(avg_pool1d([[1.0, 2.0, 6.0]], 2, stride=1), [[1.5, 4.0]])
    gx = avg_pool1d_backward([[2.0, 4.0]], [[1.0, 2.0, 6.0]], 2, stride=1)
    np.testing.assert_array_equal(gx, [[1, 1 + 2, 2]])


def test_what_counts_by_hand() -> None:
    x = [[6.0, 2.0, 4.0]]  # in windows of 3: (·, 6, 2), (6, 2, 4), (2, 4, ·)
    counted = avg_pool1d(x, 3, stride=1, padding=1)
    np.testing.assert_array_equal(counted, [[8 / 3, 12 / 3, 6 / 3]])
    uncounted = avg_pool1d(x, 3, stride=1, padding=1, count_include_pad=False)
    np.testing.assert_array_equal(uncounted, [[8 / 2, 12 / 3, 6 / 2]])
    # the second window of 2 reaches beyond the border, where there is nothing to count
    np.testing.assert_array_equal(avg_pool1d(x, 2, ceil_mode=True), [[(6 + 2) / 2, 4 / 1]])
    np.testing.assert_array_equal(avg_pool2d([x], (1, 3), divisor_override=-2), [[[12 / -2]]])


def test_is_a_convolution_with_equal_weights() -> None:
    x, w = RNG.normal(size=(2, 1, 7, 8)), np.full((1, 1, 3, 2), 1 / 6)
    np.testing.assert_allclose(avg_pool2d(x, (3, 2), 2), conv2d(x, w, stride=2), atol=1e-14)


@settings(max_examples=300, deadline=None)
@given(pools(axes=2, kind="avg"))
def test_avg_pool2d_against_pytorch(case: Pool) -> None:
    x, options = case
    agree_with_pytorch(avg_pool2d, avg_pool2d_backward, F.avg_pool2d, [x], options)


@settings(max_examples=100, deadline=None)
@given(pools(axes=1, kind="avg"))
def test_avg_pool1d_against_pytorch(case: Pool) -> None:
    x, options = case
    agree_with_pytorch(avg_pool1d, avg_pool1d_backward, F.avg_pool1d, [x], options)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_is_kept(dtype: npt.DTypeLike) -> None:
    x = RNG.normal(size=(1, 2, 6, 6)).astype(dtype)
    assert avg_pool2d(x, 3, divisor_override=2).dtype == dtype
    assert avg_pool2d_backward(np.ones((1, 2, 2, 2), dtype), x, 3).dtype == dtype


def test_refusals_say_what_is_wrong() -> None:
    x, wrong = np.zeros((1, 2, 4, 4)), np.float64(2.0)
    with pytest.raises(ValueError, match=r"avg_pool2d: divisor_override is 0, expected another"):
        avg_pool2d(x, 2, divisor_override=0)
    given: Any = wrong
    with pytest.raises(TypeError, match=r"divisor_override is .*2.0.*, expected a whole number"):
        avg_pool2d(x, 2, divisor_override=given)
    given = 1
    with pytest.raises(TypeError, match=r"avg_pool2d: count_include_pad is 1, expected True or"):
        avg_pool2d(x, 2, count_include_pad=given)
