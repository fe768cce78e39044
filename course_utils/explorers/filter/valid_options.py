"""Which options of FilterExplorer are valid, each by itself and together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils.explorers.filter.padding import PADDING_MODES, Padding, padding_problem
from course_utils.explorers.shared.option_readers import (
    Pair,
    Reader,
    one_of,
    short,
    switch,
    whole,
)
from course_utils.explorers.shared.windows import span

if TYPE_CHECKING:
    from course_utils.explorers.filter.state import FilterState

LARGEST_KERNEL = 11  # the page shows every weight
STRIDES = range(1, 9)
PADDINGS = range(17)
DILATIONS = range(1, 17)


def _padding(name: str, value: Any) -> Padding:
    if isinstance(value, str) and value == "same":
        return "same"
    padding: int = whole(PADDINGS[0], PADDINGS[-1], 'or "same"')(name, value)
    return padding


READERS: dict[str, Reader] = {
    "stride": whole(STRIDES[0], STRIDES[-1]),
    "padding": _padding,
    "dilation": whole(DILATIONS[0], DILATIONS[-1]),
    "padding_mode": one_of(PADDING_MODES),
    "flip": switch,
    "pinned": switch,
}


def kernel_size(value: Any) -> Pair:
    """Read rows and columns of a kernel."""
    try:
        rows, columns = value
    except (TypeError, ValueError):
        raise ValueError(f"kernel_size must be rows and columns, not {short(value)}") from None
    side = whole(1, LARGEST_KERNEL)
    return side("rows of the kernel", rows), side("columns of the kernel", columns)


def problem(state: FilterState) -> str:
    """Say why the parts of a state do not go together; empty where they do."""
    if state.padding == "same" and state.stride != 1:
        return (
            f'padding="same" keeps the size only at stride 1, and the stride is {state.stride}; '
            "PyTorch refuses it too: give the padding as a number"
        )
    for axis, name in enumerate(("rows", "columns")):
        side, have, around = state.kernel_size[axis], state.image.shape[axis], state.borders[axis]
        reason = padding_problem(state.padding_mode, around, have, name)
        if reason:
            return reason
        total, covered = have + sum(around), span(side, state.dilation)
        if covered > total:
            dilated = f"with dilation {state.dilation} " if state.dilation > 1 else ""
            return (
                f"{dilated}the {side} {name} of the kernel span {covered} cells, "
                f"but the padded picture has only {total} {name}"
            )
    return ""


def choices(state: FilterState) -> dict[str, list[Any]]:
    """Values that each control may take while the others stay; the page offers no others."""
    rows, columns = state.kernel_size
    sides = range(1, LARGEST_KERNEL + 1)

    def fits(**part: Any) -> bool:
        return not problem(replace(state, **part))

    return {
        "stride": [s for s in STRIDES if fits(stride=s)],
        "padding": [p for p in (*PADDINGS, "same") if fits(padding=p)],
        "dilation": [d for d in DILATIONS if fits(dilation=d)],
        "padding_mode": [m for m in PADDING_MODES if fits(padding_mode=m)],
        "rows": [r for r in sides if fits(kernel=np.zeros((r, columns)))],
        "columns": [c for c in sides if fits(kernel=np.zeros((rows, c)))],
    }
