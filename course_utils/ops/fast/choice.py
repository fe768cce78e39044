"""Which algorithm a convolution takes: the one that is named, or the fastest for its sizes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

import numpy as np

from course_utils.ops.algorithms import fft, im2col, naive, winograd
from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array, all_finite
from course_utils.ops.fast import columns, mec, tap_by_tap, winograd_rows
from course_utils.ops.fast.threads import with_one_blas_thread


class Algorithm(Protocol):
    """What each way to convolve has."""

    def forward(self, x: Array, weight: Array, p: Problem, /) -> Array:
        """Convolve."""

    def grad_x(self, grad_y: Array, weight: Array, p: Problem, /) -> Array:
        """Carry a gradient back to the input."""

    def grad_weight(self, grad_y: Array, x: Array, p: Problem, /) -> Array:
        """Carry a gradient back to the weight."""


ALGORITHMS: dict[str, Algorithm] = {
    "naive": naive,
    "im2col": im2col,
    "mec": mec,
    "fft": fft,
    "winograd": winograd.F2,
    "winograd4": winograd.F4,
    "winograd_rows": winograd_rows,
}
"""Each algorithm by the name that `conv2d` takes."""

Part = Literal["forward", "grad_x", "grad_weight"]

_FEWEST_CHANNELS = {3: 24, 4: 6, 5: 6}
_FEWEST_FOR_WEIGHT = {3: 8, 4: 6, 5: 6}
"""Channels on both sides from which Winograd by rows is faster than MEC, by rows of the filter.

MEC's time over Winograd's in float32, one thread, AMD EPYC with AVX-512. 3 × 3 on 32² and on 14²,
forward: 0.9 and 1.3 with 16 channels, 0.9 and 1.1 with 24, 1.0 and 1.3 with 32, 1.5 and 1.9 with
48; gradient of the weight: 1.0 and 1.0 with 8, 1.3 and 1.5 with 12. LeNet-5's second layer, 5 × 5
from 6 channels to 16: 1.2, its gradients 1.5 and 1.1. Two rows lose digits and save little.
"""


def fastest(p: Problem, part: Part, dtype: np.dtype[np.floating]) -> Algorithm:
    """Choose the fastest for some sizes; README.md beside this file has the measurements."""
    fewest = _FEWEST_FOR_WEIGHT if part == "grad_weight" else _FEWEST_CHANNELS
    enough = min(p.C, p.K) >= fewest.get(p.kH, p.C + 1)
    if dtype == np.float32 and winograd_rows.suits(p) and enough:  # in float64 one wants the digits
        return winograd_rows
    by_rows = part == "forward" and mec.goes_by_rows(p)
    if p.kH == p.kW == 1 or (p.stride != (1, 1) and not by_rows):
        return columns
    return mec


def forward(x: Array, weight: Array, p: Problem, algorithm: str = "auto") -> Array:
    """Convolve by the algorithm named."""
    chosen = _chosen(algorithm, p, "forward", x)
    if 0 in (*p.x_shape, *p.output_shape):
        return np.zeros(p.output_shape, x.dtype)
    if algorithm == "auto" and not all_finite(weight):  # which the zeros of the border would meet
        chosen = tap_by_tap
    return _on_stage(lambda: chosen.forward(x, weight, p))


def grad_x(grad_y: Array, weight: Array, p: Problem, algorithm: str = "auto") -> Array:
    """Carry a gradient back to the input by the algorithm named."""
    chosen = _chosen(algorithm, p, "grad_x", grad_y)
    if 0 in (*p.x_shape, *p.output_shape):
        return np.zeros(p.x_shape, grad_y.dtype)
    if algorithm == "auto" and not all_finite(weight):
        chosen = tap_by_tap
    return _on_stage(lambda: chosen.grad_x(grad_y, weight, p))


def grad_weight(grad_y: Array, x: Array, p: Problem, algorithm: str = "auto") -> Array:
    """Carry a gradient back to the weight by the algorithm named."""
    chosen = _chosen(algorithm, p, "grad_weight", x)
    if 0 in (*p.x_shape, *p.output_shape):
        return np.zeros(p.weight_shape, x.dtype)
    gw = _on_stage(lambda: chosen.grad_weight(grad_y, x, p))
    if algorithm == "auto" and not all_finite(gw):  # a gradient may have met the border's zeros
        gw = _on_stage(lambda: tap_by_tap.grad_weight(grad_y, x, p))
    return gw


def _chosen(algorithm: str, p: Problem, part: Part, x: Array) -> Algorithm:
    """Find an algorithm by its name."""
    if algorithm == "auto":
        return fastest(p, part, x.dtype)
    if algorithm not in ALGORITHMS:
        names = ", ".join(repr(name) for name in ("auto", *ALGORITHMS))
        raise ValueError(f"algorithm is {algorithm!r}, expected one of {names}")
    return ALGORITHMS[algorithm]


def _on_stage(convolve: Callable[[], Array]) -> Array:
    """Convolve without a word on infinity minus infinity, which is NaN, as in PyTorch."""
    with np.errstate(invalid="ignore", over="ignore"):
        # BLAS's own threads, once woken, would spin beside ours for a while
        return with_one_blas_thread(convolve)
