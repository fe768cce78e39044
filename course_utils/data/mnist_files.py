"""MNIST and FashionMNIST: their files, and how they are read."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils.data.dataset import Dataset, float_dtype, unit_range
from course_utils.data.downloads import Archive, fetch, or_fallback
from course_utils.data.handwritten_digits import digits


def mnist(
    dtype: npt.DTypeLike = np.float32,
    folder: str | os.PathLike[str] | None = None,
    download: bool = True,
    fallback: bool = False,
) -> Dataset:
    """
    Return MNIST: 60,000 and 10,000 handwritten digits of 28 × 28.

    Parameters
    ----------
    dtype : dtype, default float32
        float32 or float64.
    folder : path, optional
        Where the files are kept; if not given, ``COURSE_DATA`` or the user's cache folder.
    download : bool, default True
        Whether missing files may be fetched from the network.
    fallback : bool, default False
        Whether, if the set is unavailable, to say so in one line and return ``digits(size=28)``.

    Returns
    -------
    Dataset
        Pictures (N, 1, 28, 28) in [0, 1], ink 1 on paper 0; classes int64 from 0 to 9.

    Raises
    ------
    DatasetUnavailable
        If the set is unavailable and there is no fallback. The message says why, and which
        files to put where by hand.

    Notes
    -----
    Source: Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, Gradient-Based Learning Applied to
    Document Recognition, Proceedings of the IEEE 86(11), 1998.

    Examples
    --------
    >>> mnist(folder="no such folder", download=False, fallback=True).x_test.shape
    MNIST is not at hand (train-images-idx3-ubyte.gz is missing); the digits that ship with \
the course take its place.
    (355, 1, 28, 28)
    """
    kind = float_dtype("mnist", dtype)
    return or_fallback(
        fallback,
        lambda: _idx_dataset("MNIST", kind, folder, download),
        lambda: digits(size=28, dtype=kind),
    )


def fashion_mnist(
    dtype: npt.DTypeLike = np.float32,
    folder: str | os.PathLike[str] | None = None,
    download: bool = True,
    fallback: bool = False,
) -> Dataset:
    """
    Return FashionMNIST: 60,000 and 10,000 pieces of clothing in the form of MNIST.

    Parameters
    ----------
    dtype : dtype, default float32
        float32 or float64.
    folder : path, optional
        Where the files are kept; if not given, ``COURSE_DATA`` or the user's cache folder.
    download : bool, default True
        Whether missing files may be fetched from the network.
    fallback : bool, default False
        Whether, if the set is unavailable, to say so in one line and return ``digits(size=28)``.

    Returns
    -------
    Dataset
        Pictures (N, 1, 28, 28) in [0, 1]; classes int64 from 0 to 9.

    Raises
    ------
    DatasetUnavailable
        If the set is unavailable and there is no fallback.

    Notes
    -----
    Source: H. Xiao, K. Rasul and R. Vollgraf, Fashion-MNIST: a Novel Image Dataset for
    Benchmarking Machine Learning Algorithms, 2017.

    Examples
    --------
    >>> fashion_mnist(folder="no such folder", download=False, fallback=True).classes[3]
    FashionMNIST is not at hand (train-images-idx3-ubyte.gz is missing); the digits that ship \
with the course take its place.
    '3'
    """
    kind = float_dtype("fashion_mnist", dtype)
    return or_fallback(
        fallback,
        lambda: _idx_dataset("FashionMNIST", kind, folder, download),
        lambda: digits(size=28, dtype=kind),
    )


def idx_archives(set_name: str) -> list[Archive]:
    """Return the four files of MNIST or FashionMNIST, as torchvision knows them."""
    md5 = {
        "MNIST": (
            "f68b3c2dcbeaaa9fbdd348bbdeb94873",
            "d53e105ee54ea40749a09fcbcd1e9432",
            "9fb629c4189551a2d022fa330f9573f3",
            "ec29112dd5afa0611ce80d1b7f02629c",
        ),
        "FashionMNIST": (
            "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
            "25c81989df183df01b3e8a0aad5dffbe",
            "bef4ecab320f06d8554ea6380940ec79",
            "bb300cfdad3c16e7a12a480ee83cd310",
        ),
    }[set_name]
    mirrors = {
        "MNIST": (
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "http://yann.lecun.com/exdb/mnist/",
        ),
        "FashionMNIST": ("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",),
    }[set_name]
    files = (
        "train-images-idx3-ubyte.gz",
        "train-labels-idx1-ubyte.gz",
        "t10k-images-idx3-ubyte.gz",
        "t10k-labels-idx1-ubyte.gz",
    )
    return [
        Archive(file, tuple(mirror + file for mirror in mirrors), checksum)
        for file, checksum in zip(files, md5, strict=True)
    ]


def read_idx(path: str | os.PathLike[str]) -> npt.NDArray[np.uint8]:
    """Return the array in a gzipped IDX file, MNIST's format."""
    # Two zero bytes, one for the type (8: unsigned byte), one for the number of axes; then the
    # length of each axis as a big-endian 32-bit number; then the values.
    with gzip.open(path, "rb") as file:
        content = file.read()
    if content[:3] != b"\0\0\x08" or len(content) < 4 + 4 * content[3]:
        raise ValueError(f"read_idx: {Path(path).name} is not an IDX file of unsigned bytes")
    axes = content[3]
    shape = tuple(int(n) for n in np.frombuffer(content, ">i4", count=axes, offset=4))
    values = np.frombuffer(content, np.uint8, offset=4 + 4 * axes)
    if values.size != int(np.prod(shape)):
        raise ValueError(
            f"read_idx: {Path(path).name} has shape {shape}, but holds {values.size} values"
        )
    return values.reshape(shape)


def _idx_dataset(
    set_name: str,
    kind: np.dtype[Any],
    folder: str | os.PathLike[str] | None,
    download: bool,
) -> Dataset:
    paths = fetch(set_name, idx_archives(set_name), folder, download)
    x_train, y_train, x_test, y_test = (read_idx(path) for path in paths)
    return Dataset(
        x_train=unit_range(x_train[:, None], kind),
        y_train=y_train.astype(np.int64),
        x_test=unit_range(x_test[:, None], kind),
        y_test=y_test.astype(np.int64),
        classes=_class_names(set_name),
        source=f"{set_name}, addresses and checksums of torchvision",
    )


def _class_names(set_name: str) -> tuple[str, ...]:
    if set_name == "MNIST":
        return tuple(str(digit) for digit in range(10))
    return (
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
        "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    )  # fmt: skip
