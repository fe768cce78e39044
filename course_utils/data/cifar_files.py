"""CIFAR-10: its one file, and how it is read."""

from __future__ import annotations

import os
import pickle
import tarfile
import warnings
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils.data.dataset import Dataset, float_dtype, unit_range
from course_utils.data.downloads import Archive, fetch, or_fallback
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
        Where the file is kept; if not given, ``COURSE_DATA`` or the user's cache folder.
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
    """Return the one file of CIFAR-10, with torchvision's address and checksum."""
    file = "cifar-10-python.tar.gz"
    return Archive(
        file, (f"https://www.cs.toronto.edu/~kriz/{file}",), "c58f30108f718f92721af3b95e74349a"
    )


def _cifar_dataset(
    kind: np.dtype[Any], folder: str | os.PathLike[str] | None, download: bool
) -> Dataset:
    (path,) = fetch("CIFAR-10", [cifar_archive()], folder, download)
    with tarfile.open(path) as archive:

        def member(name: str) -> dict[str, Any]:
            file = archive.extractfile(f"cifar-10-batches-py/{name}")
            if file is None:
                raise ValueError(f"cifar10: {path.name} holds no file {name}")
            with warnings.catch_warnings():
                # Python 2 and an old NumPy wrote it, about which today's NumPy warns.
                warnings.simplefilter("ignore")
                # Unpickling can run code; the checksum says that this is the known file.
                content: dict[str, Any] = pickle.loads(file.read(), encoding="latin1")
            return content

        batches = [member(f"data_batch_{k}") for k in range(1, 6)]
        test = member("test_batch")
        classes = tuple(member("batches.meta")["label_names"])
    return Dataset(
        x_train=unit_range(
            np.concatenate([b["data"] for b in batches]).reshape(-1, 3, 32, 32), kind
        ),
        y_train=np.concatenate([b["labels"] for b in batches]).astype(np.int64),
        x_test=unit_range(np.asarray(test["data"]).reshape(-1, 3, 32, 32), kind),
        y_test=np.asarray(test["labels"], dtype=np.int64),
        classes=classes,
        source="CIFAR-10, address and checksum of torchvision",
    )


def _in_three_channels(d: Dataset) -> Dataset:
    return d._replace(
        x_train=np.repeat(d.x_train, 3, axis=1), x_test=np.repeat(d.x_test, 3, axis=1)
    )
