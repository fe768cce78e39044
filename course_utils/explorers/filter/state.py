"""The state of FilterExplorer, and how a change leads from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course_utils import ops
from course_utils.explorers.filter import presets
from course_utils.explorers.filter.padding import Borders, Padding, borders
from course_utils.explorers.filter.pictures import PICTURES, grey_picture
from course_utils.explorers.filter.valid_options import READERS, kernel_size, problem
from course_utils.explorers.shared.arrays import Array, numbers
from course_utils.explorers.shared.option_readers import Pair, named, place_in, read

CUSTOM = "custom"  # a kernel that is no preset
OWN = "your array"  # a picture that is not one of ours


@dataclass(frozen=True, eq=False)
class FilterState:
    """
    Everything that FilterExplorer shows, as one value.

    What it opens with is declared in ``explorer.py``; the defaults here are a blank start.
    ``focus`` is the row and column of the output value that is looked at.
    """

    image: Array
    kernel: Array
    preset: str = CUSTOM
    stride: int = 1
    padding: Padding = 0
    dilation: int = 1
    padding_mode: str = "zeros"
    flip: bool = False
    focus: Pair = (0, 0)
    pinned: bool = False
    picture: str = OWN

    @property
    def kernel_size(self) -> Pair:
        """Rows and columns of the kernel."""
        return self.kernel.shape[0], self.kernel.shape[1]

    @property
    def borders(self) -> Borders:
        """Cells added before and after, along the rows and along the columns."""
        return borders(self.padding, self.kernel_size, self.dilation)

    @property
    def output_shape(self) -> Pair:
        """Rows and columns of the output."""
        rows, columns = (
            ops.output_size(n + sum(around), f, stride=self.stride, dilation=self.dilation)
            for n, f, around in zip(self.image.shape, self.kernel_size, self.borders, strict=True)
        )
        return rows, columns


def with_changes(state: FilterState, changes: Mapping[str, Any]) -> FilterState:
    """Apply changes to a state; a preset comes before the size, the size before the weights."""
    new = replace(state, **_picture(state, changes))
    new = _with_kernel(new, changes)
    new = replace(new, **read(READERS, changes))
    reason = problem(new)
    if reason:
        raise ValueError(reason)
    focus = changes.get("focus", new.focus)
    return replace(new, focus=place_in(new.output_shape)("focus", focus))


def _picture(state: FilterState, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The picture that is given, uploaded or asked for by name, and what it is called."""
    name = changes.get("picture")
    if "image" in changes:
        return {"image": grey_picture(changes["image"]), "picture": str(name or OWN)}
    if changes.get("upload"):
        try:
            grey = np.frombuffer(changes["upload"], dtype=np.uint8).reshape(changes["upload_size"])
        except (KeyError, TypeError, ValueError):
            raise ValueError("the uploaded picture is damaged: its size does not fit") from None
        return {"image": grey_picture(grey), "picture": str(name or OWN)}
    if "picture" not in changes or name == state.picture:
        return {}
    made = PICTURES[named(name, PICTURES, "picture")].make()
    return {"image": numbers(made, "image", 2), "picture": name}


def _with_kernel(state: FilterState, changes: Mapping[str, Any]) -> FilterState:
    new = state
    if "preset" in changes and changes["preset"] != CUSTOM:
        made = presets.preset(changes["preset"])
        new = replace(new, kernel=numbers(made, "kernel", 2), preset=changes["preset"])
    if "kernel_size" in changes:
        size = kernel_size(changes["kernel_size"])
        chosen = presets.PRESETS.get(new.preset)
        if size != new.kernel_size:
            kept = chosen is not None and chosen.resizable
            made = chosen.make(*size) if chosen and kept else presets.resize(new.kernel, *size)
            name = new.preset if kept else CUSTOM
            new = replace(new, kernel=numbers(made, "kernel", 2), preset=name)
    if "kernel" in changes:
        typed = numbers(changes["kernel"], "kernel", 2)
        kernel_size(typed.shape)
        if not np.array_equal(typed, new.kernel):
            new = replace(new, kernel=typed, preset=CUSTOM)
    return new
