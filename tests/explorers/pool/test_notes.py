"""What PoolExplorer says beside the maps."""

from __future__ import annotations

import numpy as np

from course_utils.explorers.pool.explain import explain
from course_utils.explorers.pool.state import PoolState, with_changes

RNG = np.random.default_rng(12)


def test_moving_by_whole_strides_moves_the_output_and_by_one_pixel_changes_it() -> None:
    x = RNG.normal(size=(8, 6))
    state = with_changes(PoolState(), {"x": x, "shift": (4, -2)})
    found = explain(state)
    assert found.moved[4, 4] == x[0, 0]  # round in a circle
    np.testing.assert_array_equal(found.output, np.roll(found.before, (2, -1), axis=(0, 1)))
    assert found.notes[0] == (
        "Moved by 4 rows down and 2 columns left: 12 of 12 outputs changed. "
        "Move the old output by 2 and −1 places, and 12 of 12 agree."
    )
    one = explain(with_changes(state, {"shift": (0, 1)}))
    np.testing.assert_array_equal(one.changed, one.output != one.before)
    changed = int(one.changed.sum())
    assert 0 < changed < 12
    assert one.notes[0] == (
        f"Moved by 1 column right: {changed} of 12 outputs changed. "
        "That is not a multiple of the stride 2 × 2."
    )
    assert explain(with_changes(state, {"shift": 0})).notes[0] == "No window has a tie."
