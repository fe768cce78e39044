"""From one state of PoolExplorer to the next; and every refusal."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.explorers.pool.state import PoolState, with_changes
from course_utils.explorers.pool.valid_options import KINDS, RANGES


def test_the_upstream_gradient_follows_the_output() -> None:
    state = with_changes(PoolState(), {"g_preset": "spot", "input_size": (6, 8)})
    assert np.argwhere(state.g).tolist() == [[1, 2]]
    assert np.argwhere(with_changes(state, {"stride": 1}).g).tolist() == [[2, 3]]
    own = with_changes(state, {"g": np.arange(1.0, 13.0).reshape(3, 4)})
    assert own.g_preset == "custom"
    smaller = with_changes(own, {"input_size": (6, 4)})
    assert smaller.g.tolist() == [[1, 2], [5, 6], [9, 10]]
    assert with_changes(own, {"g": own.g, "kind": "lp"}).g_preset == "custom"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        *(({name: 99}, f"{name} must be one whole number, or a pair .* not 99") for name in RANGES),
        ({"shift": (0, -5)}, "shift must be .* from −4 to 4, not -5"),
        ({"stride": "two"}, "stride must be .* not 'two'"),
        ({"padding": (0, 2)}, "padding 2 is more than half of the 2 columns of the window"),
        ({"kernel_size": 4, "padding": 2, "input_size": 3, "stride": 1.0}, "stride must be"),
        ({"input_size": (6, 1)}, "the window has 2 columns, but the input has only 1"),
        (
            {"kernel_size": (5, 2), "padding": (1, 0), "input_size": (2, 4)},
            "the window has 5 rows, but the input is padded to 4",
        ),
        ({"kind": "median"}, "kind must be one of max, average, lp, not 'median'"),
        ({"kind": ["max"]}, "kind must be one of"),
        ({"ties": "last"}, "ties must be one of first, split, not 'last'"),
        ({"p": 0}, "p must be a whole number from 1 to 16, not 0"),
        ({"p": 2.0}, r"p must be .* not 2\.0"),
        ({"p": True}, "p must be .* not True"),
        ({"backward": 1}, "backward must be True or False, not 1"),
        ({"count_include_pad": "no"}, "count_include_pad must be True or False, not 'no'"),
        ({"x": np.zeros((11, 2))}, "the shape of x must be .* from 1 to 10, not 11"),
        ({"x": [[np.nan]]}, "is nan"),
        ({"g": np.ones((2, 3))}, r"g must be as large as the output, \(3, 3\), not \(2, 3\)"),
        ({"x_preset": "cat"}, "there is no preset 'cat' for x; choose from digits"),
        ({"g_preset": 3}, "there is no preset 3 for g; choose from mixed"),
        ({"focus": "here"}, "focus must be a row and a column, not 'here'"),
    ],
)
def test_what_is_not_valid_says_why(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        with_changes(PoolState(), changes)


def test_the_focus_stays_inside_the_output() -> None:
    state = with_changes(PoolState(), {"focus": (2, 2)})
    assert with_changes(state, {"kernel_size": 5}).focus == (0, 0)
    assert set(KINDS) == {"max", "average", "lp"}
