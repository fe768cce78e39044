"""ReceptiveFieldExplorer: what one unit sees of the picture, and what it really uses."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import traitlets

from course_utils.explorers.base import Explorer
from course_utils.explorers.options import Option, option
from course_utils.explorers.receptive_field.explain import Seen, Window, explain
from course_utils.explorers.receptive_field.networks import NETWORKS
from course_utils.explorers.receptive_field.photographs import PICTURES, photograph
from course_utils.explorers.receptive_field.snapshot import draw_snapshot
from course_utils.explorers.receptive_field.state import ReceptiveFieldState, with_changes
from course_utils.explorers.receptive_field.valid_options import (
    CUSTOM,
    LARGEST_SEED,
    MOST_ROWS,
    Effective,
    Row,
    choices,
)
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.option_readers import Pair


class ReceptiveFieldExplorer(Explorer[ReceptiveFieldState, Seen]):
    """
    Pick a unit of a network and see its receptive field, traced layer by layer to the picture.

    The box is the field that the recurrence of size, jump and offset gives; the colour inside it
    is the effective field: how strongly each pixel moves the unit, on average over random weights
    or in one network with random weights and four channels on the picture shown.

    In the page: choose a network or stack layers of your own; click on the picture, or move the
    unit with the arrow keys and between layers with page up and page down; point at a map to see
    which of its units lie on the way. In Python: set the inputs below, read `size`, `box` and
    `explain`.

    Examples
    --------
    >>> explorer = ReceptiveFieldExplorer(network="AlexNet")
    >>> explorer.size, explorer.box
    (195, Window(top=30, bottom=224, left=30, right=224))
    >>> explorer.layer = "conv5"
    >>> explorer.size, explorer.explain().fields[7].jump
    (163, 16)
    >>> explorer.rows = [3, 3]
    >>> explorer.size
    5
    """

    network: str = option(
        default="VGG-16",
        doc=f"A known network ({', '.join(NETWORKS)}), or custom for layers of one's own. Unless "
        "`layer` is given, the last layer of another network is shown.",
    )
    rows: Option[tuple[Row, ...], Any] = option(
        default=None,
        fact=False,
        takes="sequence of (F, S, P, d)",
        doc="Layers of one's own from the picture up, at most ten; the end of a row may be left "
        "out (S = 1, P = 0, d = 1).",
    )
    side: int = option(
        default=None,
        doc="Side of the picture, from 16 to 256; a known network brings its own.",
    )
    layer: Option[int, int | str] = option(
        default=None, doc='Layer of the unit, from 1, or its name, such as ``"conv5"``.'
    )
    unit: Pair = option(default=None, doc="Row and column of the unit in its map; kept inside.")
    traced: int = option(
        default=0,
        light=True,
        doc="The map that is pointed at, from 0 for the picture up to `layer`.",
    )
    effective: Effective = option(default="average", doc="Which effective field is drawn.")
    picture: str = option(default="cat", doc=f"What it is drawn on: {', '.join(PICTURES)}.")
    seed: int = option(default=0, doc="Draw of the weights of the one network.")

    photo_bytes = traitlets.Bytes(b"").tag(sync=True)
    heat_bytes = traitlets.Bytes(b"").tag(sync=True)

    _next = staticmethod(with_changes)
    _explain = staticmethod(explain)
    _draw = staticmethod(draw_snapshot)
    _found_facts = "centre_side size_equation first_equations"

    @property
    def size(self) -> int:
        """Side of the receptive field, in pixels of the picture."""
        return self.explain().fields[self.state.layer].size

    @property
    def box(self) -> Window:
        """First and last row and column of the field; they may lie in the padding."""
        return self.explain().box

    def _start(self) -> ReceptiveFieldState:
        return ReceptiveFieldState()

    def _bytes(self) -> dict[str, Any]:
        state, found = self.state, self.explain()
        photo = photograph(state.picture, state.side).transpose(1, 2, 0)
        heat = b"" if state.effective == "none" else _octets(found.heat)
        return {"photo_bytes": _octets(photo), "heat_bytes": heat}

    def _facts(self) -> dict[str, Any]:
        state, found = self.state, self.explain()
        rows = [layer.row for layer in state.layers]
        names = ["picture", *(layer.name for layer in state.layers)]
        return {
            "networks": [*NETWORKS, CUSTOM],
            "maps": list(zip(names, found.sides, strict=True)),
            "rows": rows,
            "pools": [layer.pool for layer in state.layers],
            "fields": [list(field) for field in found.fields],
            "windows": [list(window) for window in found.windows],
            "pictures": list(PICTURES),
            "most_rows": MOST_ROWS,
            "last_seed": LARGEST_SEED,
            "choices": choices(state),
        }

    def _words(self) -> list[str]:
        state, found = self.state, self.explain()
        field, box, here = found.fields[state.layer], found.box, state.layers[state.layer - 1]
        side, inner = found.sides[state.layer], found.centre_side
        beyond = min(box.top, box.left) < 0 or max(box.bottom, box.right) >= state.side
        of_effective = {
            "average": f"90 % of the squared gradient lies in the middle {inner} × {inner}, "
            "on average over random weights",
            "sample": f"colour: the gradient in one random network, seed {state.seed}",
        }
        lines = [
            f"ReceptiveFieldExplorer: {state.network}, unit ({state.unit[0]}, {state.unit[1]}) "
            f"of {here.name}, {side} × {side}, on {state.picture} {state.side} × {state.side}",
            f"size {field.size}, jump {field.jump}, offset {field.offset}",
            f"field: rows {box.top} to {box.bottom}, columns {box.left} to {box.right} "
            f"of 0 to {state.side - 1}{', the rest padding' if beyond else ''}",
        ]
        return [*lines, *(text for name, text in of_effective.items() if name == state.effective)]


def _octets(values: Array) -> bytes:
    levels: npt.NDArray[np.uint8] = np.floor(np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8)
    return levels.tobytes()
