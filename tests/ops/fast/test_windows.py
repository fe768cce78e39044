"""Which samples a tap of the filter meets."""

from __future__ import annotations

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.fast.windows import frame, meet, taps


def test_outputs_and_the_samples_that_they_meet() -> None:
    assert meet(-1, 2, 6, 4) == (slice(1, 4), slice(1, 6, 2))  # −1 lies in the border; 1, 3, 5
    assert meet(7, 1, 6, 4) == (slice(0, 0), slice(0, 0))  # all beyond the end
    assert meet(-5, 1, 6, 3) == (slice(3, 3), slice(0, 0))  # all before the beginning


def test_taps_of_some_rows_in_a_border() -> None:
    p = Problem(1, 1, 2, 3, 1, 2, 2, padding=((1, 0), (1, 0)))
    x = np.arange(1.0, 7.0).reshape(1, 1, 2, 3)
    framed = frame(x, p, 0, 1)  # the first row of outputs
    np.testing.assert_array_equal(framed[0, 0], [[0, 0, 0, 0], [0, 1, 2, 3]])
    seen = taps(framed, p, 1)
    np.testing.assert_array_equal(seen[0, 0, 1, 0], [[0, 1, 2]])
    np.testing.assert_array_equal(seen[0, 0, 1, 1], [[1, 2, 3]])


def test_where_there_is_no_border_nothing_is_copied() -> None:
    p = Problem(1, 1, 9, 9, 1, 3, 3, padding=((1, 1), (0, 0)))
    x = np.zeros(p.x_shape)
    assert np.shares_memory(frame(x, p, first=2, count=3), x)
    assert not np.shares_memory(frame(x, p, first=0, count=3), x)
