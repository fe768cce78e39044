"""keep_where: zero really is zero, even where infinity and NaN are dropped."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.ops.masking import keep_where


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_keeps_what_is_wanted_and_drops_infinity_and_nan(dtype: Any) -> None:
    values = np.array([1.5, -0.0, np.nan, np.inf, np.nan, -np.inf], dtype)
    condition = np.array([True, True, True, True, False, False])
    kept = keep_where(values, condition)
    assert kept.dtype == dtype
    np.testing.assert_array_equal(kept, [1.5, 0.0, np.nan, np.inf, 0.0, 0.0])
    np.testing.assert_array_equal(np.signbit(kept), [False, True, False, False, False, False])


def test_writes_where_it_is_told_to() -> None:
    values, out = np.array([[1.0, 2.0], [3.0, 4.0]]), np.full((2, 2), 9.0)
    keep_where(values[:, ::-1], np.array([[True, False], [False, True]]), out=out)
    np.testing.assert_array_equal(out, [[2, 0], [0, 3]])
