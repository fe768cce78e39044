"""Sizes and places of two axes, as they come from a caller or from the page."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils.explorers.shared.arrays import short

Pair = tuple[int, int]


def pair_of(name: str, value: Any, allowed: range) -> Pair:
    """Check a size that is one whole number for both axes, or a pair for rows and columns."""
    both = (value, value) if isinstance(value, int | np.integer) else value
    low, high = (str(end).replace("-", "−") for end in (allowed[0], allowed[-1]))
    words = f"{name} must be one whole number, or a pair for rows and columns, from {low} to {high}"
    try:
        rows, columns = both
    except (TypeError, ValueError):
        raise ValueError(f"{words}, not {short(value)}") from None
    for part in (rows, columns):
        if isinstance(part, bool) or not isinstance(part, int | np.integer):
            raise ValueError(f"{words}, not {short(value)}")
        if part not in allowed:
            raise ValueError(f"{words}, not {part}")
    return int(rows), int(columns)


def place_in(focus: Any, shape: Pair) -> Pair:
    """Check a row and a column, and move them inside an array."""
    try:
        i, j = (int(v) for v in focus)
    except (TypeError, ValueError):
        raise ValueError(f"focus must be a row and a column, not {short(focus)}") from None
    return min(max(i, 0), shape[0] - 1), min(max(j, 0), shape[1] - 1)
