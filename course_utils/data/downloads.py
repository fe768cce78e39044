"""MNIST, FashionMNIST and CIFAR-10: fetched once where there is a network, then kept.

Addresses and checksums are torchvision's. An archive is downloaded beside its final place and
moved there only when its checksum holds, so an interrupted download leaves nothing half done;
the checksum is looked at again every time the file is read. Where there is no network, the
error says what to put where, and ``fallback=True`` takes the digits instead.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import pickle
import socket
import tarfile
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from course_utils.data.dataset import Dataset
from course_utils.data.handwritten_digits import digits, floating

_SECONDS_WITHOUT_AN_ANSWER = 20.0


class DatasetUnavailable(OSError):
    """A set that is neither kept here nor to be had from the network."""


class Archive(NamedTuple):
    """A file of a set: where it may be had and how to know it."""

    file: str
    addresses: tuple[str, ...]
    md5: str


def cache_folder() -> Path:
    """Folder in which downloaded sets are kept."""
    chosen = os.environ.get("COURSE_DATA")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return Path(user_cache_path("cnn-course")) / "datasets"


def mnist(
    dtype: npt.DTypeLike = np.float32,
    folder: str | os.PathLike[str] | None = None,
    download: bool = True,
    fallback: bool = False,
) -> Dataset:
    """
    MNIST: 60,000 and 10,000 handwritten digits of 28 × 28.

    Parameters
    ----------
    dtype : dtype, default float32
        float32 or float64.
    folder : path, optional
        Where the files are kept; `cache_folder()` if not given.
    download : bool, default True
        Whether the network may be asked for files that are not there.
    fallback : bool, default False
        Whether to say in one line that the set cannot be had and return ``digits(size=28)``.

    Returns
    -------
    Dataset
        Pictures (N, 1, 28, 28) in [0, 1], ink 1 on paper 0; classes int64 from 0 to 9.

    Raises
    ------
    DatasetUnavailable
        If the set cannot be had and there is no fallback. The message says why, and which
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
    kind = floating("mnist", dtype)
    return _or_digits(
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
    FashionMNIST: 60,000 and 10,000 pieces of clothing in the form of MNIST.

    Parameters
    ----------
    dtype : dtype, default float32
        float32 or float64.
    folder : path, optional
        Where the files are kept; `cache_folder()` if not given.
    download : bool, default True
        Whether the network may be asked for files that are not there.
    fallback : bool, default False
        Whether to say in one line that the set cannot be had and return ``digits(size=28)``.

    Returns
    -------
    Dataset
        Pictures (N, 1, 28, 28) in [0, 1]; classes int64 from 0 to 9.

    Raises
    ------
    DatasetUnavailable
        If the set cannot be had and there is no fallback.

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
    kind = floating("fashion_mnist", dtype)
    return _or_digits(
        fallback,
        lambda: _idx_dataset("FashionMNIST", kind, folder, download),
        lambda: digits(size=28, dtype=kind),
    )


def cifar10(
    dtype: npt.DTypeLike = np.float32,
    folder: str | os.PathLike[str] | None = None,
    download: bool = True,
    fallback: bool = False,
) -> Dataset:
    """
    CIFAR-10: 50,000 and 10,000 colour photographs of 32 × 32 in ten classes.

    Parameters
    ----------
    dtype : dtype, default float32
        float32 or float64.
    folder : path, optional
        Where the file is kept; `cache_folder()` if not given.
    download : bool, default True
        Whether the network may be asked if the file is not there (170 MB).
    fallback : bool, default False
        Whether to say in one line that the set cannot be had and return ``digits(size=32)``,
        the same grey picture in each of three channels.

    Returns
    -------
    Dataset
        Pictures (N, 3, 32, 32) in [0, 1], red, green, blue; classes int64 from 0 to 9.

    Raises
    ------
    DatasetUnavailable
        If the set cannot be had and there is no fallback.

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
    kind = floating("cifar10", dtype)
    return _or_digits(
        fallback,
        lambda: _cifar_dataset(kind, folder, download),
        lambda: _in_three_channels(digits(size=32, dtype=kind)),
    )


# ------------------------------------------------------------------------------ fetching


def fetch(
    set_name: str,
    archives: Sequence[Archive],
    folder: str | os.PathLike[str] | None = None,
    download: bool = True,
) -> list[Path]:
    """Paths of the files of a set, each there and with the right checksum."""
    home = (cache_folder() if folder is None else Path(folder).expanduser()) / set_name
    paths = []
    for archive in archives:
        path = home / archive.file
        state = _state(path, archive.md5)
        if state != "good" and download:
            state = _download(archive, path)
        if state != "good":
            where = f" from {archive.addresses[0]}" if archive.addresses else ""
            raise DatasetUnavailable(
                f"{set_name} is not at hand ({archive.file} is {state}). "
                f"Put {archive.file}{where} into {home}, or call with fallback=True."
            )
        paths.append(path)
    return paths


def _state(path: Path, md5: str) -> str:
    if not path.is_file():
        return "missing"
    with path.open("rb") as file:
        found = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    return "good" if found == md5 else "damaged: its checksum is wrong"


def _download(archive: Archive, path: Path) -> str:
    """Fetch one file; returns its state, with the reason where it is not good."""
    try:
        from torchvision.datasets.utils import download_url
    except Exception as error:  # noqa: BLE001 - a torchvision that does not fit its torch
        return f"missing, and torchvision cannot be imported: {_in_a_line(error)}"
    reason = "no address is known"
    for address in archive.addresses:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=path.parent) as beside, _patience():
                download_url(address, beside, filename=archive.file, md5=archive.md5)
                Path(beside, archive.file).replace(path)
                return "good"
        except (OSError, RuntimeError) as error:  # no network, no disk, a wrong checksum
            reason = _in_a_line(error)
    return f"missing, and cannot be fetched: {reason}"


def _in_a_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")


@contextmanager
def _patience() -> Iterator[None]:
    """Give up on a network that does not answer, instead of waiting for ever."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_SECONDS_WITHOUT_AN_ANSWER)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def _or_digits(
    fallback: bool, load: Callable[[], Dataset], digits: Callable[[], Dataset]
) -> Dataset:
    try:
        return load()
    except DatasetUnavailable as error:
        if not fallback:
            raise
        reason = str(error).split(". Put ")[0]
        print(f"{reason}; the digits that ship with the course take its place.")
        return digits()


