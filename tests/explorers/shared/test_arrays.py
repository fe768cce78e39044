"""Arrays of finite numbers; their bytes; and results that cannot be changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from course_utils.explorers.shared.arrays import locked, numbers, wire


def test_numbers_are_a_copy_that_cannot_be_written() -> None:
    given = np.array([1, 2], dtype=np.float32)
    found = numbers(given, "w", 1)
    assert found.dtype == np.float64
    assert (found.flags.writeable, given.flags.writeable) == (False, True)
    given[0] = 9
    assert found.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("value", "ndim", "words"),
    [
        ("ab", 1, "w must be an array of numbers, not 'ab'"),
        ([[1], [2, 3]], 2, "w must be an array of numbers, not [[1], [2, 3]]"),
        ([1], 2, "w must have 2 axes, but its shape is (1,)"),
        ([[1]], 1, "w must have 1 axis, but its shape is (1, 1)"),
        ([], 1, "w is empty: its shape is (0,)"),
        ([1, np.nan], 1, "w[1] is nan; an explorer needs finite numbers"),
        ([[1, 2], [3, -np.inf]], 2, "w[1, 1] is -inf; an explorer needs finite numbers"),
    ],
)
def test_what_is_no_array_of_numbers(value: Any, ndim: int, words: str) -> None:
    with pytest.raises(ValueError, match=r"^w") as caught:
        numbers(value, "w", ndim)
    assert str(caught.value) == words


def test_the_bytes_that_travel_are_little_endian_row_by_row() -> None:
    values = np.arange(6.0).reshape(2, 3)
    assert np.frombuffer(wire(values.T), "<f8").tolist() == [0, 3, 1, 4, 2, 5]


def test_every_array_of_a_result_is_locked() -> None:
    @dataclass
    class Result:
        single: Any
        many: Any
        named: Any
        word: str = "word"

    arrays = [np.zeros(2) for _ in range(4)]
    found = Result(arrays[0], [(arrays[1],), arrays[2]], {"a": arrays[3]})
    assert locked(found) is found
    assert not any(array.flags.writeable for array in arrays)
