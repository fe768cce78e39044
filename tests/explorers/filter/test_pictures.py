"""Arrays of all kinds as grey pictures."""

from __future__ import annotations

import numpy as np
import pytest

from course_utils.explorers.filter.pictures import PICTURES, grey_picture

RNG = np.random.default_rng(5)


def test_pictures_of_all_kinds_become_grey() -> None:
    grey = np.arange(6, dtype=np.uint8).reshape(2, 3) * 50
    np.testing.assert_allclose(grey_picture(grey), grey / 255)
    colour = RNG.random((4, 5, 3))
    expected = colour[..., 0] * 0.299 + colour[..., 1] * 0.587 + colour[..., 2] * 0.114
    np.testing.assert_allclose(grey_picture(colour), expected)
    np.testing.assert_allclose(grey_picture(colour.transpose(2, 0, 1)), expected)
    opaque = np.concatenate([colour, np.ones((4, 5, 1))], axis=-1)
    np.testing.assert_allclose(grey_picture(opaque), expected)
    np.testing.assert_array_equal(grey_picture([[1, 2]]), [[1.0, 2.0]])
    with pytest.raises(ValueError, match=r"must have 2 axes, but its shape is \(2, 2, 2\)"):
        grey_picture(np.zeros((2, 2, 2)))


def test_drawn_pictures_by_hand() -> None:
    made = {name: PICTURES[name].make() for name in ("spot", "edge", "steps", "stripes")}
    assert np.argwhere(made["spot"]).tolist() == [[7, 7]]
    assert made["edge"][3, 5:7].tolist() == [0, 1]
    # (i j + j² + 3 i²) mod 9 in row 1: 3, 5, 9, 15, 23, 33, 45
    assert made["steps"][1].tolist() == [3, 5, 0, 6, 5, 6, 0]
    np.testing.assert_array_equal(made["stripes"], made["stripes"].T)
