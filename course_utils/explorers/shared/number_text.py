"""Numbers in words: rounded, as sizes, and counted."""

from __future__ import annotations

from collections.abc import Iterable

MINUS = str.maketrans("-", "−")


def rounded(value: float, decimals: int = 3) -> str:
    """A number to some decimals at most, and never −0."""
    return f"{round(float(value), decimals) + 0.0:g}"


def by(shape: Iterable[int]) -> str:
    """Sizes as they are read aloud: 3 × 4."""
    return " × ".join(map(str, shape))


def many(count: int, name: str) -> str:
    """A count with its noun: 1 row, 2 rows."""
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
