"""Dropout: beside PyTorch's in use, by its share of zeros in training."""

from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn
from tests.nn.layer_checks import RNG, agree, look_alike


def test_pytorchs_in_use() -> None:
    ours, theirs = nn.Dropout(0.4, rng=None).eval(), torch.nn.Dropout(0.4).eval()
    look_alike(ours, theirs)
    agree(ours, theirs, (3, 4))


def test_by_the_numbers() -> None:
    p = 0.3
    layer = nn.Dropout(p, rng=RNG(0))
    x = np.ones((200, 500))
    y = layer(x)
    share = (y == 0).mean()
    assert abs(share - p) < 4 * np.sqrt(p * (1 - p) / x.size)  # four standard deviations
    np.testing.assert_allclose(y[y != 0], 1 / (1 - p))
    g = RNG(1).normal(size=x.shape)
    np.testing.assert_allclose(layer.backward(g), g * y)  # x is one, so y is the mask
    assert not np.array_equal(y, layer(x))
    np.testing.assert_array_equal(nn.Dropout(p, rng=RNG(0))(x), y)


def test_everything_and_nothing() -> None:
    x = np.ones(5)
    np.testing.assert_array_equal(nn.Dropout(1.0, rng=RNG(0))(x), 0)
    np.testing.assert_array_equal(nn.Dropout(0.0, rng=None)(x), 1)


def test_refusals() -> None:
    with pytest.raises(ValueError, match=r"Dropout: p is 1\.5"):
        nn.Dropout(1.5, rng=None)
    with pytest.raises(RuntimeError, match="Dropout: training needs a generator"):
        nn.Dropout(rng=None)(np.ones(3))
    seed: Any = 3
    with pytest.raises(TypeError, match=r"Dropout: rng is 3, expected a numpy\.random\.Generator"):
        nn.Dropout(rng=seed)
