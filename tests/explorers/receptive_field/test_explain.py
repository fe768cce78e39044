"""Receptive fields: the known networks, the trace, and the effective field against PyTorch."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from course_utils import nn, ops
from course_utils.explorers.receptive_field.networks import (
    NETWORKS,
    Layer,
    gradient,
    own_layers,
    passed,
    photograph,
    sides,
    spread,
)
from course_utils.explorers.receptive_field.state import (
    PICTURES,
    START_ROWS,
    ReceptiveFieldState,
    Window,
    choices,
    explain,
    with_changes,
)
from course_utils.nn import models

START = ReceptiveFieldState()


def rows_of(name: str) -> list[tuple[int, int, int, int]]:
    return [layer.row for layer in NETWORKS[name][1]]


@pytest.mark.parametrize(
    ("name", "model"),
    [("LeNet-5", models.lenet5), ("AlexNet", models.alexnet), ("VGG-16", models.vgg16)],
)
def test_the_known_networks_are_those_of_the_course(name: str, model: Any) -> None:
    features = model(rng=None).features
    assert rows_of(name) == nn.receptive_field_rows(features)
    pools = [layer.pool for layer in NETWORKS[name][1]]
    kinds = [
        isinstance(layer, nn.MaxPool2d)
        for layer in features
        if isinstance(layer, nn.Conv2d | nn.MaxPool2d)
    ]
    assert pools == kinds


def test_resnet_18_is_that_of_the_course() -> None:
    net = models.resnet18(rng=None)
    blocks = [b for stage in (net.layer1, net.layer2, net.layer3, net.layer4) for b in stage]
    path: list[nn.Module] = [net.conv1, net.maxpool]
    for block in blocks:
        path += [block.conv1, block.conv2]
    assert rows_of("ResNet-18") == nn.receptive_field_rows(path)
    jumps = [layer.block for layer in NETWORKS["ResNet-18"][1]]
    assert jumps == [0, 0] + [0, 2] * 8


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
    y[0, 0, unit[0], unit[1]].backward()
    assert x.grad is not None
    return x.grad[0, 0].numpy()


def random_rows(rng: np.random.Generator) -> tuple[list[Any], int]:
    while True:
        rows = [
            (int(rng.integers(1, 6)), int(rng.integers(1, 4)), int(rng.integers(0, 3)),
             int(rng.integers(1, 4)))
            for _ in range(rng.integers(1, 5))
        ]  # fmt: skip
        side = int(rng.integers(16, 60))
        try:
            sides(own_layers(rows), side)
        except ValueError:
            continue
        return rows, side


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


def test_a_shortcut_and_its_branch_count_alike() -> None:
    """By hand: one block of two 3 × 3 layers around the identity."""
    block = (Layer("a", 3, 1, 1, 1), Layer("b", 3, 1, 1, 1, block=2))
    plain = own_layers([layer.row for layer in block])
    straight = np.zeros((9, 9))
    straight[4, 4] = 1
    expected = (spread(plain, 9, (4, 4)) + straight) / 2
    np.testing.assert_allclose(spread(block, 9, (4, 4)), expected, atol=1e-15)


@pytest.mark.parametrize("name", list(NETWORKS))
def test_one_network_is_autograds(name: str) -> None:
    side, layers = NETWORKS[name]
    heights = sides(layers, side)
    unit = (heights[-1] // 2, heights[-1] // 3)
    through = passed(layers, side, "coffee", 3)
    ours = gradient(layers, side, unit, through)

    start = torch.from_numpy(through.inputs[0]).requires_grad_()
    maps = [start]
    for n, layer in enumerate(layers):
        F, S, P, d = layer.row
        if layer.pool:
            maps.append(functional.max_pool2d(maps[-1], F, S, P, d))
            continue
        y = functional.conv2d(maps[-1], torch.from_numpy(through.weights[n]), None, S, P, d)
        if layer.block:
            before = maps[n + 1 - layer.block]
            if n in through.shortcuts:
                stride = before.shape[-1] // y.shape[-1]
                matrix = torch.from_numpy(through.shortcuts[n])
                before = functional.conv2d(before, matrix, stride=stride)
            y = y + before
        maps.append(y if n == len(layers) - 1 else y.relu())
    total = torch.zeros(side, side, dtype=torch.float64)
    for channel in range(maps[-1].shape[1]):
        (part,) = torch.autograd.grad(
            maps[-1][0, channel, unit[0], unit[1]], start, retain_graph=True
        )
        total += (part[0].double() ** 2).sum(0)
    np.testing.assert_allclose(ours, total.sqrt().numpy(), rtol=1e-4, atol=1e-5 * ours.max())


def test_the_average_is_the_mean_over_random_networks() -> None:
    """Linear layers: the mean of squared gradients over many draws of the weights."""
    rows, side, unit = [(3, 2, 1, 1), (3, 1, 1, 2)], 16, (4, 3)
    make = torch.Generator().manual_seed(0)
    draws = 20_000
    x = torch.zeros(1, draws, side, side, dtype=torch.float64, requires_grad=True)
    y = x
    for F, S, P, d in rows:
        weight = torch.randn(draws, 1, F, F, dtype=torch.float64, generator=make) / F
        y = functional.conv2d(y, weight, None, S, P, d, groups=draws)
    y[0, :, unit[0], unit[1]].sum().backward()
    assert x.grad is not None
    mean = (x.grad[0] ** 2).mean(0).numpy()
    expected = spread(own_layers(rows), side, unit)
    assert np.abs(mean - expected).max() < 0.1 * expected.max()
    assert ((mean > 0) == (expected > 0)).all()


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


def test_changes_of_network_rows_and_layer() -> None:
    alex = with_changes(START, {"network": "AlexNet"})
    assert (alex.layer, alex.unit, alex.rows) == (8, (3, 3), ())
    first = with_changes(alex, {"layer": "conv1"})
    # the unit whose field has its middle nearest to the old one's
    before, after = explain(alex).box, explain(first).box
    assert abs((before.top + before.bottom) - (after.top + after.bottom)) <= 4
    own = with_changes(first, {"network": "custom"})
    assert own.rows == START_ROWS
    assert own.side == 64
    assert own.layer == 4
    more = with_changes(own, {"rows": [*own.rows, (3,)]})
    assert more.layer == 5
    assert more.rows[-1] == (3, 1, 0, 1)
    fewer = with_changes(replace(more, layer=2), {"rows": more.rows[:-1]})
    assert fewer.layer == 2
    assert with_changes(own, {"rows": [5]}).rows == ((5, 1, 0, 1),)
    assert with_changes(alex, {"unit": (99, -1)}).unit == (5, 0)
    assert with_changes(alex, {"traced": 99}).traced == 8


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"network": "VGG"}, "network must be one of LeNet-5, AlexNet"),
        ({"layer": 19}, "layer must be a whole number from 1 to 18, not 19"),
        ({"layer": "conv9"}, "layer must be one of conv1_1"),
        ({"rows": []}, "rows must have from 1 to 10 layers, not 0"),
        ({"rows": "33"}, "rows must be a list"),
        ({"rows": [(3, 1, 1, 1, 1)]}, r"layer 1 must be F or \(F, S, P, d\)"),
        ({"rows": [(3, 0)]}, "stride of layer 1 must be a whole number from 1 to 4, not 0"),
        ({"rows": [3, (3.5,)]}, "kernel of layer 2 must be a whole number"),
        ({"rows": [(11, 4), (11, 4), 3], "side": 16},
         "the window of layer 2, 11, does not fit into 2 and 0 of padding on both sides"),
        ({"rows": [(9, 1, 0, 8)]},
         r"the window of layer 1, 65 \(9 at dilation 8\), does not fit into 64"),
        ({"side": 8}, "side must be a whole number from 16 to 256"),
        ({"unit": 3}, "unit must be a row and a column, not 3"),
        ({"unit": (1, 2, 3)}, "unit must be a row and a column"),
        ({"unit": (1, 2.5)}, "unit must be a whole number"),
        ({"effective": "both"}, "effective must be one of average, sample, none"),
        ({"picture": "dog"}, "picture must be one of cat"),
        ({"seed": 10000}, "seed must be a whole number"),
    ],
)  # fmt: skip
def test_refusals_say_why(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        with_changes(START, change)


@pytest.mark.parametrize("seed", range(4))
def test_every_choice_offered_is_valid_and_no_other(seed: int) -> None:
    rows, side = random_rows(np.random.default_rng(100 + seed))
    state = with_changes(START, {"rows": rows, "side": side})
    offered = choices(state)
    for n, lists in enumerate(offered["rows"]):
        for place, (values, high) in enumerate(zip(lists, (11, 4, 8, 8), strict=True)):
            for value in range(place != 2, high + 1):
                changed = [list(row) for row in rows]
                changed[n][place] = value
                try:
                    with_changes(state, {"rows": changed})
                except ValueError:
                    assert value not in values
                else:
                    assert value in values
    assert choices(START)["rows"] == []
    for offered_side in offered["side"]:
        with_changes(state, {"side": offered_side})


def test_the_pictures_are_there() -> None:
    for name in PICTURES:
        values = photograph(name, 24)
        assert values.shape == (3, 24, 24)
        assert 0 <= values.min() < values.max() <= 1
        assert not values.flags.writeable
