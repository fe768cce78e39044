"""Published parameter counts, names of weights, and shapes of every model."""

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torchvision

from course_utils import nn
from course_utils.nn import models

# Counts: COURSE.md's and torchvision's documentation; each also adds up below.
IMAGENET: dict[str, tuple[Callable[[], nn.Module], int]] = {
    "alexnet": (lambda: models.alexnet(rng=None), 61_100_840),
    "vgg11": (lambda: models.vgg11(rng=None), 132_863_336),
    "vgg13": (lambda: models.vgg13(rng=None), 133_047_848),
    "vgg16": (lambda: models.vgg16(rng=None), 138_357_544),
    "vgg19": (lambda: models.vgg19(rng=None), 143_667_240),
    "vgg11_bn": (lambda: models.vgg(11, batch_norm=True, rng=None), 132_868_840),
    "vgg13_bn": (lambda: models.vgg(13, batch_norm=True, rng=None), 133_053_736),
    "vgg16_bn": (lambda: models.vgg(16, batch_norm=True, rng=None), 138_365_992),
    "vgg19_bn": (lambda: models.vgg(19, batch_norm=True, rng=None), 143_678_248),
    "resnet18": (lambda: models.resnet18(rng=None), 11_689_512),
    "resnet34": (lambda: models.resnet34(rng=None), 21_797_672),
    "resnet50": (lambda: models.resnet50(rng=None), 25_557_032),
}
CIFAR = {20: 269_722, 32: 464_154, 44: 658_586, 56: 853_018, 110: 1_727_962}


def on_meta(name: str) -> Any:
    """Torchvision's model with shapes and no numbers, so that it costs nothing."""
    with torch.device("meta"):
        return getattr(torchvision.models, name)(weights=None)


@pytest.mark.parametrize("name", IMAGENET)
def test_count_names_and_shapes_are_torchvisions(name: str) -> None:
    build, count = IMAGENET[name]
    ours, theirs = build(), on_meta(name)
    assert ours.count_parameters() == count
    shapes = {key: tuple(value.shape) for key, value in theirs.state_dict().items()}
    assert {key: value.shape for key, value in ours._state()} == shapes
    learnt = {key for key, _ in theirs.named_parameters()}
    assert {key for key, _ in ours.named_parameters()} == learnt


def test_every_vgg_row_of_the_paper() -> None:
    # Weights of the convolutions by arithmetic, column D (16 layers): C * K * 9 + K each.
    channels = [3, 64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512]
    convolutions = sum(c * k * 9 + k for c, k in itertools.pairwise(channels))
    full = 512 * 7 * 7 * 4096 + 4096 + 4096 * 4096 + 4096 + 4096 * 1000 + 1000
    assert convolutions + full == IMAGENET["vgg16"][1]


@pytest.mark.parametrize(("depth", "count"), CIFAR.items())
def test_cifar_counts(depth: int, count: int) -> None:
    assert models.CifarResNet(depth, rng=None).count_parameters() == count
    # Projections add their weights, two numbers for each new channel, and nothing else.
    extra = 16 * 32 + 2 * 32 + 32 * 64 + 2 * 64
    assert models.CifarResNet(depth, "B", rng=None).count_parameters() == count + extra


@pytest.mark.parametrize("depth", CIFAR)
def test_cifar_depth_counts_the_layers_with_weights(depth: int) -> None:
    net = models.CifarResNet(depth, rng=None)
    weighted = [m for m in net.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    assert len(weighted) == depth


def test_lenet_counts() -> None:
    assert models.lenet5(rng=None).count_parameters() == 61_706
    net = models.LeNet5(rng=None)
    assert net.count_parameters() == 60_000
    layers = {name: part.count_parameters() for name, part in net.children()}
    # The paper's own numbers, layer by layer.
    paper = {"c1": 156, "s2": 12, "c3": 1_516, "s4": 32, "c5": 48_120, "f6": 10_164}
    assert {name: layers[name] for name in paper} == paper
    assert layers["output"] == 0


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: models.vgg(12, rng=None), "vgg: depth is 12, expected 11, 13, 16 or 19"),
        (lambda: models.CifarResNet(21, rng=None), r"CifarResNet: depth is 21, expected 6n \+ 2"),
        (lambda: models.CifarResNet(2, rng=None), "CifarResNet: depth is 2"),
        (
            lambda: models.CifarResNet(20, "C", rng=None),  # type: ignore[arg-type]
            "CifarResNet: shortcut is 'C'",
        ),
        (
            lambda: models.lenet5(activation="gelu", rng=None),  # type: ignore[arg-type]
            "lenet5: activation is 'gelu'",
        ),
        (
            lambda: models.lenet5(pooling="min", rng=None),  # type: ignore[arg-type]
            "lenet5: pooling is 'min'",
        ),
    ],
)
def test_refusals(build: Callable[[], nn.Module], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        build()


@pytest.mark.parametrize(
    "build",
    [
        lambda rng: models.lenet5(rng=rng),
        lambda rng: models.LeNet5(rng=rng),
        lambda rng: models.CifarResNet(8, "B", rng=rng),
        lambda rng: models.BasicBlock(4, 4, rng=rng),
        lambda rng: models.Bottleneck(8, 2, rng=rng),
    ],
)
def test_the_generator_decides_the_weights(build: Any) -> None:
    one, two, other = (build(np.random.default_rng(seed)) for seed in (0, 0, 1))
    for (name, a), (_, b), (_, c) in zip(
        one.named_parameters(), two.named_parameters(), other.named_parameters(), strict=True
    ):
        np.testing.assert_array_equal(a.data, b.data)
        if "bn" not in name and "1.bias" not in name and not name.startswith("layer"):
            assert not np.array_equal(a.data, c.data), name
    assert any(parameter.data.any() for parameter in one.parameters())
