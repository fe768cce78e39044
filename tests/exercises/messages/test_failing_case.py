"""The failing case that is shown, and how it is shown."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from course_utils.exercises import Case, Exercise
from course_utils.exercises.judge import judge
from course_utils.exercises.outcome import Kind
from tests.exercises.reading import right, text

TOTAL = np.array([1.0, 2.0])
EXPECTED = """\
99.running_sum: incorrect. All 4 cases fail. The smallest of them:
    x = [1., 2., 4.]
expected
    [1., 3., 7.]
got
    [ 1., -1.,  7.]
The first difference is at [1]: expected 3.0, got -1.0.
by hand: 1, 1 + 2 = 3, 1 + 2 + 4 = 7
From here on `running_sum` is the course's own version, so that the lesson runs on.
`hint("99.running_sum")` gives a hint."""


def test_the_smallest_case_with_arguments_and_both_answers(toy: Exercise) -> None:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        y = right(x, scale)
        y[1] = -1.0
        return y

    outcome = judge(toy, running_sum)
    assert outcome.kind is Kind.INCORRECT
    assert str(outcome) == EXPECTED


@pytest.mark.parametrize(
    ("cases", "shown", "words"),
    [
        # One to check by hand before a smaller one without a note.
        (
            [Case(np.arange(2.0)), Case(np.arange(5.0), note="sums")],
            "x = [0., 1., 2., 3., 4.]",
            "One of them that can be checked by hand:",
        ),
        # Of two with a note the smaller.
        (
            [Case(np.arange(5.0), note="sums"), Case(np.arange(3.0), note="sums")],
            "x = [0., 1., 2.]",
            "The smallest of them:",
        ),
        # Too long to check by hand, note or not.
        (
            [Case(np.arange(41.0), note="sums"), Case(np.arange(3.0))],
            "x = [0., 1., 2.]",
            "The smallest of them:",
        ),
        (
            [Case(np.arange(40.0), note="sums"), Case(np.arange(3.0))],
            "x = [ 0., 1.,",
            "One of them that can be checked by hand:",
        ),
        # What a note says of random numbers is no way to check them.
        (
            [Case.random(lambda rng: rng.normal(size=5), 1, note="random"), Case(np.ones(4))],
            "x = [1., 1., 1., 1.]",
            "The smallest of them:",
        ),
        # Nothing to see in an empty one.
        (
            [Case(np.zeros(0), note="no item, no sum"), Case(np.arange(3.0))],
            "x = [0., 1., 2.]",
            "One of them:",
        ),
        (
            [Case(np.zeros(0), scale=2.0, note="no item"), Case(np.arange(3.0))],
            "x = [0., 1., 2.]",
            "One of them:",
        ),
    ],
)
def test_which_failing_case_is_shown(
    toy: Exercise, cases: list[Case], shown: str, words: str
) -> None:
    exercise = dataclasses.replace(toy, cases=cases)
    outcome = judge(exercise, lambda x, scale=1.0: np.append(x, -1.0))
    assert shown in text(outcome)
    assert words in text(outcome)


def test_as_many_digits_as_tell_the_answers_apart(toy: Exercise) -> None:
    exercise = dataclasses.replace(toy, cases=[Case(np.array([0.1, 0.2]))])
    outcome = judge(exercise, lambda x, scale=1.0: np.cumsum(x).astype("f4"))
    assert outcome.kind is Kind.WRONG_DTYPE
    assert "expected [0.1, 0.3] got [0.1 , 0.30000001] (float32)" in text(outcome)
    outcome = judge(exercise, lambda x, scale=1.0: np.cumsum(x) + 1e-9 * np.arange(2) * 4)
    assert "expected [0.1, 0.3] got [0.1 , 0.300000004]" in text(outcome)


def test_only_the_cases_that_fail_are_considered(toy: Exercise) -> None:
    outcome = judge(toy, lambda x, scale=1.0: right(x, scale) + (len(x) == 6))
    assert "One of 4 cases fails:" in str(outcome)
    assert "scale = 2.0" in str(outcome)


def test_an_argument_never_used_and_a_variable_of_the_notebook(toy: Exercise) -> None:
    outcome = judge(toy, lambda x, scale=1.0: np.cumsum(TOTAL)[:1] + np.zeros(len(x)))
    assert "It never uses its argument `scale`." in text(outcome)
    assert "It reads `TOTAL`, a variable of the notebook." in text(outcome)


def test_it_says_that_an_argument_was_changed_as_well(toy: Exercise) -> None:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        x += 1
        return scale * np.cumsum(x)

    outcome = judge(toy, running_sum)
    assert outcome.kind is Kind.INCORRECT
    assert "It also changed its argument x[0]: 1.0 became 2.0." in text(outcome)


def test_the_same_text_every_time(toy: Exercise) -> None:
    texts = {str(judge(toy, lambda x, scale=1.0: x * 3)) for _ in range(3)}
    assert len(texts) == 1
