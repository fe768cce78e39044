"""What ConvArithmeticExplorer computes: the output, its cells, and the sum at the focus."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course_utils import ops
from course_utils.explorers.conv_arithmetic.formula import AxisSize, worked_out
from course_utils.explorers.conv_arithmetic.grid import (
    INPUT,
    Grid,
    Kinds,
    Mask,
    lay_out,
    reading,
)
from course_utils.explorers.conv_arithmetic.notes import notes
from course_utils.explorers.conv_arithmetic.sizes import Sizes, left_over
from course_utils.explorers.conv_arithmetic.state import ConvArithmeticState
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.option_readers import Pair


@dataclass(frozen=True)
class Term:
    """One product of a sum: input cell, place in the kernel as used, the two numbers, product."""

    cell: Pair
    place: Pair
    x: float
    w: float
    product: float


@dataclass(frozen=True, eq=False)
class Convolved:
    """
    What `explain` finds.

    The kernel ``used`` (turned by half a turn in a transposed convolution) slides over ``grid`` in
    steps of ``step``, and its first cell lies at ``start`` for output (0, 0). ``kinds`` says what
    each cell of the grid holds, ``origin`` where the input's first cell lies, ``read`` which cells
    some window reads, ``reached`` which outputs have an input cell in their window.
    """

    grid: Array
    kinds: Kinds
    origin: Pair
    step: Pair
    start: Pair
    read: Mask
    used: Array
    output: Array
    reached: Mask
    terms: tuple[Term, ...]
    total: float
    axes: tuple[AxisSize, AxisSize]
    left: Pair
    unread: int
    notes: tuple[str, ...]
    torch_line: str


def explain(state: ConvArithmeticState) -> Convolved:
    """Convolve, and take the sum at the focus apart.

    Forward, y[i, j] = Σ x̃[S i + d a, S j + d b] w[a, b] with the padded input x̃. Transposed, the
    same sum with steps of 1, the kernel turned by half a turn, and x̃ the input with S − 1 zeros
    between its cells and d (F − 1) − P around it.
    """
    sizes = state.sizes
    x, w = state.x[None, None], state.w[None, None]
    if sizes.transposed:
        output = ops.conv_transpose2d(
            x, w, None, sizes.stride, sizes.padding, sizes.output_padding, 1, sizes.dilation
        )[0, 0]
        used = np.ascontiguousarray(state.w[::-1, ::-1])
    else:
        output = ops.conv2d(x, w, None, sizes.stride, sizes.padding, sizes.dilation)[0, 0]
        used = state.w
    grid = lay_out(state.x, sizes)
    read, reached = reading(grid, sizes)
    left = (0, 0) if sizes.transposed else left_over(sizes)
    unread = int((~read & (grid.kinds == INPUT)).sum())
    return Convolved(
        grid=grid.values,
        kinds=grid.kinds,
        origin=grid.origin,
        step=grid.step,
        start=grid.start,
        read=read,
        used=used,
        output=output,
        reached=reached,
        terms=_terms(state, grid, used),
        total=float(output[state.focus]),
        axes=(worked_out(sizes, 0), worked_out(sizes, 1)),
        left=left,
        unread=unread,
        notes=notes(sizes, left, unread, int((~reached).sum())),
        torch_line=torch_line(sizes),
    )


def torch_line(sizes: Sizes) -> str:
    """The line of PyTorch that computes the output, for x (1, 1, H, W) and w (1, 1, kH, kW)."""
    plain = {"stride": 1, "padding": 0, "output_padding": 0, "dilation": 1}
    options = []
    for name, default in plain.items():
        rows, columns = getattr(sizes, name)
        if (rows, columns) != (default, default):
            options.append(f"{name}={rows if rows == columns else (rows, columns)}")
    function = "conv_transpose2d" if sizes.transposed else "conv2d"
    return f"y = F.{function}({', '.join(['x', 'w', *options])})"


def _terms(state: ConvArithmeticState, grid: Grid, used: Array) -> tuple[Term, ...]:
    """The products at the focus whose cell belongs to the input."""
    rows, columns = (grid.start[axis] + grid.step[axis] * state.focus[axis] for axis in (0, 1))
    terms = []
    for (a, b), weight in np.ndenumerate(used):
        cell = (rows + state.sizes.dilation[0] * a, columns + state.sizes.dilation[1] * b)
        if grid.kinds[cell] == INPUT:
            x, w = float(grid.values[cell]), float(weight)
            terms.append(Term(cell, (a, b), x, w, x * w))
    return tuple(terms)
