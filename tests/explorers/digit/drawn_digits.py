"""Digits as other hands draw them: none of these lines is among those that were trained with."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from course_utils.explorers.digit.drawing import with_stroke
from course_utils.explorers.shared.arrays import Array

Line = list[tuple[float, float]]


def arc(row: float, column: float, tall: float, wide: float, start: float, end: float) -> Line:
    angles = np.radians(np.linspace(start, end, 24))
    return [(row - tall * np.sin(a), column + wide * np.cos(a)) for a in angles]


# (digit, lines); rows and columns from 0 to 1
DRAWN: list[tuple[int, list[Line]]] = [
    (0, [arc(0.5, 0.5, 0.5, 0.35, 90, 450)]),
    (0, [arc(0.5, 0.5, 0.5, 0.22, 90, 450)]),
    (1, [[(0, 0.52), (1, 0.5)]]),
    (1, [[(0.25, 0.3), (0, 0.55), (1, 0.55)]]),
    (1, [[(0, 0.65), (1, 0.4)]]),
    (2, [[*arc(0.25, 0.5, 0.25, 0.32, 160, -30), (1, 0.15), (1, 0.85)]]),
    (2, [[(0.2, 0.2), (0, 0.45), (0.1, 0.75), (0.35, 0.7), (1, 0.2), (1, 0.8)]]),
    (3, [arc(0.25, 0.45, 0.25, 0.3, 140, -90) + arc(0.73, 0.45, 0.27, 0.33, 90, -140)]),
    (4, [[(0, 0.6), (0.65, 0.1), (0.65, 0.9)], [(0.3, 0.65), (1, 0.65)]]),
    (4, [[(0, 0.2), (0.5, 0.15), (0.5, 0.8)], [(0, 0.75), (1, 0.7)]]),
    (5, [[(0, 0.8), (0, 0.25), (0.42, 0.22), *arc(0.68, 0.45, 0.32, 0.33, 120, -140)]]),
    (6, [[(0, 0.65), (0.3, 0.3), (0.6, 0.2), *arc(0.72, 0.5, 0.28, 0.3, 180, 540)]]),
    (7, [[(0, 0.15), (0, 0.85), (1, 0.4)]]),
    (7, [[(0, 0.15), (0, 0.85), (1, 0.4)], [(0.5, 0.3), (0.5, 0.8)]]),
    (8, [arc(0.25, 0.5, 0.25, 0.27, 90, 450), arc(0.74, 0.5, 0.26, 0.33, 90, 450)]),
    (9, [[*arc(0.28, 0.5, 0.28, 0.3, 0, 360), (1, 0.7)]]),
    (9, [[*arc(0.28, 0.5, 0.28, 0.3, 0, 360), (0.6, 0.8), (0.9, 0.7), (1, 0.4), (0.95, 0.25)]]),
]


def drawing(lines: list[Line], top: float, left: float, tall: float, width: float) -> Array:
    """The lines drawn `tall` pixels high with a brush of some width."""
    ink = np.zeros((32, 32))
    for line in lines:
        points = [(top + tall * i, left + tall * 0.9 * j) for i, j in line]
        for start, end in pairwise(points):
            ink = with_stroke(ink, start, end, width)
    return ink
