"""A likeness is named only where the answers point to one misconception and no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from course_utils.exercises import Case, Exercise, Misconception
from course_utils.exercises.judge import judge


def answers(n: int) -> int:
    """Hundred times n."""
    return 100 * n


def table(*values: int) -> Callable[[int], int]:
    """Make a function of 1, 2, 3, 4 from its four answers."""

    def function(n: int) -> int:
        return values[n - 1]

    return function


def raising(n: int) -> int:
    raise KeyError(n)


ALL_WRONG = Misconception("all wrong", table(1, 2, 3, 4), "No.")
ALMOST_THE_SAME = Misconception("almost the same", table(1, 2, 3, 5), "No.")
WRONG_AT_THE_END = Misconception("wrong at the end", table(100, 200, 6, 7), "No.")
RAISES = Misconception("raises", raising, "No.")

EXERCISE = Exercise(
    "99.answers",
    "Answers",
    1,
    1,
    answers,
    [Case(1), Case(2), Case(3), Case(4)],
    [ALL_WRONG, ALMOST_THE_SAME, WRONG_AT_THE_END, RAISES],
    ["one", "two"],
)


def raising_other_words(n: int) -> int:
    raise KeyError("another key")


def raises_but_for_four(n: int) -> int:
    return 9 if n == 4 else raising(n)


@pytest.mark.parametrize(
    ("function", "exact", "resembles"),
    [
        (table(1, 2, 3, 4), ALL_WRONG, None),
        (table(100, 200, 6, 7), WRONG_AT_THE_END, None),
        (raising, RAISES, None),
        # The same type with another message is another mistake.
        (raising_other_words, None, None),
        (table(1, 2, 300, 4), None, ALL_WRONG),
        (table(100, 2, 6, 7), None, WRONG_AT_THE_END),
        # Two fit equally well.
        (table(1, 2, 3, 9), None, None),
        # It agrees where both are right; of the two that fail it shares one.
        (table(100, 200, 6, 9), None, None),
        # An exception in common is no likeness.
        (raises_but_for_four, None, None),
        # One failure in common could be chance.
        (table(100, 200, 3, 400), None, None),
        (table(9, 9, 9, 9), None, None),
    ],
)
def test_what_is_named(
    function: Any, exact: Misconception | None, resembles: Misconception | None
) -> None:
    outcome = judge(EXERCISE, function)
    assert (outcome.misconception, outcome.resembles) == (exact, resembles)
