"""Arrays and numbers: shape, dtype and every value, and what is said where they differ."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.exercises.compare import compare
from course_utils.exercises.difference import Difference
from course_utils.exercises.outcome import Kind

PAIR = np.array([1.0, 2.5])
SINGLE = np.float32(1.1)


def difference(got: Any, expected: Any, **options: bool) -> Difference | None:
    return compare(got, expected, 1e-9, **options)


def kind(got: Any, expected: Any, **options: bool) -> Kind | None:
    found = difference(got, expected, **options)
    return found.kind if found else None


@pytest.mark.parametrize(
    ("got", "expected", "kind", "words"),
    [
        ([1.0, 2.5], PAIR, Kind.WRONG_TYPE, "The numbers in it are right"),
        ([1.0, 3.5], PAIR, Kind.WRONG_TYPE, "Made into an array it would not be the answer yet."),
        ([1.0], PAIR, Kind.WRONG_TYPE, "not be the answer yet: its shape would be (1,); expected"),
        ([PAIR[:1], PAIR[1:]], PAIR, Kind.WRONG_TYPE, "`np.concatenate(...)` joins its parts"),
        ((PAIR, np.zeros(3)), PAIR, Kind.WRONG_TYPE, "Its item [0] is the answer"),
        ((3, PAIR[None]), PAIR, Kind.WRONG_TYPE, "[1] holds the right numbers, in another shape"),
        ((PAIR, PAIR), np.outer(PAIR, PAIR), Kind.WRONG_TYPE, "`np.outer(...)` of its two"),
        ((np.zeros(3), np.zeros(4)), PAIR, Kind.WRONG_TYPE, "Its items have different shapes."),
        (PAIR + 1e-7, PAIR, Kind.INCORRECT, "Six digits are right, and only precision is missing"),
        ([[1.0], [2.5, 3.0]], PAIR, Kind.WRONG_TYPE, "Its rows have different lengths"),
        ("text", PAIR, Kind.WRONG_TYPE, "It returned the string 'text' where"),
        ({}, PAIR, Kind.WRONG_TYPE, "It returned a dict where"),
        (1.0, PAIR, Kind.WRONG_SHAPE, "the single number 1.0; expected an array of shape (2,)"),
        (PAIR[None], PAIR, Kind.WRONG_SHAPE, "They differ only in axes of length 1."),
        (np.ones((2, 3)), np.ones((3, 2)), Kind.WRONG_SHAPE, "The axes are in reverse order"),
        (PAIR + 0j, PAIR, Kind.WRONG_DTYPE, "complex128; expected float64"),
        (PAIR.astype(object), PAIR, Kind.WRONG_DTYPE, "An array of Python objects"),
        (PAIR > 0, PAIR, Kind.WRONG_DTYPE, "True and False are not numbers"),
        (np.array([1, 0]), PAIR > 0, Kind.WRONG_DTYPE, "A comparison such as `x > 0`"),
        (np.array(["1", "2.5"]), PAIR, Kind.WRONG_DTYPE, "expected float64"),
        (np.array([1, 2]), PAIR, Kind.WRONG_DTYPE, "cannot hold fractions"),
        (np.array([44], "u1"), np.array([300]), Kind.WRONG_DTYPE, "wrapped around"),
        (PAIR.astype("f4") + SINGLE, PAIR + 1.1, Kind.WRONG_DTYPE, "about seven digits"),
        (np.array([1.0, np.nan]), PAIR, Kind.NOT_FINITE, "The result is nan at [1], where 2.5"),
        (np.inf, 1.0, Kind.NOT_FINITE, "The result is inf, where 1.0 is expected."),
        (np.array([1.0]), np.array([np.inf]), Kind.INCORRECT, "expected inf, got 1.0"),
        (np.array([1.0]), np.array([np.nan]), Kind.INCORRECT, "expected nan, got 1.0"),
        (PAIR + 1e-3, PAIR, Kind.INCORRECT, "at [0]: expected 1.0, got 1.001."),
        (PAIR + 1e-8, PAIR, Kind.INCORRECT, "at [0]: expected 1.0, got 1.00000001."),
        (np.eye(3)[::-1], np.eye(3), Kind.INCORRECT, "at [0, 0]: expected 1.0, got 0.0."),
        (np.array(["a"]), np.array(["b"]), Kind.INCORRECT, "expected 'b', got 'a'"),
        (3.0, 3, Kind.WRONG_TYPE, "the float 3.0 where a whole number (int) is expected"),
        (3.5, 3, Kind.INCORRECT, "Expected 3.0, got 3.5."),
        (4, 3, Kind.INCORRECT, "Expected 3, got 4."),
        (True, 1, Kind.WRONG_TYPE, "the Boolean True where a whole number"),
        (3 + 0j, 3.0, Kind.WRONG_TYPE, "`.real` takes the real part."),
        ("3", 3, Kind.WRONG_TYPE, "the string '3' where a whole number"),
        ([3], 3, Kind.WRONG_TYPE, "a list of 1 where a whole number"),
        (np.array([3]), 3, Kind.WRONG_SHAPE, "an array of shape (1,) where a single number"),
        (10**30, 10**30 + 1, Kind.INCORRECT, "Expected 1000000000000000000000000000001"),
        (10**400, 1.0, Kind.NOT_FINITE, "inf"),
    ],
)
def test_wrong_arrays_and_numbers_and_what_is_said(
    got: Any, expected: Any, kind: Kind, words: str
) -> None:
    found = difference(got, expected)
    assert found is not None
    assert found.kind is kind
    assert words in found.text()


def test_seven_digits_suffice_where_float32_went_in() -> None:
    got = np.array([1.000001, 2.5], dtype=np.float32)
    assert difference(got, PAIR, single=True) is None
    assert kind(got, PAIR) is Kind.WRONG_DTYPE
    assert difference(np.array([1.001, 2.5], dtype=np.float32), PAIR, single=True) is not None


def test_the_tolerance_is_absolute_for_small_and_relative_for_large_numbers() -> None:
    assert compare(np.array([0.9e-6]), np.array([0.0]), 1e-6) is None
    assert compare(np.array([1.1e-6]), np.array([0.0]), 1e-6) is not None
    assert compare(np.array([1e6 + 0.9]), np.array([1e6]), 1e-6) is None
    assert compare(np.array([1e6 + 1.1]), np.array([1e6]), 1e-6) is not None


def test_a_wrong_shape_is_found_without_touching_the_numbers() -> None:
    class Untouchable(np.ndarray):
        def __array_finalize__(self, other: Any) -> None: ...

        def __array_ufunc__(self, *_: Any, **__: Any) -> Any:
            raise AssertionError("the numbers were touched")

    got = np.zeros((40, 50)).view(Untouchable)
    assert kind(got, PAIR) is Kind.WRONG_SHAPE
