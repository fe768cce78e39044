"""Ways to compute one and the same convolution, one file each, and the choice between them.

Each file has ``forward(x, weight, problem)``, ``grad_x(grad_y, weight, problem)`` and
``grad_weight(grad_y, x, problem)`` for arrays (B, C, H, W) that a `Problem` describes.

=============  ====================================================================================
name           what it is
=============  ====================================================================================
naive          seven loops: the definition, for reading and for small sizes
im2col         windows as columns, one matrix product
mec            column shifts only, kH products on overlapping views
fft            products of spectra
winograd       F(2, 3): 2.25 times fewer multiplications, 3 × 3 filters at stride 1
winograd4      F(4, 3): 4 times fewer, with five to ten times the rounding error
winograd_rows  F(4, 3) down the columns only: 2 times fewer, with about twice the rounding error
auto           the fastest of im2col, mec and winograd_rows for the sizes
=============  ====================================================================================
"""

from __future__ import annotations

from typing import Literal, Protocol

import numpy as np

from course_utils.ops.algorithms import fft, naive, winograd
from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array
from course_utils.ops.fast import columns, mec, winograd_rows


class Algorithm(Protocol):
    """What each file of this folder has."""

    def forward(self, x: Array, weight: Array, p: Problem, /) -> Array:
        """Convolve."""

    def grad_x(self, grad_y: Array, weight: Array, p: Problem, /) -> Array:
        """Carry a gradient back to the input."""

    def grad_weight(self, grad_y: Array, x: Array, p: Problem, /) -> Array:
        """Carry a gradient back to the weight."""


ALGORITHMS: dict[str, Algorithm] = {
    "naive": naive,
    "im2col": columns,
    "mec": mec,
    "fft": fft,
    "winograd": winograd,
    "winograd4": winograd.F4_ALGORITHM,
    "winograd_rows": winograd_rows,
}
"""Each algorithm by the name that `conv2d` takes."""


def forward(x: Array, weight: Array, p: Problem, algorithm: str = "auto") -> Array:
    """Convolve by the algorithm named."""
    name = _name(algorithm, p, "forward", x)
    if 0 in (*p.x_shape, *p.output_shape):
        return np.zeros(p.output_shape, x.dtype)
    return ALGORITHMS[name].forward(x, weight, p)


def grad_x(grad_y: Array, weight: Array, p: Problem, algorithm: str = "auto") -> Array:
    """Carry a gradient back to the input by the algorithm named."""
    name = _name(algorithm, p, "grad_x", grad_y)
    if 0 in (*p.x_shape, *p.output_shape):
        return np.zeros(p.x_shape, grad_y.dtype)
    return ALGORITHMS[name].grad_x(grad_y, weight, p)


def grad_weight(grad_y: Array, x: Array, p: Problem, algorithm: str = "auto") -> Array:
    """Carry a gradient back to the weight by the algorithm named."""
    name = _name(algorithm, p, "grad_weight", x)
    if 0 in (*p.x_shape, *p.output_shape):
        return np.zeros(p.weight_shape, x.dtype)
    with np.errstate(invalid="ignore", over="ignore"):  # as in the blocks that are added up here
        return ALGORITHMS[name].grad_weight(grad_y, x, p)


def _name(
    algorithm: str, p: Problem, part: Literal["forward", "grad_x", "grad_weight"], x: Array
) -> str:
    """Check the name of an algorithm, or choose the fastest, as measured on two cores."""
    if algorithm != "auto":
        if algorithm not in ALGORITHMS:
            names = ", ".join(repr(name) for name in ("auto", *ALGORITHMS))
            raise ValueError(f"algorithm is {algorithm!r}, expected one of {names}")
        return algorithm
    # in float64 one wants the digits
    if x.dtype == np.float32 and winograd_rows.pays(p, part == "grad_weight"):
        return "winograd_rows"
    strides = p.stride != (1, 1)
    by_im2col = {
        "forward": strides and not mec.goes_by_rows(p),
        # the way back by im2col takes C · kH · kW columns, as a convolution K · kH · kW
        "grad_x": strides or (2 * p.C < p.K and p.C < 16),
        "grad_weight": strides or (p.C < 4 and p.K > 8),
    }
    return "im2col" if p.kH == p.kW == 1 or by_im2col[part] else "mec"
