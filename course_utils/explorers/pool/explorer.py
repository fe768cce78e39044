"""PoolExplorer: one number for each window, and which cells its gradient goes back to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils.explorers.base import Explorer
from course_utils.explorers.pool.state import (
    EXPONENTS,
    KINDS,
    TIES,
    Kind,
    Pooled,
    PoolState,
    Ties,
    choices,
    explain,
    with_changes,
)
from course_utils.explorers.shared.arrays import Array, ArrayTrait
from course_utils.explorers.shared.bundle import bundle, styles
from course_utils.explorers.shared.small_maps import GRADIENTS, MAPS
from course_utils.plotting import INPUT as BLUE
from course_utils.plotting import KERNEL as ORANGE
from course_utils.plotting import OUTPUT as GREEN

Size = int | tuple[int, int]


class PoolExplorer(Explorer[PoolState]):
    """
    Pool a small map by its largest value, mean or Lp norm, and hand a gradient back.

    In the page: choose what is kept of each window, its size, stride and padding; point at a cell,
    or move with the arrow keys, to see the window and its winner; type an upstream gradient and
    see where it goes, with ties given to the first or shared; move the input by a pixel and see
    which outputs change. In Python: set the inputs below, read `y`, `gradient` and `explain`.

    Parameters
    ----------
    x : array_like, optional
        The input, (H, W), at most 10 a side.
    g : array_like, optional
        The upstream gradient, as large as the output.
    x_preset, g_preset : str, optional
        Numbers by name instead; see ``course_utils.explorers.shared.small_maps``.
    kind : {"max", "average", "lp"}, optional
        What is kept of each window.
    p : int, optional
        The exponent of the norm (Σ |x|^p)^(1/p), from 1 to 16.
    input_size, kernel_size, stride, padding : int or pair, optional
        As in PyTorch: one number, or one for the rows and one for the columns.
    count_include_pad : bool, optional
        Whether a mean at the border is taken over the padding too.
    ties : {"first", "split"}, optional
        Who gets the gradient of equal largest values: the first, as in PyTorch's ``max_pool2d``,
        or all of them in equal shares, as in its ``amax``.
    shift : int or pair, optional
        Rows down and columns to the right by which the input is moved around in a circle.
    backward : bool, optional
        Whether the gradient is shown.
    focus : tuple of int, optional
        Row and column of the output value that is looked at; kept inside the output.

    Raises
    ------
    ValueError
        If the inputs do not go together; the message says why, and the state stays as it was.

    Examples
    --------
    >>> explorer = PoolExplorer(x=[[0, 7], [7, 7]], kernel_size=2, g=[[6]])
    >>> explorer.y.tolist(), explorer.gradient.tolist()
    ([[7.0]], [[0.0, 6.0], [0.0, 0.0]])
    >>> explorer.ties = "split"
    >>> explorer.gradient.tolist()
    [[0.0, 2.0], [2.0, 2.0]]
    """

    def __init__(
        self,
        x: Any = None,
        g: Any = None,
        *,
        x_preset: str | None = None,
        g_preset: str | None = None,
        kind: Kind | None = None,
        p: int | None = None,
        input_size: Size | None = None,
        kernel_size: Size | None = None,
        stride: Size | None = None,
        padding: Size | None = None,
        count_include_pad: bool | None = None,
        ties: Ties | None = None,
        shift: Size | None = None,
        backward: bool | None = None,
        focus: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(
            x=x,
            g=g,
            x_preset=x_preset,
            g_preset=g_preset,
            kind=kind,
            p=p,
            input_size=input_size,
            kernel_size=kernel_size,
            stride=stride,
            padding=padding,
            count_include_pad=count_include_pad,
            ties=ties,
            shift=shift,
            backward=backward,
            focus=focus,
        )

    inputs = (
        "x",
        "g",
        "x_preset",
        "g_preset",
        "kind",
        "p",
        "input_size",
        "kernel_size",
        "stride",
        "padding",
        "count_include_pad",
        "ties",
        "shift",
        "backward",
        "focus",
    )
    light = frozenset({"focus"})

    _esm = bundle("pool/page.js")
    _css = styles(
        "shared/view.css",
        "shared/number_grids.css",
        "shared/cell_map.css",
        "shared/sizes_table.css",
        "pool/page.css",
    )

    x = ArrayTrait(2)
    g = ArrayTrait(2)
    x_preset = traitlets.Unicode("").tag(sync=True)
    g_preset = traitlets.Unicode("").tag(sync=True)
    kind = traitlets.Unicode("max").tag(sync=True)
    p = traitlets.Any(2).tag(sync=True)
    input_size = traitlets.Any((6, 7)).tag(sync=True)
    kernel_size = traitlets.Any((3, 3)).tag(sync=True)
    stride = traitlets.Any((2, 2)).tag(sync=True)
    padding = traitlets.Any((0, 0)).tag(sync=True)
    count_include_pad = traitlets.Bool(True).tag(sync=True)
    ties = traitlets.Unicode("first").tag(sync=True)
    shift = traitlets.Any((0, 0)).tag(sync=True)
    backward = traitlets.Bool(True).tag(sync=True)
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

    @property
    def gradient(self) -> Array:
        """
        What the upstream gradient hands to each cell of the input.

        Returns
        -------
        numpy.ndarray
            As large as the input.
        """
        return explain(self.state).gradient

    def explain(self) -> Pooled:
        """
        Give the numbers that are shown.

        Returns
        -------
        Pooled
            See `course_utils.explorers.pool.state.explain`.
        """
        return explain(self.state)

    def summary(self) -> str:
        """
        Say in words and rounded numbers what is shown.

        Returns
        -------
        str
            A line for each row of the maps and for each note, and a few more.
        """
        state, found = self.state, explain(self.state)
        norm = f", p = {state.p}" if state.kind == "lp" else ""
        moved = f", moved by {state.shift}" if any(state.shift) else ""
        lines = [
            f"PoolExplorer: {KINDS[state.kind]}{norm} of windows {_by(state.kernel_size)}, "
            f"stride {_by(state.stride)}, padding {_by(state.padding)}, "
            f"of an input {_by(state.input_size)}{moved}",
            f"y = {_rows(found.output)}",
        ]
        if state.backward:
            of = f", {TIES[state.ties]} of equal values" if state.kind == "max" else ""
            lines += [f"g = {_rows(state.g)}", f"gradient of x{of} = {_rows(found.gradient)}"]
        return "\n".join([*lines, *found.notes, *found.torch_lines])

    def _begin(self) -> PoolState:
        start = {
            "x_preset": "ties",
            "g_preset": "mixed",
            "input_size": (7, 7),
            "kernel_size": 3,
            "stride": 2,
            "focus": (2, 0),
        }
        return with_changes(PoolState(), start)

    def _next(self, state: PoolState, changes: dict[str, Any]) -> PoolState:
        return with_changes(state, changes)

    def _results(self, state: PoolState) -> dict[str, Any]:
        found = explain(state)
        rows, columns = found.output.shape
        return {
            "facts": {
                "moved": found.moved.tolist(),
                "output": found.output.tolist(),
                "before": found.before.tolist(),
                "changed": found.changed.tolist(),
                "shares": found.shares.reshape(rows, columns, -1).tolist(),
                "tied": found.tied.tolist(),
                "wins": found.wins.tolist(),
                "g": state.g.tolist(),
                "gradient": found.gradient.tolist(),
                "kind": state.kind,
                "p": state.p,
                "exponents": list(EXPONENTS),
                "ties": state.ties,
                "kernel_size": state.kernel_size,
                "stride": state.stride,
                "padding": state.padding,
                "shift": state.shift,
                "count_include_pad": state.count_include_pad,
                "backward": state.backward,
                "x_preset": state.x_preset,
                "g_preset": state.g_preset,
                "maps": {name: made.label for name, made in MAPS.items()},
                "gradients": {name: made.label for name, made in GRADIENTS.items()},
                "choices": choices(state),
                "notes": found.notes,
                "torch_lines": found.torch_lines,
            }
        }

    def _draw(self, figure: Figure) -> None:
        state, found = self.state, explain(self.state)
        taking = state.kind == "max"
        panels: list[tuple[str, str, Array, Callable[[int, int], str]]] = [
            (
                f"x, {_by(state.input_size)}",
                BLUE,
                found.moved,
                lambda p, q: ORANGE if taking and found.wins[p, q] else f"{BLUE}33",
            ),
            (
                f"y, {KINDS[state.kind]}",
                GREEN,
                found.output,
                lambda i, j: f"{ORANGE}55" if found.changed[i, j] else f"{GREEN}33",
            ),
        ]
        if state.backward:
            panels += [
                ("g, upstream", ORANGE, state.g, lambda *_: f"{ORANGE}22"),
                (
                    "gradient of x",
                    ORANGE,
                    found.gradient,
                    lambda p, q: f"{ORANGE}66" if found.gradient[p, q] else "white",
                ),
            ]
        shapes = [values.shape for _, _, values, _ in panels]
        axes = figure.subplots(1, len(panels), width_ratios=[shape[1] + 0.4 for shape in shapes])
        tallest = max(shape[0] for shape in shapes)
        for ax, (title, colour, values, face) in zip(axes, panels, strict=True):
            _cells(ax, values, face, tallest)
            ax.set_title(title, color=colour, fontsize=11)
        top, left = (
            k * s - p for k, s, p in zip(state.focus, state.stride, state.padding, strict=True)
        )
        _frame(axes[0], top, left, *state.kernel_size)
        _frame(axes[1], *state.focus, 1, 1)
        figure.supxlabel("\n".join((*found.notes, *found.torch_lines[1:2])), fontsize=8.5)


def _cells(axes: Axes, values: Array, face: Callable[[int, int], str], tallest: int) -> None:
    """Draw a map; all of a figure have cells of one size."""
    for (i, j), value in np.ndenumerate(values):
        corner = (j - 0.5, i - 0.5)
        colour = face(i, j)
        axes.add_patch(Rectangle(corner, 1, 1, facecolor=colour, edgecolor="0.75", lw=0.6))
        ink = "white" if colour == ORANGE else "black"
        size = 11 - 0.35 * tallest
        axes.text(j, i, _number(value, 3), ha="center", va="center", fontsize=size, color=ink)
    axes.set(xlim=(-0.6, values.shape[1] - 0.4), ylim=(tallest - 0.4, -0.6))
    axes.set(aspect="equal", anchor="N")
    axes.axis("off")


def _frame(axes: Axes, row: int, column: int, height: int, width: int) -> None:
    axes.add_patch(
        Rectangle((column - 0.5, row - 0.5), width, height, fill=False, edgecolor="black", lw=2)
    )


def _by(shape: tuple[int, ...]) -> str:
    return f"{shape[0]} × {shape[1]}"


def _rows(values: Array) -> str:
    return "; ".join(" ".join(_number(v, 4) for v in row) for row in values.tolist())


def _number(value: float, digits: int) -> str:
    return f"{round(float(f'{value:.{digits}g}'), 3) + 0.0:g}".replace("-", "−")
