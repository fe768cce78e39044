"""CIFAR-10: its one file, and how it is read."""

from __future__ import annotations

import os
import pickle
import warnings
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils.data.dataset import Dataset, float_dtype, unit_range
from course_utils.data.downloads import Archive, Content, fetch, or_fallback
from course_utils.data.handwritten_digits import digits


def cifar10(
    dtype: npt.DTypeLike = np.float32,
    folder: str | os.PathLike[str] | None = None,
    download: bool = True,
    fallback: bool = False,
) -> Dataset:
    """
    Return CIFAR-10: 50,000 and 10,000 colour photographs of 32 × 32 in ten classes.

    Parameters
    ----------
    dtype : dtype, default float32
        float32 or float64.
    folder : path, optional
        The file is kept in its folder ``CIFAR-10``, packed or not; if not given, ``COURSE_DATA``
        or the user's cache folder.
    download : bool, default True
        Whether a missing file may be fetched from the network (170 MB).
    fallback : bool, default False
        Whether, if the set is unavailable, to say so in one line and return ``digits(size=32)``,
        the same grey picture in each of three channels.

    Returns
    -------
    Dataset
        Pictures (N, 3, 32, 32) in [0, 1], red, green, blue; classes int64 from 0 to 9.

    Raises
    ------
    DatasetUnavailable
        If the set is unavailable and there is no fallback.

    Notes
    -----
    Source: A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, technical
    report, University of Toronto, 2009.

    Examples
    --------
    >>> cifar10(folder="no such folder", download=False, fallback=True).x_test.shape
    CIFAR-10 is not at hand (cifar-10-python.tar.gz is missing); the digits that ship with the \
course take its place.
    (355, 3, 32, 32)
    """
    kind = float_dtype("cifar10", dtype)
    return or_fallback(
        fallback,
        lambda: _cifar_dataset(kind, folder, download),
        lambda: _in_three_channels(digits(size=32, dtype=kind)),
    )


def cifar_archive() -> Archive:
    """Return the one file of CIFAR-10, and the sha256 of each file inside that is read."""
    file = "cifar-10-python.tar.gz"
    inside = (  # name, bytes, sha256
        ("data_batch_1", 31_035_704,
         "54636561a3ce25bd3e19253c6b0d8538147b0ae398331ac4a2d86c6d987368cd"),
        ("data_batch_2", 31_035_320,
         "766b2cef9fbc745cf056b3152224f7cf77163b330ea9a15f9392beb8b89bc5a8"),
        ("data_batch_3", 31_035_999,
         "0f00d98ebfb30b3ec0ad19f9756dc2630b89003e10525f5e148445e82aa6a1f9"),
        ("data_batch_4", 31_035_696,
         "3f7bb240661948b8f4d53e36ec720d8306f5668bd0071dcb4e6c947f78e9682b"),
        ("data_batch_5", 31_035_623,
         "d91802434d8376bbaeeadf58a737e3a1b12ac839077e931237e0dcd43adcb154"),
        ("test_batch", 31_035_526,
         "f53d8d457504f7cff4ea9e021afcf0e0ad8e24a91f3fc42091b8adef61157831"),
        ("batches.meta", 158,
         "f962466ef690d46b226450fb9aadc74ba4bc64a76aa526b5827fe4bc5c7125cb"),
    )  # fmt: skip
    return Archive(
        file,
        (f"https://www.cs.toronto.edu/~kriz/{file}",),
        tuple(
            Content(f"cifar-10-batches-py/{name}", size, sha256) for name, size, sha256 in inside
        ),
    )


def _cifar_dataset(
    kind: np.dtype[Any], folder: str | os.PathLike[str] | None, download: bool
) -> Dataset:
    contents = fetch("CIFAR-10", [cifar_archive()], folder, download)
    with warnings.catch_warnings():
        # Python 2 and an old NumPy wrote it, about which today's NumPy warns.
        warnings.simplefilter("ignore")
        # Unpickling can run code; these are the bytes whose checksums are those of the known files.
        *batches, test, meta = (pickle.loads(content, encoding="latin1") for content in contents)
    return Dataset(
        x_train=unit_range(
            np.concatenate([b["data"] for b in batches]).reshape(-1, 3, 32, 32), kind
        ),
        y_train=np.concatenate([b["labels"] for b in batches]).astype(np.int64),
        x_test=unit_range(np.asarray(test["data"]).reshape(-1, 3, 32, 32), kind),
        y_test=np.asarray(test["labels"], dtype=np.int64),
        classes=tuple(meta["label_names"]),
        source="CIFAR-10, as known by its checksums",
    )


def _in_three_channels(d: Dataset) -> Dataset:
    return d._replace(
        x_train=np.repeat(d.x_train, 3, axis=1), x_test=np.repeat(d.x_test, 3, axis=1)
    )
