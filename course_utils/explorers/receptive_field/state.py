"""The state of ReceptiveFieldExplorer and what follows from it: pure functions, no widget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, cast, get_args

import numpy as np

from course_utils import ops
from course_utils.explorers.receptive_field.networks import (
    NETWORKS,
    Layer,
    gradient,
    own_layers,
    passed,
    sides,
    spread,
)
from course_utils.explorers.shared.arrays import Array, short

CUSTOM = "custom"  # a stack of one's own
START_ROWS = ((7, 2, 3, 1), (3, 2, 1, 1), (3, 1, 1, 1), (3, 1, 1, 1))  # how ResNet-18 begins
START_SIDE = 64
MOST_ROWS = 10
LIMITS = {"kernel": (1, 11), "stride": (1, 4), "padding": (0, 8), "dilation": (1, 8)}
SMALLEST_SIDE, LARGEST_SIDE = 16, 256
SIDES = (16, 24, 32, 48, 64, 96, 128, 160, 192, 224, 256)
LARGEST_SEED = 9999
PICTURES = ("cat", "astronaut", "coffee", "camera", "coins", "brick")

Row = tuple[int, int, int, int]
Effective = Literal["average", "sample", "none"]


class Window(NamedTuple):
    """What a unit sees of a map below it, both ends included; in the padding beyond the map."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class ReceptiveFieldState:
    """Everything that ReceptiveFieldExplorer shows, as one value."""

    network: str = "VGG-16"
    rows: tuple[Row, ...] = ()
    side: int = 224
    layer: int = 17
    unit: tuple[int, int] = (7, 6)
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


@dataclass(frozen=True, eq=False)
class Seen:
    """What `explain` finds."""

    fields: list[ops.ReceptiveField]
    sides: tuple[int, ...]
    windows: list[Window]
    heat: Array
    centre_side: int
    size_equation: str
    first_equations: str

    @property
    def box(self) -> Window:
        """The receptive field: rows and columns of the picture."""
        return self.windows[0]


def explain(state: ReceptiveFieldState) -> Seen:
    """Trace the field of a unit down to the picture, and find how strongly it is used."""
    layers = state.layers
    heights = sides(layers, state.side)
    fields = [ops.ReceptiveField(1, 1, 0), *ops.receptive_field([layer.row for layer in layers])]
    i, j = state.unit
    windows = [Window(i, i, j, j)]
    for layer in reversed(layers[: state.layer]):
        windows.insert(0, _below(windows[0], layer))
    heat = _heat(state)
    layer, below, own = layers[state.layer - 1], fields[state.layer - 1], fields[state.layer]
    F, S, P, d = layer.row
    return Seen(
        fields=fields,
        sides=heights,
        windows=windows,
        heat=heat / (heat.max() or 1.0),
        centre_side=_centre_side(heat**2, windows[0]),
        size_equation=f"r = {below.size} + {d} · ({F} − 1) · {below.jump} = {own.size}",
        first_equations=", ".join(
            f"first {axis} = {_minus(own.offset)} + {at} · {own.jump} = {_minus(first)}"
            for axis, at, first in (("row", i, windows[0].top), ("column", j, windows[0].left))
        ),
    )


def with_changes(state: ReceptiveFieldState, changes: Mapping[str, Any]) -> ReceptiveFieldState:
    """Apply changes to a state."""
    new = _with_stack(state, changes)
    side = _whole("side", changes.get("side", new.side), SMALLEST_SIDE, LARGEST_SIDE)
    new = replace(new, side=side)
    heights = sides(new.layers, new.side)
    if "layer" in changes:
        new = replace(new, layer=_layer(changes["layer"], new.layers))
    elif new.rows != state.rows or new.network != state.network:
        # The last layer stays the last; otherwise the same number, where there is one.
        last = state.network != new.network or state.layer == len(state.layers)
        count = len(new.layers)
        new = replace(new, layer=count if last else min(state.layer, count))
    new = replace(new, unit=_unit(state, new, heights[new.layer], changes))
    traced = changes.get("traced", min(state.traced, new.layer))
    new = replace(new, traced=_clamped("traced", traced, new.layer))
    effective = changes.get("effective", new.effective)
    picture = changes.get("picture", new.picture)
    return replace(
        new,
        effective=cast(Effective, _one_of("effective", effective, get_args(Effective))),
        picture=_one_of("picture", picture, PICTURES),
        seed=_whole("seed", changes.get("seed", new.seed), 0, LARGEST_SEED),
    )


def choices(state: ReceptiveFieldState) -> dict[str, Any]:
    """Values that each control may take while the others stay."""

    def fits(rows: tuple[Row, ...], side: int) -> bool:
        try:
            sides(own_layers(rows), side)
        except ValueError:
            return False
        return True

    rows = tuple(layer.row for layer in state.layers)
    found: dict[str, Any] = {
        "side": sorted({state.side, *(side for side in SIDES if fits(rows, side))})
    }
    found["rows"] = []
    if state.network == CUSTOM:
        for n, row in enumerate(rows):
            lists = []
            for place, (low, high) in enumerate(LIMITS.values()):
                lists.append(
                    [
                        value
                        for value in range(low, high + 1)
                        if fits((*rows[:n], _put(row, place, value), *rows[n + 1 :]), state.side)
                    ]
                )
            found["rows"].append(lists)
    return found