# ------------------------------------------------------------------------------ reading


def idx_archives(set_name: str) -> list[Archive]:
    """The four files of MNIST or FashionMNIST, as torchvision knows them."""
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


def cifar_archive() -> Archive:
    """The one file of CIFAR-10, as torchvision knows it."""
    file = "cifar-10-python.tar.gz"
    return Archive(
        file, (f"https://www.cs.toronto.edu/~kriz/{file}",), "c58f30108f718f92721af3b95e74349a"
    )


def read_idx(path: str | os.PathLike[str]) -> npt.NDArray[np.uint8]:
    """Array of a gzipped IDX file, MNIST's format.

    Two zero bytes, one for the type (8: unsigned byte), one for the number of axes; then the
    length of each axis as a big-endian 32-bit number; then the values.
    """
    with gzip.open(path, "rb") as file:
        content = file.read()
    if content[:3] != b"\0\0\x08" or len(content) < 4 + 4 * content[3]:
        raise ValueError(f"read_idx: {Path(path).name} is not an IDX file of unsigned bytes")
    axes = content[3]
    shape = tuple(int(n) for n in np.frombuffer(content, ">i4", count=axes, offset=4))
    values = np.frombuffer(content, np.uint8, offset=4 + 4 * axes)
    if values.size != int(np.prod(shape)):
        raise ValueError(f"read_idx: {Path(path).name} says {shape} and holds {values.size} values")
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
        x_train=_unit(x_train[:, None], kind),
        y_train=y_train.astype(np.int64),
        x_test=_unit(x_test[:, None], kind),
        y_test=y_test.astype(np.int64),
        classes=_idx_names(set_name),
        source=f"{set_name}, addresses and checksums of torchvision",
    )


def _idx_names(set_name: str) -> tuple[str, ...]:
    if set_name == "MNIST":
        return tuple(str(digit) for digit in range(10))
    return (
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
        "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    )  # fmt: skip


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
                # Written by Python 2 and an old NumPy, which today's remarks on.
                warnings.simplefilter("ignore")
                # Unpickling can run code; the checksum says that this is the known file.
                content: dict[str, Any] = pickle.loads(file.read(), encoding="latin1")
            return content

        batches = [member(f"data_batch_{k}") for k in range(1, 6)]
        test = member("test_batch")
        classes = tuple(member("batches.meta")["label_names"])
    return Dataset(
        x_train=_unit(np.concatenate([b["data"] for b in batches]).reshape(-1, 3, 32, 32), kind),
        y_train=np.concatenate([b["labels"] for b in batches]).astype(np.int64),
        x_test=_unit(np.asarray(test["data"]).reshape(-1, 3, 32, 32), kind),
        y_test=np.asarray(test["labels"], dtype=np.int64),
        classes=classes,
        source="CIFAR-10, address and checksum of torchvision",
    )


def _unit(values: npt.NDArray[np.uint8], kind: np.dtype[Any]) -> npt.NDArray[Any]:
    """0 … 255 to [0, 1], straight into the dtype wanted: the sets are large."""
    x = values.astype(kind)
    x /= 255
    return x


def _in_three_channels(d: Dataset) -> Dataset:
    return d._replace(
        x_train=np.repeat(d.x_train, 3, axis=1), x_test=np.repeat(d.x_test, 3, axis=1)
    )
