"""The state of ReceptiveFieldExplorer, and how a change leads from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course_utils import ops
from course_utils.explorers.receptive_field.networks import NETWORKS, Layer, own_layers, sides
from course_utils.explorers.receptive_field.valid_options import (
    CUSTOM,
    READERS,
    Effective,
    Row,
    a_network,
    rows_of,
)
from course_utils.explorers.shared.option_readers import (
    Pair,
    clipped,
    one_of,
    place_in,
    read,
    whole,
)

START_ROWS = ((7, 2, 3, 1), (3, 2, 1, 1), (3, 1, 1, 1), (3, 1, 1, 1))  # how ResNet-18 begins
START_SIDE = 64


@dataclass(frozen=True)
class ReceptiveFieldState:
    """
    Everything that ReceptiveFieldExplorer shows, as one value.

    What it opens with is declared in ``explorer.py``; the defaults here are a blank start.
    """

    network: str = "VGG-16"
    rows: tuple[Row, ...] = ()
    side: int = 224
    layer: int = 17
    unit: Pair = (7, 6)
    traced: int = 0
    effective: Effective = "average"
    picture: str = "cat"
    seed: int = 0

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The whole stack."""
        if self.network == CUSTOM:
            return own_layers(self.rows)
        return NETWORKS[self.network][1]


def with_changes(state: ReceptiveFieldState, changes: Mapping[str, Any]) -> ReceptiveFieldState:
    """Apply changes to a state; a unit that is not given keeps its place in the picture."""
    new = _with_stack(state, changes)
    new = replace(new, **read(READERS, changes))
    heights = sides(new.layers, new.side)
    if "layer" in changes:
        new = replace(new, layer=_layer(changes["layer"], new.layers))
    elif new.rows != state.rows or new.network != state.network:
        # The last layer stays the last; otherwise the same number, where there is one.
        last = state.network != new.network or state.layer == len(state.layers)
        count = len(new.layers)
        new = replace(new, layer=count if last else min(state.layer, count))
    height = heights[new.layer]
    if "unit" in changes:
        unit = place_in((height, height))("unit", changes["unit"])
    else:
        unit = _unit(state, new, height)
    traced = changes.get("traced", min(state.traced, new.layer))
    return replace(new, unit=unit, traced=clipped(0, new.layer)("traced", traced))


def _with_stack(state: ReceptiveFieldState, changes: Mapping[str, Any]) -> ReceptiveFieldState:
    """Another network, or rows of one's own, each with a side to begin with."""
    known = "network" in changes and changes["network"] in list(NETWORKS)
    if "rows" in changes and not (known and not changes["rows"]):
        rows = rows_of(changes["rows"])
        if rows == state.rows:
            return state
        side = state.side if state.network == CUSTOM else START_SIDE
        return replace(state, network=CUSTOM, rows=rows, side=side)
    name = a_network("network", changes.get("network", state.network))
    if name == state.network:
        return state
    if name == CUSTOM:
        return replace(state, network=CUSTOM, rows=START_ROWS, side=START_SIDE)
    return replace(state, network=name, rows=(), side=NETWORKS[name][0])


def _layer(value: Any, layers: tuple[Layer, ...]) -> int:
    names = [layer.name for layer in layers]
    if isinstance(value, str):
        return names.index(one_of(names)("layer", value)) + 1
    number: int = whole(1, len(layers))("layer", value)
    return number


def _unit(old: ReceptiveFieldState, new: ReceptiveFieldState, side: int) -> Pair:
    """The middle unit of another stack; in another layer, the one whose field lies nearest."""
    if (new.network, new.rows, new.side) != (old.network, old.rows, old.side):
        return side // 2, side // 2
    if new.layer == old.layer:
        return old.unit
    fields = ops.receptive_field([layer.row for layer in new.layers])
    before, after = fields[old.layer - 1], fields[new.layer - 1]

    def nearest(at: int) -> int:
        middle = before.offset + at * before.jump + (before.size - 1) / 2
        place = (middle - after.offset - (after.size - 1) / 2) / after.jump
        return int(min(max(np.floor(place + 0.5), 0), side - 1))

    return nearest(old.unit[0]), nearest(old.unit[1])
