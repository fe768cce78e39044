"""Random arguments are the same everywhere, and short enough to read."""

from __future__ import annotations

import numpy as np

from course_utils.exercises import rounded_normals


def test_each_shape_gets_an_array_of_its_own() -> None:
    x, w = rounded_normals(3, 4, (2, 3))
    assert (x.shape, w.shape) == ((4,), (2, 3))
    assert x.dtype == w.dtype == np.float64
    assert len(set(x) | set(w.flat)) == 10


def test_a_seed_gives_the_same_numbers_and_another_gives_others() -> None:
    (first,), (again,), (other,) = (rounded_normals(seed, 50) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_two_decimals_at_any_scale() -> None:
    (x,) = rounded_normals(5, 1000, scale=20.0)
    assert np.array_equal(x, np.round(x, 2))
    assert 18 < x.std() < 22
    assert np.array_equal(rounded_normals(5, 9, scale=1.0), rounded_normals(5, 9))
