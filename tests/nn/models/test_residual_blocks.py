"""Blocks: torchvision's numbers, and the factor λ of the shortcut."""

from typing import Any

import numpy as np
import pytest
import torch
from torchvision.models import resnet as their_resnet

from course_utils import nn
from course_utils.nn import models
from course_utils.nn.models.shortcuts import projection
from tests import reference_models
from tests.nn.layer_checks import RNG, agree

t: Any = torch.nn


def down(C: int, K: int) -> Any:
    """PyTorch's projection."""
    return t.Sequential(t.Conv2d(C, K, 1, 2, bias=False), t.BatchNorm2d(K))


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("kind", ["basic", "basic, down", "bottleneck", "bottleneck, down"])
def test_torchvisions(kind: str, training: bool) -> None:
    ours: nn.Module
    if kind == "basic":
        ours, theirs = models.BasicBlock(4, 4, rng=None), their_resnet.BasicBlock(4, 4)
    elif kind == "basic, down":
        ours = models.BasicBlock(4, 6, 2, projection(4, 6, 2, None, "f4"), rng=None)
        theirs = their_resnet.BasicBlock(4, 6, 2, down(4, 6))
    elif kind == "bottleneck":
        ours, theirs = models.Bottleneck(4, 1, rng=None), their_resnet.Bottleneck(4, 1)
    else:
        ours = models.Bottleneck(4, 3, 2, projection(4, 12, 2, None, "f4"), rng=None)
        theirs = their_resnet.Bottleneck(4, 3, 2, down(4, 12))
    agree(ours.train(training), theirs.train(training), (3, 4, 7, 6))


# ---------------------------------------------------------------- lambda


@pytest.mark.parametrize("scale", [0.0, 0.5, -1.3])
def test_lambda_is_the_factor_of_the_shortcut(scale: float) -> None:
    ours = models.BasicBlock(3, 3, skip_scale=scale, rng=None)
    agree(ours, reference_models.BasicBlock(3, 3, scale=scale), (3, 3, 6, 5))


def test_lambda_scales_a_projection_too() -> None:
    ours = models.BasicBlock(3, 4, 2, projection(3, 4, 2, None, "f4"), 0.5, rng=None)
    agree(ours, reference_models.BasicBlock(3, 4, 2, "B", 0.5), (3, 3, 6, 5))


def test_a_clean_path_multiplies_by_lambda() -> None:
    # Branches at zero: through L pre-activation blocks the gradient is lambda^L, exactly.
    L, scale = 6, 0.5
    net = nn.Sequential(
        *(models.PreActivationBlock(2, 2, skip_scale=scale, rng=None) for _ in range(L))
    ).double()
    x, g = RNG(0).normal(size=(1, 2, 4, 4)), RNG(1).normal(size=(1, 2, 4, 4))
    np.testing.assert_array_equal(net(x), x * scale**L)
    np.testing.assert_array_equal(net.backward(g), g * scale**L)


def test_a_shortcut_of_the_wrong_shape_is_refused() -> None:
    block = models.BasicBlock(2, 4, rng=None)
    with pytest.raises(ValueError, match=r"BasicBlock: the shortcut gives .* downsample is needed"):
        block(np.zeros((2, 2, 4, 4), np.float32))


@pytest.mark.parametrize("kind", [models.BasicBlock, models.Bottleneck])
def test_the_generator_decides_the_weights(kind: Any) -> None:
    one, two, other = (kind(8, 8, rng=RNG(seed)).state_dict() for seed in (0, 0, 1))
    for name, value in one.items():
        np.testing.assert_array_equal(value, two[name])
        assert np.array_equal(value, other[name]) == ("conv" not in name)
