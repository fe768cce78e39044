"""The nouns for a value, and advice that can be left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.exercises.compare import compare
from course_utils.exercises.difference import describe

PAIR = np.array([1.0, 2.5])


def test_a_value_has_a_noun() -> None:
    assert describe((1, 2)) == "a tuple of 2"
    assert describe([]) == "an empty list"
    assert describe(np.float64(2.0)) == "the float 2.0"
    assert describe(np.zeros((2, 3))) == "an array of shape (2, 3)"
    assert describe(np.array(4)) == "the number 4"
    assert describe(1j) == "the complex number 0.0 + 1.0j"
    assert describe(Ellipsis) == "an ellipsis"


@pytest.mark.parametrize(
    ("got", "expected", "advice", "rest"),
    [
        (None, PAIR, "Is the line with", "It returned None where a NumPy array is expected."),
        (
            [1.0, 2.5],
            PAIR,
            "`np.array(...)`",
            "It returned a list of 2 where a NumPy array is expected.",
        ),
        (PAIR + 0j, PAIR, "`np.real(...)`", "The result has dtype complex128; expected float64."),
        (np.inf, 1.0, "A division by zero", "The result is inf, where 1.0 is expected."),
        (
            np.array([1, 2]),
            PAIR,
            "`np.zeros_like(x)`",
            "The result has dtype int64, which cannot hold fractions; expected float64. "
            "The first difference at [1]: expected 2.5, got 2.",
        ),
    ],
)
def test_advice_can_be_left_out(got: Any, expected: Any, advice: str, rest: str) -> None:
    found = compare(got, expected, 1e-9)
    assert found is not None
    assert advice in found.text()
    assert found.text(advised=False) == rest
