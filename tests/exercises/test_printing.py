"""Values as text: short, exact enough, and the same on every machine."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.exercises.printing import (
    clean,
    digits_apart,
    shorten,
    show,
    show_index,
    show_pair,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1"),
        (1.0, "1.0"),
        (-0.0, "0.0"),
        (1 / 3, "0.333333"),
        (1e-12, "1e-12"),
        (float("nan"), "nan"),
        (1 - 2j, "1.0 - 2.0j"),
        (True, "True"),
        (np.bool_(False), "False"),
        (np.int64(7), "7"),
        (None, "None"),
        ("it's", '"it\'s"'),
        ((1,), "(1,)"),
        ([], "[]"),
        ({"a": (1, 2.0)}, "{'a': (1, 2.0)}"),
        (np.cumsum, "cumsum"),
        (ValueError, "ValueError"),
        (list(range(20)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … 20 items]"),
        (np.array([1.0, 2.5]), "[1. , 2.5]"),
        (np.array([1, 2]), "[1, 2]"),
        (np.array([-0.0, 1e-17]), "[0., 0.]"),
        (np.array([1.5], dtype=np.float32), "[1.5]  (float32)"),
        (np.array(3.0), "3.0"),
        (np.zeros((0, 3)), "an empty array of shape (0, 3)"),
        ([np.array([1.0]), np.array([2.0])], "[[1.], [2.]]"),
        (np.array([[1, 2], [3, 4]]), "[[1, 2],\n [3, 4]]"),
    ],
)
def test_small_values_are_shown_whole(value: Any, text: str) -> None:
    assert show(value) == text


def test_a_large_array_is_shown_around_an_index() -> None:
    array = np.arange(600).reshape(20, 30)
    assert show(array, (10, 4)) == (
        "shape (20, 30), of which [8:13, 2:7] is\n"
        "[[242, 243, 244, 245, 246],\n"
        " [272, 273, 274, 275, 276],\n"
        " [302, 303, 304, 305, 306],\n"
        " [332, 333, 334, 335, 336],\n"
        " [362, 363, 364, 365, 366]]"
    )


@pytest.mark.parametrize("shape", [(100,), (1, 100), (100, 1), (3, 2, 20, 30), (60, 1, 1)])
def test_the_window_lies_inside_and_contains_the_index(shape: tuple[int, ...]) -> None:
    array = np.arange(np.prod(shape)).reshape(shape)
    for place in (0, array.size // 2, array.size - 1):
        index = tuple(int(i) for i in np.unravel_index(place, shape))
        text = show(array, index)
        assert len(text) < 400
        numbers = text.partition("is\n")[2]
        assert str(place) in numbers.replace("[", " ").replace("]", " ").replace(",", " ").split()


def test_containers_of_large_things_stay_short() -> None:
    assert len(show([np.zeros((30, 30))] * 50)) < 4000
    assert len(show("x" * 10**6)) < 300
    assert show(10**5000) == "an integer of 16610 bits"
    assert len(show(np.array([object()] * 5))) < 200


@pytest.mark.parametrize(
    ("expected", "got", "texts"),
    [
        (1.0, 2.0, ("1.0", "2.0")),
        (1.0, 1.0000001, ("1.0", "1.0000001")),
        (1.0, 1 + 1e-15, ("1.0", "1.0000000000000011")),
        (7, 7, ("7", "7")),
    ],
)
def test_as_many_digits_as_it_takes(expected: float, got: float, texts: tuple[str, str]) -> None:
    assert show_pair(expected, got) == texts


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("<object object at 0x7f3a5c2d1e80>", "<object object>"),
        ("pointer 0x7f3a5c2d", "pointer 0x…"),
        ("No such file: '/home/ada/work.csv'", "No such file: 'work.csv'"),
        ("in C:\\Users\\ada\\work.py", "in work.py"),
        ("operands with shapes (3,) (2,)", "operands with shapes (3,) (2,)"),
        ("y[n] = a/b/c + x[1]/w[2]/2", "y[n] = a/b/c + x[1]/w[2]/2"),
        ("1/2 and //", "1/2 and //"),
    ],
)
def test_no_address_and_no_folder(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_long_texts_say_how_much_is_missing() -> None:
    assert shorten("a" * 10, 4) == "aaaa … (6 more characters)"
    assert shorten("a\nb\nc", 100, lines=2) == "a\nb … (2 more characters)"
    assert shorten("abc", 3) == "abc"


def test_a_class_that_cannot_be_printed() -> None:
    class Odd:
        def __repr__(self) -> str:
            raise RuntimeError

    assert show(Odd()) == "an object of type Odd"


def test_an_index() -> None:
    of_numpy: Any = (np.int64(2),)
    assert show_index(of_numpy) == "[2]"
    assert show_index((0, 1)) == "[0, 1]"


@pytest.mark.parametrize(
    ("expected", "got", "digits"),
    [
        (np.array([1.0]), np.array([2.0]), None),
        (np.array([1.0]), np.array([1.0 + 1e-7]), 8),
        (np.array([1.0]), np.array([1.0 + 1e-11]), 12),
        (np.array([1.0]), np.array([1.0 + 1e-15]), 17),
        (np.array([1.0]), np.array([1.0]), None),
        ((1.0, np.array([0.3])), (1.0, np.array([0.3], dtype=np.float32)), 8),
        ([1.0, 2.0], [1.0, 2.0 + 1e-9], 12),
    ],
)
def test_digits_until_two_answers_look_different(expected: Any, got: Any, digits: Any) -> None:
    assert digits_apart(expected, got) == digits


def test_digits_at_an_index_of_a_large_array() -> None:
    expected = np.zeros((20, 30))
    got = expected.copy()
    got[0, 0], got[12, 7] = 1.0, 1e-9
    assert digits_apart(expected, got) is None
    assert digits_apart(expected, got, (12, 7)) == 12
    assert "1.e-09" in show(got, (12, 7), 12) or "0.000000001" in show(got, (12, 7), 12)


def test_arrays_of_four_axes_have_no_empty_lines() -> None:
    assert show(np.arange(4.0).reshape(2, 1, 1, 2)) == "[[[[0., 1.]]], [[[2., 3.]]]]"
    larger = show(np.arange(24.0).reshape(2, 2, 2, 3) / 7)
    assert "\n\n" not in larger
    assert len(larger.splitlines()) == 8


def test_large_whole_numbers_are_written_out() -> None:
    assert show(np.array([2.0**36 - 1, 2.0**36 + 1])) == "[68719476735., 68719476737.]"
    assert show(np.array([1e20, 1.5])) == "[1.0e+20, 1.5e+00]"


def endless(kind: str) -> Any:
    """Make a value that cannot be written whole."""
    if kind == "own":
        own: list[Any] = [1.0]
        own.append(own)
        return own
    if kind == "own by key":
        table: dict[str, Any] = {}
        table["a"] = (table,)
        return table
    value: list[Any] = [1.0]
    for _ in range(12 if kind == "shared" else 100_000):
        value = [value] * (12 if kind == "shared" else 1)
    return value


@pytest.mark.parametrize("kind", ["own", "own by key", "shared", "deep"])
def test_lists_without_end_are_cut(kind: str) -> None:
    value = endless(kind)
    assert "…" in show(value)
    assert len(show(value)) < 20_000
    assert digits_apart([2.0], value) is None


def test_a_name_that_raises() -> None:
    class Nameless:
        @property
        def __name__(self) -> str:
            raise RuntimeError("no name")

        def __call__(self) -> None:
            return None

    assert show(Nameless()) == "Nameless"


def test_a_text_of_many_megabytes() -> None:
    assert len(show("ab" * 10**7)) < 300


def test_masked_numbers() -> None:
    assert show(np.ma.array([1.0, 2.0], mask=[False, True])) == "[1.0 --]"


def test_the_count_of_what_is_left_out_includes_what_was_never_read() -> None:
    assert clean("b" * 100_000, 300).endswith("… (99700 more characters)")
