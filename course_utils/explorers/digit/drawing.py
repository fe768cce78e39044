"""A drawing of 32 × 32 pixels: strokes of a brush, and its preparation for the network."""

from __future__ import annotations

import numpy as np

from course_utils.data.resizing import resize
from course_utils.explorers.shared.arrays import Array

SIDE = 32  # of the drawing, and of what the network sees
BLOCK = 4  # side of the blocks whose share of ink is one number of the data set
FAINT = 0.25  # ink below this does not count when the place of a drawing is found
LARGEST_SCALE = 4.0  # a dot stays a dot


def with_stroke(
    ink: Array,
    start: tuple[float, float],
    end: tuple[float, float],
    width: float = 3.0,
    erase: bool = False,
) -> Array:
    """Draw, or erase, a straight stroke with round ends.

    With d the distance of a pixel's centre from the line between the two points, the brush
    covers max(0, min(1, (width + 1)/2 − d)) of the pixel. Ink is the larger of what was there and
    what the brush covers; erasing leaves at most what it does not cover.
    """
    H, W = ink.shape
    i, j = np.arange(H)[:, None], np.arange(W)[None, :]
    (a, b), (c, d) = start, end
    length = (c - a) ** 2 + (d - b) ** 2
    along = ((i - a) * (c - a) + (j - b) * (d - b)) / length if length else np.zeros((H, W))
    along = np.clip(along, 0.0, 1.0)
    distance = np.hypot(i - a - along * (c - a), j - b - along * (d - b))
    cover = np.clip((width + 1) / 2 - distance, 0.0, 1.0)
    return np.minimum(ink, 1 - cover) if erase else np.maximum(ink, cover)


def prepare(ink: Array, fit: bool = True) -> Array:
    """Bring a drawing into the form of the data set.

    As in the data set the ink then fills the height of the picture (or the width), and is reduced
    to its share in blocks of 4 × 4, which linear interpolation enlarges again.
    """
    blank = np.zeros((SIDE, SIDE))
    place = window(ink) if fit else (0.0, 0.0, float(SIDE))
    if place is None:
        return blank
    top, left, side = place
    fitted = _resample(top, side) @ ink @ _resample(left, side).T
    blocks = fitted.reshape(SIDE // BLOCK, BLOCK, SIDE // BLOCK, BLOCK).mean(axis=(1, 3))
    return np.asarray(np.clip(resize(blocks, SIDE), 0.0, 1.0))


def window(ink: Array) -> tuple[float, float, float] | None:
    """The square of the drawing that becomes the network's picture."""
    there = ink >= FAINT
    if not there.any():
        return None
    rows, columns = (np.flatnonzero(there.any(axis=axis)) for axis in (1, 0))
    (top, bottom), (left, right) = ((int(k[0]), int(k[-1]) + 1) for k in (rows, columns))
    side = max(bottom - top, right - left, SIDE / LARGEST_SCALE)
    return (top + bottom - side) / 2, (left + right - side) / 2, float(side)


def _resample(start: float, side: float) -> Array:
    # Linear interpolation from `side` pixels, of which the first begins at `start`, to 32.
    centre = start + (np.arange(SIDE) + 0.5) * side / SIDE - 0.5
    return np.maximum(0.0, 1.0 - np.abs(np.arange(SIDE)[None, :] - centre[:, None]))
