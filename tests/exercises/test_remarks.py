"""Arguments never used and variables of the notebook that are."""

from __future__ import annotations

import numpy as np

from course_utils.exercises.remarks import remarks

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


def test_arrays_and_lists_of_the_notebook() -> None:
    assert remarks(lambda x: x + signal + table[0] + LIMIT + len(np.zeros(1))) == [
        "It reads `signal`, a variable of the notebook. Should that be an argument?",
        "It reads `table`, a variable of the notebook. Should that be an argument?",
    ]


def test_variables_read_inside_a_comprehension() -> None:
    assert remarks(lambda x: [signal[int(v)] for v in x]) == [
        "It reads `signal`, a variable of the notebook. Should that be an argument?"
    ]


def test_compiled_functions_show_nothing() -> None:
    assert remarks(len) == []
