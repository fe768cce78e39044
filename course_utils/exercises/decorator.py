"""The line above a stub: ``@exercise("01.convolve_full")``."""

from __future__ import annotations

from collections.abc import Callable

from .definition import Exercise, Function
from .registry import get


def exercise(id: str | Exercise) -> Callable[[Function], Function]:
    """Judge the function below, say what was found, and bind its name.

    Parameters
    ----------
    id : str or Exercise
        The exercise's id.

    Returns
    -------
    callable
        A decorator.
    """
    found = get(id)

    def decorate(function: Function) -> Function:
        return found.reference

    return decorate
