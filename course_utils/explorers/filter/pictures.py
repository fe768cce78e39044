"""The pictures that FilterExplorer offers by name, small enough to see single pixels."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course_utils.explorers.shared.arrays import Array

SIDE = 80


def _photograph(name: str) -> Array:
    from skimage import data, transform  # heavy, and needed only when a photograph is shown

    raw = getattr(data, name)().astype(np.float64) / 255
    side = min(raw.shape)
    top, left = (raw.shape[0] - side) // 2, (raw.shape[1] - side) // 2
    square = raw[top : top + side, left : left + side]
    small = transform.resize(square, (SIDE, SIDE), anti_aliasing=True)  # type: ignore[no-untyped-call]
    return np.asarray(np.round(small, 3), dtype=np.float64)


def spot() -> Array:
    """One bright pixel: its output is the kernel itself, turned by half a turn unless flipped."""
    image = np.zeros((15, 15))
    image[7, 7] = 1.0
    return image


def edge() -> Array:
    """A dark half and a bright half: a vertical edge."""
    image = np.zeros((12, 12))
    image[:, 6:] = 1.0
    return image


def stripes() -> Array:
    """Stripes in every direction, finer towards the rim: cos(k r²), the zone plate."""
    a = np.linspace(-1, 1, SIDE)
    radius = a[:, None] ** 2 + a[None, :] ** 2
    return np.asarray(np.round(0.5 + 0.5 * np.cos(24 * radius), 3))


def steps() -> Array:
    """Whole numbers that grow unevenly, 6 by 7: small enough to check a sum by hand."""
    i, j = np.arange(6)[:, None], np.arange(7)[None, :]
    return np.asarray((i * j + j * j + 3 * i * i) % 9, dtype=np.float64)


PICTURES: dict[str, tuple[str, Callable[[], Array]]] = {
    "camera": ("photograph: camera", lambda: _photograph("camera")),
    "coins": ("photograph: coins", lambda: _photograph("coins")),
    "brick": ("photograph: brick", lambda: _photograph("brick")),
    "stripes": ("rings of stripes", stripes),
    "edge": ("one edge", edge),
    "spot": ("one bright pixel", spot),
    "steps": ("6 × 7 whole numbers", steps),
}
