"""The picture of FilterExplorer in a stored notebook, which GitHub shows."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils.explorers.filter.explain import Filtered
from course_utils.explorers.filter.state import FilterState
from course_utils.explorers.shared import colours
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.number_text import MINUS, by, rounded
from course_utils.explorers.shared.snapshot_parts import frame, show_map, write_code
from course_utils.explorers.shared.windows import span
from course_utils.plotting import INPUT, KERNEL, OUTPUT

MOST_NUMBERS = 11  # a side; larger maps are drawn without their numbers


def draw_snapshot(figure: Figure, state: FilterState, found: Filtered) -> None:
    """Draw picture, kernel and output, with the window and the output that it makes."""
    left, middle, right = figure.subplots(1, 3, width_ratios=[3, 2, 3])
    largest = float(abs(found.used).max()) or 1.0
    signed = colours.Scale(True, -largest, largest)
    grey, scale = colours.scale_of(found.padded), output_scale(state, found)
    _show(left, found.padded, f"input x, {by(state.image.shape)}", INPUT, grey)
    _show(middle, found.used, f"kernel w, {by(state.kernel_size)}", KERNEL, signed)
    _show(right, found.output, f"output y, {by(found.output.shape)}", OUTPUT, scale)
    i, j = state.focus
    high, wide = (span(side, state.dilation) for side in state.kernel_size)
    frame(left, i * state.stride, j * state.stride, high, wide)
    frame(right, i, j, 1, 1)
    right.set_xlabel(f"y[{i}, {j}] = {rounded(found.total).translate(MINUS)}")
    write_code(figure, found.torch_line)


def output_scale(state: FilterState, found: Filtered) -> colours.Scale:
    """The output's scale; a grey one keeps the brightness of the picture."""
    return colours.scale_of(found.output, at_least=max(1.0, float(state.image.max())))


def _show(axes: Axes, values: Array, title: str, colour: str, scale: colours.Scale) -> None:
    show_map(axes, values, title, colour, scale, fontsize=11)
    side = max(values.shape)
    if side <= MOST_NUMBERS:
        shades = colours.pixels(values, scale)
        for (a, b), value in np.ndenumerate(values):
            ink = "black" if shades[a, b].mean() > 120 else "white"
            text = _short(value) if side > 5 else rounded(value)
            size = 14 - side * 0.75
            text = text.translate(MINUS)
            axes.text(b, a, text, ha="center", va="center", fontsize=size, color=ink)


def _short(value: float) -> str:
    text = f"{value:.2f}".replace("0.", ".") if abs(value) < 1 else f"{value:.3g}"
    return "0" if value == 0 else text
