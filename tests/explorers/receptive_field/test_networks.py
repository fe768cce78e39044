"""The known networks are those of the course."""

from __future__ import annotations

from typing import Any

import pytest

from course_utils import nn
from course_utils.explorers.receptive_field.networks import NETWORKS, Layer, own_layers, sides
from course_utils.nn import models


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
    stages = (net.layer1, net.layer2, net.layer3, net.layer4)
    blocks: list[Any] = [block for stage in stages for block in stage]
    path: list[nn.Module] = [net.conv1, net.maxpool]
    for block in blocks:
        path += [block.conv1, block.conv2]
    assert rows_of("ResNet-18") == nn.receptive_field_rows(path)
    jumps = [layer.block for layer in NETWORKS["ResNet-18"][1]]
    assert jumps == [0, 0] + [0, 2] * 8


def test_sides_of_alexnet() -> None:
    side, layers = NETWORKS["AlexNet"]
    assert sides(layers, side) == (224, 55, 27, 27, 13, 13, 13, 13, 6)
    assert own_layers([(3, 2, 1, 1)]) == (Layer("layer 1", 3, 2, 1, 1),)
