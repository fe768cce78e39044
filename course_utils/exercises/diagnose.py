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
    agreements: int = 0


def diagnose(exercise: Exercise, answers: Sequence[Answer], failed: Sequence[Case]) -> Diagnosis:
    """Compare a function's answers with those of every known misconception."""
    agreements: list[tuple[int, Misconception]] = []
    for number, misconception in enumerate(exercise.misconceptions):
        theirs = misconception_answers(exercise, number)
        same = [
            same_answer(answer, other, case, exercise.tolerance)
            for case, answer, other in zip(exercise.cases, answers, theirs, strict=True)
        ]
        if all(same) and _alike_in_words(answers, theirs):
            return Diagnosis(exact=misconception)
        # An exception of the same type is too common to be a likeness.
        alike = sum(
            agree and case in failed and answer.raised is None
            for case, answer, agree in zip(exercise.cases, answers, same, strict=True)
        )
        agreements.append((alike, misconception))
    agreements.sort(key=lambda pair: -pair[0])
    (most, likely), (second, _) = agreements[:2]
    if most >= 2 and 2 * most > len(failed) and most > second:
        return Diagnosis(resembles=likely, agreements=most)
    return Diagnosis()


def _alike_in_words(answers: Sequence[Answer], theirs: Sequence[Answer]) -> bool:
    """Tell whether two functions that never answer fail in the same words.

    Many mistakes end in the same type of exception. Where a misconception gives not one answer,
    the type is all there is in common, and only an equal message makes more of it.
    """
    return any(other.raised is None for other in theirs) or all(
        answer.raised is not None
        and other.raised is not None
        and answer.raised.message == other.raised.message
        for answer, other in zip(answers, theirs, strict=True)
    )
