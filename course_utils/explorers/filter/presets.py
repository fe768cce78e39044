"""The filters that FilterExplorer offers by name, each a function of its size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.option_readers import named
from course_utils.explorers.shared.small_maps import middle


@dataclass(frozen=True)
class Preset:
    """
    A named filter: its label, the size it opens with, and how to make it.

    A preset with ``resizable`` false has one size only.
    """

    label: str
    size: tuple[int, int]
    make: Callable[[int, int], Array]
    resizable: bool = True


def box_blur(rows: int, columns: int) -> Array:
    """The mean of the window: w[a, b] = 1 / (rows · columns)."""
    return np.full((rows, columns), 1.0 / (rows * columns))


def gaussian(rows: int, columns: int) -> Array:
    """A bell, w[a, b] ∝ exp(−(a² + b²) / 2σ²), with σ a quarter of the side along each axis."""
    a, b = _axes(rows, columns)
    w = np.exp(-0.5 * ((a / max(rows / 4, 0.5)) ** 2 + (b / max(columns / 4, 0.5)) ** 2))
    return np.asarray(w / w.sum())


def gabor(rows: int, columns: int, degrees: float = 0.0) -> Array:
    """A wave under a bell: answers to stripes of one direction and width.

    w[a, b] = exp(−(a² + b²) / 2σ²) cos(2π u / λ), u = b cos θ + a sin θ, with λ half the longer
    side and σ a fifth of it; the mean is taken off, so a constant picture gives 0.
    """
    a, b = _axes(rows, columns)
    side = max(rows, columns)
    theta = np.deg2rad(degrees)
    u = b * np.cos(theta) + a * np.sin(theta)
    sigma, wavelength = max(side / 5, 0.5), max(side / 2, 2.0)
    bell = np.exp(-0.5 * (a**2 + b**2) / sigma**2)
    w = bell * np.cos(2 * np.pi * u / wavelength)
    return np.asarray(w - bell * (w.sum() / bell.sum()))


def _axes(rows: int, columns: int) -> tuple[Array, Array]:
    a = np.arange(rows, dtype=np.float64)[:, None] - (rows - 1) / 2
    b = np.arange(columns, dtype=np.float64)[None, :] - (columns - 1) / 2
    return a, b


def _fixed(label: str, values: list[list[float]]) -> Preset:
    w = np.array(values, dtype=np.float64)
    return Preset(label, (w.shape[0], w.shape[1]), lambda rows, columns: w.copy(), resizable=False)


def _gabor(degrees: int) -> Preset:
    return Preset(f"Gabor {degrees}°", (9, 9), lambda rows, columns: gabor(rows, columns, degrees))


PRESETS: dict[str, Preset] = {
    "identity": Preset("identity", (3, 3), middle),
    "box_blur": Preset("box blur", (5, 5), box_blur),
    "gaussian": Preset("Gaussian blur", (7, 7), gaussian),
    "motion_blur": Preset("motion blur (one row)", (1, 9), box_blur),
    "sharpen": _fixed("sharpen", [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "sobel_x": _fixed("Sobel, left to right", [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
    "sobel_y": _fixed("Sobel, top to bottom", [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
    "difference": _fixed("difference of neighbours", [[-1, 1]]),
    "laplacian": _fixed("Laplacian", [[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    "emboss": _fixed("emboss", [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]),
    "gabor_0": _gabor(0),
    "gabor_45": _gabor(45),
    "gabor_90": _gabor(90),
    "gabor_135": _gabor(135),
}


def preset(name: str, size: tuple[int, int] | None = None) -> Array:
    """A filter by name."""
    chosen = PRESETS[named(name, PRESETS, "filter")]
    if size is not None and size != chosen.size and not chosen.resizable:
        own, asked = (f"{rows}×{columns}" for rows, columns in (chosen.size, size))
        raise ValueError(f"the {chosen.label} filter is {own}, not {asked}")
    return chosen.make(*(size or chosen.size))


def resize(w: Array, rows: int, columns: int) -> Array:
    """Crop a filter about its centre, or surround it with zeros, to another size."""
    for axis, side in enumerate((rows, columns)):
        shift = w.shape[axis] // 2 - side // 2  # centre stays on centre
        if side <= w.shape[axis]:
            w = np.take(w, range(shift, shift + side), axis=axis)
        else:
            widths = [(0, 0), (0, 0)]
            widths[axis] = (-shift, side - w.shape[axis] + shift)
            w = np.pad(w, widths)
    return w
