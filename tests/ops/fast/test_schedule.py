"""Work is cut so that each part is done once, and sums do not depend on who was first."""

from __future__ import annotations

import numpy as np
import pytest

from course_utils.ops.fast.schedule import Work, add_up_planes, equal_parts, share_planes

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
    np.testing.assert_array_equal(add_up_planes(lambda part: x[part].sum(axis=0), x), x.sum(axis=0))


@pytest.mark.parametrize(("count", "height"), [(1, 1), (1, 40), (7, 5), (30, 3)])
@pytest.mark.parametrize("row_bytes", [1, 100, 10_000])
@pytest.mark.parametrize("size", [0, 1 << 40])
def test_blocks_hold_every_row_of_every_image_once(
    count: int, height: int, row_bytes: int, size: int
) -> None:
    done = np.zeros((count, height), int)
    for images, rows in Work(size, 0, 4).cut(count, height, row_bytes, 4_000):
        done[images, rows] += 1
    np.testing.assert_array_equal(done, 1)


def test_parts_differ_by_one_at_most() -> None:
    assert equal_parts(7, 3) == [slice(0, 2), slice(2, 4), slice(4, 7)]
