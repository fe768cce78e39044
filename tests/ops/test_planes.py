"""Work on planes a few at a time: every plane once, whatever their number and size."""

from __future__ import annotations

import numpy as np
import pytest
from course_utils.ops.planes import add_up, share_planes

# none, few and small, and enough to be cut into parts and shared
SHAPES = [(0, 2), (3, 2), (5, 1 << 18)]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_plane_is_worked_on_once(shape: tuple[int, int]) -> None:
    x, y = np.ones(shape), np.zeros(shape)
    share_planes(lambda part: np.add(y[part], x[part], out=y[part]), x)
    np.testing.assert_array_equal(y, x)


@pytest.mark.parametrize("shape", SHAPES[1:])
def test_sums_of_parts_are_added_up(shape: tuple[int, int]) -> None:
    x = np.arange(np.prod(shape), dtype=np.float64).reshape(shape)
    np.testing.assert_array_equal(add_up(lambda part: x[part].sum(axis=0), x), x.sum(axis=0))
