"""A function that behaves like a known misconception is told its name and why."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from course_utils.exercises import Case, Exercise, Misconception
from course_utils.exercises.judge import judge
from course_utils.exercises.outcome import Kind
from tests.exercises.reading import missing, right, text


def test_each_is_named(toy: Exercise) -> None:
    for misconception in toy.misconceptions:
        outcome = judge(toy, misconception.function)
        assert outcome.misconception is misconception
        assert f"known misconception: {misconception.name}." in text(outcome)
        assert misconception.explanation in text(outcome)


def test_code_of_ones_own_that_behaves_alike(toy: Exercise) -> None:
    outcome = judge(toy, lambda values, scale=1.0: np.cumsum(values))
    assert outcome.misconception is toy.misconceptions[1]


def test_an_exception_in_the_same_words_is_the_same_behaviour(toy: Exercise) -> None:
    outcome = judge(toy, lambda x, scale=1.0: missing("scale"))
    assert outcome.kind is Kind.RAISED
    assert outcome.misconception is toy.misconceptions[3]


def test_an_exception_of_the_same_type_in_other_words_is_not(toy: Exercise) -> None:
    outcome = judge(toy, lambda x, scale=1.0: missing("another key"))
    assert outcome.kind is Kind.RAISED
    assert outcome.misconception is None


def test_no_guess_stands_beside_a_known_reason(whole: Exercise) -> None:
    known = Misconception("divides", lambda n: n / 2, "Use `//`.")
    exercise = dataclasses.replace(
        whole, cases=[Case(6), Case(4)], misconceptions=[known, *whole.misconceptions]
    )
    outcome = judge(exercise, lambda n: n / 2)
    assert outcome.misconception is known
    assert "It returned the float 3.0 where a whole number (int) is expected." in text(outcome)
    assert "always gives a float" not in text(outcome)


def test_no_advice_on_an_exception_beside_a_known_reason(toy: Exercise) -> None:
    known = Misconception("reads one item too many", lambda x, scale=1.0: x[len(x)], "Stop.")
    exercise = dataclasses.replace(toy, misconceptions=[known, *toy.misconceptions])
    shown = text(judge(exercise, known.function))
    assert "known misconception: reads one item too many." in shown
    assert "is out of bounds for axis 0 with size 3. It happened in" in shown
    assert "An index ran past" in text(judge(toy, known.function))


def test_another_exception_is_not(toy: Exercise) -> None:
    assert judge(toy, lambda x, scale=1.0: x[99]).misconception is None


def test_a_likeness_in_two_of_four_is_no_majority(toy: Exercise) -> None:
    # Leaves out its own item, but for short arrays does something else again.
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        y = right(x, scale)
        return y - scale * x if len(x) > 3 else y + 5

    outcome = judge(toy, running_sum)
    assert outcome.misconception is None
    assert outcome.resembles is None


def test_a_likeness_is_called_one(toy: Exercise) -> None:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        y = right(x, scale)
        return y - scale * x if scale != 0.5 else y + 5

    outcome = judge(toy, running_sum)
    assert outcome.misconception is None
    assert outcome.resembles is toy.misconceptions[0]
    assert "In 3 of the 4 cases that fail it answers like a known misconception" in text(outcome)


def test_a_likeness_in_all_cases_that_fail(toy: Exercise) -> None:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        return right(x, scale) - (scale * x if scale != 0.5 else 0)

    outcome = judge(toy, running_sum)
    assert outcome.resembles is toy.misconceptions[0]
    assert "In all 3 cases that fail it answers like a known misconception" in text(outcome)


def test_the_case_shown_is_one_that_the_likeness_speaks_of(toy: Exercise) -> None:
    # The smallest case fails in another way.
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        y = right(x, scale)
        return y - scale * x if len(x) > 3 or scale == 0.5 else x[7]

    outcome = judge(toy, running_sum)
    assert outcome.resembles is toy.misconceptions[0]
    assert outcome.kind is Kind.INCORRECT
    assert "All 4 cases fail. One of them: x = [1, 2, 4] scale = 0.5 expected" in text(outcome)


def test_a_right_answer_is_never_diagnosed(toy: Exercise) -> None:
    assert judge(toy, right).misconception is None
