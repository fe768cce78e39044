"""The picture of FeatureMapExplorer in a stored notebook, which GitHub shows."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_utils.explorers.feature_map.explain import Stacked
from course_utils.explorers.feature_map.state import FeatureMapState
from course_utils.explorers.shared import colours
from course_utils.explorers.shared.number_text import MINUS, rounded
from course_utils.explorers.shared.snapshot_parts import show_map, write_code
from course_utils.plotting import INPUT, KERNEL, OUTPUT

MOST_CHANNELS = 4


def draw_snapshot(figure: Figure, state: FeatureMapState, found: Stacked) -> None:
    """Draw the first channels above their partial maps, then the sum above ReLU."""
    shown = min(len(found.partial), MOST_CHANNELS)
    axes = figure.subplots(2, shown + 1, squeeze=False)
    signed = colours.Scale(True, -found.largest, found.largest)
    grey = colours.scale_of(found.channels)
    for c in range(shown):
        show_map(axes[0, c], found.channels[c], found.names[c], INPUT, grey)
        show_map(axes[1, c], found.partial[c], "its partial map", KERNEL, signed)
    more = len(found.partial) - shown
    others = f" with {more} more channels" if more else ""
    title = f"sum{others}, bias {rounded(found.bias, 2).translate(MINUS)}"
    show_map(axes[0, shown], found.total, title, OUTPUT, signed)
    show_map(axes[1, shown], found.after_relu, "after ReLU", OUTPUT, signed)
    axes[1, shown].plot(*reversed(state.focus), "s", mfc="none", mec=KERNEL, ms=8)
    write_code(figure, found.torch_line)
