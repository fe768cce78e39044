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
