"""The rules that split and scale a labelled set."""

from __future__ import annotations

import numpy as np
import pytest

from course_utils.data.dataset import every_fifth, float_dtype, unit_range


def test_every_fifth_counts_within_each_class() -> None:
    y = np.array([1, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1])
    np.testing.assert_array_equal(np.flatnonzero(every_fifth(y)), [6, 9])


def test_float_dtype_takes_two_and_names_the_caller() -> None:
    assert float_dtype("digits", "float32") == np.float32
    assert float_dtype("digits", float) == np.float64
    with pytest.raises(ValueError, match="digits: dtype is float16, expected float32 or float64"):
        float_dtype("digits", np.float16)


def test_bytes_are_scaled_in_the_dtype_wanted() -> None:
    values = np.array([0, 51, 255], dtype=np.uint8)
    scaled = unit_range(values, np.dtype(np.float32))
    assert scaled.dtype == np.float32
    np.testing.assert_allclose(scaled, [0, 0.2, 1], rtol=1e-7)
    assert values.tolist() == [0, 51, 255]
