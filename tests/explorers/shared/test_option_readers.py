"""Readers of options: what they make of a value, and their words for what they refuse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.explorers.shared.option_readers import (
    Reader,
    clipped,
    named,
    one_of,
    pair,
    pair_choices,
    place_in,
    read,
    short,
    switch,
    whole,
)


@pytest.mark.parametrize(
    ("reader", "given", "expected"),
    [
        (whole(1, 8), np.int64(3), 3),
        (clipped(0, 5), -2, 0),
        (clipped(0, 5), 9, 5),
        (one_of(("max", "lp")), "lp", "lp"),
        (one_of((8, 14)), np.int64(14), 14),
        (switch, np.True_, True),
        (pair(range(1, 5)), 2, (2, 2)),
        (pair(range(1, 5)), [1, np.int64(3)], (1, 3)),
        (pair(range(1, 5)), np.array([4, 1]), (4, 1)),
        (place_in((3, 4)), (9, -1), (2, 0)),
    ],
)
def test_what_is_read(reader: Reader, given: Any, expected: Any) -> None:
    found = reader("it", given)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("reader", "given", "words"),
    [
        (whole(1, 8), 9, "it must be a whole number from 1 to 8, not 9"),
        (whole(1, 8), np.int64(0), "it must be a whole number from 1 to 8, not 0"),
        (whole(1, 8), True, "it must be a whole number from 1 to 8, not True"),
        (whole(1, 8), 2.0, "it must be a whole number from 1 to 8, not 2.0"),
        (
            whole(0, 8, 'or "same"'),
            "x",
            "it must be a whole number from 0 to 8 or \"same\", not 'x'",
        ),
        (clipped(0, 5), "1", "it must be a whole number, not '1'"),
        (one_of(("a", "b")), "c", "it must be one of a, b, not 'c'"),
        (one_of((8, 14)), 9, "it must be one of 8, 14, not 9"),
        (one_of((0, 1)), True, "it must be one of 0, 1, not True"),
        (one_of(("a", "b")), {"a": 1}, "it must be one of a, b, not {'a': 1}"),
        (switch, 1, "it must be True or False, not 1"),
        (
            pair(range(-4, 5)),
            (1, 5),
            "it must be one whole number, or a pair for rows and columns, from −4 to 4, not 5",
        ),
        (
            pair(range(3)),
            (1, 2, 0),
            "it must be one whole number, or a pair for rows and columns, from 0 to 2, "
            "not (1, 2, 0)",
        ),
        (place_in((3, 4)), (1, 2.5), "it must be a row and a column, not (1, 2.5)"),
        (place_in((3, 4)), "12", "it must be a row and a column, not '12'"),
        (place_in((3, 4)), None, "it must be a row and a column, not None"),
    ],
)
def test_what_is_refused(reader: Reader, given: Any, words: str) -> None:
    with pytest.raises(ValueError, match=r"^it must be") as caught:
        reader("it", given)
    assert str(caught.value) == words


def test_names() -> None:
    assert named("spot", {"spot": 1, "edge": 2}, "picture") == "spot"
    for wrong in ("cat", None, {"spot": 1}):
        with pytest.raises(ValueError, match=r"no picture called .*; choose from spot, edge"):
            named(wrong, {"spot": 1, "edge": 2}, "picture")


def test_only_what_changes_is_read() -> None:
    readers = {"stride": whole(1, 8), "flip": switch}
    assert read(readers, {"flip": False, "focus": "later"}) == {"flip": False}


def test_a_long_value_is_cut() -> None:
    assert short("a") == "'a'"
    assert len(short(list(range(100)))) == 40
    assert short(list(range(100))).endswith("…")


def test_choices_of_pairs() -> None:
    ranges, now = (
        {"stride": range(1, 4), "padding": range(2)},
        {"stride": (1, 2), "padding": (0, 0)},
    )
    found = pair_choices(ranges, now, lambda name, value: sum(value) < 4)
    assert found == {"stride": [[1], [1, 2], [1]], "padding": [[0, 1], [0, 1], [0, 1]]}
