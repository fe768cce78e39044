"""What a drawing becomes, what the network makes of it, and the way back, against PyTorch."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
import torch

from course_utils import nn, torch_bridge
from course_utils.explorers.digit.explain import explain
from course_utils.explorers.digit.network import Stages
from course_utils.explorers.digit.state import DigitState, opening, shipped
from course_utils.nn.models import trained_lenet5
from tests import reference_models

RNG = np.random.default_rng(11)
START = DigitState(opening(), shipped(), "shipped")


def test_nothing_drawn_is_read_from_the_biases_alone() -> None:
    found = explain(replace(START, ink=np.zeros((32, 32))))
    assert not found.seen.any()
    assert found.place is None
    assert not found.occlusion.any()
    expected = trained_lenet5()(np.zeros((1, 1, 32, 32), np.float32))[0]
    np.testing.assert_array_equal(found.scores, expected)


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
    torch.autograd.backward(x[0, found.answer if target == -1 else target])
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


def test_cells_and_the_page_may_ask_at_the_same_time() -> None:
    expected = explain(START)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: explain(START), range(40)))
    for each in found:
        np.testing.assert_array_equal(each.gradients[0], expected.gradients[0])
        np.testing.assert_array_equal(each.occlusion, expected.occlusion)
