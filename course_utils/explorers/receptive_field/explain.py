"""What ReceptiveFieldExplorer computes: the field, layer by layer, and how strongly it is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from course_utils import ops
from course_utils.explorers.receptive_field.average_field import spread
from course_utils.explorers.receptive_field.networks import Layer, sides
from course_utils.explorers.receptive_field.random_networks import gradient, passed
from course_utils.explorers.receptive_field.state import ReceptiveFieldState
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.number_text import MINUS


class Window(NamedTuple):
    """What a unit sees of a map below it, both ends included; in the padding beyond the map."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, eq=False)
class Seen:
    """
    What `explain` finds.

    ``fields``, ``sides`` and ``windows`` begin with the picture; ``heat`` is the effective field,
    at most 1, and ``centre_side`` that of the middle square with nine tenths of its square.
    """

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
        first_equations=(
            f"{_first_equation('row', i, own, windows[0].top)}, "
            f"{_first_equation('column', j, own, windows[0].left)}"
        ),
    )


def _first_equation(axis: str, at: int, field: ops.ReceptiveField, first: int) -> str:
    """The first row or column of a field, from the offset and the jump."""
    offset, found = (str(n).translate(MINUS) for n in (field.offset, first))
    return f"first {axis} = {offset} + {at} · {field.jump} = {found}"


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
    """Side of the smallest square around the middle of a field that holds a share of the sum."""
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
