"""The border of zeros, and the way back."""

from __future__ import annotations

import numpy as np
import pytest

from course_utils.ops.algorithms import border
from course_utils.ops.algorithms.problem import Problem


def test_zeros_around_and_samples_taken_away() -> None:
    x = np.arange(1.0, 7.0).reshape(1, 1, 2, 3)
    p = Problem(1, 1, 2, 3, 1, 1, 1, padding=((1, 0), (-1, 1)))
    padded = border.pad(x, p)
    np.testing.assert_array_equal(padded[0, 0], [[0, 0, 0], [2, 3, 0], [5, 6, 0]])
    np.testing.assert_array_equal(border.crop(padded, p)[0, 0], [[0, 2, 3], [0, 5, 6]])


@pytest.mark.parametrize(("u", "v", "expected"), [(0, 0, [[0, 2]]), (1, 1, [[8, 10]])])
def test_a_tap_sees_every_stride_th_sample(u: int, v: int, expected: list[list[int]]) -> None:
    p = Problem(1, 1, 2, 7, 1, 2, 2, stride=(1, 2), dilation=(1, 1), padding=((0, 0), (0, 0)))
    seen = border.tap(np.arange(14.0).reshape(1, 1, 2, 7), p, u, v)
    np.testing.assert_array_equal(seen[0, 0, :, :2], expected)
