"""Arguments never used and variables of the notebook that are."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy import ceil

from course_utils.exercises.remarks import remarks, whole_number_advice

signal = np.zeros(3)
table = [1, 2]
LIMIT = 3


def test_arguments_used_in_inner_functions_count() -> None:
    assert remarks(lambda x, w: [w * v for v in x]) == []
    assert remarks(lambda x, w: lambda: x + w) == []


def test_arguments_never_used() -> None:
    assert remarks(lambda x, w, *rest: len(x)) == [
        "It never uses its argument `w`.",
        "It never uses its argument `rest`.",
    ]


def test_the_name_of_an_attribute_or_a_text_is_no_use() -> None:
    assert remarks(lambda x, shape: [x.shape, "shape"]) == ["It never uses its argument `shape`."]


def test_arrays_lists_and_numbers_of_the_notebook() -> None:
    assert remarks(lambda x: x + signal + table[0] + LIMIT + len(np.zeros(1))) == [
        "It reads `LIMIT`, a variable of the notebook. Should that be an argument?",
        "It reads `signal`, a variable of the notebook. Should that be an argument?",
        "It reads `table`, a variable of the notebook. Should that be an argument?",
    ]


def test_variables_read_inside_a_comprehension() -> None:
    assert remarks(lambda x: [signal[int(v)] for v in x]) == [
        "It reads `signal`, a variable of the notebook. Should that be an argument?"
    ]


def test_an_argument_that_is_overwritten_before_it_is_read() -> None:
    def overwritten(x: Any, w: Any) -> Any:
        x = np.array([1, 3, 8])
        return x + w

    def changed(x: Any, w: Any) -> Any:
        x = x + w
        return 2 * x

    assert remarks(overwritten) == ["It gives its argument `x` another value before reading it."]
    assert remarks(changed) == []


def test_a_notebook_that_took_the_name_of_numpy() -> None:
    names: dict[str, Any] = {"np": [1, 2]}
    exec("def double(x):\n    return np.array(2 * x)", names)
    (said,) = remarks(names["double"])
    assert said.startswith("`np` does not stand for NumPy here")


def test_an_array_that_was_never_filled() -> None:
    def filled(x: Any) -> Any:
        y = np.empty(3)
        y += x
        return y

    assert [said.split(" leaves")[0] for said in remarks(filled)] == ["`np.empty`"]
    assert remarks(lambda x: x.empty) == []


def test_compiled_functions_show_nothing() -> None:
    assert remarks(len) == []


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda n: n / 2, "`/` always gives a float;"),
        (lambda n: [v / 2 for v in n], "`/` always gives a float;"),
        (
            lambda n: np.floor(n / 2),
            "`np.floor` returns a float too: `int(...)` around it, or `//`",
        ),
        (lambda n: ceil(0.5 * n), "`np.ceil` returns a float too"),
        (lambda n: math.floor(n / 2) * 1.0, "`/` always gives a float;"),
    ],
)
def test_what_makes_a_float_of_a_whole_number(function: Callable[[Any], Any], words: str) -> None:
    assert whole_number_advice(function).startswith(words)


@pytest.mark.parametrize("function", [lambda n: 1.0 * (n // 2), lambda n: "a/b", len])
def test_no_division_is_named_where_there_is_none(function: Callable[[Any], Any]) -> None:
    assert whole_number_advice(function) == ""
