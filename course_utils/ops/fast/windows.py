"""Which samples of the input a tap of the filter meets, and which of them lie in the border."""

from __future__ import annotations

from typing import NamedTuple

from numpy.lib.stride_tricks import as_strided

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array
from course_utils.ops.fast.workspace import borrow


class Meeting(NamedTuple):
    """Along one axis: the outputs whose tap meets the input, and the samples that they meet."""

    outputs: slice
    inputs: slice


def meet(offset: int, stride: int, n: int, count: int) -> Meeting:
    """Find which of the positions ``offset + i * stride``, i < count, lie within n samples."""
    first = min(count, max(0, -(offset // stride)))
    last = max(first, min(count, (n - 1 - offset) // stride + 1))
    start = offset + first * stride
    # an empty meeting must not begin at a negative number, which would count from the end
    inputs = slice(start, start + (last - first - 1) * stride + 1, stride)
    return Meeting(slice(first, last), inputs if last > first else slice(0, 0))


def frame(images: Array, p: Problem, first: int, count: int) -> Array:
    """Give what some rows of outputs see of images, with the border of zeros around it; to read."""
    high = (count - 1) * p.stride[0] + p.dilation[0] * (p.kH - 1) + 1
    wide = (p.Wo - 1) * p.stride[1] + p.dilation[1] * (p.kW - 1) + 1
    rows = meet(first * p.stride[0] - p.padding[0][0], 1, p.H, high)
    columns = meet(-p.padding[1][0], 1, p.W, wide)
    seen = images[:, :, rows.inputs, columns.inputs]
    if seen.shape[2:] == (high, wide):
        return seen
    framed = borrow("framed", (*images.shape[:2], high, wide), images.dtype)
    framed[...] = 0
    framed[:, :, rows.outputs, columns.outputs] = seen
    return framed


def taps(framed: Array, p: Problem, count: int) -> Array:
    """See what each tap of the filter meets: (B, C, kH, kW, count, Wo), a view to read."""
    image, channel, row, column = framed.strides
    return as_strided(
        framed,
        (*framed.shape[:2], p.kH, p.kW, count, p.Wo),
        (
            *(image, channel, p.dilation[0] * row, p.dilation[1] * column),
            *(p.stride[0] * row, p.stride[1] * column),
        ),
        writeable=False,
    )
