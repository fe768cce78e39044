"""Finding exercises: by id, by lesson, all of them.

The engine knows no exercise. It looks for them in one place, the package `CONTENT`: those of
lesson NN stand in ``lesson_NN`` as a list called ``EXERCISES``. A lesson is imported when one of
its exercises is first asked for, so that ``import course_utils.exercises`` stays quick.
"""

from __future__ import annotations

import difflib
import functools
import importlib
import pkgutil
import re

from .definition import Exercise

CONTENT = "course_utils.lessons"


class UnknownExercise(LookupError):
    """No exercise has this id. The message suggests the nearest."""


@functools.cache
def lessons() -> tuple[str, ...]:
    """List the lessons that have exercises."""
    package = importlib.import_module(CONTENT)
    names = (module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(sorted(name[7:] for name in names if re.fullmatch(r"lesson_\d\d", name)))


def lesson_exercises(lesson: str) -> tuple[Exercise, ...]:
    """List the exercises of one lesson."""
    if lesson not in lessons():
        known = ", ".join(lessons()) or "none"
        raise UnknownExercise(f"no lesson {lesson!r} has exercises (those that have: {known})")
    module = importlib.import_module(f"{CONTENT}.lesson_{lesson}")
    found: list[Exercise] = list(module.EXERCISES)
    ids = [exercise.id for exercise in found]
    if not found or len(set(ids)) != len(ids) or any(id[:3] != f"{lesson}." for id in ids):
        raise ValueError(
            f"lesson_{lesson}.EXERCISES: expected distinct ids that begin with "
            f"'{lesson}.', found {ids}"
        )
    for exercise in found:
        _check(exercise)
    return tuple(found)


@functools.cache
def _check(exercise: Exercise) -> None:
    exercise.check_misconceptions()


def all_exercises() -> tuple[Exercise, ...]:
    """List every exercise of the course.

    Returns
    -------
    tuple of Exercise
        Lesson by lesson.
    """
    return tuple(exercise for lesson in lessons() for exercise in lesson_exercises(lesson))


def get(exercise: str | Exercise) -> Exercise:
    """Find an exercise by its id.

    Parameters
    ----------
    exercise : str or Exercise
        An id such as ``"01.convolve_full"``; an exercise is returned as it is.

    Returns
    -------
    Exercise
        The exercise.

    Raises
    ------
    UnknownExercise
        If there is none; the message names the nearest id.
    """
    if isinstance(exercise, Exercise):
        return exercise
    lesson = str(exercise)[:2]
    if lesson in lessons():
        for candidate in lesson_exercises(lesson):
            if candidate.id == exercise:
                return candidate
    raise UnknownExercise(f"there is no exercise {exercise!r}.{_suggestion(str(exercise))}")


def _suggestion(id: str) -> str:
    ids = [exercise.id for exercise in all_exercises()]
    by_name = {known[3:]: known for known in reversed(ids)}
    near = difflib.get_close_matches(id, ids, n=1, cutoff=0.5)
    near = near or difflib.get_close_matches(id.rpartition(".")[2], list(by_name), n=1)
    if not near:
        return ""
    nearest = by_name.get(near[0], near[0])
    return f' Did you mean "{nearest}"?'
