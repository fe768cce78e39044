"""Pooling layers beside PyTorch's."""

from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn
from tests.nn.layer_checks import Case, behaves

CASES: dict[str, Case] = {
    "max": (lambda: nn.MaxPool2d(2), lambda: torch.nn.MaxPool2d(2), (2, 3, 6, 7)),
    "max, all options": (
        lambda: nn.MaxPool2d((3, 2), (2, 1), (1, 0), (1, 2), True),
        lambda: torch.nn.MaxPool2d((3, 2), (2, 1), (1, 0), (1, 2), False, True),
        (2, 3, 8, 7),
    ),
    "average": (lambda: nn.AvgPool2d(3), lambda: torch.nn.AvgPool2d(3), (2, 3, 7, 9)),
    "average, all options": (
        lambda: nn.AvgPool2d((3, 2), (2, 1), (1, 1), True, False, 5),
        lambda: torch.nn.AvgPool2d((3, 2), (2, 1), (1, 1), True, False, 5),
        (2, 3, 7, 9),
    ),
    "adaptive": (
        lambda: nn.AdaptiveAvgPool2d((3, 2)), lambda: torch.nn.AdaptiveAvgPool2d((3, 2)),
        (2, 3, 7, 5),
    ),
    "adaptive, one axis kept": (
        lambda: nn.AdaptiveAvgPool2d((None, 2)), lambda: torch.nn.AdaptiveAvgPool2d((None, 2)),
        (2, 3, 7, 5),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_pytorchs(name: str) -> None:
    behaves(CASES[name], training=True)


def test_no_examples_at_all() -> None:
    assert nn.MaxPool2d(2)(np.zeros((0, 3, 6, 7))).shape == (0, 3, 3, 3)


LAYERS: Any = nn  # to be given what their types refuse too


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda: LAYERS.MaxPool2d((2, 2, 2)),
            r"MaxPool2d: kernel_size is \(2, 2, 2\), expected one",
        ),
        (lambda: LAYERS.MaxPool2d(2, stride=0), "MaxPool2d: stride is 0, expected at least 1"),
        (
            lambda: LAYERS.MaxPool2d(3, padding=2),
            "MaxPool2d: padding is 2, expected at most half of",
        ),
        (lambda: LAYERS.MaxPool2d(3, dilation=0), "MaxPool2d: dilation is 0, expected at least 1"),
        (lambda: LAYERS.MaxPool2d(3, ceil_mode=1), "MaxPool2d: ceil_mode is 1, expected True or"),
        (
            lambda: LAYERS.AvgPool2d((2, 0)),
            r"AvgPool2d: kernel_size is \(2, 0\), expected at least 1",
        ),
        (lambda: LAYERS.AvgPool2d(2, padding=-1), "AvgPool2d: padding is -1, expected at least 0"),
        (lambda: LAYERS.AvgPool2d(2, divisor_override=0), "AvgPool2d: divisor_override is 0"),
        (
            lambda: LAYERS.AvgPool2d(2, count_include_pad=None),
            "AvgPool2d: count_include_pad is None",
        ),
        (
            lambda: LAYERS.AdaptiveAvgPool2d((1, 2, 3)),
            r"AdaptiveAvgPool2d: output_size is \(1, 2, 3",
        ),
        (
            lambda: LAYERS.AdaptiveAvgPool2d(None),
            "AdaptiveAvgPool2d: output_size is None, expected a whole number or a pair",
        ),
        (
            lambda: LAYERS.AdaptiveAvgPool2d((7, -1)),
            "AdaptiveAvgPool2d: output_size is -1, expected",
        ),
    ],
)
def test_options_are_checked_when_the_layer_is_made(make: Any, words: str) -> None:
    with pytest.raises((TypeError, ValueError), match=words):
        make()
