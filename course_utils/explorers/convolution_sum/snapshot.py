"""The picture of ConvolutionSumExplorer in a stored notebook, which GitHub shows."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils.explorers.convolution_sum.explain import Summed
from course_utils.explorers.convolution_sum.state import SumState
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.number_text import rounded
from course_utils.plotting import INPUT, KERNEL, OUTPUT


def draw_snapshot(figure: Figure, state: SumState, found: Summed) -> None:
    """Draw the signal, the kernel where it lies, and the output."""
    F = state.w_size
    start = state.t - F + 1 if state.operation == "convolution" else state.t
    laid = state.w[::-1] if state.operation == "convolution" else state.w
    flipped = ", flipped" if state.operation == "convolution" else ""
    rows = figure.subplots(3, 1, sharex=True)
    _bars(rows[0], 0, state.x, INPUT, "x")
    _bars(rows[1], start, laid, KERNEL, f"w{flipped},\nat t = {state.t}")
    _bars(rows[2], found.first, found.y, OUTPUT, "y")
    rows[2].plot(state.t, found.total, "o", color=KERNEL, ms=8, mfc="none", mew=2)
    rows[2].set_xlim(-F + 0.4, state.x_size + F - 1.4)
    rows[2].set_xticks(np.arange(-F + 1, state.x_size + F - 1))
    rows[2].set_xlabel("t")
    figure.suptitle(f"{found.equation} = {rounded(found.total)}", fontsize=10)


def _bars(axes: Axes, first: int, values: Array, colour: str, label: str) -> None:
    times = np.arange(first, first + len(values))
    axes.bar(times, values, width=0.62, color=colour)
    axes.axhline(0, color="0.6", lw=0.8)
    axes.set_ylabel(label, color=colour, rotation=0, ha="right", va="center")
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(y=0.15)
