"""Which sizes of a convolution or its transpose go together.

Whole numbers only, no arrays: `choices` asks for every value of every control.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from course_utils.explorers.conv_arithmetic.sizes import (
    AXES,
    Sizes,
    grid_range,
    other_way,
    output_side,
)
from course_utils.explorers.shared.option_readers import Pair, pair_choices
from course_utils.explorers.shared.windows import span

LARGEST_SIDE = 14  # of the input
LARGEST_GRID = 22  # rows or columns that the page draws, padding and zeros between included
RANGES: dict[str, range] = {
    "input_size": range(1, LARGEST_SIDE + 1),
    "kernel_size": range(1, 7),
    "stride": range(1, 7),
    "padding": range(7),
    "dilation": range(1, 6),
    "output_padding": range(6),
}


def problem(sizes: Sizes) -> str:
    """Say why sizes do not go together; empty where they do."""
    of_one_way = _transposed_problem if sizes.transposed else _forward_problem
    reasons = (check(sizes, axis) for check in (of_one_way, _too_large) for axis in (0, 1))
    return next(filter(None, reasons), "")


def _forward_problem(sizes: Sizes, axis: int) -> str:
    n, f, name = sizes.input_size[axis], sizes.kernel_size[axis], AXES[axis]
    p, d, extra = sizes.padding[axis], sizes.dilation[axis], sizes.output_padding[axis]
    if extra:
        return (
            f"output padding {extra} belongs to the transposed convolution; "
            "going forward there is none"
        )
    if span(f, d) > n + 2 * p:
        dilated = f"with dilation {d} " if d > 1 else ""
        have = f"is padded to {n + 2 * p}" if p else f"has only {n}"
        return (
            f"{dilated}the {f} {name} of the kernel span {span(f, d)} cells, "
            f"but the input {have} {name}"
        )
    return ""


def _transposed_problem(sizes: Sizes, axis: int) -> str:
    n, f, name = sizes.input_size[axis], sizes.kernel_size[axis], AXES[axis]
    s, p, d = sizes.stride[axis], sizes.padding[axis], sizes.dilation[axis]
    extra = sizes.output_padding[axis]
    if extra >= max(s, d):
        return (
            f"output padding {extra} is too much for the {name}: it names a remainder, "
            f"and must be smaller than the stride {s} or the dilation {d}"
        )
    size = (n - 1) * s - 2 * p + span(f, d) + extra
    if size < 1:
        return (
            f"padding {p} takes all {name} away: "
            f"({n} − 1)·{s} − 2·{p} + {d}·({f} − 1) + 1 + {extra} = {size}"
        ).replace("= -", "= −")
    return ""


def _too_large(sizes: Sizes, axis: int) -> str:
    first, end = grid_range(sizes, axis)
    if max(end - first, output_side(sizes, axis)) > LARGEST_GRID:
        return (
            f"with the zeros between and around it the input has {end - first} {AXES[axis]}; "
            f"the explorer draws at most {LARGEST_GRID}"
        )
    return ""


def choices(sizes: Sizes) -> dict[str, Any]:
    """Values that each control may take while the others stay; the page offers no others."""

    def fits(name: str, value: Pair) -> bool:
        part: dict[str, Any] = {name: value}
        return not problem(replace(sizes, **part))

    found: dict[str, Any] = pair_choices(RANGES, {n: getattr(sizes, n) for n in RANGES}, fits)
    turned = [] if turning_problem(sizes) else [not sizes.transposed]
    return {**found, "transposed": [sizes.transposed, *turned]}


def turning_problem(sizes: Sizes) -> str:
    """Say why the other direction cannot be shown."""
    other = other_way(sizes)
    side = max(other.input_size)
    if side > LARGEST_SIDE:
        return f"its input would be {side} cells wide; the explorer takes at most {LARGEST_SIDE}"
    return problem(other)
