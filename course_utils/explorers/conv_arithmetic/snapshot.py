"""The picture of ConvArithmeticExplorer in a stored notebook, which GitHub shows."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_utils.explorers.conv_arithmetic.explain import Convolved
from course_utils.explorers.conv_arithmetic.grid import INPUT
from course_utils.explorers.conv_arithmetic.state import ConvArithmeticState
from course_utils.explorers.shared.number_text import by, rounded
from course_utils.explorers.shared.snapshot_parts import UNREAD, frame, show_cells
from course_utils.explorers.shared.windows import span
from course_utils.plotting import INPUT as BLUE
from course_utils.plotting import KERNEL
from course_utils.plotting import OUTPUT as GREEN


def draw_snapshot(figure: Figure, state: ConvArithmeticState, found: Convolved) -> None:
    """Draw the grid and the output, with the window and the output that it makes."""
    sizes = state.sizes
    shapes = found.grid.shape, found.used.shape, found.output.shape
    widths = [max(columns, 5) for _, columns in shapes]  # room for the titles
    left, middle, right = figure.subplots(1, 3, width_ratios=[width + 0.2 for width in widths])
    tallest = max(rows for rows, _ in shapes)
    lit = {term.cell for term in found.terms}

    def face(p: int, q: int) -> str:
        if (p, q) in lit:
            return f"{BLUE}aa"
        if not found.read[p, q]:
            return UNREAD
        return f"{BLUE}33" if found.kinds[p, q] == INPUT else "white"

    def output_face(i: int, j: int) -> str:
        return f"{GREEN}33" if found.reached[i, j] else UNREAD

    fontsize = 11 - 0.3 * max(tallest, *widths)
    first, second, third = ((tallest, width) for width in widths)
    show_cells(left, found.grid, face, rounded, first, fontsize)
    show_cells(middle, found.used, lambda *_: f"{KERNEL}33", rounded, second, fontsize)
    show_cells(right, found.output, output_face, rounded, third, fontsize)
    around = "stretched" if sizes.transposed else "padded"
    larger = found.grid.shape != sizes.input_size
    more = f", {around} to {by(found.grid.shape)}" if larger else ""
    left.set_title(f"input x, {by(sizes.input_size)}{more}", color=BLUE, fontsize=11)
    turned = ", turned" if sizes.transposed else ""
    middle.set_title(f"kernel w, {by(sizes.kernel_size)}{turned}", color=KERNEL, fontsize=11)
    right.set_title(f"output y, {by(found.output.shape)}", color=GREEN, fontsize=11)
    row, column = (found.start[k] + found.step[k] * state.focus[k] for k in (0, 1))
    high, wide = map(span, sizes.kernel_size, sizes.dilation)
    frame(left, row, column, high, wide)
    frame(right, *state.focus, 1, 1)
    rows, columns = found.axes
    words = f"rows: {rows.text}\ncolumns: {columns.text}\n{found.torch_line}"
    figure.supxlabel(words, fontsize=8.5)
