"""The effective field on average, against autograd and random draws."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional

from course_utils.explorers.receptive_field.average_field import spread
from course_utils.explorers.receptive_field.networks import Layer, own_layers


def test_paths_by_hand() -> None:
    # 1 2 3 2 1 paths along an axis of two layers of 3, of 9 in all
    along = np.array([1, 2, 3, 2, 1]) / 9
    found = spread(own_layers([(3, 1, 1, 1)] * 2), 5, (2, 2))
    np.testing.assert_allclose(found, np.outer(along, along), atol=1e-15)


def test_a_shortcut_and_its_branch_count_alike() -> None:
    """By hand: one block of two 3 × 3 layers around the identity."""
    block = (Layer("a", 3, 1, 1, 1), Layer("b", 3, 1, 1, 1, block=2))
    plain = own_layers([layer.row for layer in block])
    straight = np.zeros((9, 9))
    straight[4, 4] = 1
    expected = (spread(plain, 9, (4, 4)) + straight) / 2
    np.testing.assert_allclose(spread(block, 9, (4, 4)), expected, atol=1e-15)


def test_the_average_is_the_mean_over_random_networks() -> None:
    """Linear layers: the mean of squared gradients over many draws of the weights."""
    rows, side, unit = [(3, 2, 1, 1), (3, 1, 1, 2)], 16, (4, 3)
    make = torch.Generator().manual_seed(0)
    draws = 20_000
    x = torch.zeros(1, draws, side, side, dtype=torch.float64, requires_grad=True)
    y = x
    for F, S, P, d in rows:
        weight = torch.randn(draws, 1, F, F, dtype=torch.float64, generator=make) / F
        y = functional.conv2d(y, weight, None, S, P, d, groups=draws)
    torch.autograd.backward(y[0, :, unit[0], unit[1]].sum())
    assert x.grad is not None
    mean = (x.grad[0] ** 2).mean(0).numpy()
    expected = spread(own_layers(rows), side, unit)
    assert np.abs(mean - expected).max() < 0.1 * expected.max()
    assert ((mean > 0) == (expected > 0)).all()
