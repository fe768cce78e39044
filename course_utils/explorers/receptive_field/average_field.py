"""The effective field on average over random weights."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils import ops
from course_utils.explorers.receptive_field.networks import Layer, sides
from course_utils.explorers.shared.arrays import Array

Maps = npt.NDArray[Any]


def spread(layers: tuple[Layer, ...], side: int, unit: tuple[int, int]) -> Array:
    """Share of a unit's squared gradient that falls on each pixel, on average over random weights.

    Where weights are drawn independently around zero, the mean of the squared gradient obeys the
    backward pass with every weight replaced by its variance: it counts the paths from a pixel to
    the unit. A pool passes the gradient to one unit of its window, each as likely as the others;
    a shortcut and the branch beside it count alike.
    """
    heights = sides(layers, side)
    rows, columns = (_one(heights[-1], at) for at in unit)
    if not any(layer.block for layer in layers):
        # Without shortcuts the two axes are independent.
        for layer, below in zip(reversed(layers), heights[-2::-1], strict=True):
            rows, columns = (_averaged(axis, layer, below) for axis in (rows, columns))
        return np.outer(rows, columns)
    gradient = np.outer(rows, columns)
    pending: dict[int, Array] = {}
    for n in range(len(layers) - 1, -1, -1):
        layer, below = layers[n], heights[n]
        if layer.block:
            start = n + 1 - layer.block
            stride = int(np.prod([inner.stride for inner in layers[start : n + 1]]))
            shortcut = Layer("shortcut", 1, stride, 0, 1)
            pending[start] = _averaged_square(gradient, shortcut, heights[start])
        gradient = _averaged_square(gradient, layer, below)
        if n in pending:
            gradient = gradient + pending.pop(n)
    return np.asarray(gradient / 2 ** sum(layer.block > 0 for layer in layers))


def _one(size: int, at: int) -> Array:
    values = np.zeros(size)
    values[at] = 1.0
    return values


def _averaged(gradient: Array, layer: Layer, below: int) -> Array:
    # The transposed window, with equal weights that sum to 1, along the last axis.
    F = layer.kernel
    kernel = np.full((1, 1, F), 1.0 / F)
    full = ops.conv_transpose1d(
        gradient.reshape(-1, 1, gradient.shape[-1]),
        kernel,
        stride=layer.stride,
        dilation=layer.dilation,
    )
    cut = without_padding(full, layer.padding, below, axes=1)
    return np.asarray(cut.reshape(*gradient.shape[:-1], below))


def _averaged_square(gradient: Array, layer: Layer, below: int) -> Array:
    for _ in range(2):
        gradient = _averaged(gradient, layer, below).T
    return gradient


def without_padding(full: Maps, padding: int, below: int, axes: int) -> Maps:
    """Cut the padding off the last axes of a gradient, and leave ``below`` places of each.

    The transposed convolution refuses to cut everything away, and behind the last window there may
    be pixels that no window saw.
    """
    for axis in range(-axes, 0):
        full = np.moveaxis(full, axis, -1)[..., padding : padding + below]
        missing = below - full.shape[-1]
        if missing:
            full = np.concatenate([full, np.zeros((*full.shape[:-1], missing), full.dtype)], -1)
        full = np.moveaxis(full, -1, axis)
    return full
