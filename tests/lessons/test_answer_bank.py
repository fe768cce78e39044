"""Answers as learners write them: right ones of every style pass, wrong ones hear their own name.

The answers to an exercise stand in ``answer_bank/lesson_NN/name.py``, in lists called ``RIGHT``
and ``WRONG``. They are written as a learner would write them, on their own, and know nothing of
the misconceptions' functions. A wrong answer stands beside the misconception it should be told;
None asks only that it is refused and told no wrong name. Answers that never come to an end stand
in a list called ``ENDLESS``. Many wrong answers are a right one with a few characters changed:
``but(LOOPS, "+=", "=")``.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
import pathlib
import textwrap
from typing import Any

import numpy as np
import pytest

from course_utils import exercises
from course_utils.exercises.judge import judge
from course_utils.exercises.outcome import Kind

FOLDER = pathlib.Path(__file__).parent / "answer_bank"
BANKS: dict[str, Any] = {
    f"{path.parent.name[-2:]}.{path.stem}": importlib.import_module(
        f"tests.lessons.answer_bank.{path.parent.name}.{path.stem}"
    )
    for path in sorted(FOLDER.glob("lesson_*/*.py"))
}
ENDLESS = [(id, body) for id, bank in BANKS.items() for body in getattr(bank, "ENDLESS", [])]


@functools.cache
def signature(id: str) -> str:
    """Take the line with ``def`` from the exercise's stub, once for all answers."""
    return exercises.stub_source(exercises.get(id)).splitlines()[1]


def answer(id: str, body: str) -> Any:
    """Define the exercise's function with a body, as a notebook cell would."""
    exercise = exercises.get(id)
    names: dict[str, Any] = {"np": np}
    for line in exercise.uses:
        exec(line, names)
    source = signature(id) + "\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ")
    exec(compile(source, f"<{id}>", "exec"), names)
    return names[exercise.name]


def test_every_exercise_has_its_answers() -> None:
    assert list(BANKS) == sorted(exercise.id for exercise in exercises.all_exercises())


@pytest.mark.parametrize("id", BANKS)
def test_right_answers_of_every_style_pass(id: str) -> None:
    assert BANKS[id].RIGHT
    for body in BANKS[id].RIGHT:
        outcome = judge(exercises.get(id), answer(id, body))
        assert outcome.kind is Kind.CORRECT, f"{body}\n{outcome}"


@pytest.mark.parametrize("id", BANKS)
def test_wrong_answers_are_told_their_own_name(id: str) -> None:
    told = []
    for body, name in BANKS[id].WRONG:
        outcome = judge(exercises.get(id), answer(id, body))
        assert outcome.kind is not Kind.TOO_LONG, f"it belongs to ENDLESS:\n{body}"
        if outcome.correct:
            told.append((body, name, "accepted"))
            continue
        heard = outcome.misconception.name if outcome.misconception else None
        if heard != name:
            told.append((body, name, heard or f"no name: {outcome}"))
    assert not told, "\n\n".join(f"{b}\nexpected: {e}\nheard: {h}" for b, e, h in told)


@pytest.mark.parametrize(("id", "body"), ENDLESS)
def test_answers_without_end_are_stopped(id: str, body: str) -> None:
    impatient = dataclasses.replace(exercises.get(id), seconds=0.2)
    assert judge(impatient, answer(id, body)).kind is Kind.TOO_LONG


@pytest.mark.parametrize("id", BANKS)
def test_every_misconception_has_an_answer_that_is_told_it(id: str) -> None:
    named = {name for _, name in BANKS[id].WRONG}
    known = {misconception.name for misconception in exercises.get(id).misconceptions}
    assert known == named - {None}
