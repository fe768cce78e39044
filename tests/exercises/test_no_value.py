"""Results that are no value at all are named, with a word on what to do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.exercises.no_value import no_value
from course_utils.exercises.outcome import Kind

PAIR = np.array([1.0, 2.5])


@pytest.mark.parametrize(
    ("got", "expected", "words"),
    [
        (None, PAIR, "It returned None where a NumPy array is expected."),
        (None, 3.0, "It returned None where a single number is expected."),
        (None, (1, 2), "It returned None where a tuple of 2 is expected."),
        (map(int, "12"), PAIR, "a map object, which holds no values yet"),
        (range(2), PAIR, "a range object"),
        (np.array(v for v in PAIR), PAIR, "Round brackets made a generator"),
        (np.array(map(int, "12")), PAIR, "`np.array(list(...))` collects its"),
        (np.array(v for v in PAIR), 3.0, "square brackets make a list."),
        (..., PAIR, "It returned `...`: the answer itself is still to be written."),
        (iter([1.0]), PAIR, "which holds no values yet, where a NumPy array is expected."),
        (np.sum, PAIR, "It returned the function `sum` itself, not its result."),
    ],
)
def test_what_is_said(got: Any, expected: Any, words: str) -> None:
    found = no_value(got, expected)
    assert found is not None
    assert found.kind is Kind.WRONG_TYPE
    assert words in found.text()


@pytest.mark.parametrize("got", [PAIR, 0.0, 0, False, "", [], (), {}, np.float32(1), np.array(2)])
def test_values_are_values(got: Any) -> None:
    assert no_value(got, PAIR) is None
