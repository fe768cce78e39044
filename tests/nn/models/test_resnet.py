"""Residual networks for ImageNet beside torchvision's, and λ."""

import numpy as np
import pytest
import torchvision

from course_utils import nn
from course_utils.nn import models
from tests.nn.layer_checks import RNG, agree
from tests.nn.models.torchvision_checks import filled, same_logits, same_parameters

COUNTS = {
    "resnet18": 11_689_512,
    "resnet34": 21_797_672,
    "resnet50": 25_557_032,
    "resnet101": 44_549_160,
    "resnet152": 60_192_808,
}


@pytest.mark.parametrize(("name", "count"), COUNTS.items())
def test_count_names_and_shapes_are_torchvisions(name: str, count: int) -> None:
    same_parameters(name, count)


@pytest.mark.parametrize(("name", "side"), [("resnet18", 224), ("resnet50", 64)])
def test_logits_are_torchvisions(name: str, side: int) -> None:
    theirs, ours = filled(name), getattr(models, name)(rng=None, dtype=np.float64)
    ours.load_state_dict(theirs.state_dict())
    same_logits(ours, theirs, side)


def test_backward_is_torchvisions() -> None:
    theirs = torchvision.models.ResNet(
        torchvision.models.resnet.BasicBlock, [1, 1, 1, 1], num_classes=5
    )
    ours = models.ResNet(models.BasicBlock, (1, 1, 1, 1), 5, rng=None)
    agree(ours, theirs, (4, 3, 64, 48), rounds=1, exact=1e-9)  # many normalisations amplify


def test_every_shortcut_has_lambda() -> None:
    # Branches at zero: what is left of a positive signal is multiplied by λ in each block.
    net = models.ResNet(
        models.BasicBlock, (3, 1, 1, 1), skip_scale=0.5, zero_init_residual=True, rng=RNG(0)
    ).double()
    x = RNG(1).random((2, 64, 4, 4))
    np.testing.assert_array_equal(net.layer1(x), x * 0.5**3)
    blocks = [m for m in net.modules() if isinstance(m, models.BasicBlock)]
    assert [block.skip_scale for block in blocks] == [0.5] * 6


def test_zero_init_residual() -> None:
    net = models.ResNet(models.Bottleneck, (1, 1, 1, 1), 5, zero_init_residual=True, rng=None)
    scales = [v for k, v in net.state_dict().items() if k.endswith("bn3.weight")]
    assert len(scales) == 4
    assert not any(scale.any() for scale in scales)


def test_the_generator_decides_the_weights() -> None:
    def first(seed: int) -> nn.Parameter:
        return models.ResNet(models.BasicBlock, (1, 1, 1, 1), 5, rng=RNG(seed)).conv1.weight

    np.testing.assert_array_equal(first(0).data, first(0).data)
    assert not np.array_equal(first(0).data, first(1).data)
