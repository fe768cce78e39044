"""Options as operations read them: whole numbers, one for all axes or one each, numbers, flags."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from course_utils.ops.options import flag, integer, integers, number


@pytest.mark.parametrize("value", [4, np.int32(4), np.array(4)])
def test_a_whole_number_may_come_from_numpy(value: Any) -> None:
    read = integer("f", "groups", value, 1)
    assert type(read) is int
    assert read == 4


@pytest.mark.parametrize("value", [4.0, True, np.True_, "4", None, np.array([4, 4])])
def test_only_whole_numbers_are_whole(value: Any) -> None:
    with pytest.raises(TypeError, match=r"^f: groups is .*, expected a whole number$"):
        integer("f", "groups", value, 1)


@pytest.mark.parametrize("value", [0, np.int64(0)])
def test_least_is_the_least(value: Any) -> None:
    assert integer("f", "padding", value, 0) == 0
    with pytest.raises(ValueError, match=r"^f: groups is 0, expected at least 1$"):
        integer("f", "groups", value, 1)


@pytest.mark.parametrize("value", [2, (2,), [2], (2, 2), np.int8(2)])
def test_one_number_counts_for_every_axis(value: Any) -> None:
    assert integers("f", "stride", value, 2, 1) == (2, 2)


def test_one_number_for_each_axis() -> None:
    assert integers("f", "stride", [2, 3], 2, 1) == (2, 3)


@pytest.mark.parametrize(
    ("value", "axes", "kind", "message"),
    [
        ((2, 1, 1), 2, ValueError, "stride is (2, 1, 1), expected one whole number or 2 of them"),
        ((2, 1), 1, ValueError, "stride is (2, 1), expected one whole number"),
        ((), 2, ValueError, "stride is (), expected one whole number or 2 of them"),
        ((1, 0), 2, ValueError, "stride is (1, 0), expected at least 1 in each axis"),
        ((1, 2.0), 2, TypeError, "stride is (1, 2.0), expected a whole number in each axis"),
    ],
)
def test_refusals_show_all_numbers(
    value: Any, axes: int, kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match="^f: " + re.escape(message) + "$"):
        integers("f", "stride", value, axes, 1)


@pytest.mark.parametrize("value", [0.5, np.float32(0.5), 3, np.int8(3)])
def test_numbers_become_floats(value: Any) -> None:
    read = number("f", "eps", value)
    assert type(read) is float
    assert read == value


@pytest.mark.parametrize("value", ["a", None, 1j, [0.5], np.array([0.5])])
def test_other_things_are_no_numbers(value: Any) -> None:
    with pytest.raises(TypeError, match=r"^f: eps is .*, expected a number$"):
        number("f", "eps", value)


def test_flags() -> None:
    assert flag("f", "ceil_mode", True) is True
    assert flag("f", "ceil_mode", np.False_) is False
    with pytest.raises(TypeError, match=r"^f: ceil_mode is 1, expected True or False$"):
        flag("f", "ceil_mode", 1)
