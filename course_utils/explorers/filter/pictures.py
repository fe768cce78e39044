"""The pictures that FilterExplorer offers by name, and arrays of any kind as grey pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from course_utils.explorers.shared.arrays import Array, numbers

SIDE = 80  # of the photographs
LARGEST_SIDE = 512  # of a picture that is given
LUMA = np.array([0.299, 0.587, 0.114])


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


class Picture(NamedTuple):
    """A picture by name: what the page calls it, and how to make it."""

    label: str
    make: Callable[[], Array]


PICTURES: dict[str, Picture] = {
    "camera": Picture("photograph: camera", lambda: _photograph("camera")),
    "coins": Picture("photograph: coins", lambda: _photograph("coins")),
    "brick": Picture("photograph: brick", lambda: _photograph("brick")),
    "stripes": Picture("rings of stripes", stripes),
    "edge": Picture("one edge", edge),
    "spot": Picture("one bright pixel", spot),
    "steps": Picture("6 × 7 whole numbers", steps),
}


def grey_picture(value: Any) -> Array:
    """Turn an array into a picture: two axes of finite numbers.

    Bytes (uint8) become 0 to 1. A colour picture, (H, W, 3) or (3, H, W), becomes grey with the
    weights 0.299, 0.587, 0.114 of ITU-R BT.601.
    """
    raw = np.asarray(value)
    scaled = raw / 255 if raw.dtype == np.uint8 else raw
    if raw.ndim == 3 and raw.shape[-1] in (3, 4):
        scaled = scaled[..., :3] @ LUMA
    elif raw.ndim == 3 and raw.shape[0] == 3:
        scaled = np.tensordot(LUMA, scaled, axes=1)
    image = numbers(scaled, "image", 2)
    if max(image.shape) > LARGEST_SIDE:
        step = -(-max(image.shape) // LARGEST_SIDE)
        raise ValueError(
            f"image {image.shape} is larger than {LARGEST_SIDE} a side; "
            f"take a part of it, or every other pixel: image[::{step}, ::{step}]"
        )
    return image
