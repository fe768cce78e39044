"""Residual networks for pictures of 32 × 32: counts, PyTorch's numbers, and λ."""

from typing import Any

import numpy as np
import pytest

from course_utils import nn
from course_utils.nn import models
from tests import reference_models
from tests.nn.layer_checks import RNG, agree

COUNTS = {20: 269_722, 32: 464_154, 44: 658_586, 56: 853_018, 110: 1_727_962}


@pytest.mark.parametrize(("depth", "count"), COUNTS.items())
def test_counts(depth: int, count: int) -> None:
    net = models.CifarResNet(depth, rng=None)
    assert net.count_parameters() == count
    weighted = [m for m in net.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    assert len(weighted) == depth
    # Projections add their weights, two numbers for each new channel, and nothing else.
    extra = 16 * 32 + 2 * 32 + 32 * 64 + 2 * 64
    assert models.CifarResNet(depth, "B", rng=None).count_parameters() == count + extra


@pytest.mark.parametrize(("shortcut", "scale"), [("A", 0.7), ("B", 1.0)])
def test_pytorchs_with_any_lambda(shortcut: Any, scale: float) -> None:
    ours = models.CifarResNet(14, shortcut, skip_scale=scale, rng=None)
    theirs = reference_models.CifarResNet(2, shortcut=shortcut, scale=scale)
    agree(ours, theirs, (3, 3, 16, 16), rounds=1, exact=1e-9)


def test_with_lambda_zero_it_is_a_plain_network() -> None:
    net = models.CifarResNet(8, "B", skip_scale=0, rng=RNG(0))
    assert not any("downsample" in name for name in net.state_dict())
    x = RNG(1).normal(size=(2, 3, 32, 32)).astype(np.float32)
    assert net(x).shape == (2, 10)
    assert net.backward(np.ones((2, 10), np.float32)).shape == x.shape


def test_pre_activation_network_has_a_right_gradient() -> None:
    net = models.CifarResNet(8, "B", pre_activation=True, rng=RNG(0), dtype=np.float64)
    rng = RNG(1)
    x, g = rng.normal(size=(2, 3, 8, 8)), rng.normal(size=(2, 10))
    net(x)
    grad = net.backward(g)
    along = rng.normal(size=x.shape)  # the slope in one random direction
    h = 1e-6
    slope = float(((net(x + h * along) - net(x - h * along)) * g).sum()) / (2 * h)
    assert float((grad * along).sum()) == pytest.approx(slope, rel=1e-6)


def test_zero_init_residual() -> None:
    net = models.CifarResNet(8, zero_init_residual=True, rng=RNG(0))
    scales = [v for k, v in net.state_dict().items() if k.endswith("bn2.weight")]
    assert len(scales) == 3
    assert not any(scale.any() for scale in scales)


def test_one_channel() -> None:
    net = models.CifarResNet(8, in_channels=1, rng=RNG(0))
    assert net(np.zeros((2, 1, 32, 32), np.float32)).shape == (2, 10)


@pytest.mark.parametrize(
    ("depth", "options", "words"),
    [
        (21, {}, r"CifarResNet: depth is 21, expected 6n \+ 2"),
        (2, {}, "CifarResNet: depth is 2"),
        (20, {"shortcut": "C"}, "CifarResNet: shortcut is 'C'"),
        (
            20,
            {"pre_activation": True, "zero_init_residual": True},
            "CifarResNet: zero_init_residual needs branches that end in a normalisation",
        ),
    ],
)
def test_refusals(depth: int, options: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        models.CifarResNet(depth, **options, rng=None)
