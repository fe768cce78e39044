"""The grid that a kernel slides over, by hand; `test_explain` tests it against the outputs."""

from __future__ import annotations

import numpy as np

from course_utils.explorers.conv_arithmetic.grid import BETWEEN, INPUT, PADDING, lay_out, reading
from course_utils.explorers.conv_arithmetic.sizes import Sizes


def test_a_padded_input() -> None:
    sizes = Sizes(input_size=(1, 3), kernel_size=(1, 2), stride=(1, 3), padding=(0, 1))
    grid = lay_out(np.array([[7.0, 8, 9]]), sizes)
    assert grid.values.tolist() == [[0, 7, 8, 9, 0]]
    assert grid.kinds.tolist() == [[PADDING, INPUT, INPUT, INPUT, PADDING]]
    assert (grid.origin, grid.start, grid.step) == ((0, 1), (0, 0), (1, 3))
    read, reached = reading(grid, sizes)
    assert read.tolist() == [[True, True, False, True, True]]
    assert reached.tolist() == [[True, True]]


def test_a_stretched_input() -> None:
    sizes = Sizes(True, input_size=(1, 2), kernel_size=(1, 2), stride=(1, 3))
    grid = lay_out(np.array([[7.0, 8]]), sizes)
    assert grid.values.tolist() == [[0, 7, 0, 0, 8, 0]]
    assert grid.kinds.tolist() == [[PADDING, INPUT, BETWEEN, BETWEEN, INPUT, PADDING]]
    assert (grid.origin, grid.start, grid.step) == ((0, 1), (0, 0), (1, 1))
    _, reached = reading(grid, sizes)
    assert reached.tolist() == [[True, True, False, True, True]]
