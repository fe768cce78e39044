"""Options as they come from a caller or from the page: read, or refused in words.

A reader takes the name and the value of an option, and returns the value as a state holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

Pair = tuple[int, int]
Reader = Callable[[str, Any], Any]


def short(value: object) -> str:
    """Text of a value, cut to fit a message."""
    text = str(value) if isinstance(value, np.number) else repr(value)
    return text if len(text) <= 40 else text[:39] + "…"


def read(readers: Mapping[str, Reader], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Read those options that change."""
    return {name: readers[name](name, changes[name]) for name in readers if name in changes}


def is_whole(value: object) -> bool:
    """Whether a value is a whole number; True and 2.0 are none."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def whole(low: int, high: int, also: str = "") -> Reader:
    """Read a whole number in a range; ``also`` says what else is accepted before this is asked."""

    def reader(name: str, value: Any) -> int:
        if not is_whole(value) or not low <= value <= high:
            words = f"{name} must be a whole number from {low} to {high} {also}".rstrip()
            raise ValueError(f"{words}, not {short(value)}")
        return int(value)

    return reader


def clipped(low: int, high: int) -> Reader:
    """Read a whole number, and move it into a range."""

    def reader(name: str, value: Any) -> int:
        if not is_whole(value):
            raise ValueError(f"{name} must be a whole number, not {short(value)}")
        return int(min(max(value, low), high))

    return reader


def one_of(known: Iterable[Any]) -> Reader:
    """Read one of some known names or numbers."""
    choices = {choice: choice for choice in known}

    def reader(name: str, value: Any) -> Any:
        hashable = isinstance(value, str) or is_whole(value)
        if not hashable or value not in choices:
            words = f"{name} must be one of {', '.join(map(str, choices))}"
            raise ValueError(f"{words}, not {short(value)}")
        return choices[value]

    return reader


def named(value: Any, known: Iterable[str], what: str) -> str:
    """Read the name of something that is kept by name."""
    choices = list(known)
    if not isinstance(value, str) or value not in choices:
        listed = ", ".join(choices)
        raise ValueError(f"there is no {what} called {short(value)}; choose from {listed}")
    return value


def switch(name: str, value: Any) -> bool:
    """Read True or False."""
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} must be True or False, not {short(value)}")
    return bool(value)


def pair(allowed: range) -> Reader:
    """Read a size that is one whole number for both axes, or a pair for rows and columns."""
    low, high = (str(end).replace("-", "−") for end in (allowed[0], allowed[-1]))
    words = f"must be one whole number, or a pair for rows and columns, from {low} to {high}"

    def reader(name: str, value: Any) -> Pair:
        try:
            rows, columns = (value, value) if is_whole(value) else value
        except (TypeError, ValueError):
            raise ValueError(f"{name} {words}, not {short(value)}") from None
        for part in (rows, columns):
            if not is_whole(part):
                raise ValueError(f"{name} {words}, not {short(value)}")
            if part not in allowed:
                raise ValueError(f"{name} {words}, not {part}")
        return int(rows), int(columns)

    return reader


def place_in(shape: Sequence[int]) -> Reader:
    """Read a row and a column, and move them inside an array."""

    def reader(name: str, value: Any) -> Pair:
        try:
            i, j = value
        except (TypeError, ValueError):
            i = None
        if i is None or not is_whole(i) or not is_whole(j):
            raise ValueError(f"{name} must be a row and a column, not {short(value)}")
        return int(min(max(i, 0), shape[0] - 1)), int(min(max(j, 0), shape[1] - 1))

    return reader


def pair_choices(
    ranges: Mapping[str, range], now: Mapping[str, Pair], fits: Callable[[str, Pair], bool]
) -> dict[str, list[list[int]]]:
    """For each size, the values that fit as rows, as columns, and as both at once."""
    return {
        name: [
            [v for v in allowed if fits(name, (v, now[name][1]))],
            [v for v in allowed if fits(name, (now[name][0], v))],
            [v for v in allowed if fits(name, (v, v))],
        ]
        for name, allowed in ranges.items()
    }
