"""Hints, one at a time, and the model solution."""

from __future__ import annotations

from typing import Any

from .definition import Exercise
from .display import show_message
from .messages.notice import Listing, Notice, Text, Tone
from .registry import UnknownExercise, get
from .stub_and_solution import solution_source

_shown: dict[str, int] = {}
"""How many hints of each exercise this session has seen."""


def hint(id: str | Exercise) -> None:
    """Show the next hint of an exercise.

    Parameters
    ----------
    id : str or Exercise
        The exercise's id.

    Examples
    --------
    ::

        hint("01.convolve_full")
    """
    show_message(_found_or_not(id, next_hint))


def solution(id: str | Exercise) -> None:
    """Show the model solution of an exercise.

    Parameters
    ----------
    id : str or Exercise
        The exercise's id.

    Examples
    --------
    ::

        solution("01.convolve_full")
    """
    show_message(_found_or_not(id, model_solution))


def next_hint(exercise: Exercise) -> Notice:
    """Take the next hint."""
    number, count = _shown.get(exercise.id, 0), len(exercise.hints)
    if number >= count:
        _shown[exercise.id] = 0
        text = (
            f"Those were all {count} hints. The solution is folded under the exercise, and "
            f'`solution("{exercise.id}")` shows it. The next call begins with hint 1 again.'
        )
        return Notice(f"{exercise.id}: no more hints.", (Text(text),), Tone.INFORM)
    _shown[exercise.id] = number + 1
    blocks = (Text(exercise.hints[number]),)
    return Notice(f"{exercise.id}, hint {number + 1} of {count}:", blocks, Tone.INFORM)


def model_solution(exercise: Exercise) -> Notice:
    """Write out the model solution."""
    source = "\n".join(
        [*exercise.uses, *([""] if exercise.uses else []), solution_source(exercise)]
    )
    return Notice(f"{exercise.id}: one solution.", (Listing("", source, indent=0),), Tone.INFORM)


def _found_or_not(id: str | Exercise, make: Any) -> Notice:
    try:
        found = get(id)
    except UnknownExercise as error:
        return Notice(f"{str(error)[:1].upper()}{str(error)[1:]}", (), Tone.MEND)
    notice: Notice = make(found)
    return notice
