"""ConvArithmeticExplorer: which cells a convolution reads, and how many outputs that makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils.explorers.base import Explorer
from course_utils.explorers.conv_arithmetic.sizes import (
    RANGES,
    Sizes,
    choices,
    span,
    turning_problem,
)
from course_utils.explorers.conv_arithmetic.state import (
    INPUT,
    ConvArithmeticState,
    Convolved,
    explain,
    with_changes,
)
from course_utils.explorers.shared.arrays import Array, ArrayTrait
from course_utils.explorers.shared.bundle import bundle, styles
from course_utils.explorers.shared.small_maps import MAPS, WEIGHTS
from course_utils.plotting import INPUT as BLUE
from course_utils.plotting import KERNEL as ORANGE
from course_utils.plotting import OUTPUT as GREEN

Size = int | tuple[int, int]
UNREAD = "#e6e6e6"  # cells that no window reads


class ConvArithmeticExplorer(Explorer[ConvArithmeticState]):
    """
    Slide a kernel over a small map, forward or transposed, and count the outputs.

    In the page: step the sizes up and down, for rows and columns apart or together; point at a
    cell, or move with the arrow keys, to see which cells it is made of; play; turn around to the
    transposed convolution, which leads back to the size from which it came. In Python: set the
    inputs below, read `y` and `explain`.

    Parameters
    ----------
    x : array_like, optional
        The input, (H, W), at most 14 a side.
    w : array_like, optional
        The kernel, (kH, kW), at most 6 a side.
    x_preset, w_preset : str, optional
        Numbers by name instead; see ``course_utils.explorers.shared.small_maps``.
    input_size, kernel_size, stride, padding, dilation, output_padding : int or pair, optional
        As in PyTorch: one number, or one for the rows and one for the columns.
    transposed : bool, optional
        True for the transposed convolution. Turning an explorer around makes its output size the
        input size, and the remainder of the division the output padding.
    focus : tuple of int, optional
        Row and column of the output value that is looked at; kept inside the output.

    Raises
    ------
    ValueError
        If the inputs do not go together; the message says why, and the state stays as it was.

    Examples
    --------
    >>> explorer = ConvArithmeticExplorer(input_size=(8, 9), kernel_size=3, stride=2)
    >>> explorer.y.shape, explorer.explain().axes[0].text
    ((3, 4), '⌊(8 + 2·0 − 1·(3 − 1) − 1) / 2⌋ + 1 = ⌊5 / 2⌋ + 1 = ⌊2.5⌋ + 1 = 2 + 1 = 3')
    >>> explorer.transposed = True
    >>> explorer.y.shape, explorer.output_padding
    ((8, 9), (1, 0))
    """

    def __init__(
        self,
        x: Any = None,
        w: Any = None,
        *,
        x_preset: str | None = None,
        w_preset: str | None = None,
        input_size: Size | None = None,
        kernel_size: Size | None = None,
        stride: Size | None = None,
        padding: Size | None = None,
        dilation: Size | None = None,
        output_padding: Size | None = None,
        transposed: bool | None = None,
        focus: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(
            x=x,
            w=w,
            x_preset=x_preset,
            w_preset=w_preset,
            input_size=input_size,
            kernel_size=kernel_size,
            stride=stride,
            padding=padding,
            dilation=dilation,
            output_padding=output_padding,
            transposed=transposed,
            focus=focus,
        )

    inputs = ("x", "w", "x_preset", "w_preset", *RANGES, "transposed", "focus")
    light = frozenset({"focus"})

    _esm = bundle("conv_arithmetic/page.js")
    _css = styles(
        "shared/view.css",
        "shared/number_grids.css",
        "shared/cell_map.css",
        "shared/sizes_table.css",
        "conv_arithmetic/page.css",
    )

    x = ArrayTrait(2)
    w = ArrayTrait(2)
    x_preset = traitlets.Unicode("").tag(sync=True)
    w_preset = traitlets.Unicode("").tag(sync=True)
    input_size = traitlets.Any((8, 9)).tag(sync=True)
    kernel_size = traitlets.Any((3, 3)).tag(sync=True)
    stride = traitlets.Any((1, 1)).tag(sync=True)
    padding = traitlets.Any((0, 0)).tag(sync=True)
    dilation = traitlets.Any((1, 1)).tag(sync=True)
    output_padding = traitlets.Any((0, 0)).tag(sync=True)
    transposed = traitlets.Bool(False).tag(sync=True)
    focus = traitlets.Tuple(default_value=(0, 0)).tag(sync=True)

    @property
    def y(self) -> Array:
        """
        The output.

        Returns
        -------
        numpy.ndarray
            Its rows and columns.
        """
        return explain(self.state).output

    def explain(self) -> Convolved:
        """
        Give the numbers that are shown.

        Returns
        -------
        Convolved
            See `course_utils.explorers.conv_arithmetic.state.explain`.
        """
        return explain(self.state)

    def summary(self) -> str:
        """
        Say in words and rounded numbers what is shown.

        Returns
        -------
        str
            A line for each axis and for each note, and three more.
        """
        state, found = self.state, explain(self.state)
        sizes = state.sizes
        products = "1 product" if len(found.terms) == 1 else f"{len(found.terms)} products"
        name = "transposed convolution" if sizes.transposed else "convolution"
        return "\n".join(
            [
                f"ConvArithmeticExplorer: {name}, input {_by(sizes.input_size)}, "
                f"kernel {_by(sizes.kernel_size)}, output {_by(found.output.shape)}",
                *(f"{axis.axis}: {axis.text}" for axis in found.axes),
                *found.notes,
                f"y[{state.focus[0]}, {state.focus[1]}] = {_number(found.total)}, "
                f"a sum of {products}",
                found.torch_line,
            ]
        )

    def _begin(self) -> ConvArithmeticState:
        start = {"x_preset": "digits", "w_preset": "mixed", "stride": 2, "focus": (1, 1)}
        return with_changes(ConvArithmeticState(Sizes()), start)

    def _next(self, state: ConvArithmeticState, changes: dict[str, Any]) -> ConvArithmeticState:
        return with_changes(state, changes)

    def _mirror(self, state: ConvArithmeticState) -> dict[str, Any]:
        sizes = {name: getattr(state.sizes, name) for name in (*RANGES, "transposed")}
        return super()._mirror(state) | sizes

    def _results(self, state: ConvArithmeticState) -> dict[str, Any]:
        found, sizes = explain(state), state.sizes
        return {
            "facts": {
                "transposed": sizes.transposed,
                "input_size": sizes.input_size,
                "kernel_size": sizes.kernel_size,
                "dilation": sizes.dilation,
                "x_preset": state.x_preset,
                "w_preset": state.w_preset,
                "maps": {name: made.label for name, made in MAPS.items()},
                "weights": {name: made.label for name, made in WEIGHTS.items()},
                "grid": found.grid.tolist(),
                "kinds": found.kinds.tolist(),
                "read": found.read.tolist(),
                "reached": found.reached.tolist(),
                "used": found.used.tolist(),
                "step": found.step,
                "start": found.start,
                "output": found.output.tolist(),
                "letters": _letters(sizes),
                "axes": [
                    {
                        "axis": axis.axis,
                        "numbers": axis.numbers,
                        "divisor": axis.divisor,
                        "room": axis.room,
                        "ratio": f"{axis.room / axis.divisor:.3g}",
                        "steps": axis.steps,
                        "left": axis.left,
                        "size": axis.size,
                        "text": axis.text,
                    }
                    for axis in found.axes
                ],
                "notes": found.notes,
                "choices": choices(sizes),
                "turning_problem": turning_problem(sizes),
                "torch_line": found.torch_line,
            }
        }

    def _draw(self, figure: Figure) -> None:
        state, found = self.state, explain(self.state)
        sizes = state.sizes
        left, right = figure.subplots(1, 2)
        most = (
            max(found.grid.shape[0], found.output.shape[0]),
            max(found.grid.shape[1], found.output.shape[1]),
        )
        lit = {term.cell for term in found.terms}
        _cells(left, found.grid, lambda p, q: _face(found, lit, p, q), most)
        _cells(
            right,
            found.output,
            lambda i, j: f"{GREEN}33" if found.reached[i, j] else UNREAD,
            most,
        )
        larger = found.grid.shape != sizes.input_size
        around = "stretched" if sizes.transposed else "padded"
        more = f", {around} to {_by(found.grid.shape)}" if larger else ""
        left.set_title(f"input x, {_by(sizes.input_size)}{more}", color=BLUE, fontsize=11)
        right.set_title(f"output y, {_by(found.output.shape)}", color=GREEN, fontsize=11)
        corner = [found.start[k] + found.step[k] * state.focus[k] for k in (0, 1)]
        high, wide = (span(sizes.kernel_size[k], sizes.dilation[k]) for k in (0, 1))
        _frame(left, corner[0], corner[1], high, wide)
        _frame(right, *state.focus, 1, 1)
        rows, columns = found.axes
        words = f"rows: {rows.text}\ncolumns: {columns.text}\n{found.torch_line}"
        figure.supxlabel(words, fontsize=8.5)


def _letters(sizes: Sizes) -> str:
    if sizes.transposed:
        return "N = (M − 1)·S − 2P + d·(F − 1) + 1 + output padding"
    return "M = ⌊(N + 2P − d·(F − 1) − 1) / S⌋ + 1"


def _face(found: Convolved, lit: set[tuple[int, int]], p: int, q: int) -> str:
    if (p, q) in lit:
        return f"{BLUE}aa"
    if not found.read[p, q]:
        return UNREAD
    return f"{BLUE}33" if found.kinds[p, q] == INPUT else "white"


def _cells(
    axes: Axes, values: Array, face: Callable[[int, int], str], most: tuple[int, int]
) -> None:
    """Draw a map; both maps of a figure have the same axes, so that their cells are as large."""
    for (i, j), value in np.ndenumerate(values):
        colour = face(i, j)
        hatch = "////" if colour == UNREAD else None
        corner = (j - 0.5, i - 0.5)
        axes.add_patch(
            Rectangle(corner, 1, 1, facecolor=colour, edgecolor="0.75", lw=0.6, hatch=hatch)
        )
        size = 11 - 0.3 * max(most)
        axes.text(j, i, _number(value), ha="center", va="center", fontsize=size)
    axes.set(xlim=(-0.6, most[1] - 0.4), ylim=(most[0] - 0.4, -0.6), aspect="equal", anchor="N")
    axes.axis("off")


def _frame(axes: Axes, row: int, column: int, height: int, width: int) -> None:
    axes.add_patch(
        Rectangle((column - 0.5, row - 0.5), width, height, fill=False, edgecolor=ORANGE, lw=2)
    )


def _by(shape: tuple[int, ...]) -> str:
    return f"{shape[0]} × {shape[1]}"


def _number(value: float) -> str:
    return f"{round(value, 3) + 0.0:g}"
