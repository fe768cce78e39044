"""A hundred faces and a hundred patches without one, from Labeled Faces in the Wild."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from course_utils.data.dataset import Dataset, every_fifth, float_dtype
from course_utils.data.installed_files import installed_file


def faces(dtype: npt.DTypeLike = np.float64) -> Dataset:
    """
    Return 200 grey patches of 25 × 25: the first class has no face, the second has one.

    The test is every fifth patch of each class (no random number is drawn): 160 for training,
    40 for the test, half of each with a face.

    Parameters
    ----------
    dtype : dtype, default float64
        float32 or float64.

    Returns
    -------
    Dataset
        Pictures (N, 1, 25, 25) in [0, 1], classes int64: 0 without, 1 with a face; new,
        writable arrays.

    Raises
    ------
    ValueError
        If dtype is neither float32 nor float64.
    FileNotFoundError
        If scikit-image, which brings the file, is not installed.

    Notes
    -----
    Source: G. Huang, M. Mattar, H. Lee and E. Learned-Miller, Learning to Align from Scratch,
    NIPS 2012; the subset is scikit-image's ``lfw_subset``, its background patches cut from
    the same photographs.

    Examples
    --------
    >>> d = faces()
    >>> d.x_train.shape, d.y_test.sum(), d.classes
    ((160, 1, 25, 25), np.int64(20), ('no face', 'face'))
    """
    kind = float_dtype("faces", dtype)
    x = _load()[:, None].astype(kind, copy=False)
    y = np.repeat(np.array([1, 0], dtype=np.int64), 100)  # the faces come first in the file
    test = every_fifth(y)
    return Dataset(
        x_train=x[~test],
        y_train=y[~test],
        x_test=x[test],
        y_test=y[test],
        classes=("no face", "face"),
        source="Labeled Faces in the Wild, subset in scikit-image",
    )


@lru_cache(maxsize=1)
def _load() -> npt.NDArray[np.float64]:
    patches = np.load(installed_file("skimage", "data/lfw_subset.npy"), allow_pickle=False)
    kept = np.asarray(patches, dtype=np.float64)
    kept.setflags(write=False)
    return kept
