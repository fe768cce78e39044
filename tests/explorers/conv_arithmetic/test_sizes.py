"""Which sizes go together: against PyTorch, which refuses the same, and the formula in numbers."""

from __future__ import annotations

import itertools

import numpy as np

from course_utils.explorers.conv_arithmetic.sizes import Sizes, grid_range, other_way, output_shape
from course_utils.explorers.conv_arithmetic.valid_options import (
    LARGEST_GRID,
    LARGEST_SIDE,
    RANGES,
    problem,
    turning_problem,
)
from tests.explorers.conv_arithmetic.random_sizes import random_sizes

RNG = np.random.default_rng(17)


def test_turning_around_leads_back_to_the_size_one_came_from() -> None:
    turned = 0
    for sizes in (random_sizes() for _ in range(600)):
        if problem(sizes) or sizes.transposed or turning_problem(sizes):
            continue
        back = other_way(sizes)
        assert output_shape(back) == sizes.input_size
        again = other_way(back)
        assert again == sizes
        turned += 1
    assert turned > 50


def test_the_grid_is_as_large_as_the_windows_reach() -> None:
    for n, f, s, p, d in itertools.product((3, 6), (1, 3), (1, 3), (0, 1), (1, 2)):
        forward = Sizes(False, (n, n), (f, f), (s, s), (p, p), (d, d))
        if problem(forward):
            continue
        assert grid_range(forward, 0) == (-p, n + p)
        back = other_way(forward)
        first, end = grid_range(back, 1)
        if p <= d * (f - 1):  # nothing is cropped: the windows of all outputs, end to end
            assert end - first == n + d * (f - 1)
    assert max(RANGES["input_size"]) == LARGEST_SIDE < LARGEST_GRID
