"""Options as every operation reads them: numbers, whole numbers for one axis or all, flags."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import SupportsIndex, TypeAlias

import numpy as np

Ints: TypeAlias = SupportsIndex | Sequence[SupportsIndex]
"""One whole number for all axes, or a tuple or list with one for each."""

Pair: TypeAlias = tuple[int, int]
"""Two whole numbers, such as (down, across) or (before, after)."""


def integer(operation: str, name: str, value: object, least: int) -> int:
    """Read an option as one whole number of at least `least`; a bool is not one."""
    if type(value) is int and value >= least:  # nearly always, and checking a protocol is slow
        return value
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, SupportsIndex):
        raise TypeError(f"{operation}: {name} is {value!r}, expected a whole number")
    try:
        number = operator.index(value)
    except TypeError:  # an array of several numbers has __index__, but it raises
        raise TypeError(f"{operation}: {name} is {value!r}, expected a whole number") from None
    if number < least:
        raise ValueError(f"{operation}: {name} is {number}, expected at least {least}")
    return number


def integers(operation: str, name: str, value: object, axes: int, least: int) -> tuple[int, ...]:
    """Read an option as one whole number per axis, given as one for all or as one for each."""
    if not isinstance(value, (tuple, list)):
        return (integer(operation, name, value, least),) * axes
    if len(value) not in (1, axes):
        several = f" or {axes} of them" if axes > 1 else ""
        raise ValueError(f"{operation}: {name} is {value!r}, expected one whole number{several}")
    for number in value:
        try:
            integer(operation, name, number, least)
        except (TypeError, ValueError) as refusal:
            expected = str(refusal).rpartition("expected ")[2]
            raise type(refusal)(
                f"{operation}: {name} is {value!r}, expected {expected} in each axis"
            ) from None
    numbers = tuple(operator.index(number) for number in value)
    return numbers * axes if len(numbers) == 1 else numbers


def is_given(value: object) -> bool:
    """Tell whether an option is there: not None, and not an empty list, as PyTorch reads it."""
    return value is not None and not (isinstance(value, (tuple, list)) and not value)


def number(operation: str, name: str, value: object) -> float:
    """Read an option as a real number."""
    if not isinstance(value, (int, float, np.integer, np.floating)):
        raise TypeError(f"{operation}: {name} is {value!r}, expected a number")
    return float(value)


def flag(operation: str, name: str, value: object) -> bool:
    """Read an option that is True or False; 0 and 1 are refused."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{operation}: {name} is {value!r}, expected True or False")
    return bool(value)
