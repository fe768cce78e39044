"""The state of FeatureMapExplorer and what follows from it: pure functions, no widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course_utils import ops
from course_utils.explorers.feature_map.sources import Layer, Source, scene
from course_utils.explorers.shared.arrays import Array, numbers, short

OWN = "your picture"
COLOURS = ("red", "green", "blue")


@dataclass(frozen=True, eq=False)
class FeatureMapState:
    """
    Everything that FeatureMapExplorer shows, as one value.

    ``filter`` is k, ``focus`` the row and column of the output that is looked at, ``terms`` how
    many terms have been added: the channels one by one, then the bias, then ReLU.
    """

    source: Source
    layer: str
    filter: int = 0
    focus: tuple[int, int] = (0, 0)
    terms: int = 0

    @property
    def here(self) -> Layer:
        """The layer that is shown."""
        return next(layer for layer in self.source.layers if layer.name == self.layer)

    @property
    def scene(self) -> str:
        """Name of the scene."""
        return self.source.name

    @property
    def image(self) -> Array:
        """The picture."""
        return self.source.image


@dataclass(frozen=True, eq=False)
class Stacked:
    """What `explain` finds."""

    first: int
    channels: Array
    names: list[str]
    slices: Array
    partial: Array
    bias: float
    total: Array
    after_relu: Array
    maps: Array
    values: list[float]
    torch_line: str


def explain(state: FeatureMapState) -> Stacked:
    """Take one feature map apart: a partial map for each channel, their sum, the bias, ReLU.

    y[k] = b[k] + Σ_c x[c] ⋆ w[k, c], and max(y[k], 0).
    """
    layer, k = state.here, state.filter
    K, C = layer.weight.shape[:2]
    first = k * layer.groups // K * C
    padded = layer.padded[first : first + C]
    # one group for each channel: every slice meets its own channel only
    partial = ops.conv2d(
        padded, layer.weight[k][:, None], stride=layer.stride, dilation=layer.dilation, groups=C
    )
    maps = layer.maps
    total = maps[k]
    return Stacked(
        first=first,
        channels=layer.x[first : first + C],
        names=_names(layer, first, C),
        slices=layer.weight[k],
        partial=np.asarray(partial, dtype=np.float64),
        bias=float(layer.bias[k]),
        total=total,
        after_relu=np.asarray(ops.relu(total), dtype=np.float64),
        maps=maps,
        values=[float(v) for v in partial[:, state.focus[0], state.focus[1]]],
        torch_line=torch_line(layer, k),
    )


def torch_line(layer: Layer, k: int) -> str:
    """The line of PyTorch that computes a map, for x (1, C, H, W)."""
    options = [
        f"{name}={value[0] if value[0] == value[1] else value}"
        for name, value, usual in (
            ("stride", layer.stride, 1),
            ("padding", layer.padding, 0),
            ("dilation", layer.dilation, 1),
        )
        if value != (usual, usual) and (name != "padding" or layer.padding == layer.after)
    ]
    if layer.padding != layer.after:
        options.append('padding="same"')
    if layer.groups != 1:
        options.append(f"groups={layer.groups}")
    return f"y = F.relu(F.conv2d({', '.join(['x', 'w', 'b', *options])}))[0, {k}]"


def with_changes(state: FeatureMapState, changes: Mapping[str, Any]) -> FeatureMapState:
    """Apply changes to a state."""
    new = state
    if "scene" in changes and changes["scene"] != new.scene:
        source = scene(changes["scene"])
        names = [layer.name for layer in source.layers]
        layer = new.layer if new.layer in names else names[0]
        new = whole_sum(replace(new, source=source, layer=layer, filter=0))
    if "image" in changes:
        image = numbers(changes["image"], "image", 3)
        new = replace(new, source=new.source.of(image, OWN))
    if "layer" in changes and changes["layer"] != new.layer:
        names = [layer.name for layer in new.source.layers]
        if changes["layer"] not in names:
            raise ValueError(
                f"there is no layer called {short(changes['layer'])}; choose from "
                f"{', '.join(names)}"
            )
        new = whole_sum(replace(new, layer=changes["layer"], filter=0))
    K, C = new.here.weight.shape[:2]
    if "filter" in changes:
        new = replace(new, filter=_whole("filter", changes["filter"], K - 1))
    if "terms" in changes:
        new = replace(new, terms=_whole("terms", changes["terms"], C + 2))
    return _with_focus(new, changes.get("focus", new.focus))


def whole_sum(state: FeatureMapState) -> FeatureMapState:
    """Add all terms, and look where the map is largest."""
    map_ = state.here.maps[state.filter]
    row, column = np.unravel_index(int(map_.argmax()), map_.shape)
    terms = state.here.weight.shape[1] + 2
    return replace(state, focus=(int(row), int(column)), terms=terms)


def _with_focus(state: FeatureMapState, focus: Any) -> FeatureMapState:
    try:
        i, j = (int(v) for v in focus)
    except (TypeError, ValueError):
        raise ValueError(f"focus must be a row and a column, not {short(focus)}") from None
    rows, columns = state.here.maps.shape[1:]
    return replace(state, focus=(min(max(i, 0), rows - 1), min(max(j, 0), columns - 1)))


def _names(layer: Layer, first: int, count: int) -> list[str]:
    if len(layer.x) == 3 and layer.name == "filters":
        return list(COLOURS[first : first + count])
    return [f"channel {c}" for c in range(first, first + count)]


def _whole(name: str, value: Any, high: int) -> int:
    words = f"{name} must be a whole number from 0 to {high}"
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise ValueError(f"{words}, not {short(value)}")
    if not 0 <= value <= high:
        raise ValueError(f"{words}, not {value}")
    return int(value)
