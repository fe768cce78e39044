"""Which samples of the input a tap of the filter meets, and which of them lie in the border."""

from __future__ import annotations

from typing import NamedTuple

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array


class Meeting(NamedTuple):
    """Along one axis: the outputs whose tap meets the input, and the samples that they meet."""

    outputs: slice
    inputs: slice


def meet(offset: int, stride: int, n: int, count: int) -> Meeting:
    """
    Find which of the positions ``offset + i * stride``, i < count, lie within n samples.

    Parameters
    ----------
    offset : int
        Where the tap of output 0 lies; negative in the border before the input.
    stride : int
        Step from one output to the next.
    n : int
        Number of samples.
    count : int
        Number of outputs.

    Returns
    -------
    Meeting
        The outputs that do, and the samples that they meet.

    Examples
    --------
    >>> meet(-1, 2, 6, 4)
    Meeting(outputs=slice(1, 4, None), inputs=slice(1, 6, 2))
    """
    first = min(count, max(0, -(offset // stride)))
    last = max(first, min(count, (n - 1 - offset) // stride + 1))
    start = offset + first * stride
    # an empty meeting must not begin at a negative number, which would count from the end
    inputs = slice(start, start + (last - first - 1) * stride + 1, stride)
    return Meeting(slice(first, last), inputs if last > first else slice(0, 0))


def copy_taps(source: Array, target: Array, rows: Meeting, columns: Meeting) -> None:
    """
    Write what the taps of all outputs meet; zero where that is the border.

    Parameters
    ----------
    source : ndarray (..., H, W)
        Images.
    target : ndarray (..., count of rows, count of columns)
        Where to write, of the same leading axes.
    rows, columns : Meeting
        What meets what.
    """
    i, j = rows.outputs, columns.outputs
    if i.start > 0:
        target[..., : i.start, :] = 0
    if i.stop < target.shape[-2]:
        target[..., i.stop :, :] = 0
    if j.start > 0:
        target[..., i, : j.start] = 0
    if j.stop < target.shape[-1]:
        target[..., i, j.stop :] = 0
    target[..., i, j] = source[..., rows.inputs, columns.inputs]


def meet_rows(p: Problem, u: int, first: int, count: int) -> Meeting:
    """Give what row u of a filter meets, for output rows from `first` on."""
    return meet(
        (first * p.stride[0]) + u * p.dilation[0] - p.padding[0][0], p.stride[0], p.H, count
    )


def meet_columns(p: Problem, v: int) -> Meeting:
    """Give what column v of a filter meets, for all output columns."""
    return meet(v * p.dilation[1] - p.padding[1][0], p.stride[1], p.W, p.Wo)
