"""ConvolutionSumExplorer: flip a kernel, slide it along a signal, watch the sum."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils.explorers.base import Explorer
from course_utils.explorers.convolution_sum.explain import Summed, explain
from course_utils.explorers.convolution_sum.sequences import KERNELS, SIGNALS
from course_utils.explorers.convolution_sum.snapshot import draw_snapshot
from course_utils.explorers.convolution_sum.state import SumState, with_changes
from course_utils.explorers.convolution_sum.valid_options import Mode, Operation, choices
from course_utils.explorers.options import ArrayOption, option
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.number_text import rounded


class ConvolutionSumExplorer(Explorer[SumState, Summed]):
    """
    Slide a kernel along a signal and see the terms of every sum.

    In the page: draw the signal, drag or type its numbers and the kernel's, choose either by
    name; drag the kernel, play, or use the arrow keys to move t. In Python: set the inputs below,
    read `y` and `explain`.

    Examples
    --------
    >>> explorer = ConvolutionSumExplorer(x=[1, 2, 3], w=[1, 10], t=1)
    >>> explorer.y.tolist(), explorer.explain().total
    ([1.0, 12.0, 23.0, 30.0], 12.0)
    >>> explorer.operation = "correlation"
    >>> explorer.y.tolist()
    [10.0, 21.0, 32.0, 3.0]
    """

    x: ArrayOption = option(
        default=None, ndim=1, kw_only=False, fact=True, doc="The signal, (N,), at most 24 samples."
    )
    w: ArrayOption = option(
        default=None, ndim=1, kw_only=False, fact=True, doc="The kernel, (F,), at most 9 weights."
    )
    x_preset: str = option(
        default="hills", doc=f"The signal by name instead: {', '.join(SIGNALS)}."
    )
    w_preset: str = option(default="echo", doc=f"The kernel by name instead: {', '.join(KERNELS)}.")
    x_size: int = option(default=None, fact=False, doc="N, the number of samples.")
    w_size: int = option(default=None, fact=False, doc="F, the number of weights.")
    operation: Operation = option(
        default="convolution", doc="y[t] = Σ x[t − a] w[a], or y[t] = Σ x[t + a] w[a]."
    )
    mode: Mode = option(default="full", doc="Which outputs are kept.")
    t: int = option(
        default=3,
        light=True,
        doc="The time in the equation that is looked at; kept among the outputs.",
    )

    _next = staticmethod(with_changes)
    _explain = staticmethod(explain)
    _draw = staticmethod(draw_snapshot)
    _found_facts = "first y full_first full numpy_line torch_line"

    @property
    def y(self) -> Array:
        """The output that is kept (M,), from the first time that the mode keeps."""
        return self.explain().y

    def _start(self) -> SumState:
        return SumState(np.zeros(1), np.zeros(1))

    def _facts(self) -> dict[str, Any]:
        state = self.state
        return {
            "signals": {name: made.label for name, made in SIGNALS.items()},
            "kernels": {name: made.label for name, made in KERNELS.items()},
            "choices": choices(state),
        }

    def _words(self) -> list[str]:
        state, found = self.state, self.explain()
        products = " + ".join(rounded(term.product) for term in found.terms)
        last = found.first + len(found.y) - 1
        return [
            f"ConvolutionSumExplorer: {state.operation}, {state.mode}, t = {state.t}",
            f"x: {_row(state.x)}",
            f"w: {_row(state.w)}",
            f"y[{found.first}] to y[{last}]: {_row(found.y)}",
            f"{found.equation} = {products} = {rounded(found.total)}",
        ]


def _row(values: Array) -> str:
    return " ".join(map(rounded, values.tolist()))
