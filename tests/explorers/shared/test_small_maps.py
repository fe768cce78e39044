"""The small maps offered by name, and which one follows from a change."""

from __future__ import annotations

import numpy as np
import pytest

from course_utils.explorers.shared.small_maps import (
    GRADIENTS,
    MAPS,
    WEIGHTS,
    SmallMap,
    next_map,
    resized,
)

ALL = [*MAPS.values(), *WEIGHTS.values(), *GRADIENTS.values()]


@pytest.mark.parametrize("made", ALL, ids=lambda made: made.label)
def test_every_size_can_be_made_and_is_whole(made: SmallMap) -> None:
    for rows, columns in ((1, 1), (3, 5), (14, 9)):
        values = made.make(rows, columns)
        assert values.shape == (rows, columns)
        assert (values == np.round(values)).all()
    np.testing.assert_array_equal(made.make(14, 9), values)


def test_maps_by_hand() -> None:
    assert MAPS["count"].make(2, 3).tolist() == [[1, 2, 3], [4, 5, 6]]
    assert MAPS["spot"].make(1, 3).tolist() == [[0, 1, 0]]
    assert WEIGHTS["mixed"].make(2, 3).tolist() == [[1, 2, 0], [-1, 1, 1]]
    assert WEIGHTS["corner"].make(1, 2).tolist() == [[1, 0]]
    # a smaller one is the corner of a larger one
    np.testing.assert_array_equal(MAPS["digits"].make(2, 3), MAPS["digits"].make(5, 5)[:2, :3])


def test_what_follows_from_a_change() -> None:
    now = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert resized(now, 1, 3).tolist() == [[1, 2, 0]]
    values, name = next_map("x", {}, (1, 3), now, "custom", MAPS)
    assert (values.tolist(), name) == ([[1, 2, 0]], "custom")
    values, name = next_map("x", {"x_preset": "ones"}, (1, 2), now, "custom", MAPS)
    assert (values.tolist(), name) == ([[1, 1]], "ones")
    values, name = next_map("x", {"x": [[5]], "x_preset": "ones"}, (1, 1), now, "ones", MAPS)
    assert (values.tolist(), name) == ([[5]], "custom")
    assert next_map("x", {"x": now.tolist()}, (2, 2), now, "count", MAPS) == (now, "count")
    with pytest.raises(ValueError, match="no preset 'cat' for x; choose from digits, signed"):
        next_map("x", {"x_preset": "cat"}, (2, 2), now, "custom", MAPS)
