"""Stacks of layers at random, for the tests."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils.explorers.receptive_field.networks import own_layers, sides


def random_rows(rng: np.random.Generator) -> tuple[list[Any], int]:
    while True:
        rows = [
            (int(rng.integers(1, 6)), int(rng.integers(1, 4)), int(rng.integers(0, 3)),
             int(rng.integers(1, 4)))
            for _ in range(rng.integers(1, 5))
        ]  # fmt: skip
        side = int(rng.integers(16, 60))
        try:
            sides(own_layers(rows), side)
        except ValueError:
            continue
        return rows, side
