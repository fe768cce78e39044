"""Sizes at random, for the tests."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils.explorers.conv_arithmetic.sizes import Sizes
from course_utils.explorers.conv_arithmetic.valid_options import RANGES

RNG = np.random.default_rng(17)


def random_sizes() -> Sizes:
    parts: dict[str, Any] = {
        name: (int(RNG.choice(allowed)), int(RNG.choice(allowed)))
        for name, allowed in RANGES.items()
    }
    transposed = bool(RNG.integers(2))
    if not transposed and RNG.random() < 0.9:
        parts["output_padding"] = (0, 0)
    return Sizes(transposed=transposed, **parts)
