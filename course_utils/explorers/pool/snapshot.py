"""The picture of PoolExplorer in a stored notebook, which GitHub shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from matplotlib.figure import Figure

from course_utils.explorers.pool.explain import Pooled
from course_utils.explorers.pool.state import PoolState
from course_utils.explorers.pool.valid_options import KINDS
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.number_text import by, rounded
from course_utils.explorers.shared.snapshot_parts import frame, show_cells
from course_utils.plotting import INPUT, KERNEL, OUTPUT


class Panel(NamedTuple):
    """One map of the picture; ``face`` gives the colour of each cell."""

    title: str
    colour: str
    values: Array
    face: Callable[[int, int], str]


def draw_snapshot(figure: Figure, state: PoolState, found: Pooled) -> None:
    """Draw input and output, and both gradients where they are shown."""
    panels = [_input(state, found), _output(state, found)]
    if state.backward:
        panels += [
            Panel("g, upstream", KERNEL, state.g, lambda *_: f"{KERNEL}22"),
            Panel("gradient of x", KERNEL, found.gradient, _passed(found.gradient)),
        ]
    shapes = [panel.values.shape for panel in panels]
    axes = figure.subplots(1, len(panels), width_ratios=[shape[1] + 0.4 for shape in shapes])
    tallest = max(shape[0] for shape in shapes)
    for ax, panel in zip(axes, panels, strict=True):
        extent = (tallest, panel.values.shape[1])
        show_cells(ax, panel.values, panel.face, _text, extent, 11 - 0.35 * tallest)
        ax.set_title(panel.title, color=panel.colour, fontsize=11)
    top, left = (
        k * s - p for k, s, p in zip(state.focus, state.stride, state.padding, strict=True)
    )
    frame(axes[0], top, left, *state.kernel_size, colour="black")
    frame(axes[1], *state.focus, 1, 1, colour="black")
    figure.supxlabel("\n".join((*found.notes, *found.torch_lines[1:2])), fontsize=8.5)


def _input(state: PoolState, found: Pooled) -> Panel:
    def face(p: int, q: int) -> str:
        return KERNEL if state.kind == "max" and found.wins[p, q] else f"{INPUT}33"

    return Panel(f"x, {by(state.input_size)}", INPUT, found.moved, face)


def _output(state: PoolState, found: Pooled) -> Panel:
    def face(i: int, j: int) -> str:
        return f"{KERNEL}55" if found.changed[i, j] else f"{OUTPUT}33"

    return Panel(f"y, {KINDS[state.kind]}", OUTPUT, found.output, face)


def _passed(gradient: Array) -> Callable[[int, int], str]:
    return lambda p, q: f"{KERNEL}66" if gradient[p, q] else "white"


def _text(value: float) -> str:
    return rounded(float(f"{value:.3g}"))
