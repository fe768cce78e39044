"""Whether and where an argument was changed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.exercises.changed_arguments import first_change


@pytest.mark.parametrize(
    "value",
    [
        np.array([1.0, np.nan]),
        np.array([1, 2]),
        np.array([], dtype=float),
        np.array(3.0),
        np.array([object()]),
        np.array(["a"]),
        [1, [2.0, np.array([3.0])]],
        {"a": np.array([1.0])},
        (1, "a", None, float("nan")),
        {1, 2},
        np.random.default_rng(0),
        len,
    ],
)
def test_what_is_as_it_was(value: Any) -> None:
    copied = value.copy() if isinstance(value, np.ndarray) else value
    assert first_change(value, copied) is None


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (np.array([1.0, 2.0]), np.array([1.0, 0.0]), "[1]: 2.0 became 0.0"),
        (np.array([1.0, 2.0]), np.array([1.0, np.nan]), "[1]: 2.0 became nan"),
        (np.zeros((2, 2)), np.eye(2), "[0, 0]: 0.0 became 1.0"),
        (np.array(1.0), np.array(2.0), ": 1.0 became 2.0"),
        (np.zeros(2), np.zeros((1, 2)), ": its shape (2,) became (1, 2)"),
        (np.zeros(2), np.zeros(2, dtype=int), ": its dtype float64 became int64"),
        ([1, 2], [1, 2, 3], ": its length 2 became 3"),
        ([1, 2], [1, 5], "[1]: 2 became 5"),
        ([np.array([1.0])], [np.array([4.0])], "[0][0]: 1.0 became 4.0"),
        ([np.array([1.0])], [0], "[0]: a ndarray became a int"),
        ({"a": 1}, {"a": 2}, "['a']: 1 became 2"),
        ({"a": 1}, {}, ": its keys were changed"),
        ({1}, {1, 2}, ": {1} became {1, 2}"),
    ],
)
def test_the_first_change(before: Any, after: Any, change: str) -> None:
    assert first_change(before, after) == change
