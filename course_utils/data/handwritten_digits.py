"""Real handwritten digits that ship inside scikit-learn."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from course_utils.data.dataset import Dataset, every_fifth, float_dtype
from course_utils.data.installed_files import installed_file
from course_utils.data.resizing import resize

SIZES = (8, 28, 32)


def digits(
    size: int = 8,
    split: Literal["every fifth", "last writers"] = "every fifth",
    dtype: npt.DTypeLike = np.float64,
) -> Dataset:
    """
    Return 1,797 digits that thirteen people wrote on forms, scanned and reduced.

    Each is 8 × 8 with values 0, 1/16, …, 1: the share of ink in a 4 × 4 block of a 32 × 32
    scan, 1 for ink and 0 for paper. Sizes 28 and 32 are the same digits enlarged by linear
    interpolation, for networks made for MNIST and for LeNet-5.

    There are two fixed splits, neither of which draws a random number:

    ``"every fifth"``
        The fifth, tenth, … digit of each class goes to the test: 1,442 and 355. The same
        people appear on both sides.
    ``"last writers"``
        The last 360 digits of the file are the test: 1,437 and 360. One writer's digits are
        together in the file, so the training has not seen most of these hands, and the test is
        harder.

    Parameters
    ----------
    size : {8, 28, 32}, default 8
        Height and width.
    split : {"every fifth", "last writers"}, default "every fifth"
        Which digits are the test.
    dtype : dtype, default float64
        float32 or float64.

    Returns
    -------
    Dataset
        Pictures (N, 1, size, size) in [0, 1], classes int64 from 0 to 9; new, writable arrays.

    Raises
    ------
    ValueError
        If size, split or dtype is none of the above.
    FileNotFoundError
        If scikit-learn, which brings the file, is not installed.

    Notes
    -----
    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine
    Learning Repository, 1998 (its test set), as ``sklearn.datasets.load_digits``.

    Examples
    --------
    >>> d = digits()
    >>> d.x_train.shape, d.x_test.shape
    ((1442, 1, 8, 8), (355, 1, 8, 8))
    >>> digits(size=32, dtype="float32").x_test.dtype
    dtype('float32')
    """
    if size not in SIZES:
        raise ValueError(f"digits: size is {size!r}, expected 8, 28 or 32")
    kind = float_dtype("digits", dtype)
    pixels, labels = _load()
    if split == "every fifth":
        test = every_fifth(labels)
    elif split == "last writers":
        test = np.arange(len(labels)) >= len(labels) - 360
    else:
        raise ValueError(f"digits: split is {split!r}, expected 'every fifth' or 'last writers'")
    x = pixels / 16.0
    if size != 8:
        # Rounding may put an average of numbers in [0, 1] just outside.
        x = np.clip(resize(x, size), 0.0, 1.0)
    x = x[:, None].astype(kind, copy=False)
    return Dataset(
        x_train=x[~test],
        y_train=labels[~test],
        x_test=x[test],
        y_test=labels[test],
        classes=tuple(str(digit) for digit in range(10)),
        source="UCI Optical Recognition of Handwritten Digits, through scikit-learn",
    )


@lru_cache(maxsize=1)
def _load() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    # A row holds the 64 pixels of a digit, 0 … 16, and its class.
    table = np.loadtxt(installed_file("sklearn", "datasets/data/digits.csv.gz"), delimiter=",")
    pixels = np.ascontiguousarray(table[:, :64]).reshape(-1, 8, 8)
    labels = table[:, 64].astype(np.int64)
    pixels.setflags(write=False)
    labels.setflags(write=False)
    return pixels, labels
