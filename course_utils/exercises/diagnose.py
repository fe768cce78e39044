"""Which misconception a function behaves like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .calling import Answer
from .definition import Case, Exercise, Misconception
from .known_answers import misconception_answers, same_answer


@dataclass(frozen=True)
class Diagnosis:
    """What is known about wrong answers."""

    exact: Misconception | None = None
    resembles: Misconception | None = None
    alike: tuple[Case, ...] = ()


def diagnose(exercise: Exercise, answers: Sequence[Answer], failed: Sequence[Case]) -> Diagnosis:
    """Compare a function's answers with those of every known misconception."""
    for number, misconception in enumerate(exercise.misconceptions):
        if _behaves_like(exercise, answers, misconception_answers(exercise, number)):
            return Diagnosis(exact=misconception)
    return _likeness(exercise, answers, failed)


def _behaves_like(exercise: Exercise, answers: Sequence[Answer], theirs: Sequence[Answer]) -> bool:
    """Tell whether two functions agree in every case; most differ in the first already."""
    return all(
        same_answer(answer, other, case, exercise.tolerance)
        for case, answer, other in zip(exercise.cases, answers, theirs, strict=True)
    ) and _alike_in_words(answers, theirs)


def _likeness(exercise: Exercise, answers: Sequence[Answer], failed: Sequence[Case]) -> Diagnosis:
    """Find the one misconception that most of the failing answers agree with, if there is one."""
    # An exception of the same type is too common to be a likeness.
    told = [
        number
        for number, (case, answer) in enumerate(zip(exercise.cases, answers, strict=True))
        if case in failed and answer.raised is None
    ]
    agreements = []
    for number, misconception in enumerate(exercise.misconceptions):
        theirs = misconception_answers(exercise, number)
        alike = tuple(
            exercise.cases[i]
            for i in told
            if same_answer(answers[i], theirs[i], exercise.cases[i], exercise.tolerance)
        )
        agreements.append((alike, misconception))
    agreements.sort(key=lambda pair: -len(pair[0]))
    (most, likely), (second, _) = agreements[:2]
    if len(most) >= 2 and 2 * len(most) > len(failed) and len(most) > len(second):
        return Diagnosis(resembles=likely, alike=most)
    return Diagnosis()


def _alike_in_words(answers: Sequence[Answer], theirs: Sequence[Answer]) -> bool:
    """Tell whether two functions that never answer fail in the same words.

    Many mistakes end in the same type of exception. Where a misconception never gives an answer,
    the type is all there is in common, and only an equal message makes more of it.
    """
    return any(other.raised is None for other in theirs) or all(
        answer.raised is not None
        and other.raised is not None
        and answer.raised.message == other.raised.message
        for answer, other in zip(answers, theirs, strict=True)
    )
