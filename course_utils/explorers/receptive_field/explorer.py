"""ReceptiveFieldExplorer: what one unit sees of the picture, and what it really uses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils.explorers.base import Explorer
from course_utils.explorers.receptive_field.networks import NETWORKS, photograph
from course_utils.explorers.receptive_field.state import (
    CUSTOM,
    LARGEST_SEED,
    MOST_ROWS,
    PICTURES,
    Effective,
    ReceptiveFieldState,
    Seen,
    Window,
    choices,
    explain,
    with_changes,
)
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.bundle import bundle, styles
from course_utils.plotting import KERNEL


class ReceptiveFieldExplorer(Explorer[ReceptiveFieldState]):
    """
    Pick a unit of a network and see its receptive field, traced layer by layer to the picture.

    The box is the field that the recurrence of size, jump and offset gives; the colour inside it
    is the effective field: how strongly each pixel moves the unit, on average over random weights
    or in one network with random weights and four channels on the picture shown.

    In the page: choose a network or stack layers of your own; click on the picture, or move the
    unit with the arrow keys and between layers with page up and page down; point at a map to see
    which of its units lie on the way. In Python: set the inputs below, read `size`, `box` and
    `explain`.

    Parameters
    ----------
    network : {"LeNet-5", "AlexNet", "VGG-16", "ResNet-18", "custom"}, optional
        A known network, or layers of one's own. Unless `layer` is given, its last layer is shown.
    rows : sequence of (F, S, P, d), optional
        Layers of one's own from the picture up, at most ten; the end of a row may be left out
        (S = 1, P = 0, d = 1).
    side : int, optional
        Side of the picture, from 16 to 256; a known network brings its own.
    layer : int or str, optional
        Layer of the unit, from 1, or its name, such as ``"conv5"``.
    unit : tuple of int, optional
        Row and column of the unit in its map; kept inside.
    traced : int, optional
        The map that is pointed at, from 0 for the picture up to `layer`.
    effective : {"average", "sample", "none"}, optional
        Which effective field is drawn.
    picture : {"cat", "astronaut", "coffee", "camera", "coins", "brick"}, optional
        What it is drawn on.
    seed : int, optional
        Draw of the weights of the one network.

    Raises
    ------
    ValueError
        If the inputs do not go together; the message says why, and the state stays as it was.

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

    def __init__(
        self,
        *,
        network: str | None = None,
        rows: Sequence[Any] | None = None,
        side: int | None = None,
        layer: int | str | None = None,
        unit: tuple[int, int] | None = None,
        traced: int | None = None,
        effective: Effective | None = None,
        picture: str | None = None,
        seed: int | None = None,
    ) -> None:
        super().__init__(
            network=network,
            rows=rows,
            side=side,
            layer=layer,
            unit=unit,
            traced=traced,
            effective=effective,
            picture=picture,
            seed=seed,
        )

    inputs = (
        "network",
        "rows",
        "side",
        "layer",
        "unit",
        "traced",
        "effective",
        "picture",
        "seed",
    )
    light = frozenset({"traced"})

    _esm = bundle("receptive_field/page.js")
    _css = styles("shared/view.css", "receptive_field/page.css")

    network = traitlets.Unicode("VGG-16").tag(sync=True)
    rows = traitlets.Any(()).tag(sync=True)
    side = traitlets.Any(224).tag(sync=True)
    layer = traitlets.Any(1).tag(sync=True)
    unit = traitlets.Any((0, 0)).tag(sync=True)
    traced = traitlets.Any(0).tag(sync=True)
    effective = traitlets.Unicode("average").tag(sync=True)
    picture = traitlets.Unicode("cat").tag(sync=True)
    seed = traitlets.Any(0).tag(sync=True)

    photo_bytes = traitlets.Bytes(b"").tag(sync=True)
    heat_bytes = traitlets.Bytes(b"").tag(sync=True)

    @property
    def size(self) -> int:
        """
        Side of the receptive field.

        Returns
        -------
        int
            In pixels of the picture.
        """
        return explain(self.state).fields[self.state.layer].size

    @property
    def box(self) -> Window:
        """
        The receptive field of the unit.

        Returns
        -------
        Window
            First and last row and column, both included; they may lie in the padding.
        """
        return explain(self.state).box

    def explain(self) -> Seen:
        """
        Give the numbers that are shown.

        Returns
        -------
        Seen
            See `course_utils.explorers.receptive_field.state.explain`.
        """
        return explain(self.state)

    def summary(self) -> str:
        """
        Say in words and rounded numbers what is shown.

        Returns
        -------
        str
            Four lines, or three where no effective field is drawn.
        """
        state, found = self.state, explain(self.state)
        field, box, here = found.fields[state.layer], found.box, state.layers[state.layer - 1]
        side = found.sides[state.layer]
        lines = [
            f"ReceptiveFieldExplorer: {state.network}, unit ({state.unit[0]}, {state.unit[1]}) "
            f"of {here.name}, {side} × {side}, on {state.picture} {state.side} × {state.side}",
            f"size {field.size}, jump {field.jump}, offset {field.offset}",
            f"sees rows {box.top} to {box.bottom}, columns {box.left} to {box.right}",
        ]
        if state.effective == "average":
            lines.append(
                f"90 % of the squared gradient lies in the middle {found.centre_side} × "
                f"{found.centre_side}, on average over random weights"
            )
        elif state.effective == "sample":
            lines.append(f"colour: the gradient in one random network, seed {state.seed}")
        return "\n".join(lines)

    def _begin(self) -> ReceptiveFieldState:
        return ReceptiveFieldState()

    def _next(self, state: ReceptiveFieldState, changes: dict[str, Any]) -> ReceptiveFieldState:
        return with_changes(state, changes)

    def _results(self, state: ReceptiveFieldState) -> dict[str, Any]:
        found = explain(state)
        photo = photograph(state.picture, state.side).transpose(1, 2, 0)
        maps = [("picture", state.side)]
        maps += [(layer.name, s) for layer, s in zip(state.layers, found.sides[1:], strict=True)]
        return {
            "photo_bytes": _octets(photo),
            "heat_bytes": b"" if state.effective == "none" else _octets(found.heat),
            "facts": {
                "network": state.network,
                "networks": [*NETWORKS, CUSTOM],
                "side": state.side,
                "layer": state.layer,
                "unit": list(state.unit),
                "maps": [list(pair) for pair in maps],
                "rows": [list(layer.row) for layer in state.layers],
                "pools": [layer.pool for layer in state.layers],
                "fields": [list(field) for field in found.fields],
                "windows": [list(window) for window in found.windows],
                "centre_side": found.centre_side,
                "size_equation": found.size_equation,
                "first_equations": found.first_equations,
                "effective": state.effective,
                "picture": state.picture,
                "pictures": list(PICTURES),
                "seed": state.seed,
                "most_rows": MOST_ROWS,
                "last_seed": LARGEST_SEED,
                "choices": choices(state),
            },
        }

    def _draw(self, figure: Figure) -> None:
        state, found = self.state, explain(self.state)
        left, right = figure.subplots(1, 2, width_ratios=[1, 1.5])
        photo = photograph(state.picture, state.side).transpose(1, 2, 0)
        grey = photo.mean(axis=2, keepdims=True)
        ink = np.array([0xF0, 0x7A, 0x1C]) / 255
        heat = found.heat[..., None] * 0.85
        left.imshow((1 - heat) * (0.25 + 0.75 * grey) + heat * ink, interpolation="nearest")
        box = found.box
        left.add_patch(_frame(box))
        low, high = min(box.top, box.left, 0), max(box.bottom, box.right, state.side - 1)
        left.set(xlim=(low - 2, high + 2), ylim=(high + 2, low - 2), xticks=[], yticks=[])
        name = state.layers[state.layer - 1].name
        field = found.fields[state.layer]
        left.set_title(f"one unit of {name} sees {field.size} × {field.size}", fontsize=10)
        _steps(right, state, found)


def _frame(box: Window) -> Rectangle:
    return Rectangle(
        (box.left - 0.5, box.top - 0.5),
        box.right - box.left + 1,
        box.bottom - box.top + 1,
        fill=False,
        edgecolor=KERNEL,
        lw=2,
    )


def _steps(axes: Axes, state: ReceptiveFieldState, found: Seen) -> None:
    names = ["picture", *(layer.name for layer in state.layers)]
    places = np.arange(len(names))
    colours = [KERNEL if n == state.layer else "0.72" for n in places]
    axes.barh(places, [field.size for field in found.fields], color=colours)
    for n, field in enumerate(found.fields):
        axes.annotate(
            f" {field.size}", (field.size, n), va="center", fontsize=7, annotation_clip=False
        )
    axes.set_yticks(places, names, fontsize=7)
    axes.invert_yaxis()
    axes.set_xlabel("size of the field in pixels")
    axes.set_title(f"{state.network}: the field grows layer by layer", fontsize=10)
    axes.margins(x=0.1)


def _octets(values: Array) -> bytes:
    levels: npt.NDArray[np.uint8] = np.floor(np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8)
    return levels.tobytes()
