"""Pools and batch normalisation beside PyTorch on a CPU, forward and with gradients, float32."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils import ops

SHAPES = [(16, 64, 56, 56), (128, 6, 28, 28)]
LAYERS: dict[str, tuple[str, tuple[int | bool | None, ...]]] = {
    "max_pool2d 2": ("max_pool2d", (2,)),
    "max_pool2d 3/2 padded": ("max_pool2d", (3, 2, 1)),
    "avg_pool2d 2": ("avg_pool2d", (2,)),
    "adaptive_avg_pool2d 1": ("adaptive_avg_pool2d", (1,)),
    "batch_norm": ("batch_norm", (None, None, None, None, True)),
}


@pytest.mark.parametrize("gradients", [False, True], ids=["forward", "with gradients"])
@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_layer(
    pair: Callable[..., None], shape: tuple[int, ...], layer: str, gradients: bool
) -> None:
    name, args = LAYERS[layer]
    rng = np.random.default_rng(0)
    x = rng.normal(size=shape).astype(np.float32)
    forward, backward = getattr(ops, name), getattr(ops, name + "_backward")
    reference = getattr(F, name)
    tx = torch.from_numpy(x).requires_grad_(gradients)
    if not gradients:
        pair(
            f"{name} forward",
            f"{layer} {shape}",
            lambda: forward(x, *args),
            lambda: reference(tx, *args),
        )
        return
    gy = rng.normal(size=forward(x, *args).shape).astype(np.float32)
    tg = torch.from_numpy(gy)

    def ours() -> None:
        forward(x, *args)
        backward(gy, x, *args)

    def theirs() -> None:
        torch.autograd.grad(reference(tx, *args), tx, tg)

    pair(f"{name} with gradients", f"{layer} {shape}", ours, theirs)
