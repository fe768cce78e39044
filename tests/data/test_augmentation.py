"""Shifts and flips, picture by picture."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from course_utils.data import random_flip, random_shift

RNG = np.random.default_rng


def shifted(picture: npt.NDArray[Any], down: int, right: int) -> npt.NDArray[Any]:
    """By hand: what lies where after a move; zeros come in."""
    C, H, W = picture.shape
    out = np.zeros_like(picture)
    for i in range(H):
        for j in range(W):
            if 0 <= i - down < H and 0 <= j - right < W:
                out[:, i, j] = picture[:, i - down, j - right]
    return out


def test_every_picture_is_a_shift_of_itself() -> None:
    x = RNG(0).normal(size=(300, 2, 5, 6)).astype(np.float32)
    before = x.copy()
    y = random_shift(x, RNG(1), pixels=2)
    seen = set()
    for one, moved in zip(x, y, strict=True):
        (place,) = [
            (d, r)
            for d in range(-2, 3)
            for r in range(-2, 3)
            if np.array_equal(moved, shifted(one, d, r))
        ]
        seen.add(place)
    assert len(seen) == 25  # all shifts occur
    assert y.dtype == np.float32
    assert y.flags.writeable
    np.testing.assert_array_equal(x, before)


def test_flips_are_fair_and_seeded() -> None:
    x = RNG(0).normal(size=(400, 1, 3, 4))
    y = random_flip(x, RNG(1))
    same = (y == x).all(axis=(1, 2, 3))
    mirrored = (y == x[..., ::-1]).all(axis=(1, 2, 3))
    assert (same ^ mirrored).all()
    assert abs(mirrored.sum() - 200) < 40  # four standard deviations
    np.testing.assert_array_equal(y, random_flip(x, RNG(1)))


def test_no_shift_and_no_pictures() -> None:
    x = RNG(0).normal(size=(3, 1, 4, 4))
    np.testing.assert_array_equal(random_shift(x, RNG(1), pixels=0), x)
    assert random_shift(x[:0], RNG(1)).shape == (0, 1, 4, 4)
    assert random_flip(x[:0], RNG(1)).shape == (0, 1, 4, 4)


def test_refusals() -> None:
    with pytest.raises(ValueError, match=r"random_shift: x has shape \(4, 4\)"):
        random_shift(np.zeros((4, 4)), RNG(0))
    with pytest.raises(ValueError, match="pixels is -1"):
        random_shift(np.zeros((1, 1, 4, 4)), RNG(0), pixels=-1)
    with pytest.raises(ValueError, match=r"random_flip: x has shape \(4, 4\)"):
        random_flip(np.zeros((4, 4)), RNG(0))
