"""Sizes of convolutions drawn at random, arrays for them, and the loops to compare with."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from course_utils.ops.algorithms import naive
from course_utils.ops.algorithms.problem import Problem

Array = npt.NDArray[np.floating[Any]]


class Algorithm(Protocol):
    """What each way to convolve has."""

    def forward(self, x: Array, weight: Array, p: Problem, /) -> Array: ...
    def grad_x(self, grad_y: Array, weight: Array, p: Problem, /) -> Array: ...
    def grad_weight(self, grad_y: Array, x: Array, p: Problem, /) -> Array: ...


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Sizes of a convolution, of which some samples may lie beyond the last window."""

    def pair(low: int, high: int) -> tuple[int, int]:
        return draw(st.integers(low, high)), draw(st.integers(low, high))

    groups = draw(st.sampled_from([1, 1, 2]))
    (kH, kW), (dH, dW) = pair(1, 4), pair(1, 3)
    rows, columns = ((draw(st.integers(0, 3)), draw(st.integers(-1, 3))) for _ in range(2))
    least = [
        max(1, d * (k - 1) + 1 - sum(p))
        for d, k, p in zip((dH, dW), (kH, kW), (rows, columns), strict=True)
    ]
    return Problem(
        B=draw(st.integers(1, 3)),
        C=groups * draw(st.integers(1, 2)),
        H=least[0] + draw(st.integers(0, 4)),
        W=least[1] + draw(st.integers(0, 4)),
        K=groups * draw(st.integers(1, 2)),
        kH=kH,
        kW=kW,
        stride=pair(1, 3),
        padding=(rows, columns),
        dilation=(dH, dW),
        groups=groups,
    )


def arrays(p: Problem, dtype: npt.DTypeLike = np.float64) -> tuple[Array, Array, Array]:
    """Draw images, filters and an upstream gradient."""
    rng = np.random.default_rng(0)
    x, weight, grad_y = (
        rng.normal(size=shape).astype(dtype)
        for shape in (p.x_shape, p.weight_shape, p.output_shape)
    )
    return x, weight, grad_y


def check_against_loops(algorithm: Algorithm, p: Problem) -> None:
    """Compare an algorithm with the definition, forward and in both directions back."""
    x, w, gy = arrays(p)
    y, gx, gw = (
        algorithm.forward(x, w, p),
        algorithm.grad_x(gy, w, p),
        algorithm.grad_weight(gy, x, p),
    )
    np.testing.assert_allclose(y, naive.forward(x, w, p), atol=1e-11)
    np.testing.assert_allclose(gx, naive.grad_x(gy, w, p), atol=1e-11)
    np.testing.assert_allclose(gw, naive.grad_weight(gy, x, p), atol=1e-11)


def relative_error(result: Array, exact: Array) -> float:
    """Give the root mean square error, as a share of the exact numbers'."""
    return float(np.sqrt(np.mean((result - exact) ** 2) / np.mean(exact**2)))
