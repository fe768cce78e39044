"""The effective field in one network, against autograd."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from course_utils.explorers.receptive_field.networks import NETWORKS, sides
from course_utils.explorers.receptive_field.random_networks import gradient, passed


@pytest.mark.parametrize("name", list(NETWORKS))
def test_one_network_is_autograds(name: str) -> None:
    side, layers = NETWORKS[name]
    heights = sides(layers, side)
    unit = (heights[-1] // 2, heights[-1] // 3)
    through = passed(layers, side, "coffee", 3)
    ours = gradient(layers, side, unit, through)

    start = torch.from_numpy(through.inputs[0]).requires_grad_()
    maps = [start]
    for n, layer in enumerate(layers):
        F, S, P, d = layer.row
        if layer.pool:
            maps.append(functional.max_pool2d(maps[-1], F, S, P, d))
            continue
        y = functional.conv2d(maps[-1], torch.from_numpy(through.weights[n]), None, S, P, d)
        if layer.block:
            before = maps[n + 1 - layer.block]
            if n in through.shortcuts:
                stride = before.shape[-1] // y.shape[-1]
                matrix = torch.from_numpy(through.shortcuts[n])
                before = functional.conv2d(before, matrix, stride=stride)
            y = y + before
        maps.append(y if n == len(layers) - 1 else y.relu())
    total = torch.zeros(side, side, dtype=torch.float64)
    for channel in range(maps[-1].shape[1]):
        (part,) = torch.autograd.grad(
            maps[-1][0, channel, unit[0], unit[1]], start, retain_graph=True
        )
        total += (part[0].double() ** 2).sum(0)
    np.testing.assert_allclose(ours, total.sqrt().numpy(), rtol=1e-4, atol=1e-5 * ours.max())
