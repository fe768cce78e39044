"""Options that are whole numbers: one int for every axis, or one per axis."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import SupportsIndex, TypeAlias

import numpy as np

Ints: TypeAlias = SupportsIndex | Sequence[SupportsIndex]
"""One whole number for every axis, or a tuple or list with one per axis."""


def integer(operation: str, name: str, value: object, least: int) -> int:
    """
    Read an option as one whole number.

    Parameters
    ----------
    operation, name : str
        Whose option it is, for the message.
    value : object
        An int of Python or NumPy. A bool is refused, as in PyTorch: True is no number of pixels.
    least : int
        The smallest value allowed.

    Returns
    -------
    int
        The value.

    Raises
    ------
    TypeError
        If the value is not a whole number.
    ValueError
        If it is too small.

    Examples
    --------
    >>> integer("conv2d", "groups", 4, least=1)
    4
    >>> integer("conv2d", "groups", 0, least=1)
    Traceback (most recent call last):
        ...
    ValueError: conv2d: groups is 0, expected at least 1
    """
    if type(value) is int and value >= least:  # nearly always; asking for a protocol is slow
        return value
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, SupportsIndex):
        raise TypeError(f"{operation}: {name} is {value!r}, expected a whole number")
    try:
        number = operator.index(value)
    except TypeError:  # an array of several numbers has __index__, and refuses when asked
        raise TypeError(f"{operation}: {name} is {value!r}, expected a whole number") from None
    if number < least:
        raise ValueError(f"{operation}: {name} is {number}, expected at least {least}")
    return number


def integers(operation: str, name: str, value: object, axes: int, least: int) -> tuple[int, ...]:
    """
    Read an option as one whole number per axis.

    Parameters
    ----------
    operation, name : str
        Whose option it is, for the message.
    value : object
        One whole number, used for every axis; or a tuple or list of one or of `axes` numbers.
    axes : int
        How many numbers are wanted.
    least : int
        The smallest value allowed.

    Returns
    -------
    tuple of int
        One number per axis.

    Raises
    ------
    TypeError
        If the value is of another kind.
    ValueError
        If there are too many or too few numbers, or one is too small.

    Examples
    --------
    >>> integers("conv2d", "stride", 2, axes=2, least=1)
    (2, 2)
    >>> integers("conv2d", "stride", (2, 1, 1), axes=2, least=1)
    Traceback (most recent call last):
        ...
    ValueError: conv2d: stride is (2, 1, 1), expected one whole number or 2 of them
    """
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


def flag(operation: str, name: str, value: object) -> bool:
    """
    Read an option that is on or off.

    Parameters
    ----------
    operation, name : str
        Whose option it is, for the message.
    value : object
        True or False.

    Returns
    -------
    bool
        The value.

    Raises
    ------
    TypeError
        If it is anything else.

    Examples
    --------
    >>> flag("max_pool2d", "ceil_mode", True)
    True
    """
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{operation}: {name} is {value!r}, expected True or False")
    return bool(value)
