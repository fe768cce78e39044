"""LeNet-5 as it is built today: parameters, and PyTorch's numbers."""

from typing import Any

import pytest
import torch

from course_utils.nn import models
from tests import reference_models
from tests.nn.layer_checks import agree


def test_count() -> None:
    assert models.lenet5(rng=None).count_parameters() == 61_706


@pytest.mark.parametrize(
    ("activation", "pooling", "kinds"),
    [
        ("relu", "max", (torch.nn.ReLU, torch.nn.MaxPool2d)),
        ("tanh", "average", (torch.nn.Tanh, torch.nn.AvgPool2d)),
    ],
)
def test_pytorchs(activation: Any, pooling: Any, kinds: Any) -> None:
    ours = models.lenet5(activation=activation, pooling=pooling, rng=None)
    agree(ours, reference_models.lenet5(*kinds), (3, 1, 32, 32))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"activation": "gelu"}, "lenet5: activation is 'gelu'"),
        ({"pooling": "min"}, "lenet5: pooling is 'min'"),
    ],
)
def test_refusals(options: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        models.lenet5(**options, rng=None)
