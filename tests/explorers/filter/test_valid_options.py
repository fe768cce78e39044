"""What FilterExplorer's page offers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.explorers.filter.state import FilterState, with_changes
from course_utils.explorers.filter.valid_options import choices

IMAGE, KERNEL = np.ones((9, 12)), np.ones((3, 2))


def start(**parts: Any) -> FilterState:
    return with_changes(FilterState(IMAGE, KERNEL), parts)


@pytest.mark.parametrize("padding", [1, 9, 10])  # of 9 rows: 9 is too much to reflect
def test_choices_are_exactly_what_is_accepted(padding: int) -> None:
    state = start(padding=padding)
    offered = choices(state)
    for name, candidates in (
        ("stride", range(-1, 12)),
        ("padding", [*range(-1, 20), "same"]),
        ("dilation", range(-1, 20)),
        ("padding_mode", ["zeros", "reflect", "replicate", "circular", "wrap"]),
    ):
        accepted = []
        for value in candidates:
            try:
                with_changes(state, {name: value})
            except ValueError:
                continue
            accepted.append(value)
        assert offered[name] == accepted, name
    for axis, name in enumerate(("rows", "columns")):
        accepted = []
        for side in range(14):
            size = [*state.kernel.shape]
            size[axis] = side
            try:
                with_changes(state, {"kernel_size": size})
            except ValueError:
                continue
            accepted.append(side)
        assert offered[name] == accepted, name


def test_same_is_offered_at_stride_one_only() -> None:
    assert "same" in choices(start())["padding"]
    assert "same" not in choices(start(stride=2))["padding"]
    assert choices(start(padding="same"))["stride"] == [1]
