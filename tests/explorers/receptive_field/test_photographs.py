"""The pictures that a field is drawn on."""

from __future__ import annotations

from course_utils.explorers.receptive_field.photographs import PICTURES, photograph


def test_the_pictures_are_there() -> None:
    for name in PICTURES:
        values = photograph(name, 24)
        assert values.shape == (3, 24, 24)
        assert 0 <= values.min() < values.max() <= 1
        assert not values.flags.writeable
