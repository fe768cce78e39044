"""What a stored picture shows, from its parts and not from its pixels."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils.explorers.shared import colours
from course_utils.explorers.shared.snapshot_parts import UNREAD, frame, show_cells, show_map
from course_utils.plotting import KERNEL


def test_every_cell_has_its_number_and_its_face() -> None:
    axes = Figure().subplots()
    faces = {(0, 0): KERNEL, (0, 1): UNREAD}
    show_cells(axes, np.array([[7.0, 8.0]]), lambda *at: faces[at], "{:g}".format, (3, 4), 9)
    assert [text.get_text() for text in axes.texts] == ["7", "8"]
    assert [text.get_color() for text in axes.texts] == ["white", "black"]
    cells = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    assert [to_hex(cell.get_facecolor()) for cell in cells] == [KERNEL, UNREAD]
    assert [cell.get_hatch() for cell in cells] == [None, "////"]
    assert axes.get_xlim() == (-0.6, 3.6)
    assert axes.get_ylim() == (2.6, -0.6)


def test_a_frame_surrounds_its_cells() -> None:
    axes = Figure().subplots()
    frame(axes, 2, 1, 3, 4)
    (patch,) = axes.patches
    assert isinstance(patch, Rectangle)
    assert patch.get_bbox().bounds == (0.5, 1.5, 4, 3)
    assert to_hex(patch.get_edgecolor()) == KERNEL


def test_a_map_has_the_colours_of_the_page() -> None:
    axes = Figure().subplots()
    values, scale = np.array([[0.0, 1.0]]), colours.Scale(False, 0.0, 1.0)
    show_map(axes, values, "x", "black", scale)
    np.testing.assert_array_equal(axes.images[0].get_array(), colours.pixels(values, scale))
    assert (axes.get_title(), len(axes.get_xticks())) == ("x", 0)
