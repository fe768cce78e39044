"""One call of a function, and all that came of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.exercises import Case
from course_utils.exercises.calling import argument_names, call


def test_an_answer_is_kept_as_it_was_returned() -> None:
    buffer = np.zeros(2)

    def fill(x: float) -> Any:
        buffer[:] = x
        return buffer

    first, second = call(fill, Case(1.0)), call(fill, Case(2.0))
    assert (first.value.tolist(), second.value.tolist()) == ([1.0, 1.0], [2.0, 2.0])


def test_an_exception_is_reduced_to_its_words() -> None:
    answer = call(lambda x: x[3], Case([1]))
    assert answer.raised is not None
    assert (answer.raised.type, answer.raised.message) == (IndexError, "list index out of range")
    assert answer.value is None


def test_a_changed_argument_is_named() -> None:
    def spoil(x: Any, table: Any) -> None:
        table["a"] = 2

    assert call(spoil, Case(np.zeros(2), table={"a": 1})).changed == "table['a']: 1 became 2"


def test_an_argument_of_a_function_that_tells_no_names() -> None:
    assert call(dict.update, Case({"a": 1}, {"a": 2})).changed.startswith("argument 1['a']:")


@pytest.mark.parametrize(
    ("function", "count", "names"),
    [
        (lambda x, w: None, 2, ["x", "w"]),
        (lambda x, w=1: None, 1, ["x"]),
        (lambda x, *rest: None, 3, ["x", "rest[0]", "rest[1]"]),
    ],
)
def test_names_of_positional_arguments(function: Any, count: int, names: list[str]) -> None:
    assert argument_names(function, count) == names
