"""What FilterExplorer puts around a picture: how wide, with what, and how much there is to give."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, cast

import numpy as np

from course_utils import ops
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.option_readers import Pair

Padding = int | Literal["same"]
Borders = tuple[Pair, Pair]  # before and after: rows, then columns


class PaddingMode(NamedTuple):
    """One of torch.nn.Conv2d's padding modes: NumPy's name for it, and what limits it.

    Of n rows it can give n − ``spared``, because it ``takes`` them from the picture.
    """

    in_numpy: str
    takes: str = ""
    spared: int = 0


PADDING_MODES: dict[str, PaddingMode] = {
    "zeros": PaddingMode("constant"),
    "reflect": PaddingMode("reflect", "mirrors the picture about its edge", 1),
    "replicate": PaddingMode("edge"),
    "circular": PaddingMode("wrap", "repeats the picture once"),
}


def borders(padding: Padding, kernel_size: Pair, dilation: int) -> Borders:
    """Cells added before and after, along the rows and along the columns."""
    if padding == "same":
        rows, columns = (ops.same_padding(side, dilation) for side in kernel_size)
        return rows, columns
    return (padding, padding), (padding, padding)


def padded(image: Array, around: Borders, mode: str) -> Array:
    """The picture with its borders."""
    return np.pad(image, around, mode=cast(Any, PADDING_MODES[mode].in_numpy))


def padding_problem(mode: str, around: Pair, have: int, axis: str) -> str:
    """Say why a mode cannot give so many rows or columns; empty where it can."""
    chosen = PADDING_MODES[mode]
    most = have - chosen.spared
    if not chosen.takes or max(around) <= most:
        return ""
    return (
        f"{mode} padding {chosen.takes}, so it has at most {most} {axis} to give, not {max(around)}"
    )
