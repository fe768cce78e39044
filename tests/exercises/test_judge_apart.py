"""A cell is judged in a process of its own, whatever it does."""

from __future__ import annotations

import dataclasses

import pytest

from course_utils import exercises
from course_utils.exercises.judge_apart import judge_apart
from course_utils.exercises.outcome import Kind
from tests.exercises.reading import text

MEAN = exercises.get("00.neighbour_mean")
CELL = '@exercise("00.neighbour_mean")\ndef neighbour_mean(x):\n    '


def test_a_right_answer() -> None:
    outcome = judge_apart(MEAN, CELL + "return (x[:-1] + x[1:]) / 2")
    assert outcome.correct
    assert "cases pass" in text(outcome)


def test_a_misconception_is_the_exercises_own() -> None:
    outcome = judge_apart(MEAN, CELL + "return x[:-1] + x[1:]")
    assert outcome.kind is Kind.INCORRECT
    assert outcome.misconception in MEAN.misconceptions


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos._exit(0)",
        "import os\nos.kill(os.getpid(), 9)",
        "def neighbour_mean(x:",
        "raise SystemExit",
        "print('{}')\nimport os\nos._exit(0)",
        "x = bytearray(10**10)",
    ],
)
def test_a_cell_that_ends_its_process(source: str) -> None:
    assert judge_apart(MEAN, source, memory=2**31).kind is Kind.RAISED


def test_no_function_of_that_name() -> None:
    assert judge_apart(MEAN, "def other(x): return x").kind is Kind.NOT_A_FUNCTION


@pytest.mark.parametrize("source", ["sum(range(10**14))", CELL + "return sum(range(10**14))"])
def test_what_never_ends(source: str) -> None:
    hurried = dataclasses.replace(MEAN, seconds=0.1)
    assert judge_apart(hurried, source, start=3.0).kind is Kind.TOO_LONG
