"""The state of ResidualGradientExplorer and what follows from it: pure functions, no widget."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, cast

import numpy as np

from course_utils.explorers.residual_gradient.grid import (
    BLOCKS,
    DEPTHS,
    SKIP_SCALES,
    norms_of,
    paths_of,
)
from course_utils.explorers.residual_gradient.networks import INITIALISATIONS
from course_utils.explorers.shared.arrays import Array, short

LARGEST_SKIP_SCALE = 2.0
LARGEST_SEED = 9999

Initialisation = Literal["he", "xavier", "small"]
Quantity = Literal["signal", "weights"]


class PathLength(NamedTuple):
    """All paths that run through k of the L branches, and skip the others."""

    k: int
    paths: int
    factor: float
    weight: float
    norm: float


@dataclass(frozen=True)
class ResidualGradientState:
    """Everything that ResidualGradientExplorer shows, as one value."""

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


@dataclass(frozen=True, eq=False)
class ResidualGradients:
    """What `explain` finds."""

    plain: Array
    residual: Array
    family: dict[float, Array]
    stored: bool
    plain_ratio: float
    residual_ratio: float
    lengths: list[PathLength]
    total: float
    gap: float


def explain(state: ResidualGradientState) -> ResidualGradients:
    r"""Give the gradient norms of the plain and the residual network, and the sum over paths."""

    def curve(skip_scale: float) -> tuple[Array, bool]:
        norms, stored = norms_of(
            state.depth,
            skip_scale,
            state.initialisation,
            state.normalisation,
            state.pre_activation,
            state.seed,
        )
        return getattr(norms, state.quantity), stored

    plain, grid = curve(0.0)
    residual, stored = curve(state.skip_scale)
    L = state.blocks
    paths = paths_of(L, state.skip_scale, state.initialisation, state.normalisation, state.seed)
    lengths = [
        PathLength(k, math.comb(L, k), factor, math.comb(L, k) * factor, float(norm))
        for k, norm in enumerate(paths.norms)
        for factor in (state.skip_scale ** (L - k),)
    ]
    return ResidualGradients(
        plain=plain,
        residual=residual,
        family={scale: curve(scale)[0] for scale in SKIP_SCALES} if grid else {},
        stored=stored,
        plain_ratio=float(plain[0] / plain[-1]),
        residual_ratio=float(residual[0] / residual[-1]),
        lengths=lengths,
        total=paths.total,
        gap=paths.gap,
    )


def place_name(state: ResidualGradientState, place: int) -> str:
    """Say in words where a point of the curves is."""
    if state.quantity == "weights":
        return f"weights of layer {place + 1} of {state.depth}"
    blocks = state.places - 1
    if place == blocks:
        return f"output of block {blocks} of {blocks}"
    return f"input of block {place + 1} of {blocks}"


def expansion(blocks: int) -> str:
    """The product over the blocks, multiplied out, for up to three blocks; its form for more."""
    J = [f"J{str(n).translate(_BELOW)}" for n in range(blocks, 0, -1)]
    if blocks > 3:
        left = f"({J[0]} + λI)⋯({J[-2]} + λI)({J[-1]} + λI)"
        return f"{left}: 2{str(blocks).translate(_ABOVE)} = {2**blocks} paths"
    left = "".join(f"({j} + λI)" for j in J)
    if blocks == 1:
        return "J₁ + λI: 2 paths"
    if blocks == 2:
        return f"{left} = λ²I + λ(J₂ + J₁) + J₂J₁"
    return f"{left} = λ³I + λ²(J₃ + J₂ + J₁) + λ(J₃J₂ + J₃J₁ + J₂J₁) + J₃J₂J₁"


def with_changes(state: ResidualGradientState, changes: Mapping[str, Any]) -> ResidualGradientState:
    """Apply changes to a state."""
    new = replace(
        state,
        depth=_whole_of("depth", changes.get("depth", state.depth), DEPTHS),
        skip_scale=_skip_scale(changes.get("skip_scale", state.skip_scale)),
        initialisation=cast(
            Initialisation,
            _one_of(
                "initialisation",
                changes.get("initialisation", state.initialisation),
                tuple(INITIALISATIONS),
            ),
        ),
        normalisation=_yes_or_no("normalisation", changes, state.normalisation),
        pre_activation=_yes_or_no("pre_activation", changes, state.pre_activation),
        seed=_whole("seed", changes.get("seed", state.seed), 0, LARGEST_SEED),
        quantity=cast(
            Quantity,
            _one_of("quantity", changes.get("quantity", state.quantity), ("signal", "weights")),
        ),
        blocks=_whole_of("blocks", changes.get("blocks", state.blocks), BLOCKS),
    )
    layer = state.layer
    if new.places != state.places:
        layer = round(layer * (new.places - 1) / (state.places - 1))
    asked = changes.get("layer", layer)
    if isinstance(asked, bool) or not isinstance(asked, int | np.integer):
        raise ValueError(f"layer must be a whole number, not {short(asked)}")
    return replace(new, layer=min(max(int(asked), 0), new.places - 1))


_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ABOVE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _skip_scale(value: Any) -> float:
    number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not number or not 0 <= value <= LARGEST_SKIP_SCALE:
        raise ValueError(f"skip_scale must be from 0 to {LARGEST_SKIP_SCALE:g}, not {short(value)}")
    return float(value)


def _whole(name: str, value: Any, low: int, high: int) -> int:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not low <= value <= high:
        raise ValueError(f"{name} must be a whole number from {low} to {high}, not {short(value)}")
    return int(value)


def _whole_of(name: str, value: Any, allowed: tuple[int, ...]) -> int:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or value not in allowed:
        known = ", ".join(str(n) for n in allowed)
        raise ValueError(f"{name} must be one of {known}, not {short(value)}")
    return int(value)


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {short(value)}")
    return value


def _yes_or_no(name: str, changes: Mapping[str, Any], now: bool) -> bool:
    value = changes.get(name, now)
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} must be True or False, not {short(value)}")
    return bool(value)
