"""The picture of DigitExplorer in a stored notebook, which GitHub shows."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils.explorers.digit.explain import Read
from course_utils.explorers.digit.network import Maps
from course_utils.explorers.digit.state import DigitState
from course_utils.explorers.shared import colours
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.number_text import by
from course_utils.explorers.shared.snapshot_parts import entitle
from course_utils.plotting import INPUT, OUTPUT


def draw_snapshot(figure: Figure, state: DigitState, found: Read) -> None:
    """Draw the drawing, the layers with their gradients, the answer and the pixels."""
    axes = figure.subplots(2, 6, width_ratios=[1, 1, 1, 1, 1, 1.25])
    _paper(axes[0, 0], state.ink, state.source, INPUT)
    _paper(axes[1, 0], found.seen, "what the network sees", INPUT)
    spatial = [k for k, maps in enumerate(found.maps) if maps.ndim == 3][:4]
    for column, k in enumerate(spatial, start=1):
        stage = state.stages.shown[k]
        _paper(axes[0, column], _mosaic(found.maps[k]), f"{stage.name}, {by(stage.shape)}")
        _signed(axes[1, column], _mosaic(found.gradients[k + 1]), "gradient")
    for ax in axes[:, len(spatial) + 1 : 5].flat:
        ax.axis("off")
    _bars(axes[0, 5], found)
    _signed(axes[1, 5], found.gradients[0][0], f"what moves the score of {found.target}")


def _bars(axes: Axes, found: Read) -> None:
    shades = [OUTPUT if k == found.target else "#999999" for k in range(10)]
    axes.barh(range(10), 100 * found.probabilities, color=shades)
    axes.set(yticks=range(10), xlim=(0, 100), xlabel="probability in %")
    axes.invert_yaxis()
    axes.set_title(f"answer: {found.answer}", color=OUTPUT, fontsize=10)
    axes.tick_params(labelsize=7)


def _mosaic(maps: Maps) -> Array:
    """Maps side by side, at most three or four in a row, a line of NaN between them."""
    C, H, W = maps.shape
    columns = 3 if C <= 6 else int(np.ceil(np.sqrt(C)))
    rows = -(-C // columns)
    sheet = np.full((rows * (H + 1) - 1, columns * (W + 1) - 1), np.nan)
    for c in range(C):
        i, j = divmod(c, columns)
        sheet[i * (H + 1) : i * (H + 1) + H, j * (W + 1) : j * (W + 1) + W] = maps[c]
    return sheet


def _paper(axes: Axes, values: Array, title: str, colour: str = "black") -> None:
    largest = float(np.nanmax(abs(values))) or 1.0
    axes.imshow(values, cmap="gray_r", vmin=0, vmax=largest, interpolation="nearest")
    entitle(axes, title, colour, fontsize=7)


def _signed(axes: Axes, values: Array, title: str) -> None:
    largest = float(np.nanmax(abs(values))) or 1.0
    shades = colours.pixels(np.nan_to_num(values), colours.Scale(True, -largest, largest))
    axes.imshow(shades, interpolation="nearest")
    entitle(axes, title, "black", fontsize=7)
