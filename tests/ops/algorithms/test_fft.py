"""fft: the same convolution as the loops, in every direction."""

from __future__ import annotations

from hypothesis import given, settings

from course_utils.ops.algorithms import fft
from course_utils.ops.algorithms.problem import Problem
from tests.ops.algorithms.problems import check_against_loops, problems


@settings(max_examples=60, deadline=None)
@given(p=problems())
def test_the_same_as_the_loops(p: Problem) -> None:
    check_against_loops(fft, p)
