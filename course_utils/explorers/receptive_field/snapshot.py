"""The picture of ReceptiveFieldExplorer in a stored notebook, which GitHub shows."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils.explorers.receptive_field.explain import Seen
from course_utils.explorers.receptive_field.photographs import photograph
from course_utils.explorers.receptive_field.state import ReceptiveFieldState
from course_utils.explorers.shared.snapshot_parts import frame
from course_utils.plotting import KERNEL

INK = np.array([0xF0, 0x7A, 0x1C]) / 255


def draw_snapshot(figure: Figure, state: ReceptiveFieldState, found: Seen) -> None:
    """Draw the field on the picture, and how it grows layer by layer."""
    left, right = figure.subplots(1, 2, width_ratios=[1, 1.5])
    photo = photograph(state.picture, state.side).transpose(1, 2, 0)
    grey = photo.mean(axis=2, keepdims=True)
    heat = found.heat[..., None] * 0.85
    left.imshow((1 - heat) * (0.25 + 0.75 * grey) + heat * INK, interpolation="nearest")
    box = found.box
    frame(left, box.top, box.left, box.bottom - box.top + 1, box.right - box.left + 1)
    low, high = min(box.top, box.left, 0), max(box.bottom, box.right, state.side - 1)
    left.set(xlim=(low - 2, high + 2), ylim=(high + 2, low - 2), xticks=[], yticks=[])
    name, size = state.layers[state.layer - 1].name, found.fields[state.layer].size
    left.set_title(f"one unit of {name} sees {size} × {size}", fontsize=10)
    _growth(right, state, found)


def _growth(axes: Axes, state: ReceptiveFieldState, found: Seen) -> None:
    names = ["picture", *(layer.name for layer in state.layers)]
    places = np.arange(len(names))
    colours = [KERNEL if n == state.layer else "0.72" for n in places]
    axes.barh(places, [field.size for field in found.fields], color=colours)
    for n, field in enumerate(found.fields):
        axes.annotate(
            f" {field.size}", (field.size, n), va="center", fontsize=7, annotation_clip=False
        )
    axes.set_yticks(places, names, fontsize=7)
    axes.invert_yaxis()
    axes.set_xlabel("size of the field in pixels")
    axes.set_title(f"{state.network}: the field grows layer by layer", fontsize=10)
    axes.margins(x=0.1)
