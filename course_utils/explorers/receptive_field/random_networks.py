"""The effective field in one network: the gradient of a unit, with random weights on a picture.

The known networks are run with few channels: how far a gradient spreads depends on kernels,
strides and pools, hardly on the number of channels.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from course_utils import ops
from course_utils.explorers.receptive_field.average_field import without_padding
from course_utils.explorers.receptive_field.networks import Layer, sides
from course_utils.explorers.receptive_field.photographs import photograph
from course_utils.explorers.shared.arrays import Array

Maps = npt.NDArray[Any]

CHANNELS = 4


class Passed(NamedTuple):
    """What a forward pass through a reduced network leaves behind."""

    inputs: list[Maps]
    weights: list[Maps | None]
    shortcuts: dict[int, Maps]


@lru_cache(maxsize=4)
def passed(layers: tuple[Layer, ...], side: int, picture: str, seed: int) -> Passed:
    """Send a picture through the stack with four channels, He's weights and ReLU."""
    rng = np.random.default_rng(seed)
    x: Maps = photograph(picture, side)[None].astype(np.float32)
    x = x - x.mean()
    inputs: list[Maps] = [x]
    weights: list[Maps | None] = []
    shortcuts: dict[int, Maps] = {}
    for n, layer in enumerate(layers):
        F, S, P, d = layer.row
        if layer.pool:
            weights.append(None)
            x = ops.max_pool2d(x, F, stride=S, padding=P, dilation=d)
        else:
            weight = _weight(rng, x.shape[1], F)
            weights.append(weight)
            y = ops.conv2d(x, weight, stride=S, padding=P, dilation=d)
            if layer.block:
                before = inputs[n + 1 - layer.block]
                y = y + _shortcut(rng, before, y.shape, n, shortcuts)
            x = np.maximum(y, 0)
        inputs.append(x)
    return Passed(inputs, weights, shortcuts)


def gradient(layers: tuple[Layer, ...], side: int, unit: tuple[int, int], through: Passed) -> Array:
    """Gradient of one unit, all its channels in turn, back to the picture of a reduced network."""
    heights = sides(layers, side)
    channels = through.inputs[len(layers)].shape[1]
    # One picture of the batch for each channel of the unit; before its own ReLU, which may be shut.
    grad: Maps = np.zeros((channels, channels, heights[-1], heights[-1]), np.float32)
    grad[np.arange(channels), np.arange(channels), unit[0], unit[1]] = 1.0
    pending: dict[int, Maps] = {}
    for n in range(len(layers) - 1, -1, -1):
        layer, x, weight = layers[n], through.inputs[n], through.weights[n]
        F, S, P, d = layer.row
        if layer.block:
            start = n + 1 - layer.block
            matrix = through.shortcuts.get(n)
            pending[start] = (
                grad
                if matrix is None
                else _back(
                    grad,
                    matrix,
                    Layer("", 1, heights[start] // heights[n + 1], 0, 1),
                    heights[start],
                )
            )
        if weight is None:
            batch = np.broadcast_to(x, (channels, *x.shape[1:]))
            grad = ops.max_pool2d_backward(grad, batch, F, stride=S, padding=P, dilation=d)
        else:
            grad = _back(grad, weight, layer, heights[n])
        if n in pending:
            grad = grad + pending.pop(n)
        if n and not layers[n - 1].pool:
            grad = grad * (through.inputs[n] > 0)
    return np.asarray(np.sqrt((grad.astype(np.float64) ** 2).sum(axis=(0, 1))))


def _weight(rng: np.random.Generator, channels: int, kernel: int) -> Maps:
    sigma = np.sqrt(2.0 / (channels * kernel * kernel))
    values: Maps = rng.normal(0.0, sigma, (CHANNELS, channels, kernel, kernel)).astype(np.float32)
    return values


def _shortcut(
    rng: np.random.Generator,
    before: Maps,
    shape: tuple[int, ...],
    place: int,
    shortcuts: dict[int, Maps],
) -> Array:
    if before.shape == shape:
        return before
    shortcuts[place] = _weight(rng, before.shape[1], 1)
    return np.asarray(ops.conv2d(before, shortcuts[place], stride=before.shape[-1] // shape[-1]))


def _back(grad: Maps, weight: Maps, layer: Layer, below: int) -> Maps:
    full = ops.conv_transpose2d(grad, weight, stride=layer.stride, dilation=layer.dilation)
    return without_padding(full, layer.padding, below, axes=2)
