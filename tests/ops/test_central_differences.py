"""Steps that follow the size of a number, and the slopes that they give."""

from __future__ import annotations

import math

import numpy as np
import pytest

from course_utils.ops.central_differences import Point, by_smaller_steps, kink


def point(f: np.ufunc, value: float) -> Point:
    def loss(x: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float, float]:
        with np.errstate(invalid="ignore"):
            return float(f(x[0])), abs(float(f(x[0])))

    return Point(loss, np.array([value]), (0,))


@pytest.mark.parametrize("value", [0.0, 0.3, -0.7, 1.1, -3.7, 12345.6, -9.87e7, 1.23e12])
def test_a_step_follows_the_size_and_changes_the_number_by_exactly_itself(value: float) -> None:
    h = point(np.square, value).step(1e-6)
    assert (value + h) - value == h
    assert h == pytest.approx(1e-6 * max(1, abs(value)), rel=1e-3)


def test_slopes_by_hand() -> None:
    # (x + h)² − x² = 2 h x + h²
    at = point(np.square, 3.0)
    assert at.across(0.5) == 6
    assert at.sides(0.5) == (5.5, 6.5)
    assert point(np.absolute, 0.0).sides(0.25) == (-1, 1)


def test_a_step_out_of_the_domain_is_made_smaller() -> None:
    at = point(np.log, 1e-8)
    assert math.isnan(at.across(1e-6))
    slope = by_smaller_steps(at, 1e8, 1e-6, 1e-6)
    assert slope == pytest.approx(1e8, rel=1e-6)
    assert by_smaller_steps(at, 1.00001e8, 1e-6, 1e-6) is None


def test_a_loss_that_does_not_change_confirms_nothing() -> None:
    # beside 1e10 the changes by small steps are lost, and what is left has no slope
    at = point(np.frompyfunc(lambda x: (x + 1e10) - 1e10, 1, 1), 1e-5)
    assert by_smaller_steps(at, 0.0, 1e-6, 1e-6) is None


def test_words_for_a_kink_only_where_there_is_one() -> None:
    assert kink(point(np.absolute, 0.0), 1.0, 1e-6, 1e-6).startswith("a kink or a tie")
    assert kink(point(np.absolute, 0.0), 2.0, 1e-6, 1e-6).startswith("the gradient is 2")
    assert not kink(point(np.square, 1.0), 1.5, 1e-6, 1e-6)
    assert not kink(point(np.absolute, 1.0), 0.5, 1e-6, 1e-6)
