"""Winograd in two dimensions: the matrices, the loops, the digits, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.ops import conv2d
from course_utils.ops.algorithms import winograd
from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.fast import mec
from tests.ops.algorithms.problems import arrays, check_against_loops, relative_error

BOTH = pytest.mark.parametrize("f", [winograd.F2, winograd.F4], ids=["F2", "F4"])


@BOTH
@settings(max_examples=60, deadline=None)
@given(
    size=st.tuples(*[st.integers(1, 12)] * 2),
    sides=st.tuples(*[st.tuples(*[st.integers(0, 3)] * 2)] * 2),
    B=st.integers(1, 3),
)
def test_the_same_as_the_loops(
    f: winograd.Winograd,
    size: tuple[int, int],
    sides: tuple[tuple[int, int], tuple[int, int]],
    B: int,
) -> None:
    H, W = (max(n, 3 - sum(side)) for n, side in zip(size, sides, strict=True))
    check_against_loops(f, Problem(B, 2, H, W, 3, 3, 3, padding=sides))


@BOTH
def test_the_matrices_filter_in_one_dimension(f: winograd.Winograd) -> None:
    rng = np.random.default_rng(0)
    d, g = rng.normal(size=(f.A_T.shape[1],)), rng.normal(size=(3,))
    np.testing.assert_allclose(f.A_T @ ((f.G @ g) * (f.B_T @ d)), np.correlate(d, g), atol=1e-12)


def test_four_outputs_at_a_time_lose_digits_and_two_do_not() -> None:
    p = Problem(2, 64, 16, 16, 64, 3, 3, padding=((1, 1), (1, 1)))
    x, w, _ = arrays(p, np.float32)
    exact = mec.forward(x.astype(np.float64), w.astype(np.float64), p)
    plain = relative_error(mec.forward(x, w, p), exact)
    assert relative_error(winograd.F2.forward(x, w, p), exact) < 3 * plain
    assert relative_error(winograd.F4.forward(x, w, p), exact) > 3.5 * plain


def test_refusals_say_what_is_wrong() -> None:
    x, w = np.zeros((1, 1, 5, 5)), np.zeros((1, 1, 2, 2))
    with pytest.raises(
        ValueError, match=r"winograd: filters of 2 × 2 .*, expected 3 × 3 with stride 1"
    ):
        conv2d(x, w, algorithm="winograd")
