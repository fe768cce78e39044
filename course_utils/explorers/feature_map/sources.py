"""Where FeatureMapExplorer's layers come from: filters, networks of the course, PyTorch's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, cast

import numpy as np

from course_utils import data, nn, ops
from course_utils.explorers.digit.drawing import prepare
from course_utils.explorers.digit.state import opening
from course_utils.explorers.shared.arrays import Array, numbers
from course_utils.explorers.shared.option_readers import Pair
from course_utils.nn.models.trained import trained_lenet5

SIDE = 80  # of the colour pictures
MOST = 64  # channels or filters that the page has room for


@dataclass(frozen=True, eq=False)
class Layer:
    """
    A convolution with the input that reaches it.

    ``x`` is (C, H, W), ``weight`` (K, C/groups, kH, kW), ``bias`` (K,); ``padding`` is what is
    added before the rows and columns, and ``after`` what is added behind them.
    """

    name: str
    x: Array
    weight: Array
    bias: Array
    stride: Pair = (1, 1)
    padding: Pair = (0, 0)
    after: Pair = (0, 0)
    dilation: Pair = (1, 1)
    groups: int = 1

    @cached_property
    def padded(self) -> Array:
        """The input with its border of zeros."""
        return np.pad(self.x, ((0, 0), *zip(self.padding, self.after, strict=True)))

    @cached_property
    def maps(self) -> Array:
        """What the layer makes of its input."""
        options = {"stride": self.stride, "dilation": self.dilation, "groups": self.groups}
        y = ops.conv2d(self.padded, self.weight, self.bias, **cast(Any, options))
        return np.asarray(y, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Source:
    """A picture and what turns it into layers; ``layers`` are those of ``image``."""

    name: str
    image: Array
    layers: tuple[Layer, ...]
    capture: Callable[[Array], tuple[Layer, ...]]

    def of(self, image: Array, name: str) -> Source:
        """The same layers, reached by another picture."""
        return Source(name, image, self.capture(image), self.capture)


def from_filters(weight: Any, bias: Any = None, **options: Any) -> Callable[[Array], Any]:
    """A layer of given filters."""
    w = numbers(weight, "weight", 4)
    b = np.zeros(len(w)) if bias is None else numbers(bias, "bias", 1)
    return lambda image: (_layer("filters", image, w, b, **options),)


def from_network(network: Any) -> Callable[[Array], tuple[Layer, ...]]:
    """Every convolution of a network, with the input that reaches it."""
    if isinstance(network, nn.Module):
        return lambda image: _nonempty(_of_ours(network, image))
    if any(kind.__module__.partition(".")[0] == "torch" for kind in type(network).__mro__):
        return lambda image: _nonempty(_of_pytorch(network, image))
    raise TypeError(
        f"FeatureMapExplorer: the network is a {type(network).__name__}, expected one of "
        "course_utils.nn or a torch.nn.Module"
    )


def _nonempty(layers: list[Layer]) -> tuple[Layer, ...]:
    if not layers:
        raise ValueError("FeatureMapExplorer: no convolution of the network was reached")
    return tuple(layers)


def _of_ours(network: nn.Module, image: Array) -> list[Layer]:
    convolutions = [(n, m) for n, m in network.named_modules() if isinstance(m, nn.Conv2d)]
    dtype = network.parameters()[0].data.dtype if network.parameters() else np.float64
    x = image[None].astype(dtype)
    return _reached(convolutions, np.asarray, lambda: nn.predict(network, x))


def _of_pytorch(network: Any, image: Array) -> list[Layer]:
    from course_utils import torch_bridge

    return _reached(
        torch_bridge.convolutions(network),
        torch_bridge.to_numpy,
        lambda: torch_bridge.predict(network, image[None]),
    )


def _reached(
    convolutions: Iterable[tuple[str, Any]],
    as_array: Callable[[Any], Array],
    run: Callable[[], Any],
) -> list[Layer]:
    """The convolutions, ours or PyTorch's, in the order in which the network reaches them."""
    found: list[Layer] = []

    def watch(name: str) -> Callable[[Any, Any], None]:
        def before(module: Any, inputs: Any) -> None:
            if getattr(module, "padding_mode", "zeros") != "zeros":
                raise ValueError(
                    f"FeatureMapExplorer: {name} pads with {module.padding_mode!r}, and only "
                    "zeros are shown"
                )
            x, weight = as_array(inputs[0]), as_array(module.weight.data)
            bias = None if module.bias is None else as_array(module.bias.data)
            options = {k: getattr(module, k) for k in ("stride", "padding", "dilation", "groups")}
            found.append(_layer(name, x[0], weight, bias, **options))

        return before

    with ExitStack() as hooks:
        for name, module in convolutions:
            hooks.enter_context(module.register_forward_pre_hook(watch(name)))
        run()
    return found


