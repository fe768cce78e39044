"""The faces, compared with the file as scikit-image reads it."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data

from course_utils import data


def test_faces_against_the_file() -> None:
    d = data.faces()
    patches = skimage.data.lfw_subset()  # type: ignore[no-untyped-call]
    fifth = np.arange(200) % 5 == 4  # a hundred of each, so the rule is this simple here
    np.testing.assert_array_equal(d.x_train[:, 0], patches[~fifth])
    np.testing.assert_array_equal(d.x_test[:, 0], patches[fifth])
    np.testing.assert_array_equal(d.y_test, [1] * 20 + [0] * 20)
    np.testing.assert_array_equal(d.y_train, [1] * 80 + [0] * 80)
    assert d.classes[1] == "face"


def test_form_of_faces() -> None:
    d = data.faces(dtype="float32")
    assert d.x_train.shape == (160, 1, 25, 25)
    assert d.x_train.dtype == np.float32
    assert d.x_train.flags.c_contiguous
    assert d.x_train.flags.writeable
    assert 0 <= d.x_train.min() < d.x_train.max() <= 1
    d.x_train[:] = 3
    assert data.faces(dtype="float32").x_train.max() <= 1


def test_only_floats() -> None:
    with pytest.raises(ValueError, match="faces: dtype is uint8, expected float32 or float64"):
        data.faces(dtype="uint8")
