"""PoolExplorer: one number for each window, and which cells its gradient goes back to."""

from __future__ import annotations

from typing import Any

from course_utils.explorers.base import Explorer
from course_utils.explorers.options import ArrayOption, PairOption, option
from course_utils.explorers.pool.explain import Pooled, explain
from course_utils.explorers.pool.snapshot import draw_snapshot
from course_utils.explorers.pool.state import PoolState, with_changes
from course_utils.explorers.pool.valid_options import (
    EXPONENTS,
    KINDS,
    TIES,
    Kind,
    Ties,
    choices,
)
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.number_text import MINUS, by, rounded
from course_utils.explorers.shared.option_readers import Pair
from course_utils.explorers.shared.small_maps import GRADIENTS, MAPS, labels


class PoolExplorer(Explorer[PoolState, Pooled]):
    """
    Pool a small map by its largest value, mean or Lp norm, and hand a gradient back.

    In the page: choose what is kept of each window, its size, stride and padding; point at a cell,
    or move with the arrow keys, to see the window and its winner; type an upstream gradient and
    see where it goes, with ties given to the first or shared; move the input by a pixel and see
    which outputs change. In Python: set the inputs below, read `y`, `gradient` and `explain`.

    Examples
    --------
    >>> explorer = PoolExplorer(x=[[0, 7], [7, 7]], kernel_size=2, g=[[6]])
    >>> explorer.y.tolist(), explorer.gradient.tolist()
    ([[7.0]], [[0.0, 6.0], [0.0, 0.0]])
    >>> explorer.ties = "split"
    >>> explorer.gradient.tolist()
    [[0.0, 2.0], [2.0, 2.0]]
    """

    x: ArrayOption = option(
        default=None, ndim=2, kw_only=False, doc="The input, (H, W), at most 10 a side."
    )
    g: ArrayOption = option(
        default=None,
        ndim=2,
        kw_only=False,
        fact=True,
        doc="The upstream gradient, as large as the output.",
    )
    x_preset: str = option(default="ties", doc=f"The input by name instead: {', '.join(MAPS)}.")
    g_preset: str = option(
        default="mixed", doc=f"The upstream gradient by name instead: {', '.join(GRADIENTS)}."
    )
    kind: Kind = option(default="max", doc="What is kept of each window.")
    p: int = option(default=2, doc="The exponent of the norm (Σ |x|^p)^(1/p), from 1 to 16.")
    input_size: PairOption = option(default=7, fact=False, doc="Rows and columns of the input.")
    kernel_size: PairOption = option(default=3, doc="Rows and columns of the window.")
    stride: PairOption = option(default=2, doc="Steps from window to window, as in PyTorch.")
    padding: PairOption = option(default=0, doc="Cells added on every side, as in PyTorch.")
    count_include_pad: bool = option(
        default=True, doc="Whether a mean at the border is taken over the padding too."
    )
    ties: Ties = option(
        default="first",
        doc="Who gets the gradient of equal largest values: the first, as in PyTorch's "
        "``max_pool2d``, or all of them in equal shares, as in its ``amax``.",
    )
    shift: PairOption = option(
        default=0,
        doc="Rows down and columns to the right by which the input is moved around in a circle.",
    )
    backward: bool = option(default=True, doc="Whether the gradient is shown.")
    focus: Pair = option(
        default=(2, 0),
        light=True,
        doc="Row and column of the output value that is looked at; kept inside the output.",
    )

    _next = staticmethod(with_changes)
    _explain = staticmethod(explain)
    _draw = staticmethod(draw_snapshot)
    _found_facts = "moved output before changed tied wins gradient notes torch_lines"

    @property
    def y(self) -> Array:
        """The output (M, M')."""
        return self.explain().output

    @property
    def gradient(self) -> Array:
        """What the upstream gradient hands to each cell of the input (H, W)."""
        return self.explain().gradient

    def _start(self) -> PoolState:
        return PoolState()

    def _facts(self) -> dict[str, Any]:
        state, found = self.state, self.explain()
        rows, columns = found.output.shape
        return {
            "shares": found.shares.reshape(rows, columns, -1).tolist(),
            "exponents": list(EXPONENTS),
            "maps": labels(MAPS),
            "gradients": labels(GRADIENTS),
            "choices": choices(state),
        }

    def _words(self) -> list[str]:
        state, found = self.state, self.explain()
        norm = f", p = {state.p}" if state.kind == "lp" else ""
        moved = f", moved by {state.shift}" if any(state.shift) else ""
        lines = [
            f"PoolExplorer: {KINDS[state.kind]}{norm} of windows {by(state.kernel_size)}, "
            f"stride {by(state.stride)}, padding {by(state.padding)}, "
            f"of an input {by(state.input_size)}{moved}",
            f"y = {_rows(found.output)}",
        ]
        if state.backward:
            of = f", {TIES[state.ties]} of equal values" if state.kind == "max" else ""
            lines += [f"g = {_rows(state.g)}", f"gradient of x{of} = {_rows(found.gradient)}"]
        return [*lines, *found.notes, *found.torch_lines]


def _rows(values: Array) -> str:
    """The numbers of a map, four digits at most, row by row."""
    rows = (" ".join(rounded(float(f"{v:.4g}")) for v in row) for row in values.tolist())
    return "; ".join(rows).translate(MINUS)
