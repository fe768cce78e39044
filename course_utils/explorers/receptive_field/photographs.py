"""The pictures that ReceptiveFieldExplorer draws a field on."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from course_utils import data
from course_utils.explorers.shared.arrays import Array

PICTURES = ("cat", "astronaut", "coffee", "camera", "coins", "brick")


@lru_cache(maxsize=32)
def photograph(name: str, side: int) -> Array:
    """A picture in colour, or in grey three times."""
    color = name in data.picture_names(color=True)
    picture = data.picture(name, side, color=color)
    values = picture if color else np.repeat(picture[None], 3, axis=0)
    values.setflags(write=False)
    return values
