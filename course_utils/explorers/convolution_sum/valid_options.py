"""Which options of ConvolutionSumExplorer are valid, each by itself and together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from course_utils.explorers.shared.option_readers import one_of

if TYPE_CHECKING:
    from course_utils.explorers.convolution_sum.state import SumState

LONGEST_SIGNAL = 24  # the page shows every sample
LONGEST_KERNEL = 9
Operation = Literal["convolution", "correlation"]
Mode = Literal["full", "same", "valid"]
READERS = {"operation": one_of(get_args(Operation)), "mode": one_of(get_args(Mode))}


def problem(state: SumState) -> str:
    """Say why the parts of a state do not go together; empty where they do."""
    if state.mode == "valid" and state.w_size > state.x_size:
        return (
            f'"valid" keeps only complete overlaps, and a kernel of {state.w_size} '
            f"never fits into a signal of {state.x_size}"
        )
    return ""


def choices(state: SumState) -> dict[str, list[Any]]:
    """Values that each control may take while the others stay."""

    def fits(**part: Any) -> bool:
        return not problem(replace(state, **part))

    return {
        "mode": [m for m in get_args(Mode) if fits(mode=m)],
        "x_size": [n for n in range(1, LONGEST_SIGNAL + 1) if fits(x=np.zeros(n))],
        "w_size": [n for n in range(1, LONGEST_KERNEL + 1) if fits(w=np.zeros(n))],
    }
