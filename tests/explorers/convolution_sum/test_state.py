"""From one state of ConvolutionSumExplorer to the next; and every refusal."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.explorers.convolution_sum.state import SumState, with_changes

RNG = np.random.default_rng(8)
X = RNG.normal(size=7)


def start(**parts: Any) -> SumState:
    return with_changes(SumState(X, np.array([1.0, -2.0, 0.5])), parts)


def test_the_kernel_stays_where_it_lies_when_the_operation_changes() -> None:
    state = start(t=4)  # convolution: the kernel covers x[2], x[3], x[4]
    other = with_changes(state, {"operation": "correlation"})
    assert other.t == 2  # correlation: it covers x[2], x[3], x[4] from t on
    assert with_changes(other, {"operation": "convolution"}).t == 4
    assert with_changes(state, {"operation": "convolution"}).t == 4


def test_t_moves_to_the_nearest_output_that_is_kept() -> None:
    state = start(t=0)
    assert with_changes(state, {"mode": "same"}).t == 1
    assert with_changes(state, {"mode": "valid"}).t == 2
    assert start(t=999).t == 8


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"x": [1, "a"]}, "x must be an array of numbers"),
        ({"x": []}, "x is empty"),
        ({"x": [[1.0]]}, r"x must have 1 axis, but its shape is \(1, 1\)"),
        ({"w": [1, np.inf]}, r"w\[1\] is inf"),
        ({"x": np.zeros(25)}, r"x has 25 samples, .* at most 24: .* x\[:24\]"),
        ({"w": np.zeros(10)}, "w has 10 samples, .* at most 9"),
        ({"x_size": 0}, "size of x must be a whole number from 1 to 24, not 0"),
        ({"w_size": 10}, "size of w must be a whole number from 1 to 9, not 10"),
        ({"w_size": 2.5}, r"size of w must be .* from 1 to 9, not 2\.5"),
        ({"x_preset": "song"}, "x_preset must be one of hills, .* not 'song'"),
        ({"operation": "conv"}, "operation must be one of convolution, correlation, not 'conv'"),
        ({"mode": "wrap"}, "mode must be one of full, same, valid, not 'wrap'"),
        ({"mode": "valid", "x": [1.0]}, '"valid" keeps only complete overlaps'),
        ({"t": 1.5}, r"t must be a whole number, not 1\.5"),
        ({"t": True}, "t must be a whole number, not True"),
    ],
)
def test_what_is_not_valid_says_why(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        start(**changes)


def test_names_and_sizes() -> None:
    state = start(w_preset="mean", w_size=4)
    assert (state.w_preset, state.w.tolist()) == ("mean", [0.25] * 4)
    edited = with_changes(state, {"w": [1.0, 2.0, 3.0]})
    assert edited.w_preset == "custom"
    assert with_changes(edited, {"w_size": 4}).w.tolist() == [1, 2, 3, 0]
    assert with_changes(edited, {"w_size": 2}).w.tolist() == [1, 2]
    short = with_changes(start(w_preset="second"), {"w_size": 1})
    assert (short.w_preset, short.w.tolist()) == ("custom", [1.0])
