"""The colours of numbers: signed values on a map centred on zero, others in grey."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import matplotlib as mpl
import numpy as np
import numpy.typing as npt

from course_utils.explorers.shared.arrays import Array
from course_utils.plotting import SIGNED

LEVELS = 255  # odd, so that the middle entry is exactly zero's colour


@dataclass(frozen=True)
class Scale:
    """How an array is shown: ``signed`` on the diverging map, else in grey."""

    signed: bool
    low: float
    high: float

    def plain(self) -> dict[str, bool | float]:
        """The scale as a dictionary that JSON can carry."""
        return asdict(self)


def scale_of(values: Array, at_least: float = 1.0) -> Scale:
    """Choose the scale of an array.

    Negative values call for the diverging map, symmetric about zero: ``[-m, m]`` with
    ``m = max |v|``. Otherwise grey from 0 to the largest value, and at least ``at_least``, so that
    a blurred photograph keeps the brightness of the photograph.
    """
    largest = float(np.abs(values).max())
    if float(values.min()) < -1e-9 * max(largest, 1.0):
        return Scale(True, -largest, largest)
    return Scale(False, 0.0, max(largest, at_least))


def table() -> npt.NDArray[np.uint8]:
    """The course's diverging colour map at ``LEVELS`` equal steps."""
    colours = mpl.colormaps[SIGNED](np.linspace(0.0, 1.0, LEVELS))[:, :3]
    return np.asarray(np.rint(colours * 255), dtype=np.uint8)


def pixels(values: Array, scale: Scale) -> npt.NDArray[np.uint8]:
    """Colour of every value: what the page's canvas shows, pixel for pixel.

    With u = (v − low) / (high − low), clipped to [0, 1]: signed values take entry
    ⌊254 u + 1/2⌋ of the table, others the grey level ⌊255 u + 1/2⌋.
    """
    u = np.clip((values - scale.low) / (scale.high - scale.low), 0.0, 1.0)
    if scale.signed:
        entries = np.floor(u * (LEVELS - 1) + 0.5).astype(np.int64)
        return np.asarray(table()[entries], dtype=np.uint8)
    grey = np.floor(u * 255 + 0.5).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=-1)
