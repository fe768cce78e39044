"""Which answers are taken for right, and what is said of the others."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from course_utils.exercises.compare import compare
from course_utils.exercises.difference import Difference
from course_utils.exercises.outcome import Kind

PAIR = np.array([1.0, 2.5])


def difference(got: Any, expected: Any) -> Difference | None:
    return compare(got, expected, 1e-9)


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


def test_an_equality_that_fails_is_no_equality() -> None:
    class Odd:
        def __eq__(self, other: object) -> bool:
            raise RuntimeError

        def __hash__(self) -> int:
            return 0

    found = difference(Odd(), {1})
    assert found is not None
    assert found.kind is Kind.WRONG_TYPE


@pytest.mark.parametrize(
    ("mask", "words"),
    [
        ([True, True], "2 of its 2 numbers are masked, the first at [0]: no values at all"),
        ([False, True], "1 of its 2 numbers are masked at [1]: no value at all"),
        ([False, False], ""),
    ],
)
def test_masked_numbers_are_no_answer(mask: list[bool], words: str) -> None:
    got = np.ma.array([1.0, 2.0], mask=mask)
    for wrapped, expected in ((got, np.array([1.0, 2.0])), ([got], [np.array([1.0, 2.0])])):
        difference = compare(wrapped, expected, 1e-9)
        assert (words in difference.message) if difference else not words


def test_a_masked_number_is_no_number() -> None:
    masked: list[Any] = [np.ma.masked, np.ma.array(3.0, mask=True)]
    for got in masked:
        difference = compare(got, 3.0, 1e-9)
        assert difference is not None
        assert "its number is masked" in difference.message
    assert compare(np.ma.array(3.0), 3.0, 1e-9) is None
