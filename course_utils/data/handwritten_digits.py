"""Real handwritten digits that ship inside scikit-learn."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from course_utils.data.dataset import Dataset, every_fifth
from course_utils.data.resizing import resize

SIZES = (8, 28, 32)


def digits(
    size: int = 8,
    split: Literal["every fifth", "last writers"] = "every fifth",
    dtype: npt.DTypeLike = np.float64,
) -> Dataset:
    """
    1,797 digits that thirteen people wrote on a form, scanned and reduced.

    Each is 8 × 8 with values 0, 1/16, …, 1: the share of ink in a 4 × 4 block of a 32 × 32
    scan. White is 1, paper is 0. Sizes 28 and 32 are the same digits enlarged by linear
    interpolation, for networks made for MNIST and for LeNet-5.

    Two fixed splits, neither of which draws a random number:

    ``"every fifth"``
        The fifth, tenth, … digit of each class goes to the test: 1,442 and 355. The same
        people appear on both sides.
    ``"last writers"``
        The last 360 digits of the file are the test: 1,437 and 360. One writer's digits lie
        together in the file, so most of these hands were never seen: the test is harder.

    Parameters
    ----------
    size : {8, 28, 32}, default 8
        Height and width.
    split : {"every fifth", "last writers"}, default "every fifth"
        How training and test are told apart.
    dtype : dtype, default float64
        float32 or float64.

    Returns
    -------
    Dataset
        Pictures (N, 1, size, size) in [0, 1], classes int64 from 0 to 9; fresh and writable.

    Raises
    ------
    ValueError
        If size, split or dtype is none of the above.

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
    kind = floating("digits", dtype)
    pixels, labels = _load()
    if split == "every fifth":
        test = every_fifth(labels)
    elif split == "last writers":
        test = np.arange(len(labels)) >= len(labels) - 360
    else:
        raise ValueError(f"digits: split is {split!r}, expected 'every fifth' or 'last writers'")
    x = pixels / 16.0
    if size != 8:
        # An average of numbers in [0, 1] may leave it by a rounding error.
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


def floating(caller: str, dtype: npt.DTypeLike) -> np.dtype[Any]:
    """The dtype asked for, refused unless it is float32 or float64."""
    kind = np.dtype(dtype)
    if kind not in (np.dtype(np.float32), np.dtype(np.float64)):
        raise ValueError(f"{caller}: dtype is {kind}, expected float32 or float64")
    return kind


@lru_cache(maxsize=1)
def _load() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    from sklearn.datasets import load_digits

    bunch = load_digits()
    pixels = np.asarray(bunch.images, dtype=np.float64)
    labels = np.asarray(bunch.target, dtype=np.int64)
    pixels.setflags(write=False)
    labels.setflags(write=False)
    return pixels, labels
