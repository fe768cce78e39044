"""conv2d beside PyTorch on a CPU, forward and with both gradients, float32."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import conv2d, conv2d_backward

Array = npt.NDArray[np.floating[Any]]
Shape = tuple[int, int, int, int, int, int, int]

# batch, channels, side, filters, filter's side, stride, padding
SHAPES = [
    (16, 64, 56, 64, 3, 1, 1),
    (16, 128, 28, 128, 3, 1, 1),
    (16, 256, 14, 256, 3, 1, 1),
    (16, 512, 7, 512, 3, 1, 1),
    (8, 3, 224, 64, 7, 2, 3),
    (16, 64, 56, 128, 1, 2, 0),
    (16, 64, 56, 128, 3, 2, 1),
    (128, 16, 32, 16, 3, 1, 1),
    (128, 1, 32, 6, 5, 1, 0),
    (1, 64, 56, 64, 3, 1, 1),
]


def arrays(shape: Shape) -> tuple[Array, Array, Array, tuple[None, int, int]]:
    B, C, H, K, k, S, P = shape
    rng = np.random.default_rng(0)
    x = rng.normal(size=(B, C, H, H)).astype(np.float32)
    weight = rng.normal(size=(K, C, k, k)).astype(np.float32)
    gy = rng.normal(size=conv2d(x, weight, None, S, P).shape).astype(np.float32)
    return x, weight, gy, (None, S, P)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_forward(pair: Callable[..., None], shape: Shape) -> None:
    x, weight, _, options = arrays(shape)
    tx, tw = torch.from_numpy(x), torch.from_numpy(weight)

    def theirs() -> None:
        with torch.no_grad():
            F.conv2d(tx, tw, *options)

    pair("conv2d forward", str(shape), lambda: conv2d(x, weight, *options), theirs)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_forward_and_backward(pair: Callable[..., None], shape: Shape) -> None:
    x, weight, gy, options = arrays(shape)
    tx, tw = (torch.from_numpy(a).requires_grad_() for a in (x, weight))
    tg = torch.from_numpy(gy)

    def ours() -> None:
        conv2d(x, weight, *options)
        conv2d_backward(gy, x, weight, *options)

    def theirs() -> None:
        torch.autograd.grad(F.conv2d(tx, tw, *options), (tx, tw), tg)

    pair("conv2d with gradients", str(shape), ours, theirs, rounds=9)
