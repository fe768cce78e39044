"""What a drawing becomes, what the network makes of it, and the way back, against PyTorch."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn, torch_bridge
from course_utils.explorers.digit.drawing import prepare, window, with_stroke
from course_utils.explorers.digit.network import Stages
from course_utils.explorers.digit.state import (
    DigitState,
    explain,
    held_out,
    opening,
    shipped,
    with_changes,
)
from course_utils.nn.models import lenet5, trained_lenet5
from tests import reference_models
from tests.explorers.digit.drawn_digits import DRAWN, drawing

RNG = np.random.default_rng(11)
START = DigitState(opening(), shipped(), "shipped")


def test_a_stroke_covers_what_lies_near_its_line() -> None:
    start, end, width = (3.2, 2.1), (9.7, 12.6), 2.6
    along = np.linspace(0, 1, 20001)[:, None]
    points = np.array(start) * (1 - along) + np.array(end) * along
    ink = with_stroke(np.zeros((14, 17)), start, end, width)
    for i, j in [(0, 0), (3, 2), (4, 2), (5, 6), (6, 6), (7, 6), (9, 13), (10, 13), (13, 16)]:
        distance = np.hypot(*(points - (i, j)).T).min()
        assert ink[i, j] == pytest.approx(min(1, max(0, 1.8 - distance)), abs=1e-6)
    assert 0 < ink[5, 6] <= 1


def test_rubbing_out_a_stroke_leaves_nothing_under_its_middle() -> None:
    full = np.ones((9, 9))
    rubbed = with_stroke(full, (4, 2), (4, 6), width=3, erase=True)
    np.testing.assert_array_equal(rubbed, 1 - with_stroke(np.zeros((9, 9)), (4, 2), (4, 6), 3))
    assert rubbed[4, 4] == 0
    assert full.all()


def test_place_and_size_do_not_matter_once_prepared() -> None:
    box = (RNG.random((8, 6)) + 0.3).clip(0, 1)
    here, there = np.zeros((32, 32)), np.zeros((32, 32))
    here[2:10, 3:9], there[21:29, 25:31] = box, box
    np.testing.assert_allclose(prepare(here), prepare(there), atol=1e-12)
    assert not np.allclose(prepare(here, fit=False), prepare(there, fit=False))
    small = drawing(DRAWN[5][1], 4, 3, 12, 1.5)
    large = drawing(DRAWN[5][1], 2, 2, 24, 3.0)
    alike = np.corrcoef(prepare(small).ravel(), prepare(large).ravel())[0, 1]
    assert alike > 0.9
    assert np.corrcoef(small.ravel(), large.ravel())[0, 1] < 0.3


def test_a_prepared_drawing_is_centred_and_fills_the_height() -> None:
    ink = np.zeros((32, 32))
    ink[4:20, 3:9] = 1
    assert window(ink) == (4, -2, 16)
    seen = prepare(ink)
    np.testing.assert_allclose(seen, seen[::-1, ::-1], atol=1e-12)
    assert seen[[0, -1], 15].min() > 0.9
    assert seen[:, :6].max() == 0


def test_preparing_averages_blocks_and_enlarges_as_pytorch_does() -> None:
    ink = RNG.random((32, 32))
    blocks = torch.nn.functional.avg_pool2d(torch.from_numpy(ink)[None, None], 4)
    expected = torch.nn.functional.interpolate(blocks, size=32, mode="bilinear")
    np.testing.assert_allclose(prepare(ink, fit=False), expected[0, 0].numpy(), atol=1e-12)


def test_nothing_drawn_is_read_from_the_biases_alone() -> None:
    found = explain(replace(START, ink=np.zeros((32, 32))))
    assert not found.seen.any()
    assert found.place is None
    assert not found.occlusion.any()
    expected = trained_lenet5()(np.zeros((1, 1, 32, 32), np.float32))[0]
    np.testing.assert_array_equal(found.scores, expected)


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


def in_pytorch(network: nn.Module) -> torch.nn.Sequential:
    theirs = reference_models.lenet5().double()
    torch_bridge.copy_weights(network, theirs)
    return torch.nn.Sequential(*reference_models.layers_of(theirs))


@pytest.mark.parametrize("target", [-1, 0, 8])
def test_maps_and_gradients_of_every_layer_equal_pytorchs(target: int) -> None:
    ours = trained_lenet5().double()
    found = explain(replace(START, stages=Stages(ours), target=target))
    x = torch.tensor(found.seen[None, None], requires_grad=True)
    kept = [x]
    for layer in in_pytorch(ours):
        x = layer(x)
        x.retain_grad()
        kept.append(x)
    x[0, found.answer if target == -1 else target].backward()
    shown = [kept[k] for k in (2, 3, 5, 6, 9, 11, 12)]  # after each ReLU and each pool
    for map_, theirs in zip(found.maps, shown, strict=True):
        np.testing.assert_allclose(map_, theirs.detach()[0].numpy(), atol=1e-10)
    for gradient, theirs in zip(found.gradients, [kept[0], *shown], strict=True):
        assert theirs.grad is not None
        np.testing.assert_allclose(gradient, theirs.grad[0].numpy(), atol=1e-10)
    probabilities = torch.softmax(x.detach(), dim=1)[0].numpy()
    np.testing.assert_allclose(found.probabilities, probabilities, atol=1e-12)


def test_occlusion_is_the_fall_of_the_score_patch_by_patch() -> None:
    ours = trained_lenet5().double()
    found = explain(replace(START, stages=Stages(ours), target=5))
    network = in_pytorch(ours)
    for i, j in [(0, 0), (3, 5), (4, 4), (4, 6), (9, 4), (7, 9)]:
        blanked = found.seen.copy()
        blanked[3 * i : 3 * i + 5, 3 * j : 3 * j + 5] = 0
        score = network(torch.from_numpy(blanked)[None, None])[0, 5].item()
        assert found.occlusion[i, j] == pytest.approx(found.scores[5] - score, abs=1e-10)
    assert abs(found.occlusion).max() > 1


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
    assert all((parameter.grad == 3).all() for parameter in network.parameters())
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


def test_cells_and_the_page_may_ask_at_the_same_time() -> None:
    expected = explain(START)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: explain(START), range(40)))
    for each in found:
        np.testing.assert_array_equal(each.gradients[0], expected.gradients[0])
        np.testing.assert_array_equal(each.occlusion, expected.occlusion)


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


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ink": np.zeros((28, 28))}, r"ink must have 32 × 32 pixels, but its shape is \(28, 28\)"),
        ({"ink": np.full((32, 32), 1.5)}, "ink must lie between 0 .paper. and 1"),
        ({"drawn": b"abc"}, "the drawing is damaged: 3 pixels, not 1024"),
        ({"sample": 355}, "sample must be a whole number from -1 to 354, not 355"),
        ({"target": 2.5}, "target must be a whole number from -1 to 9, not 2.5"),
        ({"fit": 1}, "fit must be True or False, not 1"),
        ({"back": 8}, "back must be a whole number from 0 to 7, not 8"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        with_changes(START, change)


def test_changes() -> None:
    pictures, _ = held_out()
    state = with_changes(START, {"sample": 12, "target": 4, "fit": False, "back": 2})
    np.testing.assert_array_equal(state.ink, pictures[12])
    assert (state.sample, state.target, state.fit, state.back) == (12, 4, False, 2)
    drawn = bytes(range(256)) * 4
    state = with_changes(state, {"drawn": drawn, "stroke": "a/1"})
    assert (state.sample, state.stroke, state.ink[1, 19]) == (-1, "a/1", 0.2)  # byte 51
    state = with_changes(with_changes(START, {"sample": 12}), {"ink": np.zeros((32, 32))})
    assert (state.sample, state.stroke) == (-1, "")
    assert with_changes(replace(state, stroke="a/1"), {"sample": 3}).stroke == ""
