"""The state of PoolExplorer, and how a change leads from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from course_utils import ops
from course_utils.explorers.pool.valid_options import RANGES, READERS, Kind, Ties, problem
from course_utils.explorers.shared.arrays import Array, numbers
from course_utils.explorers.shared.option_readers import Pair, pair, place_in, read
from course_utils.explorers.shared.small_maps import CUSTOM, GRADIENTS, MAPS, next_map


@dataclass(frozen=True, eq=False)
class PoolState:
    """
    Everything that PoolExplorer shows, as one value.

    What it opens with is declared in ``explorer.py``; the defaults here are a blank start.
    ``shift`` moves the input around in a circle before it is pooled; ``g`` is the upstream
    gradient; ``focus`` the row and column of the output value that is looked at.
    """

    x: Array = field(default_factory=lambda: np.zeros((6, 6)))
    g: Array = field(default_factory=lambda: np.ones((3, 3)))
    x_preset: str = CUSTOM
    g_preset: str = CUSTOM
    kind: Kind = "max"
    p: int = 2
    kernel_size: Pair = (2, 2)
    stride: Pair = (2, 2)
    padding: Pair = (0, 0)
    count_include_pad: bool = True
    ties: Ties = "first"
    shift: Pair = (0, 0)
    backward: bool = True
    focus: Pair = (0, 0)

    @property
    def input_size(self) -> Pair:
        """Rows and columns of the input."""
        return self.x.shape[0], self.x.shape[1]

    @property
    def output_shape(self) -> Pair:
        """Rows and columns of the output."""
        rows, columns = map(
            ops.output_size, self.input_size, self.kernel_size, self.stride, self.padding
        )
        return rows, columns


def with_changes(state: PoolState, changes: Mapping[str, Any]) -> PoolState:
    """Apply changes to a state."""
    new = replace(state, **read(READERS, changes))
    size_of = pair(RANGES["input_size"])
    size = size_of("input_size", changes.get("input_size", new.input_size))
    if "x" in changes:
        size_of("the shape of x", numbers(changes["x"], "x", 2).shape)
    x, name = next_map("x", changes, size, new.x, new.x_preset, MAPS)
    new = replace(new, x=x, x_preset=name)
    reason = problem(new.input_size, new.kernel_size, new.padding)
    if reason:
        raise ValueError(reason)
    shape = new.output_shape
    if "g" in changes:
        given = numbers(changes["g"], "g", 2).shape
        if given != shape:
            raise ValueError(f"g must be as large as the output, {shape}, not {given}")
    g, name = next_map("g", changes, shape, new.g, new.g_preset, GRADIENTS)
    focus = place_in(shape)("focus", changes.get("focus", new.focus))
    return replace(new, g=g, g_preset=name, focus=focus)
