"""A network taken apart into stages; and which cannot be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn
from course_utils.explorers.digit.drawing import prepare
from course_utils.explorers.digit.explain import explain
from course_utils.explorers.digit.network import Stages
from course_utils.explorers.digit.state import DigitState, held_out, opening, shipped
from course_utils.nn.models import lenet5
from tests.explorers.digit.drawn_digits import DRAWN, drawing

RNG = np.random.default_rng(11)
START = DigitState(opening(), shipped(), "shipped")


def test_the_test_digits_are_read_as_they_are_shown() -> None:
    pictures, classes = held_out()
    seen = np.array([prepare(picture) for picture in pictures])
    right = shipped().scores(seen).argmax(axis=1) == classes
    assert right.mean() >= 0.985


def test_drawn_digits_are_read_wherever_and_however_large() -> None:
    seen, digits = [], []
    for digit, lines in DRAWN:
        for top, left, tall, width in [
            (3, 4, 25, 3),
            (8, 14, 15, 2),
            (1, 1, 20, 4.5),
            (16, 2, 13, 2),
        ]:
            seen.append(prepare(drawing(lines, top, left, tall, width)))
            digits.append(digit)
    right = shipped().scores(np.array(seen)).argmax(axis=1) == digits
    assert right.mean() >= 0.95


def test_a_unit_sees_the_pixels_that_its_stage_says() -> None:
    stages = shipped()
    stage = stages.shown[3]
    assert (stage.field, stage.jump, stage.offset) == (16, 4, 0)
    base, other = RNG.random((2, 32, 32))
    changed = other.copy()
    changed[4:20, 8:24] = base[4:20, 8:24]
    unit = (slice(None), 1, 2)
    np.testing.assert_array_equal(stages.forward(base)[3][unit], stages.forward(changed)[3][unit])
    changed[4, 8] += 1
    assert not np.array_equal(stages.forward(base)[3][unit], stages.forward(changed)[3][unit])


def test_looking_leaves_a_network_as_it_was() -> None:
    network = lenet5(rng=np.random.default_rng(1)).train()
    for parameter in network.parameters():
        parameter.grad = np.full(parameter.shape, 3, np.float32)
    before = network.state_dict()
    explain(replace(START, stages=Stages(network)))
    assert all(module.training for module in network.modules())
    assert all(np.all(parameter.grad == 3) for parameter in network.parameters())
    assert all((before[k] == v).all() for k, v in network.state_dict().items())


def test_a_step_of_training_shows_at_the_next_look_and_is_not_disturbed_by_it() -> None:
    network = lenet5(rng=np.random.default_rng(1)).train()
    stages = Stages(network)
    picture = RNG.random((32, 32))
    before = stages.forward(picture)[-1]
    x = RNG.random((4, 1, 32, 32)).astype(np.float32)
    optimiser, loss = nn.SGD(network.parameters(), lr=0.1), nn.CrossEntropyLoss()
    loss(network(x), np.array([1, 2, 3, 4]))
    explain(replace(START, stages=stages))  # between a forward and its backward
    network.backward(loss.backward())
    optimiser.step()
    after = stages.forward(picture)[-1]
    assert not np.array_equal(before, after)
    expected = nn.predict(network, picture[None, None].astype(np.float32))[0]
    np.testing.assert_array_equal(after, expected)


def linear(n: int, k: int) -> nn.Linear:
    return nn.Linear(n, k, rng=np.random.default_rng(0))


class Skip(nn.Module):
    """A network whose layers do not stand in a row."""

    def __init__(self) -> None:
        super().__init__()
        self.flatten, self.a, self.b = nn.Flatten(), linear(1024, 10), linear(10, 10)

    def forward(self, x: Any) -> Any:
        y = self.a(self.flatten(x))
        return y + self.b(y)


@pytest.mark.parametrize(
    ("network", "kind", "words"),
    [
        (torch.nn.Linear(2, 2), TypeError, "the network is a Linear, expected one of course_utils"),
        (linear(7, 10), ValueError, "does not take pictures of 1 × 32 × 32"),
        (nn.Sequential(nn.Flatten(), linear(1024, 4)), ValueError, "expected one score for each"),
        (Skip(), ValueError, "do not run one after the other"),
    ],
)
def test_a_network_that_cannot_be_walked_is_refused(
    network: Any, kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words):
        Stages(network)


def test_dropout_and_average_pools_are_shown_as_they_run_in_use() -> None:
    rng = np.random.default_rng(0)
    network = nn.Sequential(
        nn.Conv2d(1, 3, 5, stride=2, padding=2, rng=rng), nn.Tanh(), nn.AvgPool2d(4),
        nn.Flatten(), nn.Dropout(0.5, rng=rng), linear(48, 10),
    ).train()  # fmt: skip
    stages = Stages(network)
    assert [(s.name, s.shape) for s in stages.shown] == [
        ("convolution", (3, 16, 16)), ("average pool", (3, 4, 4)), ("scores", (10,)),
    ]  # fmt: skip
    assert [(s.field, s.jump, s.offset) for s in stages.shown[:2]] == [(5, 2, -2), (11, 8, -2)]
    picture = RNG.random((32, 32))
    once, again = stages.forward(picture), stages.forward(picture)
    np.testing.assert_array_equal(once[-1], again[-1])
