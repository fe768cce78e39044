"""The sizes of a convolution and of its transpose: which go together, and the formula in numbers.

Whole numbers only, no arrays: `choices` asks for every value of every control.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from course_utils import ops
from course_utils.explorers.shared.option_readers import Pair

LARGEST_SIDE = 14  # of the input
LARGEST_GRID = 22  # rows or columns that the page draws, padding and zeros between included
AXES = ("rows", "columns")
RANGES: dict[str, range] = {
    "input_size": range(1, LARGEST_SIDE + 1),
    "kernel_size": range(1, 7),
    "stride": range(1, 7),
    "padding": range(7),
    "dilation": range(1, 6),
    "output_padding": range(6),
}


@dataclass(frozen=True)
class Sizes:
    """The whole numbers of a layer: rows first, then columns, in every pair."""

    transposed: bool = False
    input_size: Pair = (8, 9)
    kernel_size: Pair = (3, 3)
    stride: Pair = (1, 1)
    padding: Pair = (0, 0)
    dilation: Pair = (1, 1)
    output_padding: Pair = (0, 0)


@dataclass(frozen=True)
class AxisSize:
    """
    The size along one axis, worked out.

    ``size`` = ``steps`` + 1 with ``steps`` = ⌊``room`` / S⌋ going forward, and ``left`` the
    remainder; in a transposed convolution ``size`` is the sum itself, ``room`` and ``steps`` equal
    it less one, and ``left`` is zero. ``letters`` is the formula, ``numbers`` the same with the
    numbers put in: the dividend alone where there is a division, by ``divisor``.
    """

    axis: str
    letters: str
    numbers: str
    divisor: int
    room: int
    steps: int
    left: int
    size: int
    text: str


def span(side: int, dilation: int) -> int:
    """Cells that a dilated kernel covers along one axis: d (F − 1) + 1."""
    return dilation * (side - 1) + 1


def grid_range(sizes: Sizes, axis: int) -> Pair:
    """Rows or columns of the grid that the kernel slides over, counted from the input's first cell.

    Going forward that is the padded input. Transposed, the input is stretched by S − 1 zeros
    between its cells, with d (F − 1) − P cells around it; where that is negative, the kernel
    starts inside, and the cells before it are still part of the grid.
    """
    n, p = sizes.input_size[axis], sizes.padding[axis]
    if not sizes.transposed:
        return -p, n + p
    reach = span(sizes.kernel_size[axis], sizes.dilation[axis]) - 1
    stretched = (n - 1) * sizes.stride[axis] + 1
    after = reach - p + sizes.output_padding[axis]
    return min(0, p - reach), max(stretched, stretched + after)


def output_shape(sizes: Sizes) -> Pair:
    """Rows and columns of the output."""
    rows, columns = (_size(sizes, axis) for axis in (0, 1))
    return rows, columns


def left_over(sizes: Sizes) -> Pair:
    """Rows and columns of the padded input after the last window: R mod S."""
    rows, columns = (_room(sizes, axis) % sizes.stride[axis] for axis in (0, 1))
    return rows, columns


def problem(sizes: Sizes) -> str:
    """Say why sizes do not go together."""
    for axis, name in enumerate(AXES):
        n, f = sizes.input_size[axis], sizes.kernel_size[axis]
        s, p, d = sizes.stride[axis], sizes.padding[axis], sizes.dilation[axis]
        extra = sizes.output_padding[axis]
        if not sizes.transposed:
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
            continue
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
    for axis, name in enumerate(AXES):
        first, end = grid_range(sizes, axis)
        if max(end - first, _size(sizes, axis)) > LARGEST_GRID:
            return (
                f"with the zeros between and around it the input has {end - first} {name}; "
                f"the explorer draws at most {LARGEST_GRID}"
            )
    return ""


def other_way(sizes: Sizes) -> Sizes:
    """Turn around: what comes out becomes what goes in.

    Forward becomes the transposed convolution of the same kernel, stride, padding and dilation,
    with the output padding that leads back to the size from which it came; and the reverse.
    """
    return replace(
        sizes,
        transposed=not sizes.transposed,
        input_size=output_shape(sizes),
        output_padding=(0, 0) if sizes.transposed else left_over(sizes),
    )


def worked_out(sizes: Sizes, axis: int) -> AxisSize:
    """Put the numbers into the formula of the size."""
    n, f = sizes.input_size[axis], sizes.kernel_size[axis]
    s, p, d = sizes.stride[axis], sizes.padding[axis], sizes.dilation[axis]
    size = _size(sizes, axis)
    if sizes.transposed:
        numbers = f"({n} − 1)·{s} − 2·{p} + {d}·({f} − 1) + 1 + {sizes.output_padding[axis]}"
        letters = "(M − 1)·S − 2P + d·(F − 1) + 1 + output padding"
        text = f"{numbers} = {size}"
        return AxisSize(AXES[axis], letters, numbers, 1, size - 1, size - 1, 0, size, text)
    numbers = f"{n} + 2·{p} − {d}·({f} − 1) − 1"
    room = _room(sizes, axis)
    steps, left = divmod(room, s)
    text = f"⌊({numbers}) / {s}⌋ + 1 = ⌊{room} / {s}⌋ + 1"
    if left:
        text += f" = ⌊{room / s:.3g}⌋ + 1"
    text += f" = {steps} + 1 = {size}"
    return AxisSize(AXES[axis], "N + 2P − d·(F − 1) − 1", numbers, s, room, steps, left, size, text)


def choices(sizes: Sizes) -> dict[str, Any]:
    """Values that each control may take while the others stay; the page offers no others."""
    found: dict[str, Any] = {}

    def fits(name: str, rows: int, columns: int) -> bool:
        changes: dict[str, Any] = {name: (rows, columns)}
        return not problem(replace(sizes, **changes))

    for name, allowed in RANGES.items():
        rows, columns = getattr(sizes, name)
        found[name] = [
            [v for v in allowed if fits(name, v, columns)],
            [v for v in allowed if fits(name, rows, v)],
            [v for v in allowed if fits(name, v, v)],
        ]
    found["transposed"] = [sizes.transposed]
    if not turning_problem(sizes):
        found["transposed"].append(not sizes.transposed)
    return found


def turning_problem(sizes: Sizes) -> str:
    """Say why the other direction cannot be shown."""
    other = other_way(sizes)
    side = max(other.input_size)
    if side > LARGEST_SIDE:
        return f"its input would be {side} cells wide; the explorer takes at most {LARGEST_SIDE}"
    return problem(other)


def _room(sizes: Sizes, axis: int) -> int:
    covered = span(sizes.kernel_size[axis], sizes.dilation[axis])
    return sizes.input_size[axis] + 2 * sizes.padding[axis] - covered


def _size(sizes: Sizes, axis: int) -> int:
    n, f = sizes.input_size[axis], sizes.kernel_size[axis]
    s, p, d = sizes.stride[axis], sizes.padding[axis], sizes.dilation[axis]
    if sizes.transposed:
        return ops.transposed_output_size(n, f, s, p, sizes.output_padding[axis], d)
    return ops.output_size(n, f, s, p, d)
