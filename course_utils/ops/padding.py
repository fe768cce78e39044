"""The zeros around the input of a convolution: numbers, "valid" or "same".

The border of a pool is made in pooling_windows.py.
"""

from __future__ import annotations

from typing import TypeAlias

from course_utils.ops.options import Ints, integer, integers

Padding: TypeAlias = Ints | str
"""Zeros on both sides of each axis; or "same" or "valid"."""


def same_padding(f: int, dilation: int = 1) -> tuple[int, int]:
    """
    Compute the padding that keeps the size at stride 1, as PyTorch's ``padding="same"``.

    d(F − 1) samples are added in all. If that is odd, the extra one is added at the end: a
    symmetric P = d(F − 1)/2 exists only if d(F − 1) is even.

    Parameters
    ----------
    f : int
        Size F of the filter.
    dilation : int, default 1
        Distance d between neighbouring samples of the filter.

    Returns
    -------
    before, after : int
        Samples to add on each side.

    Raises
    ------
    ValueError
        If an option is less than 1.
    TypeError
        If an option is not a whole number.

    Examples
    --------
    >>> same_padding(5), same_padding(4), same_padding(4, dilation=2)
    ((2, 2), (1, 2), (3, 3))
    """
    F = integer("same_padding", "f", f, 1)
    d = integer("same_padding", "dilation", dilation, 1)
    total = d * (F - 1)
    before = total // 2  # of an odd number the smaller half, as in PyTorch
    return before, total - before


def read_padding(
    operation: str,
    axes: int,
    padding: Padding,
    strides: tuple[int, ...],
    dilations: tuple[int, ...],
    kernel: list[int],
) -> list[tuple[int, int]]:
    """Read the padding of a convolution as (before, after) for each axis."""
    if not isinstance(padding, str):
        return [(p, p) for p in integers(operation, "padding", padding, axes, 0)]
    if padding == "valid":
        return [(0, 0)] * axes
    if padding != "same":
        raise ValueError(
            f"{operation}: padding is {padding!r}, expected whole numbers, 'same' or 'valid'"
        )
    if any(s != 1 for s in strides):
        raise ValueError(f"{operation}: padding 'same' needs stride 1, but stride is {strides}")
    return [same_padding(f, d) for f, d in zip(kernel, dilations, strict=True)]
