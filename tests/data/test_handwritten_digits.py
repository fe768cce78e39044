"""The digits: form, split and source."""

import numpy as np
import pytest
import sklearn.datasets

from course_utils import data
from course_utils.data.resizing import resize


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("size", [8, 28, 32])
def test_form_of_digits(size: int, dtype: str) -> None:
    d = data.digits(size=size, dtype=dtype)
    for x, y in ((d.x_train, d.y_train), (d.x_test, d.y_test)):
        assert x.shape == (len(y), 1, size, size)
        assert x.dtype == dtype
        assert x.flags.c_contiguous
        assert x.flags.writeable
        assert 0 <= x.min() < x.max() <= 1
        assert y.dtype == np.int64
        assert set(y) == set(range(10))
    assert len(d.classes) == 10


def test_the_split_is_fixed() -> None:
    d = data.digits()
    assert (len(d.y_train), len(d.y_test)) == (1442, 355)
    # Counted in the file: 178 182 177 183 181 182 181 179 174 180, one in five rounded down.
    counts = np.array([178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    np.testing.assert_array_equal(np.bincount(d.y_test), counts // 5)
    np.testing.assert_array_equal(np.bincount(d.y_train), counts - counts // 5)


def test_no_digit_is_lost_or_in_both() -> None:
    everything = sklearn.datasets.load_digits().images / 16
    for split in ("every fifth", "last writers"):
        d = data.digits(split=split)
        both = np.concatenate([d.x_train, d.x_test])[:, 0]
        assert sorted(map(bytes, both)) == sorted(map(bytes, everything))


def test_last_writers_by_hand() -> None:
    bunch = sklearn.datasets.load_digits()
    d = data.digits(split="last writers")
    np.testing.assert_array_equal(d.x_test[:, 0], bunch.images[1437:] / 16)
    np.testing.assert_array_equal(d.y_test, bunch.target[1437:])


def test_sizes_are_the_same_digits() -> None:
    small, large = data.digits(size=8), data.digits(size=32)
    np.testing.assert_array_equal(small.y_test, large.y_test)
    np.testing.assert_allclose(large.x_test[:9], resize(small.x_test[:9], 32), atol=1e-12)


def test_digits_are_fresh() -> None:
    d = data.digits()
    d.x_train[:] = 7
    d.y_train[:] = 7
    again = data.digits()
    assert again.x_train.max() == 1
    assert set(again.y_train) == set(range(10))


def test_digits_refusals() -> None:
    with pytest.raises(ValueError, match="digits: size is 16, expected 8, 28 or 32"):
        data.digits(size=16)
    with pytest.raises(ValueError, match="digits: split is 'random', expected 'every fifth'"):
        data.digits(split="random")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="digits: dtype is int64, expected float32 or float64"):
        data.digits(dtype="int64")
