"""The sizes of a convolution and of its transpose: whole numbers only, no arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace

from course_utils import ops
from course_utils.explorers.shared.option_readers import Pair
from course_utils.explorers.shared.windows import span

AXES = ("rows", "columns")


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
    rows, columns = (output_side(sizes, axis) for axis in (0, 1))
    return rows, columns


def left_over(sizes: Sizes) -> Pair:
    """Rows and columns of the padded input after the last window: R mod S."""
    rows, columns = (room_for_steps(sizes, axis) % sizes.stride[axis] for axis in (0, 1))
    return rows, columns


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


def room_for_steps(sizes: Sizes, axis: int) -> int:
    """Cells by which the window can move on over the padded input: N + 2P − d (F − 1) − 1."""
    covered = span(sizes.kernel_size[axis], sizes.dilation[axis])
    return sizes.input_size[axis] + 2 * sizes.padding[axis] - covered


def output_side(sizes: Sizes, axis: int) -> int:
    """Rows or columns of the output."""
    n, f = sizes.input_size[axis], sizes.kernel_size[axis]
    s, p, d = sizes.stride[axis], sizes.padding[axis], sizes.dilation[axis]
    if sizes.transposed:
        return ops.transposed_output_size(n, f, s, p, sizes.output_padding[axis], d)
    return ops.output_size(n, f, s, p, d)
