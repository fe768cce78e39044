"""Shortcuts beside PyTorch's operations."""

import numpy as np
import torch
from torch.nn import functional

from course_utils.nn import models
from course_utils.nn.models.shortcuts import projection
from tests.nn.layer_checks import RNG, agree


def test_pad_shortcut() -> None:
    layer = models.PadShortcut(4, 10, 2)
    x, g = RNG(0).normal(size=(2, 4, 5, 7)), RNG(1).normal(size=(2, 10, 3, 4))
    t = torch.from_numpy(x).requires_grad_()
    theirs = functional.pad(t[:, :, ::2, ::2], (0, 0, 0, 0, 3, 3))
    torch.autograd.backward(theirs, torch.from_numpy(g))
    np.testing.assert_array_equal(layer(x), theirs.detach().numpy())
    assert t.grad is not None
    np.testing.assert_array_equal(layer.backward(g), t.grad.numpy())
    assert repr(layer) == "PadShortcut(4, 10, stride=2)"


def test_projection() -> None:
    theirs = torch.nn.Sequential(
        torch.nn.Conv2d(4, 6, 1, 2, bias=False), torch.nn.BatchNorm2d(6)
    )  # fmt: skip
    agree(projection(4, 6, 2, None, np.float64), theirs, (3, 4, 7, 6))
