"""The form in which every labelled set comes, and the rules that split and scale one."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt


class Dataset(NamedTuple):
    """
    Labelled pictures with a fixed split into training and test.

    Attributes
    ----------
    x_train : ndarray of shape (N, C, H, W)
        Training pictures, floating point in [0, 1].
    y_train : ndarray of shape (N,)
        Their classes, int64, counted from 0.
    x_test : ndarray of shape (M, C, H, W)
        Test pictures, not to be used in training.
    y_test : ndarray of shape (M,)
        Their classes.
    classes : tuple of str
        The name of each class.
    source : str
        Where the set comes from.
    """

    x_train: npt.NDArray[Any]
    y_train: npt.NDArray[np.int64]
    x_test: npt.NDArray[Any]
    y_test: npt.NDArray[np.int64]
    classes: tuple[str, ...]
    source: str


def every_fifth(y: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Mark the test items: of each class the fifth, tenth, fifteenth … in the order of the file.

    No random number is drawn, so the split is always the same, and the test takes the same share
    of every class.
    """
    test = np.zeros(len(y), dtype=np.bool_)
    for label in np.unique(y):
        test[np.flatnonzero(y == label)[4::5]] = True
    return test


def float_dtype(caller: str, dtype: npt.DTypeLike) -> np.dtype[Any]:
    """Return the dtype asked for; refuse any but float32 and float64 in the name of `caller`."""
    kind = np.dtype(dtype)
    if kind not in (np.dtype(np.float32), np.dtype(np.float64)):
        raise ValueError(f"{caller}: dtype is {kind}, expected float32 or float64")
    return kind


def unit_range(values: npt.NDArray[np.uint8], kind: np.dtype[Any]) -> npt.NDArray[Any]:
    """Scale 0 … 255 to [0, 1], directly in the dtype wanted, because the sets are large."""
    x = values.astype(kind)
    x /= 255
    return x
