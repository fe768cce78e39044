"""From one state of DigitExplorer to the next; and every refusal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from course_utils.explorers.digit.state import DigitState, held_out, opening, shipped, with_changes

START = DigitState(opening(), shipped(), "shipped")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ink": np.zeros((28, 28))}, r"ink must have 32 × 32 pixels, but its shape is \(28, 28\)"),
        ({"ink": np.full((32, 32), 1.5)}, "ink must lie between 0 .paper. and 1"),
        ({"drawn": b"abc"}, "the drawing is damaged: 3 pixels, not 1024"),
        ({"sample": 355}, "sample must be a whole number from -1 to 354, not 355"),
        ({"target": 2.5}, "target must be a whole number from -1 to 9, not 2.5"),
        ({"fit": 1}, "fit must be True or False, not 1"),
        ({"back": 8}, "back must be a whole number from 0 to 7, not 8"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        with_changes(START, change)


def test_changes() -> None:
    pictures, _ = held_out()
    state = with_changes(START, {"sample": 12, "target": 4, "fit": False, "back": 2})
    np.testing.assert_array_equal(state.ink, pictures[12])
    assert (state.sample, state.target, state.fit, state.back) == (12, 4, False, 2)
    drawn = bytes(range(256)) * 4
    state = with_changes(state, {"drawn": drawn, "stroke": "a/1"})
    assert (state.sample, state.stroke, state.ink[1, 19]) == (-1, "a/1", 0.2)  # byte 51
    state = with_changes(with_changes(START, {"sample": 12}), {"ink": np.zeros((32, 32))})
    assert (state.sample, state.stroke) == (-1, "")
    assert with_changes(replace(state, stroke="a/1"), {"sample": 3}).stroke == ""
