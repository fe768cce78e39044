"""How many numbers a value holds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.exercises.counting import count_numbers


@pytest.mark.parametrize(
    ("value", "count"),
    [
        (np.zeros((2, 3)), 6),
        (np.zeros((2, 0)), 0),
        (7, 1),
        ([], 0),
        ((np.zeros((2, 3)), [1, 2], {"stride": 1}), 6 + 2 + 1),
    ],
)
def test_numbers_are_counted_however_they_are_nested(value: Any, count: int) -> None:
    assert count_numbers(value) == count


def test_lists_that_hold_themselves_or_one_list_many_times() -> None:
    own: list[object] = []
    own.append(own)
    shared: list[object] = [1]
    for _ in range(12):
        shared = [shared] * 12
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    for endless in (own, shared, deep):
        assert count_numbers(endless, 1000) == 1001
    assert count_numbers([[1, 2], (3, [4])]) == 4
