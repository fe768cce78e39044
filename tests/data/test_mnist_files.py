"""MNIST and FashionMNIST, on small files of the same form served from this machine."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torchvision

from course_utils import data
from course_utils.data import mnist_files
from course_utils.data.downloads import Archive
from course_utils.data.mnist_files import idx_archives, read_idx
from tests.data.conftest import Server


def idx(values: np.ndarray[Any, Any]) -> bytes:
    header = bytes([0, 0, 8, values.ndim]) + np.array(values.shape, ">i4").tobytes()
    return gzip.compress(header + values.astype(np.uint8).tobytes())


def small_mnist(server: Server) -> tuple[list[Archive], list[np.ndarray[Any, Any]]]:
    rng = np.random.default_rng(5)
    arrays = [
        rng.integers(0, 256, (6, 28, 28)),
        rng.integers(0, 10, 6),
        rng.integers(0, 256, (3, 28, 28)),
        rng.integers(0, 10, 3),
    ]
    files = [archive.file for archive in idx_archives("MNIST")]
    return [server.put(f, idx(a)) for f, a in zip(files, arrays, strict=True)], arrays


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("call", [data.mnist, data.fashion_mnist])
def test_mnist(
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: Callable[..., data.Dataset],
    dtype: str,
) -> None:
    archives, arrays = small_mnist(server)
    monkeypatch.setattr(mnist_files, "idx_archives", lambda _: archives)
    d = call(folder=tmp_path / "kept", dtype=dtype)
    assert d.x_train.shape == (6, 1, 28, 28)
    assert d.x_test.shape == (3, 1, 28, 28)
    assert d.x_train.dtype == dtype
    assert d.y_train.dtype == np.int64
    np.testing.assert_allclose(d.x_train[:, 0], arrays[0] / 255, rtol=1e-6)
    np.testing.assert_array_equal(d.y_train, arrays[1])
    np.testing.assert_allclose(d.x_test[:, 0], arrays[2] / 255, rtol=1e-6)
    np.testing.assert_array_equal(d.y_test, arrays[3])
    assert len(d.classes) == 10
    d.x_train[:] = 0  # writable
    # The second time nothing is asked for, and no network is needed.
    asked = len(server.asked)
    server.close()
    assert call(folder=tmp_path / "kept").x_train.max() > 0
    assert len(server.asked) == asked


def test_idx_as_torchvision_reads_it(server: Server, tmp_path: Path) -> None:
    archives, arrays = small_mnist(server)
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for archive in archives:
        content = (server.folder / archive.file).read_bytes()
        (raw / archive.file.removesuffix(".gz")).write_bytes(gzip.decompress(content))
    theirs = torchvision.datasets.MNIST(str(tmp_path), train=True, download=False)
    np.testing.assert_array_equal(theirs.data.numpy(), read_idx(server.folder / archives[0].file))
    np.testing.assert_array_equal(theirs.targets.numpy(), arrays[1])


@pytest.mark.parametrize("name", ["MNIST", "FashionMNIST"])
def test_names_and_checksums_are_torchvisions(name: str) -> None:
    theirs = getattr(torchvision.datasets, name)
    ours = idx_archives(name)
    assert [(a.file, a.md5) for a in ours] == theirs.resources
    assert [a.addresses for a in ours] == [
        tuple(mirror + a.file for mirror in theirs.mirrors) for a in ours
    ]


def test_classes_are_torchvisions() -> None:
    theirs = torchvision.datasets.FashionMNIST
    assert mnist_files._class_names("FashionMNIST") == tuple(theirs.classes)
    assert mnist_files._class_names("MNIST") == tuple(str(digit) for digit in range(10))


def test_idx_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "x.gz"
    path.write_bytes(gzip.compress(bytes([0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9])))
    assert read_idx(path).tolist() == [[7, 8, 9]]


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\0\x09\x01\0\0\0\x01a", b"\0\0\x08\x01\0\0\0\x02a", b"\0\0\x08\x01\0\0\0\x01ab",
     b"\0\0\x08\x03\0\0"],
)  # fmt: skip
def test_what_is_not_idx_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.gz"
    path.write_bytes(gzip.compress(content))
    with pytest.raises(ValueError, match=r"read_idx: x\.gz"):
        read_idx(path)
