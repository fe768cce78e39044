"""MNIST and FashionMNIST: their files, and how they are read."""

from __future__ import annotations

import math
import os
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils.data.dataset import Dataset, float_dtype, unit_range
from course_utils.data.downloads import Archive, Content, fetch, or_fallback
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
        Files are kept in its folder ``MNIST``, packed or not; if not given, ``COURSE_DATA`` or the
        user's cache folder.
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
    MNIST is not at hand (train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, \
t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz are missing); the digits that ship with \
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
        Files are kept in its folder ``FashionMNIST``, packed or not; if not given,
        ``COURSE_DATA`` or the user's cache folder.
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
    FashionMNIST is not at hand (train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, \
t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz are missing); the digits that ship with \
the course take its place.
    '3'
    """
    kind = float_dtype("fashion_mnist", dtype)
    return or_fallback(
        fallback,
        lambda: _idx_dataset("FashionMNIST", kind, folder, download),
        lambda: digits(size=28, dtype=kind),
    )


def idx_archives(set_name: str) -> list[Archive]:
    """Return the four files of MNIST or FashionMNIST, and the sha256 of what is inside each."""
    sha256 = {
        "MNIST": (
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ),
        "FashionMNIST": (
            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        ),
    }[set_name]
    mirrors = {
        "MNIST": (
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
        ),
        "FashionMNIST": (
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
            "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
        ),
    }[set_name]
    sizes = {
        "train-images-idx3-ubyte": 16 + 60_000 * 28 * 28,
        "train-labels-idx1-ubyte": 8 + 60_000,
        "t10k-images-idx3-ubyte": 16 + 10_000 * 28 * 28,
        "t10k-labels-idx1-ubyte": 8 + 10_000,
    }
    return [
        Archive(
            f"{name}.gz",
            tuple(f"{mirror}{name}.gz" for mirror in mirrors),
            (Content(name, size, digest),),
        )
        for (name, size), digest in zip(sizes.items(), sha256, strict=True)
    ]


def read_idx(name: str, content: bytes) -> npt.NDArray[np.uint8]:
    """Return the array in an IDX file, MNIST's format."""
    # Two zero bytes, one for the type (8: unsigned byte), one for the number of axes; then the
    # length of each axis as a big-endian 32-bit number; then the values.
    if content[:3] != b"\0\0\x08" or len(content) < 4 or len(content) < 4 + 4 * content[3]:
        raise ValueError(f"read_idx: {name} is not an IDX file of unsigned bytes")
    axes = content[3]
    shape = tuple(int(n) for n in np.frombuffer(content, ">u4", count=axes, offset=4))
    values = np.frombuffer(content, np.uint8, offset=4 + 4 * axes)
    if values.size != math.prod(shape):
        raise ValueError(f"read_idx: {name} has shape {shape}, but holds {values.size} values")
    return values.reshape(shape)


def _idx_dataset(
    set_name: str,
    kind: np.dtype[Any],
    folder: str | os.PathLike[str] | None,
    download: bool,
) -> Dataset:
    archives = idx_archives(set_name)
    contents = fetch(set_name, archives, folder, download)
    x_train, y_train, x_test, y_test = (
        read_idx(archive.file, content) for archive, content in zip(archives, contents, strict=True)
    )
    return Dataset(
        x_train=unit_range(x_train[:, None], kind),
        y_train=y_train.astype(np.int64),
        x_test=unit_range(x_test[:, None], kind),
        y_test=y_test.astype(np.int64),
        classes=_class_names(set_name),
        source=f"{set_name}, as known by its checksums",
    )


def _class_names(set_name: str) -> tuple[str, ...]:
    if set_name == "MNIST":
        return tuple(str(digit) for digit in range(10))
    return (
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
        "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    )  # fmt: skip
