"""The figures of the course: one style, one set of colours, and words for every figure."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
from PIL import Image

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.image import AxesImage

INPUT = "#2f6fa8"  # blue: what goes in
KERNEL = "#c4621a"  # orange: what slides
OUTPUT = "#2b7d4f"  # green: what comes out
SIGNED = "PuOr_r"  # orange positive, purple negative, white zero

SHARPNESS = 2
"""Pixels of a stored figure for one of the page, so that it is sharp on a fine screen."""

_STYLE = Path(__file__).with_name("course.mplstyle")


def use_course_style() -> None:
    """
    Draw every figure from now on in the course's style.

    Examples
    --------
    >>> use_course_style()
    """
    plt.style.use(_STYLE)


class DescribedFigure:
    """
    A figure as a picture with a description in words.

    The words are the ``text/plain`` form of the output, which a terminal, a screen reader and the
    strict comparison of stored outputs see, and the alternative text of the picture.

    Parameters
    ----------
    png : bytes
        The drawn picture.
    description : str
        What the figure shows, with the numbers that matter.
    """

    def __init__(self, png: bytes, description: str) -> None:
        self.png = png
        self.description = description

    def __repr__(self) -> str:
        # JupyterLab shows the first line of an output that is folded away, which must not tell what
        # the reader is to predict.
        return f"[figure]\n{self.description}"

    def _repr_mimebundle_(self, **_asked: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data = {"text/plain": repr(self), "image/png": self.png}
        with Image.open(io.BytesIO(self.png)) as picture:
            size = {"width": picture.width // SHARPNESS, "height": picture.height // SHARPNESS}
        return data, {"image/png": {"alt": self.description, **size}}


def show(figure: Figure, description: str) -> DescribedFigure:
    """
    Finish a figure: draw it, close it, and return it with its description.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure; it is closed, so that a notebook shows it only once.
    description : str
        What it shows, in a sentence or two, for those who cannot see it.

    Returns
    -------
    DescribedFigure
        To be the last value of a cell, which the notebook displays.

    Raises
    ------
    ValueError
        If the description is empty, or neither the figure nor any of its axes has a title.

    Examples
    --------
    >>> figure, ax = plt.subplots()
    >>> _ = ax.plot([0, 1], [0, 1])
    >>> _ = ax.set_title("A straight line")
    >>> show(figure, "A line from the origin, rising with slope 1.")
    [figure]
    A line from the origin, rising with slope 1.
    """
    if not description.strip():
        raise ValueError("show: description is empty, expected a sentence on what the figure shows")
    places: tuple[Literal["left", "center", "right"], ...] = ("left", "center", "right")
    titled = figure.get_suptitle() or any(ax.get_title(p) for ax in figure.axes for p in places)
    if not titled:
        raise ValueError("show: the figure has no title, expected one that says what to see")
    buffer = io.BytesIO()
    # Without the software's version in the file, the same drawing gives the same bytes.
    # In a tight box nothing that is drawn is cut off.
    figure.savefig(
        buffer,
        format="png",
        dpi=SHARPNESS * figure.dpi,
        bbox_inches="tight",
        metadata={"Software": None},
    )
    images = [image for ax in figure.axes for image in ax.get_images()]
    in_colour = any(np.asarray(image.get_array()).ndim == 3 for image in images)
    plt.close(figure)
    png = buffer.getvalue() if in_colour else _with_palette(buffer)
    return DescribedFigure(png, description)


def _with_palette(png: io.BytesIO) -> bytes:
    # Grey pictures and signed maps lose nothing visible by sharing 256 colours, and the notebook
    # becomes half as large. A colour photograph would lose something, so it keeps its own.
    smaller = io.BytesIO()
    with Image.open(png) as picture:
        quantised = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        quantised.save(smaller, format="PNG", optimize=True)
    return smaller.getvalue()


def draw_picture(ax: Axes, image: npt.ArrayLike, title: str) -> AxesImage:
    """
    Draw a grey (H, W) or colour (3, H, W) picture with values in [0, 1].

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    image : array_like
        The picture; values outside [0, 1] are shown as black or white.
    title : str
        What to see in it.

    Returns
    -------
    matplotlib.image.AxesImage
        The drawn image.
    """
    pixels = np.asarray(image)
    if pixels.ndim == 3:
        pixels = np.clip(np.moveaxis(pixels, 0, -1), 0, 1)
    drawn = ax.imshow(pixels, cmap="gray", vmin=0, vmax=1)
    _frame(ax, title)
    return drawn


def draw_signed(
    ax: Axes, image: npt.ArrayLike, title: str, limit: float | None = None
) -> AxesImage:
    """
    Draw an (H, W) array of signed values: orange above zero, purple below, white at zero.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    image : array_like
        The values.
    title : str
        What to see in it.
    limit : float, optional
        The value with full colour; the largest magnitude in ``image`` if not given.

    Returns
    -------
    matplotlib.image.AxesImage
        The drawn image, for a colour bar.
    """
    values = np.asarray(image)
    scale = limit if limit is not None else (float(np.abs(values).max(initial=0.0)) or 1.0)
    drawn = ax.imshow(values, cmap=SIGNED, vmin=-scale, vmax=scale)
    _frame(ax, title)
    return drawn


def draw_numbers(
    ax: Axes,
    values: npt.ArrayLike,
    title: str,
    limit: float | None = None,
    fmt: str = "g",
) -> AxesImage:
    """
    Draw a small (H, W) array as a coloured grid with its numbers written in the cells.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    values : array_like
        The numbers; NaN is left blank.
    title : str
        What to see in it.
    limit : float, optional
        The value with full colour; the largest magnitude if not given.
    fmt : str, default "g"
        Format of each number.

    Returns
    -------
    matplotlib.image.AxesImage
        The drawn image.
    """
    grid = np.asarray(values, dtype=float)
    finite = np.abs(grid[np.isfinite(grid)])
    scale = limit if limit is not None else (float(finite.max(initial=0.0)) or 1.0)
    drawn = draw_signed(ax, grid, title, limit=scale)
    for (row, column), value in np.ndenumerate(grid):
        if np.isfinite(value):
            dark = abs(value) > 0.6 * scale
            ax.text(
                column,
                row,
                format(value, fmt).replace("-", "\N{MINUS SIGN}"),
                ha="center",
                va="center",
                fontsize=9,
                color="white" if dark else "black",
            )
    H, W = grid.shape
    ax.set_xticks(np.arange(-0.5, W), [])
    ax.set_yticks(np.arange(-0.5, H), [])
    ax.grid(visible=True, color="#bbbbbb", linewidth=0.6)
    ax.set_axisbelow(False)
    ax.tick_params(length=0)
    return drawn


def draw_signal(
    ax: Axes,
    y: Sequence[float] | npt.NDArray[np.floating],
    colour: str,
    label: str,
    start: int = 0,
) -> None:
    """
    Draw a short sequence as stems, one at each integer.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    y : sequence of float
        The samples.
    colour : str
        One of ``INPUT``, ``KERNEL``, ``OUTPUT`` or any colour.
    label : str
        Name in the legend.
    start : int, default 0
        Index of the first sample.
    """
    t = start + np.arange(len(y))
    ax.vlines(t, 0, y, color=colour, linewidth=2)
    ax.plot(t, y, "o", color=colour, label=label)
    ax.axhline(0, color="black", linewidth=0.8)


def _frame(ax: Axes, title: str) -> None:
    ax.set_title(title)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.grid(visible=False)
    for side in ax.spines.values():
        side.set_visible(False)
