"""ResidualGradientExplorer: how the gradient fares on its way to the input, with and without λx."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils.explorers.base import Explorer
from course_utils.explorers.residual_gradient.grid import BLOCKS, DEPTHS, SKIP_SCALES
from course_utils.explorers.residual_gradient.networks import INITIALISATIONS
from course_utils.explorers.residual_gradient.state import (
    LARGEST_SEED,
    Initialisation,
    Quantity,
    ResidualGradients,
    ResidualGradientState,
    expansion,
    explain,
    place_name,
    with_changes,
)
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.bundle import bundle, styles
from course_utils.plotting import INPUT, KERNEL, OUTPUT


class ResidualGradientExplorer(Explorer[ResidualGradientState]):
    """
    Follow the gradient from the output of a deep network to its input, plain and residual.

    Each block is H(x) = F(x) + λx, so ∂L/∂x = ∂L/∂H (∂F/∂x + λ). The networks are those of
    ``course_utils.nn.models.CifarResNet`` at their start, on sixteen real digits; λ = 0 is the
    plain network of the same weights. Beside them, the product over L small blocks is multiplied
    out into its 2^L paths.

    In the page: choose depth, λ, initialisation and normalisation; move along the curves with the
    left and right arrows, change λ with up and down. In Python: set the inputs below, read
    `plain`, `residual` and `explain`.

    Parameters
    ----------
    depth : {8, 14, 20, 32, 44, 56, 110}, optional
        Layers with weights.
    skip_scale : float, optional
        λ, from 0 to 2. Those in steps of the page (0, 0.25, 0.5, 0.75, 0.9, 1, 1.1) are there at
        once, any other is computed.
    initialisation : {"he", "xavier", "small"}, optional
        How the weights are drawn.
    normalisation : bool, optional
        Whether the blocks have batch normalisation.
    pre_activation : bool, optional
        True for blocks without a ReLU after the sum (He et al., ECCV 2016).
    seed : int, optional
        Draw of the weights; 0 is there at once, any other is computed.
    quantity : {"signal", "weights"}, optional
        Norm of ∂L/∂x at the input of each block, or of ∂L/∂W of each layer.
    layer : int, optional
        The point of the curves that is looked at, from 0 at the input of the network.
    blocks : int, optional
        L in the sum over paths, from 1 to 8.

    Raises
    ------
    ValueError
        If an input is not valid; the message says why, and the state stays as it was.

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

    def __init__(
        self,
        *,
        depth: int | None = None,
        skip_scale: float | None = None,
        initialisation: Initialisation | None = None,
        normalisation: bool | None = None,
        pre_activation: bool | None = None,
        seed: int | None = None,
        quantity: Quantity | None = None,
        layer: int | None = None,
        blocks: int | None = None,
    ) -> None:
        super().__init__(
            depth=depth,
            skip_scale=skip_scale,
            initialisation=initialisation,
            normalisation=normalisation,
            pre_activation=pre_activation,
            seed=seed,
            quantity=quantity,
            layer=layer,
            blocks=blocks,
        )

    inputs = (
        "depth",
        "skip_scale",
        "initialisation",
        "normalisation",
        "pre_activation",
        "seed",
        "quantity",
        "layer",
        "blocks",
    )
    light = frozenset({"layer"})

    _esm = bundle("residual_gradient/page.js")
    _css = styles("shared/view.css", "residual_gradient/page.css")

    depth = traitlets.Any(56).tag(sync=True)
    skip_scale = traitlets.Any(1.0).tag(sync=True)
    initialisation = traitlets.Unicode("xavier").tag(sync=True)
    normalisation = traitlets.Bool(False).tag(sync=True)
    pre_activation = traitlets.Bool(False).tag(sync=True)
    seed = traitlets.Any(0).tag(sync=True)
    quantity = traitlets.Unicode("signal").tag(sync=True)
    layer = traitlets.Any(0).tag(sync=True)
    blocks = traitlets.Any(3).tag(sync=True)

    @property
    def plain(self) -> Array:
        """
        Gradient norms of the plain network.

        Returns
        -------
        numpy.ndarray
            From the input to the output of the network.
        """
        return explain(self.state).plain

    @property
    def residual(self) -> Array:
        """
        Gradient norms of the residual network.

        Returns
        -------
        numpy.ndarray
            From the input to the output of the network.
        """
        return explain(self.state).residual

    def explain(self) -> ResidualGradients:
        """
        Give the numbers that are shown.

        Returns
        -------
        ResidualGradients
            See `course_utils.explorers.residual_gradient.state.explain`.
        """
        return explain(self.state)

    def summary(self) -> str:
        """
        Say in words and rounded numbers what is shown.

        Returns
        -------
        str
            Five lines.
        """
        state, found = self.state, explain(self.state)
        norm = "batch normalisation" if state.normalisation else "no normalisation"
        kind = "pre-activation" if state.pre_activation else "original"
        shown = "∂L/∂x" if state.quantity == "signal" else "∂L/∂W"
        here = place_name(state, state.layer)
        paths = ", ".join(f"{path.paths} × λ^{state.blocks - path.k}" for path in found.lengths)
        return "\n".join(
            [
                f"ResidualGradientExplorer: {state.depth} layers, λ = {state.skip_scale:g}, "
                f"{state.initialisation} weights, {norm}, {kind} blocks",
                f"norm of {shown}, first over last: plain {_power(found.plain_ratio)}, "
                f"residual {_power(found.residual_ratio)}",
                f"{here}: plain {_power(found.plain[state.layer])}, "
                f"residual {_power(found.residual[state.layer])}",
                f"{state.blocks} blocks, {2**state.blocks} paths by length: {paths}",
                f"their sum is the gradient of backpropagation, norm {found.total:.2g}",
            ]
        )

    def _begin(self) -> ResidualGradientState:
        return ResidualGradientState()

    def _next(self, state: ResidualGradientState, changes: dict[str, Any]) -> ResidualGradientState:
        return with_changes(state, changes)

    def _results(self, state: ResidualGradientState) -> dict[str, Any]:
        found = explain(state)
        return {
            "facts": {
                "depth": state.depth,
                "skip_scale": state.skip_scale,
                "initialisation": state.initialisation,
                "normalisation": state.normalisation,
                "pre_activation": state.pre_activation,
                "seed": state.seed,
                "quantity": state.quantity,
                "blocks": state.blocks,
                "plain": found.plain.tolist(),
                "residual": found.residual.tolist(),
                "family": [[scale, curve.tolist()] for scale, curve in found.family.items()],
                "stored": found.stored,
                "plain_ratio": found.plain_ratio,
                "residual_ratio": found.residual_ratio,
                "names": [place_name(state, n) for n in range(state.places)],
                "lengths": [path._asdict() for path in found.lengths],
                "expansion": expansion(state.blocks),
                "total": found.total,
                "gap": found.gap,
                "initialisations": {name: label for name, (label, _) in INITIALISATIONS.items()},
                "choices": {
                    "depth": list(DEPTHS),
                    "skip_scale": list(SKIP_SCALES),
                    "blocks": list(BLOCKS),
                    "seed": LARGEST_SEED,
                },
            }
        }

    def _draw(self, figure: Figure) -> None:
        state, found = self.state, explain(self.state)
        left, right = figure.subplots(1, 2, width_ratios=[3, 2])
        places = np.arange(1, state.places + 1)
        for curve in found.family.values():
            left.plot(places, curve, color="0.8", lw=0.8)
        left.plot(places, found.plain, "--", color=INPUT, lw=2, label="plain, λ = 0")
        left.plot(
            places, found.residual, color=OUTPUT, lw=2, label=f"residual, λ = {state.skip_scale:g}"
        )
        left.axvline(state.layer + 1, color=KERNEL, lw=1)
        shown = "∂L/∂x" if state.quantity == "signal" else "∂L/∂W"
        left.set(
            yscale="log",
            xlabel="block, from the input" if state.quantity == "signal" else "layer",
            ylabel=f"norm of {shown}",
            title=f"{state.depth} layers: the gradient on its way to the input",
        )
        left.legend(fontsize=8)
        _bars(right, state, found)


def _bars(axes: Axes, state: ResidualGradientState, found: ResidualGradients) -> None:
    ks = [path.k for path in found.lengths]
    axes.bar(ks, [path.norm for path in found.lengths], color=OUTPUT, width=0.7)
    for path in found.lengths:
        axes.annotate(f"{path.paths}", (path.k, path.norm), ha="center", va="bottom", fontsize=8)
    axes.set(
        xlabel="branches on the path (the rest skip)",
        ylabel="norm of their sum",
        title=f"{2**state.blocks} paths through {state.blocks} blocks",
        xticks=ks,
    )
    axes.margins(y=0.12)


def _power(value: float) -> str:
    return f"{value:.1e}" if value and not 1e-3 <= value < 1e4 else f"{value:.2g}"
