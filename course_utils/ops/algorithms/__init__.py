"""Ways to compute one and the same convolution, one file each, and the choice between them.

Each file has ``forward(x, weight, problem)``, ``grad_x(grad_y, weight, problem)`` and
``grad_weight(grad_y, x, problem)`` for arrays (B, C, H, W) that a `Problem` describes.
"""

from __future__ import annotations

from typing import Protocol

from course_utils.ops.algorithms import im2col
from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array


class Algorithm(Protocol):
    """What each file of this folder has."""

    def forward(self, x: Array, weight: Array, p: Problem) -> Array:
        """Convolve."""

    def grad_x(self, grad_y: Array, weight: Array, p: Problem) -> Array:
        """Carry a gradient back to the input."""

    def grad_weight(self, grad_y: Array, x: Array, p: Problem) -> Array:
        """Carry a gradient back to the weight."""


ALGORITHMS: dict[str, Algorithm] = {"im2col": im2col}
"""Each algorithm by the name that `conv2d` takes."""


def forward(x: Array, weight: Array, problem: Problem, algorithm: str = "auto") -> Array:
    """Convolve (B, C, H, W) with (K, C / groups, kH, kW) by the algorithm named."""
    return _choose(algorithm).forward(x, weight, problem)


def grad_x(grad_y: Array, weight: Array, problem: Problem, algorithm: str = "auto") -> Array:
    """Carry a gradient (B, K, Ho, Wo) back to the input."""
    return _choose(algorithm).grad_x(grad_y, weight, problem)


def grad_weight(grad_y: Array, x: Array, problem: Problem, algorithm: str = "auto") -> Array:
    """Carry a gradient (B, K, Ho, Wo) back to the weight."""
    return _choose(algorithm).grad_weight(grad_y, x, problem)


def _choose(algorithm: str) -> Algorithm:
    """Give the algorithm of this name, or the fastest one."""
    if algorithm not in ALGORITHMS and algorithm != "auto":
        names = ", ".join(repr(name) for name in ("auto", *ALGORITHMS))
        raise ValueError(f"algorithm is {algorithm!r}, expected one of {names}")
    return ALGORITHMS.get(algorithm, im2col)
