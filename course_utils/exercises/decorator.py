"""The line above a stub: ``@exercise("01.convolve_full")``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from . import progress_file
from .attempted import is_attempted
from .courses_own import calls_courses_own, is_courses_own
from .definition import Exercise
from .display import show_message
from .judge import judge
from .learners_call import TimeUp
from .looked_at import attribute
from .messages import verdicts
from .messages.notice import Text
from .outcome import Outcome
from .registry import UnknownExercise, get
from .rehearsal import rehearse
from .time_limit import Allowance, call_within, can_limit

_told: set[str] = set()
"""What has been said once and is not said again."""


def exercise(id: str | Exercise) -> Callable[[Any], Any]:
    """Judge the function below, say what was found, and bind its name.

    A correct function is used from here on. In every other case the name is bound to the
    course's own version, so that the lesson runs on.

    Parameters
    ----------
    id : str or Exercise
        The exercise's id.

    Returns
    -------
    callable
        A decorator. It raises nothing but ``KeyboardInterrupt``.

    Examples
    --------
    ::

        @exercise("01.convolve_full")
        def convolve_full(x, w):
            ...
    """
    try:
        found = get(id)
    except UnknownExercise as error:
        unknown = verdicts.unknown(id, str(error))
        if callable(id):  # the line is @exercise, without brackets and id
            show_message(verdicts.without_id(id))
            return id

        def keep(function: Any) -> Any:
            show_message(unknown)
            return function

        return keep

    def decorate(function: Any) -> Any:
        outcome = check(found, function)
        show_message(outcome)
        return function if outcome.correct else found.reference

    return decorate


def check(exercise: Exercise, function: Any) -> Outcome:
    """Judge a function and keep what came of it, without showing it."""
    try:
        outcome = (
            _by_its_looks(exercise, function)
            or rehearse(exercise, function)
            or judge(exercise, function)
        )
    except Exception as error:  # noqa: BLE001 - a fault of ours must not cost the learner the lesson
        return verdicts.unchecked(exercise, error)
    warning = progress_file.keep(exercise.id, outcome.kind)
    return _with_notes(outcome, warning, _time_note())


def _by_its_looks(exercise: Exercise, function: Any) -> Outcome | None:
    """Give the verdict on what is no answer, without calling it."""
    try:
        found: Outcome | None = call_within(
            Allowance(exercise.seconds), _no_answer, (exercise, function), {}
        )
    except TimeUp:
        return verdicts.not_looked_at(exercise, function)
    return found


def _no_answer(exercise: Exercise, function: Any) -> Outcome | None:
    if is_courses_own(function, exercise) or calls_courses_own(function, exercise):
        return verdicts.courses_own(exercise, not is_courses_own(function, exercise))
    if isinstance(function, type) or not callable(function):
        return verdicts.not_a_function(exercise, function)
    name = attribute(function, "__name__")
    name = name if isinstance(name, str) else ""
    if is_attempted(function) and name.isidentifier() and name != exercise.name:
        return verdicts.wrong_name(exercise, function)
    return None


def _time_note() -> str:
    if can_limit() or "time" in _told:
        return ""
    _told.add("time")
    return (
        "A function that runs for ever cannot be stopped here: use the stop button, or interrupt "
        "the kernel. (This message appears only once.)"
    )


def _with_notes(outcome: Outcome, *notes: str) -> Outcome:
    blocks = (*outcome.blocks, *(Text(note) for note in notes if note))
    return replace(outcome, blocks=blocks)
