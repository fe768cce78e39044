"""What the reference and the misconceptions answer, computed once when first needed."""

from __future__ import annotations

import functools

import numpy as np

from .calling import Answer, call
from .compare import compare
from .compare_arrays import is_large
from .definition import Case, Exercise, Function
from .own_numpy import STANDARD, originals


@functools.cache
def expected_answers(exercise: Exercise) -> tuple[Answer, ...]:
    """Ask the reference every case."""
    return _answers(exercise, exercise.reference)


@functools.cache
def misconception_answers(exercise: Exercise, number: int) -> tuple[Answer, ...]:
    """Ask one misconception every case."""
    return _answers(exercise, exercise.misconceptions[number].function)


def _answers(exercise: Exercise, function: Function) -> tuple[Answer, ...]:
    """Ask every case with NumPy as it is by itself, whatever a notebook has made of it."""
    with originals(), STANDARD.used():
        return tuple(call(function, case) for case in exercise.cases)


def single_precision(case: Case) -> bool:
    """Tell whether float32 goes in, so that float32 may come out."""
    values = [*case.arguments, *case.keywords.values()]
    return any(getattr(value, "dtype", None) == np.float32 for value in values)


def same_answer(got: Answer, other: Answer, case: Case, tolerance: float) -> bool:
    """Tell whether two calls came to the same."""
    if got.raised is not None or other.raised is not None:
        return (
            got.raised is not None
            and other.raised is not None
            and got.raised.type is other.raised.type
        )
    if is_large(got.value) or is_large(other.value):
        return getattr(got.value, "shape", None) == getattr(other.value, "shape", None)
    return compare(got.value, other.value, tolerance, single=single_precision(case)) is None
