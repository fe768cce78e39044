"""max_pool1d and max_pool2d: by hand, ties and NaN, and over random options against PyTorch."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import torch
from hypothesis import given, settings
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import max_pool1d, max_pool1d_backward, max_pool2d, max_pool2d_backward
from tests.ops.agreement import agree_with_pytorch, gradients
from tests.ops.strategies import Pool, pools


def test_by_hand() -> None:
    x = np.array([[[1.0, 5.0, 2.0], [7.0, 3.0, 4.0], [0.0, 9.0, 6.0]]])
    np.testing.assert_array_equal(max_pool2d(x, 2, stride=1), [[[7, 5], [9, 9]]])
    # 7 is the largest of one window, 5 of one, 9 of two: their gradients add up
    gx = max_pool2d_backward([[[1.0, 10.0], [100.0, 1000.0]]], x, 2, stride=1)
    np.testing.assert_array_equal(gx, [[[0, 10, 0], [1, 0, 0], [0, 100 + 1000, 0]]])


def test_first_of_equal_values_is_the_maximum() -> None:
    x = [[[2.0, 3.0], [3.0, 3.0]]]
    np.testing.assert_array_equal(max_pool2d(x, 2, return_indices=True)[1], [[[1]]])
    np.testing.assert_array_equal(max_pool2d_backward([[[1.0]]], x, 2), [[[0, 1], [0, 0]]])


def test_padding_is_minus_infinity_not_zero() -> None:
    y = max_pool2d([[[-1.0, -2.0], [-3.0, -4.0]]], 2, padding=1)
    np.testing.assert_array_equal(y, [[[-1, -2], [-3, -4]]])


def test_a_gradient_that_is_not_finite_stays_where_it_belongs() -> None:
    gx = max_pool2d_backward([[[np.inf, 1.0]]], [[[1.0, 2.0, 4.0, 3.0]]], (1, 2))
    np.testing.assert_array_equal(gx, [[[0, np.inf, 1, 0]]])


RNG = np.random.default_rng(12)
SPECIAL = [np.nan, -np.inf, np.inf, 0.0, 1.0, 1.0]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_ties_nan_and_infinities_as_pytorch(seed: int, dtype: npt.DTypeLike) -> None:
    rng = np.random.default_rng(seed)
    values = SPECIAL if seed % 2 else [-np.inf, 0.0, 1.0]
    x = rng.choice(values, size=(2, 2, 7, 6)).astype(dtype)
    k = int(rng.integers(1, 4))
    options: dict[str, Any] = {
        "kernel_size": (k, 2),
        "stride": tuple(rng.integers(1, 3, 2).tolist()),
        "padding": (k // 2, 1),
    }
    tensor = torch.tensor(x, requires_grad=True)
    theirs, positions = F.max_pool2d(tensor, return_indices=True, **options)
    y, indices = max_pool2d(x, return_indices=True, **options)
    assert y.dtype == dtype
    np.testing.assert_array_equal(y, theirs.detach().numpy())
    np.testing.assert_array_equal(max_pool2d(x, **options), y)
    np.testing.assert_array_equal(indices, positions.numpy())
    gy = rng.normal(size=y.shape).astype(dtype)
    gx = max_pool2d_backward(gy, x, **options)
    assert gx.dtype == dtype
    np.testing.assert_allclose(gx, gradients(theirs, [tensor], gy)[0], rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("shape", "options"),
    [
        ((1, 3), {"kernel_size": 2, "padding": 1, "dilation": (2, 1)}),
        ((3, 1), {"kernel_size": 2, "padding": 1, "dilation": (1, 2), "stride": 1}),
        ((2, 2), {"kernel_size": (2, 3), "padding": 1, "dilation": (3, 1), "stride": 1}),
        ((4, 2), {"kernel_size": (3, 2), "padding": 1, "dilation": (2, 3), "stride": 1}),
    ],
)
def test_windows_wholly_in_the_border(shape: tuple[int, int], options: dict[str, Any]) -> None:
    x = np.arange(1.0, 1 + np.prod(shape)).reshape(1, *shape)
    theirs, positions = F.max_pool2d(torch.tensor(x), return_indices=True, **options)
    y, indices = max_pool2d(x, return_indices=True, **options)
    assert np.isneginf(y).any()
    np.testing.assert_array_equal(y, theirs.numpy())
    np.testing.assert_array_equal(indices, positions.numpy())


@pytest.mark.parametrize("shape", [(1, 3), (3, 1), (3, 2), (2, 1)])
@pytest.mark.parametrize("dilation", [(2, 1), (1, 2), (3, 2), (2, 3)])
def test_a_window_in_the_border_passes_no_gradient_on(
    shape: tuple[int, int], dilation: tuple[int, int]
) -> None:
    # such windows see rows or columns −1 and d − 1 of fewer than d; PyTorch writes beside the plane
    x = RNG.normal(size=(2, *shape))
    options: dict[str, Any] = {"kernel_size": 2, "padding": 1, "dilation": dilation, "stride": 1}
    try:
        y = max_pool2d(x, **options)
    except ValueError:
        return  # the windows do not fit
    gy = RNG.normal(size=y.shape)
    expected = np.zeros(x.shape)
    for c, i, j in np.ndindex(y.shape):
        if np.isfinite(y[c, i, j]):
            expected[c][x[c] == y[c, i, j]] += gy[c, i, j]
    np.testing.assert_allclose(max_pool2d_backward(gy, x, **options), expected, atol=1e-15)


@settings(max_examples=300, deadline=None)
@given(pools(axes=2, kind="max"))
def test_max_pool2d_against_pytorch(case: Pool) -> None:
    x, options = case
    agree_with_pytorch(max_pool2d, max_pool2d_backward, F.max_pool2d, [x], options)


@settings(max_examples=200, deadline=None)
@given(pools(axes=2, kind="max"))
def test_max_pool2d_indices_against_pytorch(case: Pool) -> None:
    x, options = case
    try:
        theirs, positions = F.max_pool2d(torch.tensor(x), return_indices=True, **options)
    except RuntimeError:
        with pytest.raises(ValueError, match=r"^max_pool2d: "):
            max_pool2d(x, return_indices=True, **options)
        return
    y, indices = max_pool2d(x, return_indices=True, **options)
    np.testing.assert_array_equal(y, theirs.numpy())
    np.testing.assert_array_equal(indices, positions.numpy())
    assert indices.dtype == np.int64


@settings(max_examples=100, deadline=None)
@given(pools(axes=1, kind="max"))
def test_max_pool1d_against_pytorch(case: Pool) -> None:
    x, options = case
    agree_with_pytorch(max_pool1d, max_pool1d_backward, F.max_pool1d, [x], options)


def test_max_pool1d_indices_by_hand() -> None:
    y, indices = max_pool1d([[1.0, 5.0, 2.0, 2.0]], 2, return_indices=True)
    np.testing.assert_array_equal(y, [[5, 2]])
    np.testing.assert_array_equal(indices, [[1, 2]])


def test_refusals_say_what_is_wrong() -> None:
    x = np.zeros((1, 2, 4, 4))
    with pytest.raises(
        ValueError,
        match=r"max_pool2d_backward: grad_output is \(1, 2, 3, 2\), expected \(1, 2, 2, 2\)",
    ):
        max_pool2d_backward(np.zeros((1, 2, 3, 2)), x, 2)
    wrong: Any = 1
    with pytest.raises(TypeError, match=r"max_pool2d: return_indices is 1, expected True or False"):
        max_pool2d(x, 2, return_indices=wrong)
