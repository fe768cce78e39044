"""Which answers are taken for right, and what is said of the others."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from course_utils.exercises.compare import compare, describe
from course_utils.exercises.outcome import Kind

PAIR = np.array([1.0, 2.5])
SINGLE = np.float32(1.1)


def difference(got: Any, expected: Any, **options: bool) -> Any:
    return compare(got, expected, 1e-9, **options)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (PAIR.copy(), PAIR),
        (PAIR + 1e-10, PAIR),
        (PAIR * 1e9 * (1 + 1e-10), PAIR * 1e9),
        (np.array([1, 2]), np.array([1.0, 2.0])),
        (np.array([1.0, 2.0]), np.array([1, 2])),
        (np.asfortranarray(np.eye(3)), np.eye(3)),
        (np.array([np.nan, np.inf]), np.array([np.nan, np.inf])),
        (np.array([], dtype=float), np.array([], dtype=float)),
        (np.array([1.0 + 1e-7, 2.5], dtype=np.float32), PAIR.astype(np.float32)),
        (np.array([1 + 1e-7, 2.5]), PAIR.astype(np.float32)),
        (np.array([True, False]), np.array([True, False])),
        (np.array(["a", "b"]), np.array(["a", "b"])),
        (3, 3.0),
        (np.float64(3.0), 3.0),
        (np.array(3.0), 3.0),
        (3.0, np.array(3.0)),
        (np.int64(3), 3),
        (np.array(3), 3),
        (3.0, np.int64(3)),
        (Fraction(3, 2), 1.5),
        (10**30, 10**30),
        (1 + 2j, 1 + 2j),
        (np.bool_(True), True),
        (np.array(True), True),
        (True, np.bool_(True)),
        ("same", "same"),
        (None, None),
        ([1, 2], (1, 2)),
        ((1, 2), [1, 2]),
        (np.array([1, 2]), (1, 2)),
        ((PAIR, 1), (PAIR, 1)),
        ({"a": PAIR}, {"a": PAIR}),
        ({1, 2}, {2, 1}),
    ],
)
def test_right_answers_in_every_style(got: Any, expected: Any) -> None:
    assert difference(got, expected) is None


@pytest.mark.parametrize(
    ("got", "expected", "kind", "words"),
    [
        (None, PAIR, Kind.WRONG_TYPE, "It returned None where a NumPy array is expected."),
        (None, 3.0, Kind.WRONG_TYPE, "It returned None where a single number is expected."),
        (None, (1, 2), Kind.WRONG_TYPE, "It returned None where a tuple of 2 is expected."),
        (map(int, "12"), PAIR, Kind.WRONG_TYPE, "a map object, which holds no values yet"),
        (range(2), PAIR, Kind.WRONG_TYPE, "a range object"),
        (np.array(v for v in PAIR), PAIR, Kind.WRONG_TYPE, "Round brackets made a generator"),
        (np.array(map(int, "12")), PAIR, Kind.WRONG_TYPE, "`np.array(list(...))` collects its"),
        (np.array(v for v in PAIR), 3.0, Kind.WRONG_TYPE, "square brackets make a list."),
        ([1.0, 2.5], PAIR, Kind.WRONG_TYPE, "The numbers in it are right"),
        ([1.0, 3.5], PAIR, Kind.WRONG_TYPE, "where a NumPy array is expected. `np.array(...)`"),
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
        (1, True, Kind.WRONG_TYPE, "the int 1 where True or False is expected"),
        (False, True, Kind.INCORRECT, "Expected True, got False."),
        (np.array([True]), True, Kind.WRONG_SHAPE, "`.all()` or `.any()`"),
        ("full", "same", Kind.INCORRECT, "Expected 'same', got 'full'."),
        (1, "same", Kind.WRONG_TYPE, "the int 1 where a string is expected"),
        (1, None, Kind.WRONG_TYPE, "the int 1 where None is expected"),
        ((1,), (1, 2), Kind.WRONG_SHAPE, "a tuple of 1 where a tuple of 2 is expected"),
        (3, (1, 2), Kind.WRONG_TYPE, "the int 3 where a tuple of 2 is expected"),
        (np.zeros(3), (1, 2), Kind.WRONG_SHAPE, "an array of shape (3,) where a tuple of 2"),
        ((1, 3), (1, 2), Kind.INCORRECT, "In result[1]: Expected 2, got 3."),
        (((1, 2), 3), ((1, 3), 3), Kind.INCORRECT, "In result[0][1]: Expected 3, got 2."),
        ((PAIR, PAIR), (PAIR, PAIR + 1), Kind.INCORRECT, "In result[1]: The first difference is"),
        ({"a": 1}, {"a": 1, "b": 2}, Kind.INCORRECT, "The key 'b' is missing."),
        ({"a": 1, "b": 2}, {"a": 1}, Kind.INCORRECT, "The key 'b' should not be there."),
        ({"a": 1}, {"a": 2}, Kind.INCORRECT, "In result['a']: Expected 2, got 1."),
        ([1], {"a": 1}, Kind.WRONG_TYPE, "a list of 1 where a dict is expected"),
        ({1}, {2}, Kind.INCORRECT, "Expected {2}, got {1}."),
    ],
)
def test_wrong_answers_and_what_is_said(got: Any, expected: Any, kind: Kind, words: str) -> None:
    found = difference(got, expected)
    assert found is not None
    assert found.kind is kind
    assert words in found.text()


def test_seven_digits_suffice_where_float32_went_in() -> None:
    got = np.array([1.000001, 2.5], dtype=np.float32)
    assert difference(got, PAIR, single=True) is None
    assert difference(got, PAIR).kind is Kind.WRONG_DTYPE
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
    assert difference(got, PAIR).kind is Kind.WRONG_SHAPE


def test_an_equality_that_fails_is_no_equality() -> None:
    class Odd:
        def __eq__(self, other: object) -> bool:
            raise RuntimeError

        __hash__ = None  # type: ignore[assignment]

    assert difference(Odd(), {1}).kind is Kind.WRONG_TYPE


def test_a_value_has_a_noun() -> None:
    assert describe((1, 2)) == "a tuple of 2"
    assert describe(np.float64(2.0)) == "the float 2.0"
    assert describe(np.zeros((2, 3))) == "an array of shape (2, 3)"
    assert describe(np.array(4)) == "the number 4"
    assert describe(1j) == "the complex number 0.0 + 1.0j"
    assert describe(Ellipsis) == "an ellipsis"


@pytest.mark.parametrize(
    ("got", "expected", "advice", "rest"),
    [
        (None, PAIR, "Is the line with", "It returned None where a NumPy array is expected."),
        (
            [1.0],
            PAIR,
            "`np.array(...)`",
            "It returned a list of 1 where a NumPy array is expected.",
        ),
        (PAIR + 0j, PAIR, "`np.real(...)`", "The result has dtype complex128; expected float64."),
        (np.inf, 1.0, "A division by zero", "The result is inf, where 1.0 is expected."),
        (
            np.array([1, 2]),
            PAIR,
            "`np.zeros_like(x)`",
            "The result has dtype int64, which cannot hold fractions; expected float64. "
            "The first difference at [1]: expected 2.5, got 2.",
        ),
    ],
)
def test_advice_can_be_left_out(got: Any, expected: Any, advice: str, rest: str) -> None:
    found = difference(got, expected)
    assert advice in found.text()
    assert found.text(advised=False) == rest
