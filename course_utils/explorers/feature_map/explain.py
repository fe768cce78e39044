"""What FeatureMapExplorer computes: one map, taken apart by channels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course_utils import ops
from course_utils.explorers.feature_map.sources import Layer
from course_utils.explorers.feature_map.state import FeatureMapState
from course_utils.explorers.shared.arrays import Array

COLOURS = ("red", "green", "blue")


@dataclass(frozen=True, eq=False)
class Stacked:
    """
    What `explain` finds.

    ``first`` is the first channel that the filter reads; ``partial`` what each channel gives to
    the map, ``values`` the same at the focus; ``maps`` are those of all filters.
    """

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

    @property
    def largest(self) -> float:
        """The largest size of what is drawn in colour; 1 where all is zero."""
        return max(float(abs(v).max()) for v in (self.partial, self.total)) or 1.0


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


def _names(layer: Layer, first: int, count: int) -> list[str]:
    if len(layer.x) == 3 and layer.name == "filters":
        return list(COLOURS[first : first + count])
    return [f"channel {c}" for c in range(first, first + count)]
