"""The stacks that ReceptiveFieldExplorer knows: kernels, strides and paddings, layer by layer.

The rows of the known networks are those of ``course_utils.nn.models``; the tests compare them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from course_utils import ops


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


def own_layers(rows: Sequence[Sequence[int]]) -> tuple[Layer, ...]:
    """Layers of a stack of one's own: convolutions, named by their number."""
    return tuple(Layer(f"layer {n}", F, S, P, d) for n, (F, S, P, d) in enumerate(rows, start=1))


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
