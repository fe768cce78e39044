"""Windows as columns, block by block: the same convolution as the loops."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.fast import columns, mec
from tests.ops.algorithms.problems import arrays, check_against_loops, problems


@settings(max_examples=60, deadline=None)
@given(p=problems())
def test_the_same_as_the_loops(p: Problem) -> None:
    check_against_loops(columns, p)


def test_large_images_have_their_columns_a_block_of_rows_at_a_time() -> None:
    p = Problem(1, 3, 90, 110, 4, 5, 5)
    x, w, gy = arrays(p)
    np.testing.assert_allclose(columns.forward(x, w, p), mec.forward(x, w, p), atol=1e-11)
    np.testing.assert_allclose(columns.grad_x(gy, w, p), mec.grad_x(gy, w, p), atol=1e-11)
    ours, expected = columns.grad_weight(gy, x, p), mec.grad_weight(gy, x, p)
    np.testing.assert_allclose(ours, expected, atol=1e-9)
