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
    return header + values.astype(np.uint8).tobytes()


def small_mnist(server: Server) -> tuple[list[Archive], list[np.ndarray[Any, Any]]]:
    rng = np.random.default_rng(5)
    arrays = [
        rng.integers(0, 256, (6, 28, 28)),
        rng.integers(0, 10, 6),
        rng.integers(0, 256, (3, 28, 28)),
        rng.integers(0, 10, 3),
    ]
    names = [archive.contents[0].name for archive in idx_archives("MNIST")]
    return [server.put_packed(n, idx(a)) for n, a in zip(names, arrays, strict=True)], arrays


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
        (raw / archive.contents[0].name).write_bytes(gzip.decompress(content))
    theirs = torchvision.datasets.MNIST(str(tmp_path), train=True, download=False)
    ours = read_idx("train", (raw / archives[0].contents[0].name).read_bytes())
    np.testing.assert_array_equal(theirs.data.numpy(), ours)
    np.testing.assert_array_equal(theirs.targets.numpy(), arrays[1])


@pytest.mark.parametrize("name", ["MNIST", "FashionMNIST"])
def test_names_are_torchvisions(name: str) -> None:
    theirs = getattr(torchvision.datasets, name)
    ours = idx_archives(name)
    assert [a.file for a in ours] == [file for file, _ in theirs.resources]
    assert [f"{content.name}.gz" for a in ours for content in a.contents] == [a.file for a in ours]


@pytest.mark.parametrize("call", [data.mnist, data.fashion_mnist])
def test_every_file_that_is_missing_is_named(tmp_path: Path, call: Any) -> None:
    with pytest.raises(data.DatasetUnavailable) as caught:
        call(folder=tmp_path, download=False)
    said, advice = str(caught.value).split(". Put ")
    for archive in idx_archives("MNIST"):
        assert archive.file in said
        assert f"{archive.file} from https://" in advice


def test_classes_are_torchvisions() -> None:
    theirs = torchvision.datasets.FashionMNIST
    assert mnist_files._class_names("FashionMNIST") == tuple(theirs.classes)
    assert mnist_files._class_names("MNIST") == tuple(str(digit) for digit in range(10))


def test_idx_by_hand() -> None:
    content = bytes([0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9])
    assert read_idx("x", content).tolist() == [[7, 8, 9]]


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\0\x08", b"\0\0\x09\x01\0\0\0\x01a", b"\0\0\x08\x01\0\0\0\x02a",
     b"\0\0\x08\x01\0\0\0\x01ab", b"\0\0\x08\x03\0\0",
     b"\0\0\x08\x02" + 4 * b"\xff" + b"\0\0\0\x01a"],
)  # fmt: skip
def test_what_is_not_idx_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"read_idx: x\.gz"):
        read_idx("x.gz", content)
