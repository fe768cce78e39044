"""Digits as a hand with a mouse draws them: polylines, deformed at random.

The thirteen writers of the data set bar their sevens, close their fours and put no foot under a
one. Others do otherwise, and draw with a thin brush; these sketches stand for them in training.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from course_utils.explorers.digit.drawing import SIDE, prepare, with_stroke
from course_utils.nn.parameter import Array

Line = list[tuple[float, float]]


def arc(row: float, column: float, tall: float, wide: float, start: float, end: float) -> Line:
    """Part of an ellipse, angles in degrees against the clock from the right."""
    angles = np.radians(np.linspace(start, end, 16))
    return [(row - tall * np.sin(a), column + wide * np.cos(a)) for a in angles]


# (row, column) from 0 to 1; several ways to write a digit, several lines to a way
SKETCHES: dict[int, list[list[Line]]] = {
    0: [[arc(0.5, 0.5, 0.5, 0.33, 90, 450)]],
    1: [
        [[(0, 0.5), (1, 0.5)]],
        [[(0.28, 0.25), (0, 0.5), (1, 0.5)]],
        [[(0.22, 0.3), (0, 0.5), (1, 0.5)], [(1, 0.2), (1, 0.8)]],
    ],
    2: [
        [[*arc(0.27, 0.5, 0.27, 0.33, 165, -35), (1, 0.12), (1, 0.88)]],
        [[*arc(0.3, 0.5, 0.3, 0.3, 150, -60), *arc(0.88, 0.25, 0.1, 0.12, 60, 380), (1, 0.85)]],
    ],
    3: [
        [arc(0.26, 0.45, 0.26, 0.32, 145, -90) + arc(0.74, 0.45, 0.26, 0.35, 90, -145)],
        [[(0, 0.15), (0, 0.8), (0.42, 0.4), *arc(0.72, 0.42, 0.28, 0.36, 85, -145)]],
    ],
    4: [
        [[(0, 0.62), (0.68, 0.1), (0.68, 0.92)], [(0.35, 0.66), (1, 0.66)]],
        [[(0.05, 0.22), (0.55, 0.18), (0.55, 0.85)], [(0, 0.72), (1, 0.72)]],
        [[(0, 0.35), (0.5, 0.12), (0.52, 0.9)], [(0.2, 0.7), (1, 0.62)]],
    ],
    5: [
        [[(0, 0.82), (0, 0.22), (0.44, 0.2), *arc(0.69, 0.42, 0.31, 0.36, 120, -145)]],
        [[(0.02, 0.3), (0.42, 0.24), *arc(0.7, 0.45, 0.3, 0.32, 110, -130)], [(0, 0.3), (0, 0.8)]],
    ],
    6: [
        [[(0, 0.68), (0.28, 0.3), (0.65, 0.17), *arc(0.72, 0.5, 0.28, 0.33, 180, 530)]],
        [[*arc(0.5, 0.65, 0.5, 0.5, 95, 190), *arc(0.73, 0.5, 0.27, 0.34, 190, 540)]],
    ],
    7: [
        [[(0, 0.12), (0, 0.85), (1, 0.35)]],
        [[(0.12, 0.12), (0, 0.15), (0.02, 0.88), (0.5, 0.55), (1, 0.45)]],
        [[(0, 0.12), (0, 0.85), (1, 0.35)], [(0.5, 0.3), (0.5, 0.82)]],
    ],
    8: [
        [arc(0.25, 0.5, 0.25, 0.28, 90, 450), arc(0.75, 0.5, 0.25, 0.34, 90, 450)],
        [[(0.1, 0.8), *arc(0.26, 0.5, 0.26, 0.3, 60, 250), *arc(0.75, 0.5, 0.25, 0.34, 80, -260),
          (0.1, 0.8)]],
    ],
    9: [
        [[*arc(0.28, 0.5, 0.28, 0.32, 0, 360), (1, 0.78)]],
        [[*arc(0.27, 0.5, 0.27, 0.32, 10, 370), *arc(0.75, 0.4, 0.25, 0.42, 40, -150)]],
        [[*arc(0.3, 0.45, 0.3, 0.3, 30, 380), (0.55, 0.72), (1, 0.4)]],
    ],
}  # fmt: skip


def sketch(digit: int, rng: np.random.Generator) -> Array:
    """One drawing of 32 × 32, anywhere on the canvas, with any brush."""
    ways = SKETCHES[digit]
    lines = ways[rng.integers(len(ways))]
    tall = rng.uniform(11, 28)
    wide = tall * rng.uniform(0.55, 1.1)
    top, left = rng.uniform(0.5, SIDE - 1 - tall), rng.uniform(0, max(0.5, SIDE - 1 - wide))
    width = tall * rng.uniform(0.06, 0.2)
    slant, turn = rng.normal(0, 0.15), rng.normal(0, 0.1)
    bow = rng.normal(0, 0.05, (2, 3))  # a smooth deformation, so that no two are alike
    ink = np.zeros((SIDE, SIDE))
    for line in lines:
        u, v = np.array(line).T - 0.5
        waves = [np.sin(np.pi * v), np.sin(np.pi * u), np.cos(2 * np.pi * u) * v]
        u, v = u + turn * v + bow[0] @ waves, v - slant * u - turn * u + bow[1] @ waves
        points = list(zip(top + tall * (u + 0.5), left + wide * (v + 0.5), strict=True))
        for start, end in pairwise(points):
            ink = with_stroke(ink, start, end, width)
    return ink


def sketches(count: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """As many sketches, prepared for the network as the explorer does, and their digits."""
    digits = np.arange(count) % 10
    pictures = [prepare(sketch(int(digit), rng)) for digit in digits]
    return np.array(pictures, dtype=np.float32)[:, None], digits