def _put(row: Row, place: int, value: int) -> Row:
    numbers = list(row)
    numbers[place] = value
    return cast(Row, tuple(numbers))


def _below(window: Window, layer: Layer) -> Window:
    F, S, P, d = layer.row
    reach = d * (F - 1)
    return Window(
        window.top * S - P,
        window.bottom * S - P + reach,
        window.left * S - P,
        window.right * S - P + reach,
    )


def _heat(state: ReceptiveFieldState) -> Array:
    layers = state.layers[: state.layer]
    if state.effective == "none":
        return np.zeros((state.side, state.side))
    if state.effective == "average":
        return np.asarray(np.sqrt(np.maximum(spread(layers, state.side, state.unit), 0.0)))
    through = passed(state.layers, state.side, state.picture, state.seed)
    return gradient(layers, state.side, state.unit, through)


def _centre_side(squares: Array, box: Window, share: float = 0.9) -> int:
    total = float(squares.sum())
    if total == 0:
        return 0
    side = len(squares)
    sums = np.zeros((side + 1, side + 1))
    sums[1:, 1:] = squares.cumsum(0).cumsum(1)
    size = box.bottom - box.top + 1
    # Squares around the middle grow by a pixel on every side, so their side is odd or even as r.
    for inner in range((size - 1) % 2 + 1, size + 1, 2):
        cut = (size - inner) // 2
        top, bottom = (min(max(n, 0), side) for n in (box.top + cut, box.bottom - cut + 1))
        left, right = (min(max(n, 0), side) for n in (box.left + cut, box.right - cut + 1))
        held = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        if held >= share * total:
            return inner
    return size


def _with_stack(state: ReceptiveFieldState, changes: Mapping[str, Any]) -> ReceptiveFieldState:
    if "rows" in changes and not (
        "network" in changes and changes["network"] in NETWORKS and not changes["rows"]
    ):
        rows = _rows(changes["rows"])
        if rows == state.rows:
            return state
        side = state.side if state.network == CUSTOM else START_SIDE
        return replace(state, network=CUSTOM, rows=rows, side=side)
    if "network" not in changes:
        return state
    name = _one_of("network", changes["network"], (*NETWORKS, CUSTOM))
    if name == state.network:
        return state
    if name == CUSTOM:
        return replace(state, network=CUSTOM, rows=START_ROWS, side=START_SIDE)
    return replace(state, network=name, rows=(), side=NETWORKS[name][0])


def _rows(value: Any) -> tuple[Row, ...]:
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Sequence | np.ndarray):
        raise ValueError(f"rows must be a list of (F, S, P, d), not {short(value)}")
    if not 1 <= len(value) <= MOST_ROWS:
        raise ValueError(f"rows must have from 1 to {MOST_ROWS} layers, not {len(value)}")
    found = []
    for n, given in enumerate(value, start=1):
        row = list(given) if isinstance(given, Sequence | np.ndarray) else [given]
        if isinstance(given, str) or not 1 <= len(row) <= 4:
            raise ValueError(f"layer {n} must be F or (F, S, P, d), not {short(given)}")
        row += [1, 0, 1][len(row) - 1 :]
        found.append(
            tuple(
                _whole(f"{name} of layer {n}", number, low, high)
                for number, (name, (low, high)) in zip(row, LIMITS.items(), strict=True)
            )
        )
    return cast(tuple[Row, ...], tuple(found))


def _layer(value: Any, layers: tuple[Layer, ...]) -> int:
    names = [layer.name for layer in layers]
    if isinstance(value, str):
        return names.index(_one_of("layer", value, tuple(names))) + 1
    return _whole("layer", value, 1, len(layers))


def _unit(
    old: ReceptiveFieldState, new: ReceptiveFieldState, side: int, changes: Mapping[str, Any]
) -> tuple[int, int]:
    if "unit" in changes:
        asked = changes["unit"]
        if isinstance(asked, str) or not isinstance(asked, Sequence | np.ndarray):
            raise ValueError(f"unit must be a row and a column, not {short(asked)}")
        if len(asked) != 2:
            raise ValueError(f"unit must be a row and a column, not {short(asked)}")
        row, column = (_clamped("unit", at, side - 1) for at in asked)
        return row, column
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


def _clamped(name: str, value: Any, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise ValueError(f"{name} must be a whole number, not {short(value)}")
    return int(min(max(value, 0), high))


def _whole(name: str, value: Any, low: int, high: int) -> int:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not low <= value <= high:
        raise ValueError(f"{name} must be a whole number from {low} to {high}, not {short(value)}")
    return int(value)


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {short(value)}")
    return value


def _minus(value: int) -> str:
    return str(value).replace("-", "−")
