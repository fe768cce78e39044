"""The form in which every labelled set comes, and the rule that splits one."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt


class Dataset(NamedTuple):
    """
    Labelled pictures, split once and for all into training and test.

    Attributes
    ----------
    x_train : ndarray of shape (N, C, H, W)
        Training pictures, floating point in [0, 1].
    y_train : ndarray of shape (N,)
        Their classes, int64, from 0.
    x_test : ndarray of shape (M, C, H, W)
        Test pictures: not to be looked at while training.
    y_test : ndarray of shape (M,)
        Their classes.
    classes : tuple of str
        Name of each class.
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
    """Mark the test items: of each class, the fifth, tenth, fifteenth … in the file's order.

    No random number is drawn, so the split is the same everywhere and for ever, and every
    class gives the same share to the test.
    """
    test = np.zeros(len(y), dtype=np.bool_)
    for label in np.unique(y):
        test[np.flatnonzero(y == label)[4::5]] = True
    return test
