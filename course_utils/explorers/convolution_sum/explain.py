"""What ConvolutionSumExplorer computes: the output, and the terms of one sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from course_utils import ops
from course_utils.explorers.convolution_sum.state import SumState, first_time
from course_utils.explorers.shared.arrays import Array


class Term(NamedTuple):
    """One product of the sum: x[n] w[a], with x[n] = 0 outside the signal."""

    a: int
    n: int
    x: float
    w: float
    product: float


@dataclass(frozen=True, eq=False)
class Summed:
    """What `explain` finds."""

    first: int
    y: Array
    full_first: int
    full: Array
    terms: list[Term]
    total: float
    equation: str
    numpy_line: str
    torch_line: str


def explain(state: SumState) -> Summed:
    """Compute the output, and take the sum at t apart.

    y[t] = Σₐ x[t − a] w[a] for a convolution, y[t] = Σₐ x[t + a] w[a] for a correlation.
    """
    operate = ops.convolve if state.operation == "convolution" else ops.correlate
    sign = -1 if state.operation == "convolution" else 1
    terms = []
    for a, weight in enumerate(state.w.tolist()):
        n = state.t + sign * a
        sample = float(state.x[n]) if 0 <= n < state.x_size else 0.0
        terms.append(Term(a, n, sample, weight, sample * weight))
    first = first_time(state, state.mode)
    y = np.asarray(operate(state.x, state.w, state.mode), dtype=np.float64)
    return Summed(
        first=first,
        y=y,
        full_first=first_time(state, "full"),
        full=np.asarray(operate(state.x, state.w, "full"), dtype=np.float64),
        terms=terms,
        total=float(y[state.t - first]),
        equation=f"y[{state.t}] = " + " + ".join(f"x[{term.n}]·w[{term.a}]" for term in terms),
        numpy_line=numpy_line(state),
        torch_line=torch_line(state),
    )


def numpy_line(state: SumState) -> str:
    """The line of NumPy that computes the output."""
    name = "convolve" if state.operation == "convolution" else "correlate"
    N, F = state.x_size, state.w_size
    if state.mode == "same" and F > N:  # NumPy's "same" has the size of the longer of the two
        start = (F - 1) // 2
        return f'y = np.{name}(x, w, "full")[{start}:{start + N}]'
    if name == "correlate" and F > N and state.mode == "full":
        return 'y = np.correlate(x, w, "full")'
    return f'y = np.{name}(x, w, "{state.mode}")'


def torch_line(state: SumState) -> str:
    """The line of PyTorch that computes the output, for x (1, 1, N) and w (1, 1, F)."""
    size = state.w_size
    w = "w.flip(-1)" if state.operation == "convolution" else "w"
    if state.mode == "valid" or size == 1:
        return f"y = F.conv1d(x, {w})"
    if state.mode == "full":
        return f"y = F.conv1d(x, {w}, padding={size - 1})"
    if size % 2:
        return f'y = F.conv1d(x, {w}, padding="same")'
    # An even kernel has no middle; PyTorch leans the other way.
    return f"y = F.conv1d(F.pad(x, ({size // 2}, {size // 2 - 1})), {w})"
