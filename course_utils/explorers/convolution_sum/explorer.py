"""ConvolutionSumExplorer: flip a kernel, slide it along a signal, watch the sum."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils.explorers.base import Explorer
from course_utils.explorers.convolution_sum.sequences import KERNELS, SIGNALS
from course_utils.explorers.convolution_sum.state import (
    Mode,
    Operation,
    Summed,
    SumState,
    choices,
    explain,
    with_changes,
)
from course_utils.explorers.shared.arrays import Array, ArrayTrait, numbers
from course_utils.explorers.shared.bundle import bundle, styles
from course_utils.plotting import INPUT, KERNEL, OUTPUT


class ConvolutionSumExplorer(Explorer[SumState]):
    """
    Slide a kernel along a signal and see the terms of every sum.

    In the page: draw the signal, drag or type its numbers and the kernel's, choose either by
    name; drag the kernel, play, or use the arrow keys to move t. In Python: set the inputs below,
    read `y` and `explain`.

    Parameters
    ----------
    x : array_like, optional
        The signal, (N,), at most 24 samples.
    w : array_like, optional
        The kernel, (F,), at most 9 weights.
    x_preset, w_preset : str, optional
        A signal or kernel by name instead; see ``convolution_sum.sequences``.
    x_size, w_size : int, optional
        N and F.
    operation : {"convolution", "correlation"}, optional
        y[t] = Σ x[t − a] w[a], or y[t] = Σ x[t + a] w[a].
    mode : {"full", "same", "valid"}, optional
        Which outputs are kept.
    t : int, optional
        The time in the equation that is looked at; kept among the outputs.

    Raises
    ------
    ValueError
        If the inputs do not go together; the message says why, and the state stays as it was.

    Examples
    --------
    >>> explorer = ConvolutionSumExplorer(x=[1, 2, 3], w=[1, 10], t=1)
    >>> explorer.y.tolist(), explorer.explain().total
    ([1.0, 12.0, 23.0, 30.0], 12.0)
    >>> explorer.operation = "correlation"
    >>> explorer.y.tolist()
    [10.0, 21.0, 32.0, 3.0]
    """

    def __init__(
        self,
        x: Any = None,
        w: Any = None,
        *,
        x_preset: str | None = None,
        w_preset: str | None = None,
        x_size: int | None = None,
        w_size: int | None = None,
        operation: Operation | None = None,
        mode: Mode | None = None,
        t: int | None = None,
    ) -> None:
        super().__init__(
            x=x,
            w=w,
            x_preset=x_preset,
            w_preset=w_preset,
            x_size=x_size,
            w_size=w_size,
            operation=operation,
            mode=mode,
            t=t,
        )

    inputs = ("x", "w", "x_preset", "w_preset", "x_size", "w_size", "operation", "mode", "t")
    light = frozenset({"t"})

    _esm = bundle("convolution_sum/page.js")
    _css = styles("shared/view.css", "convolution_sum/page.css")

    x = ArrayTrait(1)
    w = ArrayTrait(1)
    x_preset = traitlets.Unicode("").tag(sync=True)
    w_preset = traitlets.Unicode("").tag(sync=True)
    x_size = traitlets.Any(1).tag(sync=True)
    w_size = traitlets.Any(1).tag(sync=True)
    operation = traitlets.Unicode("convolution").tag(sync=True)
    mode = traitlets.Unicode("full").tag(sync=True)
    t = traitlets.Any(0).tag(sync=True)

    @property
    def y(self) -> Array:
        """
        The output that is kept.

        Returns
        -------
        numpy.ndarray
            Its values, from the first time that the mode keeps.
        """
        return explain(self.state).y

    def explain(self) -> Summed:
        """
        Give the numbers that are shown.

        Returns
        -------
        Summed
            See `course_utils.explorers.convolution_sum.state.explain`.
        """
        return explain(self.state)

    def summary(self) -> str:
        """
        Say in words and rounded numbers what is shown.

        Returns
        -------
        str
            Five lines.
        """
        state, found = self.state, explain(self.state)
        products = " + ".join(_number(term.product) for term in found.terms)
        last = found.first + len(found.y) - 1
        return "\n".join(
            [
                f"ConvolutionSumExplorer: {state.operation}, {state.mode}, t = {state.t}",
                f"x: {_numbers(state.x)}",
                f"w: {_numbers(state.w)}",
                f"y[{found.first}] to y[{last}]: {_numbers(found.y)}",
                f"{found.equation} = {products} = {_number(found.total)}",
            ]
        )

    def _begin(self) -> SumState:
        x, w = SIGNALS["hills"], KERNELS["echo"]
        return SumState(
            numbers(x.make(x.size), "x", 1),
            numbers(w.make(w.size), "w", 1),
            x_preset="hills",
            w_preset="echo",
            t=3,
        )

    def _next(self, state: SumState, changes: dict[str, Any]) -> SumState:
        return with_changes(state, changes)

    def _results(self, state: SumState) -> dict[str, Any]:
        found = explain(state)
        return {
            "facts": {
                "x": state.x.tolist(),
                "w": state.w.tolist(),
                "x_preset": state.x_preset,
                "w_preset": state.w_preset,
                "signals": {name: made.label for name, made in SIGNALS.items()},
                "kernels": {name: made.label for name, made in KERNELS.items()},
                "operation": state.operation,
                "mode": state.mode,
                "first": found.first,
                "y": found.y.tolist(),
                "full_first": found.full_first,
                "full": found.full.tolist(),
                "choices": choices(state),
                "numpy_line": found.numpy_line,
                "torch_line": found.torch_line,
            }
        }

    def _draw(self, figure: Figure) -> None:
        state, found = self.state, explain(self.state)
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
        figure.suptitle(f"{found.equation} = {_number(found.total)}", fontsize=10)


def _bars(axes: Axes, first: int, values: Array, colour: str, label: str) -> None:
    times = np.arange(first, first + len(values))
    axes.bar(times, values, width=0.62, color=colour)
    axes.axhline(0, color="0.6", lw=0.8)
    axes.set_ylabel(label, color=colour, rotation=0, ha="right", va="center")
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(y=0.15)


def _number(value: float) -> str:
    return f"{round(value, 3) + 0.0:g}"


def _numbers(values: Array) -> str:
    return " ".join(_number(v) for v in values.tolist())
