"""What the stored pictures are drawn with: maps in colour, cells with numbers, frames."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils.explorers.shared import colours
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.number_text import MINUS
from course_utils.plotting import KERNEL

UNREAD = "#e6e6e6"  # cells that no window reads


def show_map(
    axes: Axes, values: Array, title: str, colour: str, scale: colours.Scale, fontsize: float = 10
) -> None:
    """Draw a map as the page's canvas shows it."""
    axes.imshow(colours.pixels(values, scale), interpolation="nearest")
    entitle(axes, title, colour, fontsize)
    axes.spines[:].set_color(colour)


def entitle(axes: Axes, title: str, colour: str, fontsize: float) -> None:
    """Write a title, and leave out the ticks."""
    axes.set_title(title, color=colour, fontsize=fontsize)
    axes.set_xticks([])
    axes.set_yticks([])


def show_cells(
    axes: Axes,
    values: Array,
    face: Callable[[int, int], str],
    text: Callable[[float], str],
    extent: tuple[int, ...],
    fontsize: float,
) -> None:
    """Draw a map as cells with their numbers; maps with one extent have cells of one size."""
    for (i, j), value in np.ndenumerate(values):
        colour = face(i, j)
        hatch = "////" if colour == UNREAD else None
        axes.add_patch(
            Rectangle(
                (j - 0.5, i - 0.5), 1, 1, facecolor=colour, edgecolor="0.75", lw=0.6, hatch=hatch
            )
        )
        ink = "white" if colour == KERNEL else "black"
        axes.text(
            j,
            i,
            text(value).translate(MINUS),
            ha="center",
            va="center",
            fontsize=fontsize,
            color=ink,
        )
    axes.set(xlim=(-0.6, extent[1] - 0.4), ylim=(extent[0] - 0.4, -0.6))
    axes.set(aspect="equal", anchor="N")
    axes.axis("off")


def write_code(figure: Figure, line: str) -> None:
    """Write a line of code below everything else."""
    figure.supxlabel(line, family="monospace", fontsize=9)


def frame(axes: Axes, row: int, column: int, height: int, width: int, colour: str = KERNEL) -> None:
    """Frame the cells from a row and a column on."""
    axes.add_patch(
        Rectangle((column - 0.5, row - 0.5), width, height, fill=False, edgecolor=colour, lw=2)
    )
