"""The small maps and kernels of whole numbers that explorers offer by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.explorers.shared.arrays import Array, numbers
from course_utils.explorers.shared.option_readers import Pair, short

CUSTOM = "custom"  # numbers that are no preset

_STEPS = np.array([3.0, -1.0, 2.0, 1.0, 4.0, -2.0, 5.0])
_LARGEST = 32  # a side; a map of fewer rows and columns is its upper left corner


@dataclass(frozen=True)
class SmallMap:
    """A named map: its label, and how to make it of a given size."""

    label: str
    make: Callable[[int, int], Array]


def _random(low: int, high: int, seed: int) -> Callable[[int, int], Array]:
    def make(rows: int, columns: int) -> Array:
        whole = np.random.default_rng(seed).integers(low, high, size=(_LARGEST, _LARGEST))
        return whole[:rows, :columns].astype(np.float64)

    return make


def count(rows: int, columns: int) -> Array:
    """1, 2, 3 and so on, row by row."""
    return np.arange(1, rows * columns + 1, dtype=np.float64).reshape(rows, columns)


def mixed(rows: int, columns: int) -> Array:
    """1, 2, 0, −1, 1 again and again: small, of both signs, and different when turned around."""
    return np.resize(np.array([1.0, 2.0, 0.0, -1.0, 1.0]), (rows, columns))


def middle(rows: int, columns: int) -> Array:
    """One at the centre, zeros elsewhere."""
    w = np.zeros((rows, columns))
    w[rows // 2, columns // 2] = 1.0
    return w


def corner(rows: int, columns: int) -> Array:
    """One in the upper left corner, zeros elsewhere: a kernel that copies, and moves."""
    w = np.zeros((rows, columns))
    w[0, 0] = 1.0
    return w


def _ones(rows: int, columns: int) -> Array:
    return np.ones((rows, columns))


MAPS: dict[str, SmallMap] = {
    "digits": SmallMap("digits 0 to 9", _random(0, 10, 3)),
    "signed": SmallMap("−9 to 9", _random(-9, 10, 4)),
    "ties": SmallMap("0 to 6, with ties", _random(0, 7, 2457)),
    "count": SmallMap("1, 2, 3 …", count),
    "ones": SmallMap("all ones", _ones),
    "spot": SmallMap("one spot", middle),
}

WEIGHTS: dict[str, SmallMap] = {
    "mixed": SmallMap("mixed signs", mixed),
    "ones": SmallMap("all ones", _ones),
    "count": SmallMap("1, 2, 3 …", count),
    "corner": SmallMap("one corner", corner),
}

GRADIENTS: dict[str, SmallMap] = {
    "mixed": SmallMap("whole numbers", lambda rows, columns: np.resize(_STEPS, (rows, columns))),
    "ones": SmallMap("all ones", _ones),
    "spot": SmallMap("one spot", middle),
}


def resized(values: Array, rows: int, columns: int) -> Array:
    """Cut a map to a size, or go on with zeros; its upper left corner stays."""
    H, W = values.shape
    new = np.zeros((rows, columns))
    new[:H, :W] = values[:rows, :columns]
    return new


def labels(known: Mapping[str, SmallMap]) -> dict[str, str]:
    """What the page calls each map."""
    return {name: made.label for name, made in known.items()}


def next_map(
    letter: str,
    changes: Mapping[str, Any],
    size: Pair,
    now: Array,
    preset: str,
    known: Mapping[str, SmallMap],
) -> tuple[Array, str]:
    """The map after changes, and its name: given, made anew, or cut to a size."""
    if letter in changes:
        given = numbers(changes[letter], letter, 2)
        return (now, preset) if np.array_equal(given, now) else (given, CUSTOM)
    name = changes.get(f"{letter}_preset", preset)
    if isinstance(name, str) and name in known:
        return numbers(known[name].make(*size), letter, 2), name
    if name != CUSTOM:
        raise ValueError(
            f"there is no preset {short(name)} for {letter}; choose from {', '.join(known)}"
        )
    return numbers(resized(now, *size), letter, 2), CUSTOM
