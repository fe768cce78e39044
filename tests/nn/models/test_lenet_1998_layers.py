"""The layers of 1998 by hand, and the digits drawn for them."""

import numpy as np

from course_utils.nn.models.lenet_1998 import CONNECTIONS
from course_utils.nn.models.lenet_1998_layers import (
    BitmapDistance,
    ScaledTanh,
    SparseConv2d,
    Subsampling,
    digit_bitmaps,
)


def test_bitmaps_are_ten_different_digits() -> None:
    bitmaps = digit_bitmaps()
    assert bitmaps.shape == (10, 12, 7)
    assert set(np.unique(bitmaps)) == {-1.0, 1.0}
    flat = bitmaps.reshape(10, 84)
    distance = ((flat[:, None] - flat) ** 2).sum(axis=2) / 4  # pixels that differ
    assert distance[~np.eye(10, dtype=bool)].min() >= 4


def test_a_bitmap_is_nearest_to_itself() -> None:
    layer = BitmapDistance()
    y = layer(layer.bitmaps)
    np.testing.assert_array_equal(np.diag(y), 0)
    assert y.argmax(axis=1).tolist() == list(range(10))


def test_the_nonlinearity_is_near_one_at_one() -> None:
    np.testing.assert_allclose(ScaledTanh()(np.array([1.0, -1.0])), [1, -1], atol=1e-4)


def test_subsampling_by_hand() -> None:
    layer = Subsampling(1, dtype=np.float64)
    layer.weight.data[...], layer.bias.data[...] = 0.5, 3
    np.testing.assert_array_equal(layer(np.arange(4.0).reshape(1, 1, 2, 2)), [[[[6]]]])


def test_kernels_that_are_not_there_are_zero() -> None:
    layer = SparseConv2d(CONNECTIONS, 5)
    layer.weight.data[...] = 1
    there = np.all(layer.dense(), axis=(2, 3))
    assert [tuple(np.flatnonzero(row)) for row in there] == list(CONNECTIONS)
    assert layer.dense().sum() == 60 * 25
