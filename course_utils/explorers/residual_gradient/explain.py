"""What ResidualGradientExplorer computes: both curves, and the gradient as a sum over paths."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from course_utils.explorers.residual_gradient.grid import SKIP_SCALES, norms_of, paths_of
from course_utils.explorers.residual_gradient.state import ResidualGradientState
from course_utils.explorers.shared.arrays import Array

BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
ABOVE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class PathLength(NamedTuple):
    """All paths that run through k of the L branches, and skip the others."""

    k: int
    paths: int
    factor: float
    weight: float
    norm: float


@dataclass(frozen=True, eq=False)
class ResidualGradients:
    """
    What `explain` finds.

    ``plain`` and ``residual`` are norms from the input to the output, the ratios their first over
    their last; ``family`` holds the curves of other λ, where they are ``stored``; ``gap`` is how
    far the sum over paths lies from backpropagation.
    """

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
    """Give the gradient norms of the plain and the residual network, and the sum over paths."""

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


def expansion(blocks: int) -> str:
    """The product over the blocks, multiplied out, for up to three blocks; its form for more."""
    J = [f"J{str(n).translate(BELOW)}" for n in range(blocks, 0, -1)]
    if blocks > 3:
        left = f"({J[0]} + λI)⋯({J[-2]} + λI)({J[-1]} + λI)"
        return f"{left}: 2{str(blocks).translate(ABOVE)} = {2**blocks} paths"
    left = "".join(f"({j} + λI)" for j in J)
    if blocks == 1:
        return "J₁ + λI: 2 paths"
    if blocks == 2:
        return f"{left} = λ²I + λ(J₂ + J₁) + J₂J₁"
    return f"{left} = λ³I + λ²(J₃ + J₂ + J₁) + λ(J₃J₂ + J₃J₁ + J₂J₁) + J₃J₂J₁"
