"""The state of ResidualGradientExplorer, and how a change leads from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import numpy as np

from course_utils.explorers.residual_gradient.grid import BLOCKS, DEPTHS
from course_utils.explorers.residual_gradient.networks import INITIALISATIONS
from course_utils.explorers.shared.option_readers import clipped, one_of, read, short, switch, whole

LARGEST_SKIP_SCALE = 2.0
LARGEST_SEED = 9999

Initialisation = Literal["he", "xavier", "small"]
Quantity = Literal["signal", "weights"]


@dataclass(frozen=True)
class ResidualGradientState:
    """
    Everything that ResidualGradientExplorer shows, as one value.

    What it opens with is declared in ``explorer.py``; the defaults here are a blank start.
    """

    depth: int = 56
    skip_scale: float = 1.0
    initialisation: Initialisation = "xavier"
    normalisation: bool = False
    pre_activation: bool = False
    seed: int = 0
    quantity: Quantity = "signal"
    layer: int = 0
    blocks: int = 3

    @property
    def places(self) -> int:
        """Number of points of a curve."""
        return self.depth if self.quantity == "weights" else (self.depth - 2) // 2 + 1


def with_changes(state: ResidualGradientState, changes: Mapping[str, Any]) -> ResidualGradientState:
    """Apply changes to a state; the point of the curves keeps its place relative to their ends."""
    new = replace(state, **read(READERS, changes))
    layer = state.layer
    if new.places != state.places:
        layer = round(layer * (new.places - 1) / (state.places - 1))
    at = clipped(0, new.places - 1)("layer", changes.get("layer", layer))
    return replace(new, layer=at)


def place_name(state: ResidualGradientState, place: int) -> str:
    """Say in words where a point of the curves is."""
    if state.quantity == "weights":
        return f"weights of layer {place + 1} of {state.depth}"
    blocks = state.places - 1
    if place == blocks:
        return f"output of block {blocks} of {blocks}"
    return f"input of block {place + 1} of {blocks}"


def _skip_scale(name: str, value: Any) -> float:
    number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not number or not 0 <= value <= LARGEST_SKIP_SCALE:
        raise ValueError(f"{name} must be from 0 to {LARGEST_SKIP_SCALE:g}, not {short(value)}")
    return float(value)


READERS = {
    "depth": one_of(DEPTHS),
    "skip_scale": _skip_scale,
    "initialisation": one_of(INITIALISATIONS),
    "normalisation": switch,
    "pre_activation": switch,
    "seed": whole(0, LARGEST_SEED),
    "quantity": one_of(get_args(Quantity)),
    "blocks": one_of(BLOCKS),
}
