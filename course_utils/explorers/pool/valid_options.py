"""Which options of PoolExplorer are valid, each by itself and together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from course_utils.explorers.shared.option_readers import (
    Pair,
    Reader,
    one_of,
    pair,
    pair_choices,
    switch,
    whole,
)

if TYPE_CHECKING:
    from course_utils.explorers.pool.state import PoolState

Kind = Literal["max", "average", "lp"]
Ties = Literal["first", "split"]

KINDS: dict[str, str] = {"max": "largest", "average": "mean", "lp": "Lp norm"}
TIES: dict[str, str] = {"first": "the first", "split": "equal shares"}
RANGES: dict[str, range] = {
    "input_size": range(1, 11),
    "kernel_size": range(1, 6),
    "stride": range(1, 6),
    "padding": range(3),
    "shift": range(-4, 5),
}
EXPONENTS = range(1, 17)
READERS: dict[str, Reader] = {
    **{name: pair(RANGES[name]) for name in ("kernel_size", "stride", "padding", "shift")},
    "kind": one_of(KINDS),
    "ties": one_of(TIES),
    "count_include_pad": switch,
    "backward": switch,
    "p": whole(EXPONENTS[0], EXPONENTS[-1]),
}


def problem(input_size: Pair, kernel_size: Pair, padding: Pair) -> str:
    """Say why sizes do not go together; empty where they do."""
    for n, f, p, axis in zip(input_size, kernel_size, padding, ("rows", "columns"), strict=True):
        if 2 * p > f:
            return (
                f"padding {p} is more than half of the {f} {axis} of the window, "
                "which PyTorch refuses"
            )
        if f > n + 2 * p:
            have = f"is padded to {n + 2 * p}" if p else f"has only {n}"
            return f"the window has {f} {axis}, but the input {have}"
    return ""


def choices(state: PoolState) -> dict[str, list[list[int]]]:
    """Values that each size may take while the others stay; the page offers no others."""
    now: dict[str, Pair] = {name: getattr(state, name) for name in RANGES}

    def fits(name: str, value: Pair) -> bool:
        new = {**now, name: value}
        return not problem(new["input_size"], new["kernel_size"], new["padding"])

    return pair_choices(RANGES, now, fits)
