"""Gradient norms of plain and residual networks, and the sum over paths, by the course's layers.

Everything here is computed from scratch. What `ResidualGradientExplorer` shows at once was
computed by these functions beforehand; ``make grid`` writes it
(`course_utils.explorers.residual_gradient.grid`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from course_utils import data, nn
from course_utils.explorers.shared.arrays import Array
from course_utils.nn import init, models
from course_utils.nn.models.residual_blocks import ResidualBlock

PICTURES = 16  # digits in the batch
SMALL = 0.01  # σ of the small normal weights
PATH_CHANNELS, PATH_SIDE = 8, 8  # shape of the small net whose paths are summed


def _small(shape: tuple[int, ...], rng: np.random.Generator, dtype: npt.DTypeLike) -> Array:
    values: Array = rng.normal(0.0, SMALL, size=shape).astype(dtype)
    return values


INITIALISATIONS: dict[str, tuple[str, Callable[..., Array]]] = {
    "he": ("He", partial(init.kaiming_normal, mode="fan_in")),
    "xavier": ("Xavier", init.xavier_normal),
    "small": ("small normal, σ = 0.01", _small),
}


class Norms(NamedTuple):
    """Euclidean norms of the gradient of one network, from its input to its output."""

    signal: Array
    weights: Array


class Paths(NamedTuple):
    """The gradient of a small net, taken apart by the length of its paths."""

    norms: Array
    total: float
    gap: float


def prepare(
    model: nn.Module, initialisation: str, normalisation: bool, rng: np.random.Generator
) -> None:
    """Draw the weights of a model, and take its normalisations out where none is wanted."""
    init.reset(model, rng, INITIALISATIONS[initialisation][1])
    if not normalisation:
        for module in list(model.modules()):
            for name, child in list(module.named_children()):
                if isinstance(child, nn.BatchNorm2d):
                    setattr(module, name, nn.Identity())


def digits() -> tuple[Array, npt.NDArray[np.int64]]:
    """The batch: sixteen real digits, their pixels doubled to 16 × 16, at mean 0 and variance 1."""
    found = data.digits()
    x = np.asarray(found.x_train[:PICTURES], dtype=np.float64).reshape(PICTURES, 1, 8, 8)
    x = (x - x.mean()) / x.std()
    return x.repeat(2, axis=2).repeat(2, axis=3), np.asarray(found.y_train[:PICTURES], np.int64)


def measure(
    depth: int,
    skip_scale: float,
    initialisation: str,
    normalisation: bool,
    pre_activation: bool,
    seed: int,
) -> Norms:
    """Gradient norms of a residual network at its start, before any training.

    ∂L/∂x = (∂F/∂x + λI)ᵀ ∂L/∂H for every block; L is the cross-entropy over sixteen digits. With
    λ = 0 the network is plain.
    """
    net = models.CifarResNet(
        depth,
        in_channels=1,
        skip_scale=skip_scale,
        pre_activation=pre_activation,
        rng=None,
        dtype=np.float64,
    )
    prepare(net, initialisation, normalisation, np.random.default_rng(seed))
    blocks = [module for module in net.modules() if isinstance(module, ResidualBlock)]
    norms: list[float] = []  # from the output to the input

    def note(_: object, grad_input: Any, grad_output: Any) -> None:
        if not norms:
            norms.append(_norm(grad_output[0]))
        norms.append(_norm(grad_input[0]))

    for block in blocks:
        block.register_full_backward_hook(note)
    x, labels = digits()
    loss = nn.CrossEntropyLoss()
    loss(net(x), labels)
    net.backward(loss.backward())
    signal = np.array(norms[::-1])
    weights = np.array(
        [_norm(p.grad) for p in net.parameters() if p.data.ndim >= 2 and p.grad is not None]
    )
    return Norms(signal, weights)


def sum_paths(
    blocks: int, skip_scale: float, initialisation: str, normalisation: bool, seed: int
) -> Paths:
    """Expand (J_L + λI) ⋯ (J_1 + λI) over L blocks, and add its 2^L terms up by their length.

    The sum over the paths through k branches is found block by block, from the output: what has
    run through k branches either skips the next block, times λ, or is what had run through k − 1
    and takes its branch.
    """
    rng = np.random.default_rng(seed)
    C, side = PATH_CHANNELS, PATH_SIDE
    stack = nn.Sequential(
        *[
            models.PreActivationBlock(C, C, skip_scale=skip_scale, rng=None, dtype=np.float64)
            for _ in range(blocks)
        ]
    )
    prepare(stack, initialisation, normalisation, rng)
    x = rng.normal(size=(PICTURES, C, side, side))
    upstream = rng.normal(size=x.shape)
    upstream /= _norm(upstream)
    inputs = [x]
    for block in stack:
        inputs.append(block(inputs[-1]))
    whole = stack.backward(upstream)

    by_length: list[Array] = [upstream]
    for block, given in zip(reversed(list(stack)), inputs[-2::-1], strict=True):
        assert isinstance(block, ResidualBlock)
        taken = []
        for gradient in by_length:
            block.branch(given)  # a backward pass uses up its forward pass
            taken.append(block.branch_backward(gradient))
        skipped = [skip_scale * gradient for gradient in by_length]
        nothing = np.zeros_like(upstream)
        by_length = [a + b for a, b in zip([*skipped, nothing], [nothing, *taken], strict=True)]
    total = np.sum(by_length, axis=0)
    gap = float(np.abs(total - whole).max() / (np.abs(whole).max() or 1.0))
    return Paths(np.array([_norm(part) for part in by_length]), _norm(whole), gap)


def _norm(values: Any) -> float:
    # Scaled first: the square of 1e-200 would be zero.
    largest = float(np.abs(values).max())
    if largest == 0 or not np.isfinite(largest):
        return largest
    return largest * float(np.linalg.norm(np.ravel(values) / largest))
