"""Receptive fields by hand, of published networks, and against backpropagation."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import receptive_field


def test_by_hand() -> None:
    two = receptive_field([(3, 2, 1), 3])
    assert two[0] == (3, 2, -1)
    assert two[1] == (3 + (3 - 1) * 2, 2, -1)
    assert receptive_field([]) == []


def test_published_networks() -> None:
    alexnet = [(11, 4, 2), (3, 2), (5, 1, 2), (3, 2), *[(3, 1, 1)] * 3, (3, 2)]
    assert receptive_field(alexnet)[-1].size == 195
    vgg16 = [row for n in (2, 2, 3, 3, 3) for row in [*[(3, 1, 1)] * n, (2, 2)]]
    assert receptive_field(vgg16)[-1].size == 212


def test_against_backpropagation() -> None:
    layers = [(3, 2, 1, 1), (2, 1, 0, 3), (5, 2, 2, 1)]
    x = torch.zeros(1, 1, 80, requires_grad=True)
    y = x
    for f, s, p, d in layers:
        y = F.conv1d(y, torch.ones(1, 1, f), stride=s, padding=p, dilation=d)
    field = receptive_field(layers)[-1]
    i = 5  # far enough from the border that nothing is cut off
    (gradient,) = torch.autograd.grad(y[0, 0, i], [x])
    seen = torch.nonzero(gradient[0, 0])[:, 0]
    assert seen.min() == field.offset + i * field.jump
    assert seen.max() == field.offset + i * field.jump + field.size - 1


def test_refusals_say_what_is_wrong() -> None:
    with pytest.raises(ValueError, match=r"stride of layer 0 is 0, expected at least 1"):
        receptive_field([(3, 0)])
    with pytest.raises(
        ValueError, match=r"receptive_field: layer 1 is \(3, 1, 0, 1, 1\), expected"
    ):
        receptive_field([3, (3, 1, 0, 1, 1)])
    with pytest.raises(ValueError, match=r"receptive_field: layer 0 is \(\), expected a kernel"):
        receptive_field([()])
