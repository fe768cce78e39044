"""Receptive fields: the known networks, the trace, and the effective field against PyTorch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from course_utils import ops
from course_utils.explorers.receptive_field.average_field import spread
from course_utils.explorers.receptive_field.explain import Window, explain
from course_utils.explorers.receptive_field.networks import NETWORKS, own_layers, sides
from course_utils.explorers.receptive_field.state import ReceptiveFieldState, with_changes
from tests.explorers.receptive_field.random_rows import random_rows

START = ReceptiveFieldState()


@pytest.mark.parametrize(
    ("name", "size", "last"), [("LeNet-5", 16, 5), ("AlexNet", 195, 6), ("VGG-16", 212, 7),
                               ("ResNet-18", 435, 7)],
)  # fmt: skip
def test_published_sizes(name: str, size: int, last: int) -> None:
    side, layers = NETWORKS[name]
    found = explain(with_changes(START, {"network": name}) if name != "VGG-16"
                    else with_changes(START, {"layer": "pool5"}))  # fmt: skip
    assert found.fields[-1].size == size
    assert sides(layers, side)[-1] == last
    assert found.box.bottom - found.box.top + 1 == size


def reached(rows: list[Any], side: int, unit: tuple[int, int]) -> np.ndarray[Any, Any]:
    """Number of paths from every pixel to a unit, by autograd on weights of one."""
    x = torch.zeros(1, 1, side, side, dtype=torch.float64, requires_grad=True)
    y = x
    for F, S, P, d in rows:
        weight = torch.ones(1, 1, F, F, dtype=torch.float64)
        y = functional.conv2d(y, weight, None, S, P, d)
    torch.autograd.backward(y[0, 0, unit[0], unit[1]])
    assert x.grad is not None
    return x.grad[0, 0].numpy()


@pytest.mark.parametrize("seed", range(12))
def test_box_windows_and_average_are_autograds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows, side = random_rows(rng)
    last = sides(own_layers(rows), side)[-1]
    unit = (int(rng.integers(last)), int(rng.integers(last)))
    state = with_changes(START, {"rows": rows, "side": side, "layer": len(rows), "unit": unit})
    found = explain(state)
    paths = reached(rows, side, unit)
    share = paths / np.prod([row[0] ** 2 for row in rows])
    np.testing.assert_allclose(spread(state.layers, side, unit), share, atol=1e-15)
    top, bottom, left, right = found.box
    lit = np.argwhere(paths > 0)
    if len(lit) and min(top, left) >= 0 and max(bottom, right) < side:
        assert lit.min(0).tolist() == [top, left]
        assert lit.max(0).tolist() == [bottom, right]
    outside = paths.copy()
    outside[max(top, 0) : max(bottom + 1, 0), max(left, 0) : max(right + 1, 0)] = 0
    assert not outside.any()
    # what it sees of each map is what the rows above that map see
    for n in range(len(rows)):
        size, jump, offset = ops.receptive_field(rows[n:])[-1]
        first = offset + unit[0] * jump
        assert found.windows[n][:2] == (first, first + size - 1)


def test_the_middle_that_holds_nine_tenths() -> None:
    state = with_changes(START, {"rows": [(3, 1, 1)] * 6, "side": 33, "unit": (16, 16)})
    found = explain(state)
    size, inner = found.fields[-1].size, found.centre_side
    squares = found.heat**2
    held = [
        squares[16 - k : 17 + k, 16 - k : 17 + k].sum() / squares.sum()
        for k in (inner // 2, inner // 2 - 1)
    ]
    assert size == 13
    assert inner % 2 == 1
    assert held[0] >= 0.9 > held[1]
    # one even field: the squares grow by a pixel on every side
    even = explain(with_changes(START, {"rows": [(4, 1)], "side": 16, "unit": (5, 5)}))
    assert even.centre_side == 4


def test_a_unit_that_sees_only_padding() -> None:
    state = with_changes(START, {"rows": [(1, 1, 4, 1)], "side": 16, "unit": (0, 0)})
    found = explain(state)
    assert found.box == Window(-4, -4, -4, -4)
    assert found.heat.max() == 0
    assert found.centre_side == 0


def test_the_equations_hold() -> None:
    found = explain(with_changes(START, {"network": "AlexNet", "layer": "conv2", "unit": (0, 9)}))
    assert found.size_equation == "r = 19 + 1 · (5 − 1) · 8 = 51"
    assert found.first_equations == (
        "first row = −18 + 0 · 8 = −18, first column = −18 + 9 · 8 = 54"
    )
