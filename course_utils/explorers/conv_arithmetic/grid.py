"""The grid that a kernel slides over: what its cells hold, and which of them are read."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from course_utils.explorers.conv_arithmetic.sizes import Sizes, grid_range, output_shape
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.option_readers import Pair
from course_utils.explorers.shared.windows import span

INPUT, PADDING, BETWEEN = 0, 1, 2  # what a cell of the grid holds

Kinds = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Grid(NamedTuple):
    """The input with all that lies around it and between its cells.

    ``origin`` is where the input's first cell lies, ``start`` the first cell of the window of
    output (0, 0), ``step`` how far the window moves from output to output.
    """

    values: Array
    kinds: Kinds
    origin: Pair
    start: Pair
    step: Pair


def lay_out(x: Array, sizes: Sizes) -> Grid:
    """Lay the input (H, W) into its grid."""
    H, W = x.shape
    (top, bottom), (left, right) = (grid_range(sizes, axis) for axis in (0, 1))
    values = np.zeros((bottom - top, right - left))
    kinds = np.full(values.shape, PADDING, dtype=np.int64)
    apart = sizes.stride if sizes.transposed else (1, 1)
    rows = slice(-top, -top + (H - 1) * apart[0] + 1)
    columns = slice(-left, -left + (W - 1) * apart[1] + 1)
    kinds[rows, columns] = BETWEEN
    values[rows, columns][:: apart[0], :: apart[1]] = x
    kinds[rows, columns][:: apart[0], :: apart[1]] = INPUT
    start = (_first_window(sizes, 0) - top, _first_window(sizes, 1) - left)
    return Grid(values, kinds, (-top, -left), start, (1, 1) if sizes.transposed else sizes.stride)


def reading(grid: Grid, sizes: Sizes) -> tuple[Mask, Mask]:
    """Which cells of the grid some window reads, and which outputs read a cell of the input."""
    shape = output_shape(sizes)
    taps = [
        grid.start[axis]
        + grid.step[axis] * np.arange(shape[axis])[:, None]
        + sizes.dilation[axis] * np.arange(sizes.kernel_size[axis])
        for axis in (0, 1)
    ]
    read = np.zeros(grid.kinds.shape, dtype=np.bool_)
    read[np.ix_(np.unique(taps[0]), np.unique(taps[1]))] = True
    held = grid.kinds == INPUT
    rows, columns = held.any(axis=1), held.any(axis=0)
    reached = np.outer(rows[taps[0]].any(axis=1), columns[taps[1]].any(axis=1))
    return read, reached


def _first_window(sizes: Sizes, axis: int) -> int:
    """Where the first window begins, counted from the input's first cell."""
    reach = span(sizes.kernel_size[axis], sizes.dilation[axis]) - 1
    return sizes.padding[axis] - reach if sizes.transposed else -sizes.padding[axis]
