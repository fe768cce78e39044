"""The picture of ResidualGradientExplorer in a stored notebook, which GitHub shows."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils.explorers.residual_gradient.explain import ResidualGradients
from course_utils.explorers.residual_gradient.state import ResidualGradientState
from course_utils.explorers.shared.number_text import many
from course_utils.plotting import INPUT, KERNEL, OUTPUT


def draw_snapshot(figure: Figure, state: ResidualGradientState, found: ResidualGradients) -> None:
    """Draw the curves, and the sum over paths by their length."""
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
        norm = f"{path.norm:.2g}"
        axes.annotate(norm, (path.k, path.norm), ha="center", va="bottom", fontsize=8)
    axes.set(
        xlabel="branches on the path (the rest skip)",
        ylabel="norm of their sum",
        title=f"{2**state.blocks} paths through {state.blocks} blocks",
    )
    axes.set_xticks(ks, [f"{path.k}\n{many(path.paths, 'path')}" for path in found.lengths])
    axes.margins(y=0.12)
