"""The tie rule, by hand."""

from __future__ import annotations

import numpy as np

from course_utils.explorers.pool.explain import explain
from course_utils.explorers.pool.state import PoolState, with_changes


def test_ties_by_hand() -> None:
    #  0 7 1      two windows of 2 × 2, one apart, overlap in the middle column
    #  7 7 2      their maxima: 7 at three places, 7 at two
    state = PoolState(np.array([[0.0, 7, 1], [7, 7, 2]]), np.array([[6.0, 4.0]]), stride=(1, 1))
    first = explain(state)
    assert first.output.tolist() == [[7, 7]]
    assert first.tied.tolist() == [[3, 2]]
    assert first.gradient.tolist() == [[0, 10, 0], [0, 0, 0]]
    assert first.wins.tolist() == [[0, 2, 0], [0, 0, 0]]
    split = explain(with_changes(state, {"ties": "split"}))
    assert split.gradient.tolist() == [[0, 4, 0], [2, 4, 0]]
    assert split.wins.tolist() == [[0, 2, 0], [1, 2, 0]]
    assert first.notes == (
        "2 windows with a tie. x[0, 1] wins 2 windows.",
        "g sums to 10, and so does what it hands back.",
    )