def _layer(name: str, x: Any, weight: Any, bias: Any, **options: Any) -> Layer:
    x, weight = np.asarray(x, dtype=np.float64), np.asarray(weight, dtype=np.float64)
    K = len(weight)
    bias = np.zeros(K) if bias is None else np.asarray(bias, dtype=np.float64)
    stride, dilation = (_pair(options.get(k, 1)) for k in ("stride", "dilation"))
    padding = options.get("padding", 0)
    if padding == "same":
        sides = [ops.same_padding(f, d) for f, d in zip(weight.shape[2:], dilation, strict=True)]
        before, after = (sides[0][0], sides[1][0]), (sides[0][1], sides[1][1])
    else:
        before = after = _pair(0 if padding == "valid" else padding)
    if max(K, weight.shape[1]) > MOST:
        raise ValueError(
            f"FeatureMapExplorer: {name} has {K} filters of {weight.shape[1]} channels, and the "
            f"page has room for {MOST}"
        )
    made = Layer(
        name, x, weight, bias, stride, before, after, dilation, int(options.get("groups", 1))
    )
    _ = made.maps  # what does not fit is refused here, in the words of conv2d
    return made


def _pair(value: Any) -> Pair:
    return (int(value), int(value)) if np.ndim(value) == 0 else (int(value[0]), int(value[1]))


def colour_filters() -> tuple[Array, Array]:
    """Six filters of 5 × 5 for colour pictures, made by hand, and their biases."""
    w = np.zeros((6, 3, 5, 5))
    w[0, 0, :, :2], w[0, 0, :, 3:] = 1, -1
    w[0, 1] = -w[0, 0]
    blob = np.outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1]) / 256
    w[1] = np.array([1.5, -0.5, -1.0])[:, None, None] * blob
    w[2] = np.array([-0.75, -0.75, 1.5])[:, None, None] * blob
    w[3] = np.array([0.3, 0.59, 0.11])[:, None, None] * blob
    w[4] = np.array([0.3, 0.59, 0.11])[:, None, None] * np.array([-1, -1, 0, 1, 1])
    w[5] = (np.where(np.arange(25) == 12, 24, -1).reshape(5, 5) / 8)[None] / 3
    return w, np.array([-1.0, -0.1, 0.0, 0.0, 0.0, 0.0])


def _colour(name: str) -> Source:
    capture = from_filters(*colour_filters())
    image = data.picture(name, size=SIDE, color=True)
    return Source(name, image, capture(image), capture)


def _lenet() -> Source:
    capture = from_network(trained_lenet5())
    image = prepare(opening())[None]
    return Source("lenet", image, capture(image), capture)


SCENES: dict[str, tuple[str, Callable[[], Source]]] = {
    "astronaut": ("portrait in colour", lambda: _colour("astronaut")),
    "coffee": ("cup of coffee", lambda: _colour("coffee")),
    "lenet": ("a three in LeNet-5", _lenet),
}


@lru_cache(maxsize=8)
def scene(name: str) -> Source:
    """A scene by name."""
    return SCENES[name][1]()
