"""The padding of a convolution: as numbers, "valid" and "same", whose odd zero goes to the end."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from course_utils.ops import conv1d, output_size, same_padding
from course_utils.ops.padding import read_padding


def test_same_padding_by_hand() -> None:
    assert same_padding(5) == (2, 2)
    assert same_padding(4) == (1, 2)  # 3 in all
    assert same_padding(4, dilation=2) == (3, 3)


def test_same_padding_keeps_the_size() -> None:
    for f, d in product(range(1, 9), (1, 2, 3)):
        before, after = same_padding(f, d)
        assert output_size(20, f, padding=(before, after), dilation=d) == 20
        assert after - before in (0, 1)


def test_same_puts_the_odd_zero_at_the_end() -> None:
    x, w = np.array([[1.0, 2.0, 3.0]]), np.array([[[1.0, 10.0]]])
    np.testing.assert_array_equal(conv1d(x, w, padding="same"), [[21.0, 32.0, 3.0]])


def test_each_form_gives_both_sides_of_each_axis() -> None:
    assert read_padding("f", 2, 1, (2, 2), (1, 1), [3, 3]) == [(1, 1), (1, 1)]
    assert read_padding("f", 2, (0, 2), (2, 2), (1, 1), [3, 3]) == [(0, 0), (2, 2)]
    assert read_padding("f", 2, "valid", (2, 2), (1, 1), [3, 3]) == [(0, 0), (0, 0)]
    assert read_padding("f", 2, "same", (1, 1), (1, 3), [4, 2]) == [(1, 2), (1, 2)]


def test_refusals_say_what_is_wrong() -> None:
    with pytest.raises(ValueError, match=r"same_padding: f is 0, expected at least 1"):
        same_padding(0)
    with pytest.raises(ValueError, match=r"same_padding: dilation is 0, expected at least 1"):
        same_padding(3, 0)
    with pytest.raises(ValueError, match=r"f: padding is 'full', expected whole numbers, 'same'"):
        read_padding("f", 1, "full", (1,), (1,), [3])
    with pytest.raises(ValueError, match=r"f: padding 'same' needs stride 1, but stride is \(2, 1"):
        read_padding("f", 2, "same", (2, 1), (1, 1), [3, 3])
