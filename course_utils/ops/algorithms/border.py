"""An image with its border of zeros, and the way back."""

from __future__ import annotations

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array


def pad(x: Array, p: Problem) -> Array:
    """Put a border of zeros around the last two axes."""
    if p.padding == ((0, 0), (0, 0)):
        return x
    padded = np.zeros((*x.shape[:-2], *p.padded), x.dtype)
    inner(padded, p)[...] = x[
        ..., : max(0, p.padded[0] - p.padding[0][0]), : max(0, p.padded[1] - p.padding[1][0])
    ]
    return padded


def inner(padded: Array, p: Problem) -> Array:
    """Give the part of padded images that holds the images themselves."""
    (top, _), (left, _) = p.padding
    return padded[..., top : top + p.H, left : left + p.W]
