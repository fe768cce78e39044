"""The comparison that every numbered equation passes through has to be able to fail."""

from __future__ import annotations

import numpy as np
import pytest

from course_utils.equation_checks import bucket, check, largest_difference


@pytest.mark.parametrize(
    ("difference", "text"),
    [
        (0.0, "< 1e-12"),
        (3e-13, "< 1e-12"),
        (1e-12, "< 1e-10"),
        (5e-7, "< 1e-06"),
        (0.02, "< 0.1"),
        (1.0, ">= 1"),
        (np.inf, ">= 1"),
        (np.nan, "nan"),
    ],
)
def test_bucket_names_the_smallest_step_above(difference: float, text: str) -> None:
    assert bucket(difference) == text


def test_bucket_refuses_a_negative_difference() -> None:
    with pytest.raises(ValueError, match=r"bucket: difference is -1\.0"):
        bucket(-1.0)


def test_largest_difference_over_all_elements() -> None:
    assert largest_difference([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.5], [3.0, 3.0]]) == 1.0
    assert largest_difference([1 + 1j], [1 - 1j]) == 2.0
    assert largest_difference([], []) == 0.0


def test_nan_counts_as_equal_only_beside_nan() -> None:
    assert largest_difference([np.nan, 1.0], [np.nan, 1.0]) == 0.0
    assert largest_difference([np.nan], [1.0]) == np.inf


def test_infinities_of_one_sign_are_equal() -> None:
    assert largest_difference([np.inf], [np.inf]) == 0.0
    assert largest_difference([np.inf], [-np.inf]) == np.inf


def test_check_prints_a_bucket_not_the_difference(capsys: pytest.CaptureFixture[str]) -> None:
    check("1.3", [0.1 + 0.2], [0.3])
    assert capsys.readouterr().out == "(1.3) holds: largest difference < 1e-12\n"


def test_check_says_exactly_for_whole_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    check("3.1", np.array([1, 2]), [1, 2])
    assert capsys.readouterr().out == "(3.1) holds: exactly\n"


def test_check_fails_beyond_the_tolerance() -> None:
    with pytest.raises(AssertionError, match=r"\(1\.3\) does not hold: largest difference 0\.5"):
        check("1.3", [1.0, 2.0], [1.0, 2.5])


def test_check_fails_on_nan() -> None:
    with pytest.raises(AssertionError, match=r"does not hold"):
        check("1.3", [np.nan], [1.0])


def test_check_fails_on_shapes_that_would_broadcast() -> None:
    with pytest.raises(AssertionError, match=r"shapes \(3,\) and \(1, 3\), expected the same"):
        check("1.3", np.ones(3), np.ones((1, 3)))
