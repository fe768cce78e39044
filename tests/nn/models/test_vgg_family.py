"""VGG beside torchvision's and the paper's counts."""

import itertools

import pytest
import torch

from course_utils.nn import models
from tests.nn.models.torchvision_checks import filled, same_logits, same_parameters, share_weights

COUNTS = {
    "vgg11": 132_863_336,
    "vgg13": 133_047_848,
    "vgg16": 138_357_544,
    "vgg19": 143_667_240,
    "vgg11_bn": 132_868_840,
    "vgg13_bn": 133_053_736,
    "vgg16_bn": 138_365_992,
    "vgg19_bn": 143_678_248,
}


@pytest.mark.parametrize(("name", "count"), COUNTS.items())
def test_count_names_and_shapes_are_torchvisions(name: str, count: int) -> None:
    same_parameters(name, count)


def test_a_count_by_arithmetic() -> None:
    # Weights of the convolutions, column D of the paper (16 layers): C * K * 9 + K each.
    channels = [3, 64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512]
    convolutions = sum(c * k * 9 + k for c, k in itertools.pairwise(channels))
    full = 512 * 7 * 7 * 4096 + 4096 + 4096 * 4096 + 4096 + 4096 * 1000 + 1000
    assert convolutions + full == COUNTS["vgg16"]


def test_logits_are_torchvisions() -> None:
    theirs, ours = filled("vgg16", torch.float32), models.vgg16(rng=None)
    share_weights(theirs, ours)
    same_logits(ours, theirs, side=64, exact=1e-5)


def test_a_depth_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="vgg: depth is 12, expected 11, 13, 16 or 19"):
        models.vgg(12, rng=None)
