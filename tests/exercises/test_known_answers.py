"""What the course's own functions answer, and when two answers are the same."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from course_utils.exercises import Case, Exercise
from course_utils.exercises.calling import Answer, Raised
from course_utils.exercises.known_answers import (
    expected_answers,
    misconception_answers,
    same_answer,
)

PAIR = np.array([1.0, 2.0])
HUGE = np.broadcast_to(0.0, (5000, 5000))


def test_every_case_is_asked_once(whole: Exercise) -> None:
    asked: list[int] = []

    def half(n: int) -> int:
        """Half of n."""
        asked.append(n)
        return n // 2

    exercise = dataclasses.replace(whole, reference=half)
    for _ in range(2):
        assert [answer.value for answer in expected_answers(exercise)] == [3, 3, 0, 0]
    assert asked == [6, 7, 1, 0]


def test_a_misconception_is_asked_the_same(whole: Exercise) -> None:
    assert whole.misconceptions[1].name == "doubles"
    assert [answer.value for answer in misconception_answers(whole, 1)] == [12, 14, 2, 0]


def raising(kind: type[BaseException], message: str = "") -> Answer:
    return Answer(raised=Raised(kind, message))


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (Answer(PAIR), Answer(PAIR + 1e-12), True),
        (Answer(PAIR), Answer(PAIR + 1e-6), False),
        (Answer(PAIR), Answer(PAIR[:, None]), False),
        (Answer(np.float64(3)), Answer(np.array(3.0)), True),
        (raising(KeyError, "a"), raising(KeyError, "b"), True),
        (raising(KeyError), raising(IndexError), False),
        (raising(KeyError), Answer(PAIR), False),
        # Of results too large to look into, the shape decides.
        (Answer(HUGE), Answer(np.broadcast_to(1.0, HUGE.shape)), True),
        (Answer(HUGE), Answer(HUGE.T[1:]), False),
    ],
)
def test_two_answers(left: Any, right: Any, same: bool) -> None:
    assert same_answer(left, right, Case(PAIR), 1e-9) is same


def test_seven_digits_are_enough_where_single_precision_went_in() -> None:
    close = Answer(PAIR), Answer(PAIR + 1e-6)
    assert same_answer(*close, Case(PAIR.astype(np.float32)), 1e-9)
    assert not same_answer(*close, Case(PAIR), 1e-9)
