"""The stacks that ReceptiveFieldExplorer knows, and what one of their units is moved by.

The rows of the known networks are those of ``course_utils.nn.models``; the tests compare them.
Their effective fields are found on the same rows with few channels: how far a gradient spreads
depends on kernels, strides and pools, hardly on the number of channels.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from course_utils import data, ops
from course_utils.explorers.shared.arrays import Array

Maps = npt.NDArray[Any]

CHANNELS = 4  # of the reduced networks


class Layer(NamedTuple):
    """One convolution or pool, square."""

    name: str
    kernel: int
    stride: int
    padding: int
    dilation: int
    pool: bool = False
    block: int = 0

    @property
    def row(self) -> tuple[int, int, int, int]:
        """The four numbers, as `ops.receptive_field` takes them."""
        return self.kernel, self.stride, self.padding, self.dilation


def _convolution(name: str, kernel: int, stride: int = 1, padding: int = 0) -> Layer:
    return Layer(name, kernel, stride, padding, 1)


def _pool(name: str, kernel: int, stride: int = 2, padding: int = 0) -> Layer:
    return Layer(name, kernel, stride, padding, 1, pool=True)


def _vgg_16() -> tuple[Layer, ...]:
    layers = []
    for stage, count in enumerate((2, 2, 3, 3, 3), start=1):
        layers += [_convolution(f"conv{stage}_{n}", 3, 1, 1) for n in range(1, count + 1)]
        layers.append(_pool(f"pool{stage}", 2))
    return tuple(layers)


def _resnet_18() -> tuple[Layer, ...]:
    layers = [_convolution("conv1", 7, 2, 3), _pool("pool1", 3, 2, 1)]
    for stage in (2, 3, 4, 5):
        for block in (1, 2):
            stride = 2 if stage > 2 and block == 1 else 1
            layers.append(_convolution(f"conv{stage}_{2 * block - 1}", 3, stride, 1))
            last = _convolution(f"conv{stage}_{2 * block}", 3, 1, 1)
            layers.append(last._replace(block=2))
    return tuple(layers)


NETWORKS: dict[str, tuple[int, tuple[Layer, ...]]] = {
    "LeNet-5": (
        32,
        (
            _convolution("C1", 5),
            _pool("S2", 2),
            _convolution("C3", 5),
            _pool("S4", 2),
        ),
    ),
    "AlexNet": (
        224,
        (
            _convolution("conv1", 11, 4, 2),
            _pool("pool1", 3),
            _convolution("conv2", 5, 1, 2),
            _pool("pool2", 3),
            _convolution("conv3", 3, 1, 1),
            _convolution("conv4", 3, 1, 1),
            _convolution("conv5", 3, 1, 1),
            _pool("pool5", 3),
        ),
    ),
    "VGG-16": (224, _vgg_16()),
    "ResNet-18": (224, _resnet_18()),
}


def own_layers(rows: Sequence[tuple[int, int, int, int]]) -> tuple[Layer, ...]:
    """Layers of a stack of one's own: convolutions, named by their number."""
    return tuple(Layer(f"layer {n}", *row) for n, row in enumerate(rows, start=1))


@lru_cache(maxsize=64)
def sides(layers: tuple[Layer, ...], side: int) -> tuple[int, ...]:
    """Side of the picture and of every map above it."""
    found = [side]
    for layer in layers:
        F, S, P, d = layer.row
        try:
            found.append(ops.output_size(found[-1], F, S, P, d))
        except ValueError:
            room = f"{found[-1]} and {P} of padding on both sides"
            window = f"{F}" if d == 1 else f"{d * (F - 1) + 1} ({F} at dilation {d})"
            raise ValueError(
                f"the window of {layer.name}, {window}, does not fit into {room}"
            ) from None
    return tuple(found)


def spread(layers: tuple[Layer, ...], side: int, unit: tuple[int, int]) -> Array:
    r"""Share of a unit's squared gradient that falls on each pixel, on average over random weights.

    Weights drawn independently around zero let the squares of the gradients add up, path by path.
    So the mean of the squared gradient obeys the backward pass with every weight replaced by its
    variance:

    .. math::
        \mathbb{E}\Big[\Big(\frac{\partial y}{\partial x}\Big)^2\Big] \propto
        \text{number of paths from } x \text{ to } y.

    A pool passes the gradient to one unit of its window, each as likely as the other. A shortcut
    and the branch beside it count alike.
    """
    heights = sides(layers, side)
    rows, columns = (_one(heights[-1], at) for at in unit)
    if not any(layer.block for layer in layers):
        # Without shortcuts the two axes do not know of each other.
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
    cut = _without_padding(full, layer.padding, below, axes=1)
    return np.asarray(cut.reshape(*gradient.shape[:-1], below))


def _averaged_square(gradient: Array, layer: Layer, below: int) -> Array:
    for _ in range(2):
        gradient = _averaged(gradient, layer, below).T
    return gradient


def _without_padding(full: Maps, padding: int, below: int, axes: int) -> Maps:
    # Cut here and not by the transposed convolution, which refuses to cut everything away; behind
    # the last window there may be pixels that no window saw.
    for axis in range(-axes, 0):
        full = np.moveaxis(full, axis, -1)[..., padding : padding + below]
        missing = below - full.shape[-1]
        if missing:
            full = np.concatenate([full, np.zeros((*full.shape[:-1], missing), full.dtype)], -1)
        full = np.moveaxis(full, -1, axis)
    return full


@lru_cache(maxsize=32)
def photograph(name: str, side: int) -> Array:
    """A picture in colour, or in grey three times."""
    color = name in data.picture_names(color=True)
    picture = data.picture(name, side, color=color)
    values = picture if color else np.repeat(picture[None], 3, axis=0)
    values.setflags(write=False)
    return values


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
    return _without_padding(full, layer.padding, below, axes=2)
