"""The words of a verdict that do not depend on a difference."""

from __future__ import annotations

import numpy as np

from course_utils.exercises import Exercise
from course_utils.exercises.calling import Answer
from course_utils.exercises.messages import verdicts
from course_utils.exercises.messages.notice import Tone
from course_utils.exercises.outcome import Kind
from tests.exercises.reading import text

NEXT = (
    "From here on `running_sum` is the course's own version, so that the lesson runs on. "
    '`hint("99.running_sum")` gives a hint.'
)


def test_a_right_answer_needs_no_next_step(toy: Exercise) -> None:
    outcome = verdicts.correct(toy, Answer(np.zeros(1)))
    assert outcome.tone is Tone.GOOD
    assert "hint" not in str(outcome)


def test_every_other_verdict_says_what_happens_next(toy: Exercise) -> None:
    case, answer = toy.cases[0], Answer(np.zeros(1), changed="x[0]: 1.0 became 0.0")
    for outcome, kind in [
        (verdicts.changed_input(toy, case, answer), Kind.CHANGED_INPUT),
        (verdicts.took_too_long(toy, case, answer), Kind.TOO_LONG),
        (verdicts.not_repeatable(toy, case, True, answer), Kind.NOT_REPEATABLE),
        (verdicts.wrong_signature(toy, len, "no"), Kind.WRONG_SIGNATURE),
        (verdicts.wrong_name(toy, len), Kind.WRONG_SIGNATURE),
        (verdicts.not_a_function(toy, 3), Kind.NOT_A_FUNCTION),
        (verdicts.unchecked(toy, ValueError("no")), Kind.UNCHECKED),
    ]:
        assert outcome.kind is kind
        assert outcome.tone is Tone.MEND
        assert text(outcome).startswith(f"99.running_sum: {kind.value}. ")
        assert text(outcome).endswith(NEXT)


def test_what_was_printed_is_shown_once_and_shortened(toy: Exercise) -> None:
    answer = Answer(np.zeros(1), printed="x" * 2000, warned=("UserWarning: careful",))
    shown = text(verdicts.correct(toy, answer))
    assert "your function printed " + "x" * 600 + " … (1400 more characters)" in shown
    assert "and Python warned UserWarning: careful" in shown


def test_a_warning_alone_follows_nothing(toy: Exercise) -> None:
    shown = text(verdicts.correct(toy, Answer(np.zeros(1), warned=("UserWarning: careful",))))
    assert "Python warned UserWarning: careful" in shown
    assert "and Python warned" not in shown


def test_annotations_are_left_out_of_a_signature(toy: Exercise) -> None:
    def running_sum(x: np.ndarray, step: int = 2) -> np.ndarray:
        return x

    outcome = verdicts.wrong_signature(toy, running_sum, "it is another")
    assert "yours def running_sum(x, step=2): as the lesson calls it" in text(outcome)
