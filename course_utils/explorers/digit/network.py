"""A network taken apart: what each layer makes of a picture, and the way of a gradient back."""

from __future__ import annotations

import copy
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils import nn, ops
from course_utils.explorers.digit.drawing import SIDE
from course_utils.nn.receptive_fields import window_of

Maps = npt.NDArray[Any]  # in the precision of the network

# kinds of layers, by what a reader calls their output
_NAMES = {"Conv2d": "convolution", "MaxPool2d": "max pool", "AvgPool2d": "average pool"}
_BEND = ("ReLU", "Tanh")


@dataclass(frozen=True)
class Stage:
    """
    One output that is shown: that of one or several layers.

    ``field``, ``jump`` and ``offset`` say which pixels a unit sees: those from
    ``jump·i + offset`` on, ``field`` of them; a field of 0 says all.
    """

    name: str
    layer: str
    shape: tuple[int, ...]
    field: int
    jump: int
    offset: int


class Stages:
    """The layers of a network in the order in which they run, grouped into what is shown.

    The network itself is never run: its layers are copied, with the same arrays of weights, so
    that it can be trained in a cell while someone draws in the page, and what is learnt shows at
    the next stroke. ``alone`` is held by the thread that computes, because a notebook runs its
    cells and answers the page in two threads.
    """

    def __init__(self, network: Any) -> None:
        if not isinstance(network, nn.Module):
            raise TypeError(
                f"DigitExplorer: the network is a {type(network).__name__}, expected one of "
                "course_utils.nn, such as lenet5"
            )
        self.network = network
        self.alone = threading.RLock()
        self._own = _with_the_same_weights(network).eval()
        leaves = [
            (name, layer) for name, layer in self._own.named_modules() if not list(layer.children())
        ]
        self._layers = [layer for _, layer in leaves if not isinstance(layer, nn.Sequential)]
        names = [name for name, layer in leaves if not isinstance(layer, nn.Sequential)]
        self._groups = list(_groups(self._layers))
        trial = np.linspace(0, 1, SIDE * SIDE, dtype=self._dtype).reshape(1, 1, SIDE, SIDE)
        try:
            whole = nn.predict(self._own, trial)
            outputs = self._forward(trial)
        except (ValueError, TypeError) as problem:
            raise ValueError(
                f"DigitExplorer: the network does not take pictures of 1 × {SIDE} × {SIDE}: "
                f"{problem}"
            ) from None
        if whole.shape != (1, 10):
            raise ValueError(
                f"DigitExplorer: the network gives {whole.shape[1:]} for a picture, "
                "expected one score for each of ten digits"
            )
        if outputs[-1].shape != whole.shape or not np.array_equal(outputs[-1], whole):
            raise ValueError(
                "DigitExplorer: the layers of the network do not run one after the other, as a "
                "walk back through them needs"
            )
        self.shown = [
            _stage(self._layers, names, group, output.shape[1:])
            for group, output in zip(self._groups, outputs, strict=True)
        ]

    def forward(self, picture: npt.NDArray[np.float64]) -> list[Maps]:
        """What each stage makes of a picture; the last are the scores."""
        return [y[0] for y in self._forward(picture[None, None])]

    def backward(self, digit: int) -> list[Maps]:
        """Gradient of one score with respect to the picture and to every stage.

        The layers' own backward passes, from the last to the first; call `forward` before.
        """
        grad = np.zeros((1, 10), self._dtype)
        grad[0, digit] = 1
        found = [grad]
        with self.alone:
            for group in reversed(self._groups):
                for k in reversed(group):
                    grad = self._layers[k].backward(grad)
                found.append(grad)
            self._own.zero_grad()
        return [g[0] for g in reversed(found)]

    def scores(self, pictures: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Scores of many pictures in one pass."""
        batch = pictures[:, None].astype(self._dtype)
        with self.alone:
            return nn.predict(self._own, batch).astype(np.float64)

    def checksum(self) -> int:
        """A number that changes when the network learns."""
        found = 0
        for parameter in self._own.parameters():
            found = zlib.crc32(np.ascontiguousarray(parameter.data).data, found)
        return found

    @property
    def _dtype(self) -> np.dtype[Any]:
        return self._own.parameters()[0].data.dtype

    def _forward(self, x: npt.NDArray[Any]) -> list[npt.NDArray[Any]]:
        found = []
        x = x.astype(self._dtype)
        with self.alone:
            for group in self._groups:
                for k in group:
                    x = self._layers[k](x)
                found.append(x)
        return found


def _with_the_same_weights(network: nn.Module) -> nn.Module:
    arrays = [parameter.data for parameter in network.parameters()]
    # deepcopy takes what the memo has for an object instead of copying it
    twin = copy.deepcopy(network, {id(array): array for array in arrays})
    twin.forget()
    twin.zero_grad()
    return twin


def _kind(layer: nn.Module) -> str:
    return type(layer).__name__


def _groups(layers: list[nn.Module]) -> Iterator[list[int]]:
    """A nonlinearity goes with the layer before it, what only rearranges with the one after it."""
    group: list[int] = []
    for k, layer in enumerate(layers):
        group.append(k)
        following = _kind(layers[k + 1]) if k + 1 < len(layers) else ""
        if following in _BEND or (following and _kind(layer) in ("Flatten", "Dropout")):
            continue
        yield group
        group = []


def _stage(
    layers: list[nn.Module], names: list[str], group: list[int], shape: tuple[int, ...]
) -> Stage:
    main = next((k for k in group if _kind(layers[k]) != "Flatten"), group[0])
    name = _NAMES.get(_kind(layers[main]), "dense layer")
    windows = map(window_of, layers[: group[-1] + 1])
    rows = [window[0] for window in windows if window is not None]
    field = ops.receptive_field(rows)[-1] if rows and len(shape) == 3 else None
    return Stage(
        name="scores" if group[-1] == len(layers) - 1 else name,
        layer=names[main],
        shape=tuple(int(n) for n in shape),
        field=field.size if field else 0,
        jump=field.jump if field else 0,
        offset=field.offset if field else 0,
    )
