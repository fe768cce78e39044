"""The product of spectra is the convolution of the loops."""

import pytest
from hypothesis import given, settings

from course_utils.ops.algorithms import fft
from course_utils.ops.algorithms.problem import Problem
from tests.ops.algorithms.problems import check_against_loops, problems


@settings(max_examples=40, deadline=None)
@given(p=problems())
def test_it_is_the_loops(p: Problem) -> None:
    check_against_loops(fft, p)


@pytest.mark.parametrize(("n", "expected"), [(1, 1), (7, 8), (17, 18), (31, 32), (101, 108)])
def test_fast_lengths_have_small_prime_factors(n: int, expected: int) -> None:
    assert fft.fast_length(n) == expected
