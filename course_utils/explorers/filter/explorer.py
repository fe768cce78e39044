"""FilterExplorer: a picture, a filter, and the sum under every pixel of the output."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets

from course_utils.explorers.base import Explorer
from course_utils.explorers.filter.explain import Filtered, explain
from course_utils.explorers.filter.padding import PADDING_MODES, Padding
from course_utils.explorers.filter.pictures import PICTURES
from course_utils.explorers.filter.presets import PRESETS
from course_utils.explorers.filter.snapshot import draw_snapshot, output_scale
from course_utils.explorers.filter.state import FilterState, with_changes
from course_utils.explorers.filter.valid_options import choices
from course_utils.explorers.options import ArrayOption, option
from course_utils.explorers.shared import colours
from course_utils.explorers.shared.arrays import Array, wire
from course_utils.explorers.shared.number_text import by, rounded
from course_utils.explorers.shared.option_readers import Pair


class FilterExplorer(Explorer[FilterState, Filtered]):
    """
    Slide a filter over a picture and see where each number of the output comes from.

    In the page: type or drag the weights, choose a preset, a picture or a file of your own; point
    at a pixel, or move with the arrow keys, to see window × kernel = sum; click to pin; play.
    In Python: set the inputs below, read `output` and `explain`.

    Examples
    --------
    >>> explorer = FilterExplorer(picture="steps", kernel=[[1, 0, -1]], focus=(0, 1))
    >>> explorer.output[0, 1], explorer.explain().products.tolist()
    (np.float64(1.0), [[1.0, 0.0, -0.0]])
    >>> explorer.stride = 2
    >>> explorer.output.shape
    (3, 3)
    """

    image: ArrayOption = option(
        default=None,
        ndim=2,
        kw_only=False,
        sync=False,
        doc="Picture (H, W), or colour (H, W, 3) or (3, H, W), which becomes grey; at most 512 "
        "a side.",
    )
    kernel: ArrayOption = option(
        default=None,
        ndim=2,
        kw_only=False,
        fact=True,
        doc="Weights (kH, kW), at most 11 a side.",
    )
    picture: str = option(
        default="camera", doc=f"A picture by name instead: {', '.join(PICTURES)}."
    )
    upload: bytes = option(default=b"", init=False, fact=False, doc="A picture from the page.")
    upload_size: Pair = option(default=(0, 0), init=False, fact=False, doc="Its rows and columns.")
    preset: str = option(default="sobel_x", doc=f"A filter by name instead: {', '.join(PRESETS)}.")
    kernel_size: Pair = option(default=None, fact=False, doc="Rows and columns of the kernel.")
    stride: int = option(default=1, doc="As in PyTorch, from 1 to 8.")
    padding: Padding = option(default=0, doc="As in PyTorch, at most 16.")
    dilation: int = option(default=1, doc="As in PyTorch, from 1 to 16.")
    padding_mode: str = option(
        default="zeros", doc=f"As in ``torch.nn.Conv2d``: {', '.join(PADDING_MODES)}."
    )
    flip: bool = option(
        default=False,
        doc="True for the convolution of mathematics; False, as in PyTorch, for correlation.",
    )
    focus: Pair = option(
        default=(24, 36),
        light=True,
        doc="Row and column of the output value that is looked at; kept inside the output.",
    )
    pinned: bool = option(
        default=False, light=True, doc="Whether the focus stays when the pointer moves."
    )

    padded_bytes = traitlets.Bytes(b"").tag(sync=True)
    output_bytes = traitlets.Bytes(b"").tag(sync=True)

    _next = staticmethod(with_changes)
    _explain = staticmethod(explain)
    _draw = staticmethod(draw_snapshot)
    _found_facts = "before used torch_line sizes"

    @property
    def output(self) -> Array:
        """What the filter makes of the picture (M, M')."""
        return self.explain().output

    def _start(self) -> FilterState:
        return FilterState(np.zeros((1, 1)), np.zeros((1, 1)))

    def _bytes(self) -> dict[str, Any]:
        found = self.explain()
        return {
            "padded_bytes": wire(found.padded),
            "output_bytes": wire(found.output),
            "upload": b"",  # taken, or none came; the same file may come again
            "upload_size": (0, 0),
        }

    def _facts(self) -> dict[str, Any]:
        state, found = self.state, self.explain()
        return {
            "pictures": {name: made.label for name, made in PICTURES.items()},
            "image_shape": state.image.shape,
            "padded_shape": found.padded.shape,
            "output_shape": found.output.shape,
            "presets": {name: made.label for name, made in PRESETS.items()},
            "padding_modes": list(PADDING_MODES),
            "choices": choices(state),
            "input_scale": colours.scale_of(found.padded).plain(),
            "output_scale": output_scale(state, found).plain(),
        }

    def _words(self) -> list[str]:
        state, found = self.state, self.explain()
        low, high = rounded(found.output.min()), rounded(found.output.max())
        weights = "; ".join(" ".join(map(rounded, row)) for row in state.kernel)
        operation = "true convolution" if state.flip else "correlation"
        return [
            f"FilterExplorer: {state.picture} {by(state.image.shape)}, "
            f"{state.preset} kernel {by(state.kernel_size)}, {operation}",
            f"kernel: {weights}",
            f"output {by(found.output.shape)} from {low} to {high}; "
            f"y[{state.focus[0]}, {state.focus[1]}] = {rounded(found.total)}",
            found.torch_line,
        ]
