"""The convolutional layer beside PyTorch's."""

from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn
from tests.nn.layer_checks import RNG, Case, behaves

OPTIONS: dict[str, Any] = {
    "stride": (2, 1), "padding": (1, 2), "dilation": (1, 2), "groups": 2, "bias": False,
}  # fmt: skip
CASES: dict[str, Case] = {
    "plain": (
        lambda: nn.Conv2d(3, 4, 3, rng=RNG(1)), lambda: torch.nn.Conv2d(3, 4, 3), (2, 3, 6, 7),
    ),
    "all options": (
        lambda: nn.Conv2d(4, 6, (3, 2), **OPTIONS, rng=RNG(1)),
        lambda: torch.nn.Conv2d(4, 6, (3, 2), **OPTIONS),
        (2, 4, 8, 7),
    ),
    "same": (
        lambda: nn.Conv2d(2, 3, (3, 5), padding="same", rng=RNG(1)),
        lambda: torch.nn.Conv2d(2, 3, (3, 5), padding="same"),
        (2, 2, 6, 7),
    ),
    "valid, not batched": (
        lambda: nn.Conv2d(2, 3, 3, stride=2, padding="valid", rng=RNG(1)),
        lambda: torch.nn.Conv2d(2, 3, 3, stride=2, padding="valid"),
        (2, 6, 7),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_pytorchs(name: str) -> None:
    behaves(CASES[name], training=True)


@pytest.mark.parametrize("name", CASES)
def test_the_first_layer_learns_the_same_without_the_gradient_of_its_input(name: str) -> None:
    make, _, shape = CASES[name]
    whole, spared = make(), make()
    x = RNG(0).normal(size=shape).astype(np.float32)
    g = RNG(1).normal(size=whole(x).shape).astype(np.float32)
    whole.backward(g)
    spared(x)
    spared.backward_to_parameters(g)
    for p, q in zip(whole.parameters(), spared.parameters(), strict=True):
        assert p.grad is not None
        assert q.grad is not None
        np.testing.assert_array_equal(p.grad, q.grad)


def test_no_examples_at_all() -> None:
    layer = nn.Conv2d(3, 4, 3, rng=None)
    assert layer(np.zeros((0, 3, 6, 7), np.float32)).shape == (0, 4, 4, 5)


def test_without_a_generator_it_starts_from_zero() -> None:
    layer = nn.Conv2d(2, 3, 3, rng=None)
    assert not any(parameter.data.any() for parameter in layer.parameters())


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        ((3, 8, (3, 3, 3)), {}, r"Conv2d: kernel_size is \(3, 3, 3\), expected one whole number"),
        ((3, 8, 0), {}, "Conv2d: kernel_size is 0, expected at least 1"),
        ((3, 8, 3), {"stride": 0}, "Conv2d: stride is 0, expected at least 1"),
        ((3, 8, 3), {"padding": (1, -1)}, r"Conv2d: padding is \(1, -1\), expected at least 0"),
        ((3, 8, 3), {"padding": "full"}, "Conv2d: padding is 'full', expected whole numbers"),
        ((3, 8, 3), {"padding": "same", "stride": 2}, "padding 'same' needs stride 1, but"),
        ((3, 8, 3), {"dilation": 1.5}, r"Conv2d: dilation is 1\.5, expected a whole number"),
        ((3, 4, 3), {"groups": 2}, "Conv2d: groups=2 does not divide in_channels=3 and out_"),
        ((3, 4, 3), {"groups": 0}, "Conv2d: groups is 0, expected at least 1"),
        ((0, 4, 3), {}, "Conv2d: in_channels is 0, expected at least 1"),
        (("3", 4, 3), {}, "Conv2d: in_channels is '3', expected a whole number"),
        ((3, 4, 3), {"dtype": "float16"}, "Conv2d: dtype is float16, expected float32 or"),
        ((3, 4, 3), {"rng": 7}, r"Conv2d: rng is 7, expected a numpy\.random\.Generator"),
    ],
)
def test_options_are_checked_when_the_layer_is_made(
    arguments: Any, options: Any, words: str
) -> None:
    with pytest.raises((TypeError, ValueError), match=words):
        nn.Conv2d(*arguments, **{"rng": None, **options})
