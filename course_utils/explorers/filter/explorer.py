"""FilterExplorer: a picture, a filter, and the sum under every pixel of the output."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils.explorers.base import Explorer
from course_utils.explorers.filter import pictures as photographs
from course_utils.explorers.filter import presets as kernels
from course_utils.explorers.filter.state import (
    PADDING_MODES,
    Filtered,
    FilterState,
    Padding,
    choices,
    explain,
    span,
    with_changes,
)
from course_utils.explorers.shared import colours
from course_utils.explorers.shared.arrays import Array, ArrayTrait, numbers, wire
from course_utils.explorers.shared.bundle import bundle, styles
from course_utils.plotting import INPUT, KERNEL, OUTPUT


class FilterExplorer(Explorer[FilterState]):
    """
    Slide a filter over a picture and see where each number of the output comes from.

    In the page: type or drag the weights, choose a preset, a picture or a file of your own; point
    at a pixel, or move with the arrow keys, to see window × kernel = sum; click to pin; play.
    In Python: set the inputs below, read `output` and `explain`.

    Parameters
    ----------
    image : array_like, optional
        Picture (H, W), or colour (H, W, 3) or (3, H, W), which becomes grey; at most 512 a side.
    kernel : array_like, optional
        Weights (kH, kW), at most 11 a side.
    picture : str, optional
        A picture by name: camera, coins, brick, stripes, edge, spot, steps.
    preset : str, optional
        A filter by name; see ``course_utils.explorers.filter.presets.PRESETS``.
    kernel_size : tuple of int, optional
        Rows and columns of the kernel.
    stride : int, optional
        As in PyTorch, from 1 to 8.
    padding : int or "same", optional
        As in PyTorch, at most 16.
    dilation : int, optional
        As in PyTorch, from 1 to 16.
    padding_mode : str, optional
        zeros, reflect, replicate or circular, as in ``torch.nn.Conv2d``.
    flip : bool, optional
        True for the convolution of mathematics; False, as in PyTorch, for correlation.
    focus : tuple of int, optional
        Row and column of the output value that is looked at; kept inside the output.
    pinned : bool, optional
        Whether the focus stays when the pointer moves.

    Raises
    ------
    ValueError
        If the inputs do not go together; the message says why, and the state stays as it was.

    Examples
    --------
    >>> explorer = FilterExplorer(picture="steps", kernel=[[1, 0, -1]], focus=(0, 1))
    >>> explorer.output[0, 1], explorer.explain().products.tolist()
    (np.float64(1.0), [[1.0, 0.0, -0.0]])
    >>> explorer.stride = 2
    >>> explorer.output.shape
    (3, 3)
    """

    def __init__(
        self,
        image: Any = None,
        kernel: Any = None,
        *,
        picture: str | None = None,
        preset: str | None = None,
        kernel_size: tuple[int, int] | None = None,
        stride: int | None = None,
        padding: Padding | None = None,
        dilation: int | None = None,
        padding_mode: str | None = None,
        flip: bool | None = None,
        focus: tuple[int, int] | None = None,
        pinned: bool | None = None,
    ) -> None:
        super().__init__(
            image=image,
            kernel=kernel,
            picture=picture,
            preset=preset,
            kernel_size=kernel_size,
            stride=stride,
            padding=padding,
            dilation=dilation,
            padding_mode=padding_mode,
            flip=flip,
            focus=focus,
            pinned=pinned,
        )

    inputs = (
        "image",
        "picture",
        "upload",
        "upload_size",
        "kernel",
        "preset",
        "kernel_size",
        "stride",
        "padding",
        "dilation",
        "padding_mode",
        "flip",
        "focus",
        "pinned",
    )
    light = frozenset({"focus", "pinned"})

    _esm = bundle("filter/page.js")
    _css = styles("shared/view.css", "shared/number_grids.css", "filter/page.css")

    image = ArrayTrait(2, sync=False)
    kernel = ArrayTrait(2)
    picture = traitlets.Unicode("camera").tag(sync=True)
    upload = traitlets.Bytes(b"").tag(
        sync=True,  # what arrives from the page is a view of the message's memory
        from_json=lambda value, widget: bytes(value) if isinstance(value, memoryview) else value,
    )
    upload_size = traitlets.Tuple(default_value=(0, 0)).tag(sync=True)
    preset = traitlets.Unicode("sobel_x").tag(sync=True)
    kernel_size = traitlets.Tuple(default_value=(3, 3)).tag(sync=True)
    stride = traitlets.Any(1).tag(sync=True)
    padding = traitlets.Any(0).tag(sync=True)
    dilation = traitlets.Any(1).tag(sync=True)
    padding_mode = traitlets.Unicode("zeros").tag(sync=True)
    flip = traitlets.Bool(False).tag(sync=True)
    focus = traitlets.Tuple(default_value=(0, 0)).tag(sync=True)
    pinned = traitlets.Bool(False).tag(sync=True)

    padded_bytes = traitlets.Bytes(b"").tag(sync=True)
    output_bytes = traitlets.Bytes(b"").tag(sync=True)

    @property
    def output(self) -> Array:
        """
        What the filter makes of the picture.

        Returns
        -------
        numpy.ndarray
            Rows and columns of the output.
        """
        return explain(self.state).output

    def explain(self) -> Filtered:
        """
        Give the numbers that are shown.

        Returns
        -------
        Filtered
            See `course_utils.explorers.filter.state.explain`.
        """
        return explain(self.state)

    def summary(self) -> str:
        """
        Say in words and rounded numbers what is shown.

        Returns
        -------
        str
            Four lines.
        """
        state, found = self.state, explain(self.state)
        low, high = float(found.output.min()), float(found.output.max())
        weights = "; ".join(" ".join(_number(v) for v in row) for row in state.kernel)
        operation = "true convolution" if state.flip else "correlation"
        return "\n".join(
            [
                f"FilterExplorer: {state.picture} {_size(state.image)}, "
                f"{state.preset} kernel {_size(state.kernel)}, {operation}",
                f"kernel: {weights}",
                f"output {_size(found.output)} from {_number(low)} to {_number(high)}; "
                f"y[{state.focus[0]}, {state.focus[1]}] = {_number(found.total)}",
                found.torch_line,
            ]
        )

    def _begin(self) -> FilterState:
        image = numbers(photographs.PICTURES["camera"][1](), "image", 2)
        kernel = numbers(kernels.preset("sobel_x"), "kernel", 2)
        return FilterState(image, kernel, preset="sobel_x", focus=(24, 36), picture="camera")

    def _next(self, state: FilterState, changes: dict[str, Any]) -> FilterState:
        return with_changes(state, changes)

    def _results(self, state: FilterState) -> dict[str, Any]:
        found = explain(state)
        return {
            "padded_bytes": wire(found.padded),
            "output_bytes": wire(found.output),
            "upload": b"",  # taken, or none came; the same file may come again
            "upload_size": (0, 0),
            "facts": {
                "picture": state.picture,
                "pictures": {name: label for name, (label, _) in photographs.PICTURES.items()},
                "image_shape": state.image.shape,
                "padded_shape": found.padded.shape,
                "output_shape": found.output.shape,
                "before": found.before,
                "kernel": state.kernel.tolist(),
                "used": found.used.tolist(),
                "preset": state.preset,
                "presets": {name: made.label for name, made in kernels.PRESETS.items()},
                "stride": state.stride,
                "padding": state.padding,
                "dilation": state.dilation,
                "padding_mode": state.padding_mode,
                "padding_modes": list(PADDING_MODES),
                "flip": state.flip,
                "choices": choices(state),
                "input_scale": colours.scale_of(found.padded).plain(),
                "output_scale": _output_scale(state, found).plain(),
                "torch_line": found.torch_line,
                "sizes": found.sizes,
            },
        }

    def _draw(self, figure: Figure) -> None:
        state, found = self.state, explain(self.state)
        left, middle, right = figure.subplots(1, 3, width_ratios=[3, 2, 3])
        _show(
            left,
            found.padded,
            f"input x, {_size(state.image)}",
            INPUT,
            colours.scale_of(found.padded),
        )
        largest = float(abs(found.used).max()) or 1.0
        signed = colours.Scale(True, -largest, largest)
        _show(middle, found.used, f"kernel w, {_size(state.kernel)}", KERNEL, signed)
        scale = _output_scale(state, found)
        _show(right, found.output, f"output y, {_size(found.output)}", OUTPUT, scale)
        i, j = state.focus
        high, wide = (span(side, state.dilation) for side in state.kernel.shape)
        _outline(left, i * state.stride, j * state.stride, high, wide)
        _outline(right, i, j, 1, 1)
        right.set_xlabel(f"y[{i}, {j}] = {_number(found.total)}")
        figure.suptitle(found.torch_line, family="monospace", fontsize=9, y=0.02, va="bottom")


def _output_scale(state: FilterState, found: Filtered) -> colours.Scale:
    return colours.scale_of(found.output, at_least=max(1.0, float(state.image.max())))


def _show(axes: Axes, values: Array, title: str, colour: str, scale: colours.Scale) -> None:
    shades = colours.pixels(values, scale)
    axes.imshow(shades, interpolation="nearest")
    side = max(values.shape)
    if side <= 11:
        for (a, b), value in np.ndenumerate(values):
            ink = "black" if shades[a, b].mean() > 120 else "white"
            text = _short(value) if side > 5 else _number(value)
            size = 14 - side * 0.75
            axes.text(b, a, text, ha="center", va="center", fontsize=size, color=ink)
    axes.set_title(title, color=colour, fontsize=11)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_color(colour)


def _outline(axes: Axes, row: int, column: int, height: int, width: int) -> None:
    axes.add_patch(
        Rectangle((column - 0.5, row - 0.5), width, height, fill=False, edgecolor=KERNEL, lw=2)
    )


def _size(values: Array) -> str:
    return f"{values.shape[0]} × {values.shape[1]}"


def _short(value: float) -> str:
    text = f"{value:.2f}".replace("0.", ".") if abs(value) < 1 else f"{value:.3g}"
    return "0" if value == 0 else text


def _number(value: float) -> str:
    return f"{round(value, 3) + 0.0:g}"
