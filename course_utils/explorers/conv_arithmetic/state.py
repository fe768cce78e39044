"""The state of ConvArithmeticExplorer, and how a change leads from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from course_utils.explorers.conv_arithmetic.sizes import Sizes, other_way, output_shape
from course_utils.explorers.conv_arithmetic.valid_options import RANGES, problem
from course_utils.explorers.shared.arrays import Array, numbers
from course_utils.explorers.shared.option_readers import Pair, pair, place_in, read, switch
from course_utils.explorers.shared.small_maps import CUSTOM, MAPS, WEIGHTS, next_map

READERS = {name: pair(allowed) for name, allowed in RANGES.items()}


@dataclass(frozen=True, eq=False)
class ConvArithmeticState:
    """
    Everything that ConvArithmeticExplorer shows, as one value.

    What it opens with is declared in ``explorer.py``; the defaults here are a blank start.
    ``focus`` is the row and column of the output value that is looked at.
    """

    sizes: Sizes = field(default_factory=Sizes)
    x: Array = field(default_factory=lambda: np.zeros((8, 9)))
    w: Array = field(default_factory=lambda: np.ones((3, 3)))
    x_preset: str = CUSTOM
    w_preset: str = CUSTOM
    focus: Pair = (0, 0)


def with_changes(state: ConvArithmeticState, changes: Mapping[str, Any]) -> ConvArithmeticState:
    """Apply changes to a state.

    ``transposed`` turns around: what came out becomes what goes in, and the output padding becomes
    the remainder of the division, unless they are given too.
    """
    sizes = state.sizes
    if switch("transposed", changes.get("transposed", sizes.transposed)) != sizes.transposed:
        sizes = other_way(sizes)
    asked = read(READERS, changes)
    for letter, name in (("x", "input_size"), ("w", "kernel_size")):
        if letter in changes:
            shape = numbers(changes[letter], letter, 2).shape
            asked[name] = READERS[name](f"the shape of {letter}", shape)
    sizes = replace(sizes, **asked)
    READERS["input_size"]("the size of what would go in", sizes.input_size)
    reason = problem(sizes)
    if reason:
        raise ValueError(reason)
    x, x_preset = next_map("x", changes, sizes.input_size, state.x, state.x_preset, MAPS)
    w, w_preset = next_map("w", changes, sizes.kernel_size, state.w, state.w_preset, WEIGHTS)
    focus = place_in(output_shape(sizes))("focus", changes.get("focus", state.focus))
    return ConvArithmeticState(sizes, x, w, x_preset, w_preset, focus)
