"""From one state of ConvArithmeticExplorer to the next; and every refusal."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.explorers.conv_arithmetic.explain import explain
from course_utils.explorers.conv_arithmetic.state import ConvArithmeticState, with_changes
from course_utils.explorers.conv_arithmetic.valid_options import RANGES


def test_turning_around_keeps_the_layer_and_its_names() -> None:
    state = with_changes(
        ConvArithmeticState(), {"x_preset": "count", "stride": (2, 3), "padding": (1, 0)}
    )
    back = with_changes(state, {"transposed": True})
    assert back.x_preset == "count"
    assert back.sizes.stride == (2, 3)
    assert back.x.shape == explain(state).output.shape
    assert explain(back).output.shape == state.x.shape
    assert with_changes(back, {"transposed": False}).sizes == state.sizes
    given = with_changes(state, {"transposed": True, "input_size": 2, "output_padding": 0})
    assert given.sizes.input_size == (2, 2)
    assert given.sizes.output_padding == (0, 0)


def test_own_numbers_are_cut_or_go_on_with_zeros() -> None:
    state = with_changes(ConvArithmeticState(), {"x": np.arange(1.0, 13.0).reshape(3, 4)})
    assert (state.x_preset, state.sizes.input_size) == ("custom", (3, 4))
    smaller = with_changes(state, {"input_size": (3, 3)})
    assert smaller.x.tolist() == [[1, 2, 3], [5, 6, 7], [9, 10, 11]]
    assert with_changes(smaller, {"input_size": (4, 3)}).x[3].tolist() == [0, 0, 0]
    named = with_changes(state, {"x_preset": "ones"})
    assert named.x.tolist() == np.ones((3, 4)).tolist()
    assert with_changes(named, {"x": named.x}).x_preset == "ones"  # the same numbers again


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        *(
            ({name: 99}, f"{name} must be one whole number, or a pair .* from .* not 99")
            for name in RANGES
        ),
        ({"stride": 1.5}, r"stride must be .* from 1 to 6, not 1\.5"),
        ({"stride": (1, 2, 3)}, r"stride must be .*, not \(1, 2, 3\)"),
        ({"stride": True}, "stride must be .*, not True"),
        ({"stride": "two"}, "stride must be .*, not 'two'"),
        ({"dilation": (1, 5)}, "with dilation 5 the 3 columns of the kernel span 11 cells"),
        ({"kernel_size": (3, 6), "input_size": 5}, "the 6 columns of the kernel span 6 cells"),
        ({"output_padding": 1}, "belongs to the transposed convolution"),
        ({"transposed": True, "output_padding": 2}, "output padding 2 is too much for the rows"),
        ({"transposed": 1}, "transposed must be True or False, not 1"),
        ({"x": np.zeros((15, 2))}, "the shape of x must be .* from 1 to 14, not 15"),
        ({"w": np.zeros((2, 7))}, "the shape of w must be .* from 1 to 6, not 7"),
        ({"x": [1, 2]}, "x must have 2 axes"),
        ({"w": [[np.inf]]}, r"w\[0, 0\] is inf"),
        ({"x_preset": "cat"}, "there is no preset 'cat' for x; choose from digits"),
        ({"w_preset": ["ones"]}, "there is no preset .* for w; choose from mixed"),
        ({"focus": 3}, "focus must be a row and a column, not 3"),
    ],
)
def test_what_is_not_valid_says_why(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        with_changes(ConvArithmeticState(), changes)


def test_a_side_too_long_cannot_go_in_by_turning_around() -> None:
    wide = with_changes(
        ConvArithmeticState(), {"transposed": True, "input_size": 4, "kernel_size": 1, "stride": 5}
    )
    with pytest.raises(ValueError, match=r"the size of what would go in .* to 14, not 16"):
        with_changes(wide, {"transposed": False})


def test_the_focus_stays_inside_the_output() -> None:
    state = with_changes(ConvArithmeticState(), {"focus": (5, 6)})
    assert state.focus == (5, 6)
    assert with_changes(state, {"stride": 3}).focus == (1, 2)
    assert with_changes(state, {"focus": (-4, 99)}).focus == (0, 6)
