"""ResidualGradientExplorer: how the gradient fares on its way to the input, with and without λx."""

from __future__ import annotations

from typing import Any

from course_utils.explorers.base import Explorer
from course_utils.explorers.options import option
from course_utils.explorers.residual_gradient.explain import ResidualGradients, expansion, explain
from course_utils.explorers.residual_gradient.grid import BLOCKS, DEPTHS, SKIP_SCALES
from course_utils.explorers.residual_gradient.networks import INITIALISATIONS
from course_utils.explorers.residual_gradient.snapshot import draw_snapshot
from course_utils.explorers.residual_gradient.state import (
    LARGEST_SEED,
    Initialisation,
    Quantity,
    ResidualGradientState,
    place_name,
    with_changes,
)
from course_utils.explorers.shared.arrays import Array


class ResidualGradientExplorer(Explorer[ResidualGradientState, ResidualGradients]):
    """
    Follow the gradient from the output of a deep network to its input, plain and residual.

    Each block is H(x) = F(x) + λx, so ∂L/∂x = ∂L/∂H (∂F/∂x + λ). The networks are those of
    ``course_utils.nn.models.CifarResNet`` at their start, on sixteen real digits; λ = 0 is the
    plain network of the same weights. Beside them, the product over L small blocks is multiplied
    out into its 2^L paths.

    In the page: choose depth, λ, initialisation and normalisation; move along the curves with the
    left and right arrows, change λ with up and down. In Python: set the inputs below, read
    `plain`, `residual` and `explain`.

    Examples
    --------
    >>> explorer = ResidualGradientExplorer(depth=56, skip_scale=1.0, initialisation="xavier")
    >>> explorer.plain[0] / explorer.plain[-1] < 1e-9  # vanished on its way to the input
    np.True_
    >>> explorer.residual[0] > 0.1
    np.True_
    >>> explorer.blocks = 4
    >>> [length.paths for length in explorer.explain().lengths]
    [1, 4, 6, 4, 1]
    """

    depth: int = option(default=56, doc=f"Layers with weights: {', '.join(map(str, DEPTHS))}.")
    skip_scale: float = option(
        default=1.0,
        doc="λ, from 0 to 2. Those in steps of the page "
        f"({', '.join(f'{scale:g}' for scale in SKIP_SCALES)}) are there at once, any other is "
        "computed.",
    )
    initialisation: Initialisation = option(default="xavier", doc="How the weights are drawn.")
    normalisation: bool = option(default=False, doc="Whether the blocks have batch normalisation.")
    pre_activation: bool = option(
        default=False, doc="True for blocks without a ReLU after the sum (He et al., ECCV 2016)."
    )
    seed: int = option(
        default=0, doc="Draw of the weights; 0 is there at once, any other is computed."
    )
    quantity: Quantity = option(
        default="signal",
        doc="Norm of ∂L/∂x at the input of each block, or of ∂L/∂W of each layer.",
    )
    layer: int = option(
        default=0,
        light=True,
        doc="The point of the curves that is looked at, from 0 at the input of the network.",
    )
    blocks: int = option(default=3, doc="L in the sum over paths, from 1 to 8.")

    _next = staticmethod(with_changes)
    _explain = staticmethod(explain)
    _draw = staticmethod(draw_snapshot)
    _found_facts = "plain residual stored plain_ratio residual_ratio total gap"

    @property
    def plain(self) -> Array:
        """Gradient norms of the plain network, from its input to its output."""
        return self.explain().plain

    @property
    def residual(self) -> Array:
        """Gradient norms of the residual network, from its input to its output."""
        return self.explain().residual

    def _start(self) -> ResidualGradientState:
        return ResidualGradientState()

    def _facts(self) -> dict[str, Any]:
        state, found = self.state, self.explain()
        return {
            "family": [[scale, curve.tolist()] for scale, curve in found.family.items()],
            "names": [place_name(state, n) for n in range(state.places)],
            "lengths": [path._asdict() for path in found.lengths],
            "expansion": expansion(state.blocks),
            "initialisations": {name: label for name, (label, _) in INITIALISATIONS.items()},
            "choices": {
                "depth": list(DEPTHS),
                "skip_scale": list(SKIP_SCALES),
                "blocks": list(BLOCKS),
                "seed": LARGEST_SEED,
            },
        }

    def _words(self) -> list[str]:
        state, found = self.state, self.explain()
        norm = "batch normalisation" if state.normalisation else "no normalisation"
        kind = "pre-activation" if state.pre_activation else "original"
        shown = "∂L/∂x" if state.quantity == "signal" else "∂L/∂W"
        here = place_name(state, state.layer)
        plain, residual = (_power(c[state.layer]) for c in (found.plain, found.residual))
        paths = ", ".join(f"{path.paths} × λ^{state.blocks - path.k}" for path in found.lengths)
        return [
            f"ResidualGradientExplorer: {state.depth} layers, λ = {state.skip_scale:g}, "
            f"{state.initialisation} weights, {norm}, {kind} blocks",
            f"norm of {shown}, first over last: plain {_power(found.plain_ratio)}, "
            f"residual {_power(found.residual_ratio)}",
            f"{here}: plain {plain}, residual {residual}",
            f"{state.blocks} blocks, {2**state.blocks} paths by length: {paths}",
            f"their sum is the gradient of backpropagation, norm {found.total:.2g}",
        ]


def _power(value: float) -> str:
    return f"{value:.1e}" if value and not 1e-3 <= value < 1e4 else f"{value:.2g}"
