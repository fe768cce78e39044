"""Work is cut into parts that together are the whole, and done once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils.ops import get_num_threads, set_num_threads
from course_utils.ops.fast import sharing
from course_utils.ops.fast.sharing import Work, add_up_planes, equal_parts, share_planes


@pytest.fixture(autouse=True)
def _number_of_threads() -> Iterator[None]:
    before = get_num_threads()
    yield
    set_num_threads(before)


def little() -> Work:
    return Work(1, 1, 4)


def much() -> Work:
    return Work(1 << 40, 1, 4)


def test_only_large_work_is_shared() -> None:
    set_num_threads(3)
    assert little().threads == 1
    assert much().threads == 3
    set_num_threads(1)
    assert much().threads == 1


@given(
    count=st.integers(1, 40),
    height=st.integers(1, 40),
    row_bytes=st.integers(0, 1000),
    near=st.integers(1, 3000),
    threads=st.integers(1, 4),
)
def test_blocks_cover_every_row_once(
    count: int, height: int, row_bytes: int, near: int, threads: int
) -> None:
    set_num_threads(threads)
    covered = np.zeros((count, height), int)
    for block in much().cut(count, height, row_bytes, near):
        covered[block.images, block.rows] += 1
    assert (covered == 1).all()


@given(count=st.integers(1, 40), height=st.integers(1, 40), row_bytes=st.integers(1, 1000))
def test_blocks_are_near(count: int, height: int, row_bytes: int) -> None:
    for block in little().cut(count, height, row_bytes, near=2000):
        rows = (block.images.stop - block.images.start) * (block.rows.stop - block.rows.start)
        assert rows * row_bytes <= 2000


def test_large_images_are_cut_by_rows_and_small_ones_kept_together() -> None:
    blocks = little().cut(3, 4, row_bytes=10, near=20)
    starts = [(block.images.start, block.rows.start) for block in blocks]
    assert starts == [(0, 0), (0, 2), (1, 0), (1, 2), (2, 0), (2, 2)]
    assert [block.images for block in little().cut(4, 2, 10, near=40)] == [slice(0, 2), slice(2, 4)]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_each_thread_gets_as_many_blocks(threads: int) -> None:
    set_num_threads(threads)
    assert len(much().cut(12, 1, row_bytes=10, near=50)) % threads == 0  # three would be enough
    assert len(much().cut(1, 12, row_bytes=10, near=1000)) % threads == 0  # and here one


@pytest.mark.parametrize("threads", [1, 3])
def test_what_tasks_give_is_added_up(threads: int) -> None:
    set_num_threads(threads)
    space = np.empty(2)

    def task(number: int) -> np.ndarray:
        if threads > 1:
            return np.array([number, 1.0])
        space[...] = number, 1.0  # work space, which the next task uses again
        return space

    np.testing.assert_array_equal(much().add_up(task, range(10)), [45, 10])
    np.testing.assert_array_equal(much().add_up(task, range(1)), [0, 1])


@pytest.mark.parametrize("threads", [1, 2])
def test_planes_are_gone_through_once(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    set_num_threads(threads)
    monkeypatch.setattr(sharing, "NEAR", 1000)
    monkeypatch.setattr(sharing, "WORTH_A_CALL", 0)
    x, y = np.arange(600.0).reshape(30, 4, 5), np.zeros((30, 4, 5))
    parts = []

    def task(part: slice) -> None:
        parts.append(part)
        np.add(y[part], x[part], out=y[part])

    share_planes(task, x)
    np.testing.assert_array_equal(y, x)
    assert len(parts) > 4
    np.testing.assert_array_equal(add_up_planes(lambda part: x[part].sum(axis=0), x), x.sum(axis=0))


def test_no_planes_are_no_work() -> None:
    share_planes(lambda part: pytest.fail("nothing is there"), np.zeros((0, 3, 3)))


def test_parts_are_equal_but_for_one() -> None:
    assert equal_parts(7, 3) == [slice(0, 2), slice(2, 4), slice(4, 7)]
