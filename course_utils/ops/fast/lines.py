"""Images with their channels last, as lines of pixels, and back.

Where the numbers of one pixel lie side by side, neighbouring pixels do so too, and what a window
sees along a line is one run of memory. Matrix products like such long runs.
"""

from __future__ import annotations

import numpy as np

from course_utils.ops.arrays import Array
from course_utils.ops.fast.windows import Meeting
from course_utils.ops.fast.workspace import borrow, borrow_framed

_MOVED = 16  # bytes that NumPy moves as fast as four: one complex number


def to_lines(
    images: Array, size: tuple[int, int], rows: Meeting, columns: Meeting, name: str = "lines"
) -> Array:
    """Lay images out as lines of pixels, zero where that is the border."""
    i, j = rows.outputs, columns.outputs
    shape = (len(images), *size, images.shape[1])
    lines = borrow_framed(name, shape, images.dtype, (i.start, i.stop, j.start, j.stop))
    seen = images[:, :, rows.inputs, columns.inputs]
    # first near, then turned: what comes from afar comes in long runs, or slowly
    near = borrow("near", seen.shape, images.dtype)
    np.copyto(near, seen)
    np.copyto(lines[:, i, j], near.transpose(0, 2, 3, 1))
    return lines


def from_lines(lines: Array, images: Array) -> None:
    """Write lines of pixels as images."""
    B, H, W, K = lines.shape
    few = _MOVED // lines.itemsize
    if K % few:
        np.copyto(images, lines.transpose(0, 3, 1, 2))
        return
    # to pick one number of each pixel costs as much as to pick 16 bytes: so those first, and then
    # the numbers from among few
    moved = borrow("near", (B, K // few, H, W), np.complex128)
    np.copyto(moved, lines.view(np.complex128).transpose(0, 3, 1, 2))
    groups = moved.view(lines.dtype).reshape(B, K // few, H, W, few)
    np.copyto(images.reshape(B, K // few, few, H, W), groups.transpose(0, 1, 4, 2, 3))
