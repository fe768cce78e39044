"""Which options of ReceptiveFieldExplorer are valid, each by itself and together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from course_utils.explorers.receptive_field.networks import NETWORKS, own_layers, sides
from course_utils.explorers.receptive_field.photographs import PICTURES
from course_utils.explorers.shared.option_readers import one_of, short, whole

if TYPE_CHECKING:
    from course_utils.explorers.receptive_field.state import ReceptiveFieldState

CUSTOM = "custom"  # a stack of one's own
MOST_ROWS = 10
LIMITS = {"kernel": (1, 11), "stride": (1, 4), "padding": (0, 8), "dilation": (1, 8)}
SMALLEST_SIDE, LARGEST_SIDE = 16, 256
SIDES = (16, 24, 32, 48, 64, 96, 128, 160, 192, 224, 256)  # that the page offers
LARGEST_SEED = 9999

Row = tuple[int, int, int, int]
Effective = Literal["average", "sample", "none"]

READERS = {
    "side": whole(SMALLEST_SIDE, LARGEST_SIDE),
    "effective": one_of(get_args(Effective)),
    "picture": one_of(PICTURES),
    "seed": whole(0, LARGEST_SEED),
}
a_network = one_of((*NETWORKS, CUSTOM))


def rows_of(value: Any) -> tuple[Row, ...]:
    """Read the layers of a stack of one's own."""
    if not _is_list(value):
        raise ValueError(f"rows must be a list of (F, S, P, d), not {short(value)}")
    if not 1 <= len(value) <= MOST_ROWS:
        raise ValueError(f"rows must have from 1 to {MOST_ROWS} layers, not {len(value)}")
    return tuple(_row(n, given) for n, given in enumerate(value, start=1))


def _row(n: int, given: Any) -> Row:
    row = list(given) if _is_list(given) else [given]
    if isinstance(given, str) or not 1 <= len(row) <= len(LIMITS):
        raise ValueError(f"layer {n} must be F or (F, S, P, d), not {short(given)}")
    row += [1, 0, 1][len(row) - 1 :]
    F, S, P, d = (
        whole(low, high)(f"{name} of layer {n}", number)
        for number, (name, (low, high)) in zip(row, LIMITS.items(), strict=True)
    )
    return F, S, P, d


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence | np.ndarray) and not isinstance(value, str | bytes)


def choices(state: ReceptiveFieldState) -> dict[str, Any]:
    """Values that each control may take while the others stay; rows in a stack of one's own."""
    rows = [layer.row for layer in state.layers]
    own = enumerate(rows) if state.network == CUSTOM else ()

    def fits(rows: Sequence[Sequence[int]], side: int) -> bool:
        try:
            sides(own_layers(rows), side)
        except ValueError:
            return False
        return True

    def with_number(n: int, place: int, number: int) -> list[list[int]]:
        changed = [list(row) for row in rows]
        changed[n][place] = number
        return changed

    return {
        "side": sorted({state.side, *(side for side in SIDES if fits(rows, side))}),
        "rows": [
            [
                [k for k in range(low, high + 1) if fits(with_number(n, place, k), state.side)]
                for place, (low, high) in enumerate(LIMITS.values())
            ]
            for n, _ in own
        ],
    }
