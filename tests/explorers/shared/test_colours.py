"""The colour of a number."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pytest

from course_utils.explorers.shared import colours
from course_utils.plotting import SIGNED


def test_the_table_is_the_courses_map_and_its_middle_is_neutral() -> None:
    table = colours.table()
    assert table.shape == (255, 3)
    ends = np.array(mpl.colormaps[SIGNED]([0.0, 1.0]))[:, :3] * 255
    np.testing.assert_allclose(table[[0, -1]], ends, atol=0.5)
    middle = table[127].astype(int)
    assert np.ptp(middle) <= 2  # a grey, so zero has no colour
    assert middle.min() > 240


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.2, 0.4], colours.Scale(False, 0.0, 1.0)),
        ([0.0, 9.0], colours.Scale(False, 0.0, 9.0)),
        ([0.0, 0.0], colours.Scale(False, 0.0, 1.0)),
        ([-1.0, 3.0], colours.Scale(True, -3.0, 3.0)),
        ([-4.0, 3.0], colours.Scale(True, -4.0, 4.0)),
        ([-1e-17, 0.5], colours.Scale(False, 0.0, 1.0)),  # rounding is not a sign
    ],
)
def test_scale(values: list[float], expected: colours.Scale) -> None:
    assert colours.scale_of(np.array(values)) == expected


def test_opposite_values_lie_at_opposite_places_of_the_table() -> None:
    values = np.linspace(-2, 2, 41)
    found = colours.pixels(values, colours.Scale(True, -2.0, 2.0))
    places = [int(np.flatnonzero((colours.table() == row).all(axis=1))[0]) for row in found]
    assert places[0] == 0
    assert places[20] == 127
    assert places[-1] == 254
    assert places == sorted(places)
    # ⌊u + 1/2⌋ rounds halves up on both sides, so mirrored places may differ by one
    assert all(abs(a + b - 254) <= 1 for a, b in zip(places, places[::-1], strict=True))


def test_values_beyond_the_scale_are_clipped() -> None:
    found = colours.pixels(np.array([-9.0, 9.0]), colours.Scale(False, 0.0, 1.0))
    assert found[:, 0].tolist() == [0, 255]
