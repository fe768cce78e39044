"""CIFAR-10, on a small file of the same form served from this machine."""

from __future__ import annotations

import builtins
import bz2
import gzip
import io
import pickle
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torchvision

from course_utils import data
from course_utils.data import cifar_files, downloads
from course_utils.data.downloads import Archive
from tests.data.conftest import Server


def small_cifar(server: Server) -> tuple[Archive, dict[str, dict[str, Any]]]:
    rng = np.random.default_rng(6)
    parts: dict[str, dict[str, Any]] = {
        name: {
            "data": rng.integers(0, 256, (2, 3072)).astype(np.uint8),
            "labels": rng.integers(0, 10, 2).tolist(),
        }
        for name in [*(f"data_batch_{k}" for k in range(1, 6)), "test_batch"]
    }
    parts["batches.meta"] = {"label_names": ["airplane", "automobile", "bird"]}
    # The real file was written by an old NumPy, under the old name of a module.
    blobs = {
        f"cifar-10-batches-py/{name}": pickle.dumps(content, protocol=2).replace(
            b"numpy._core.multiarray", b"numpy.core.multiarray"
        )
        for name, content in parts.items()
    }
    return server.put("cifar-10-python.tar.gz", gzip.compress(tar(blobs)), blobs), parts


def tar(files: dict[str, bytes], **info: Any) -> bytes:
    """A tar archive of files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, blob in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(blob)
            for key, value in info.items():
                setattr(member, key, value)
            archive.addfile(member, io.BytesIO(blob))
    return out.getvalue()


def test_cifar10(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, parts = small_cifar(server)
    monkeypatch.setattr(cifar_files, "cifar_archive", lambda: archive)
    d = data.cifar10(folder=tmp_path / "kept")
    assert d.x_train.shape == (10, 3, 32, 32)
    assert d.x_test.shape == (2, 3, 32, 32)
    assert d.x_train.dtype == np.float32
    # A row is 1024 red values, then green, then blue, each 32 rows of 32.
    first = parts["data_batch_1"]["data"][0]
    np.testing.assert_allclose(d.x_train[0, 1, 0, 5], first[1024 + 5] / 255, rtol=1e-6)
    np.testing.assert_allclose(d.x_train[0, 2, 3, 0], first[2048 + 96] / 255, rtol=1e-6)
    np.testing.assert_array_equal(d.y_train[2:4], parts["data_batch_2"]["labels"])
    np.testing.assert_array_equal(d.y_test, parts["test_batch"]["labels"])
    assert d.classes == ("airplane", "automobile", "bird")


def negative_size() -> bytes:
    """A tar archive whose first file ends before it begins."""
    member = tarfile.TarInfo("cifar-10-batches-py/data_batch_1")
    member.size = -512
    return member.tobuf(tarfile.GNU_FORMAT) + bytes(2048)


def kept_files(server: Server, archive: Archive) -> dict[str, bytes]:
    """What is inside the archive that is served."""
    with tarfile.open(server.folder / archive.file) as opened:
        found = {content.name: opened.extractfile(content.name) for content in archive.contents}
        return {name: file.read() for name, file in found.items() if file is not None}


@pytest.mark.parametrize("way", ["gz", "tar", "bz2", "files"])
def test_how_it_is_packed_does_not_count(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    archive, parts = small_cifar(server)
    monkeypatch.setattr(cifar_files, "cifar_archive", lambda: archive)
    files, home = kept_files(server, archive), tmp_path / "CIFAR-10"
    (home / "cifar-10-batches-py").mkdir(parents=True)
    if way == "files":
        for name, blob in files.items():
            (home / name).write_bytes(blob)
    else:
        # In another order, with more in it, and compressed otherwise.
        content = tar({"readme.html": b"words", **dict(reversed(files.items()))})
        pack: Any = {"gz": lambda c: gzip.compress(c, 1), "tar": bytes, "bz2": bz2.compress}[way]
        (home / f"cifar-10-python.tar{'' if way == 'tar' else f'.{way}'}").write_bytes(
            pack(content)
        )
    d = data.cifar10(folder=tmp_path, download=False)
    np.testing.assert_array_equal(d.y_test, parts["test_batch"]["labels"])
    assert server.asked == []


class Trap:
    """What runs where it is unpickled."""

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return exec, ("import builtins; builtins.sprung = True",)


@pytest.mark.parametrize("name", ["cifar-10-python.tar.gz", "cifar-10-python.tar", "files"])
@pytest.mark.parametrize("part", ["data_batch_1", "batches.meta"])
def test_nothing_is_unpickled_that_is_not_the_known_file(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, part: str
) -> None:
    archive, _ = small_cifar(server)
    monkeypatch.setattr(cifar_files, "cifar_archive", lambda: archive)
    files, home = kept_files(server, archive), tmp_path / "CIFAR-10"
    files[f"cifar-10-batches-py/{part}"] = pickle.dumps(Trap())
    (home / "cifar-10-batches-py").mkdir(parents=True)
    if name == "files":
        for file, blob in files.items():
            (home / file).write_bytes(blob)
    else:
        content = tar(files)
        (home / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    with pytest.raises(data.DatasetUnavailable, match="damaged: its checksum is wrong"):
        data.cifar10(folder=tmp_path, download=False)
    assert not hasattr(builtins, "sprung")


def test_the_bytes_that_were_checked_are_read(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, parts = small_cifar(server)
    monkeypatch.setattr(cifar_files, "cifar_archive", lambda: archive)
    data.cifar10(folder=tmp_path)
    path = tmp_path / "CIFAR-10" / archive.file
    check = downloads._checked

    def check_and_change(files: Any, archive: Archive) -> Any:
        contents = check(files, archive)
        path.write_bytes(
            gzip.compress(tar({c.name: pickle.dumps(Trap()) for c in archive.contents}))
        )
        return contents

    monkeypatch.setattr(downloads, "_checked", check_and_change)
    d = data.cifar10(folder=tmp_path, download=False)
    np.testing.assert_array_equal(d.y_test, parts["test_batch"]["labels"])
    assert not hasattr(builtins, "sprung")


@pytest.mark.parametrize(
    "content",
    [
        tar({"../../escaped": b"x", "/tmp/escaped": b"x"}),
        tar(
            {"cifar-10-batches-py/data_batch_1": b""}, type=tarfile.SYMTYPE, linkname="/etc/passwd"
        ),
        negative_size(),
        bytes(10_000),
        b"cifar" * 1000,
    ],
)
def test_an_archive_of_another_kind_is_refused_and_writes_nothing(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    archive, _ = small_cifar(server)
    monkeypatch.setattr(cifar_files, "cifar_archive", lambda: archive)
    home = tmp_path / "kept" / "CIFAR-10"
    home.mkdir(parents=True)
    (home / archive.file).write_bytes(gzip.compress(content))
    with pytest.raises(data.DatasetUnavailable, match="damaged: its checksum is wrong"):
        data.cifar10(folder=tmp_path / "kept", download=False)
    assert [p.name for p in (tmp_path / "kept").rglob("*")] == ["CIFAR-10", archive.file]


def test_name_and_address_are_torchvisions() -> None:
    theirs, ours = torchvision.datasets.CIFAR10, cifar_files.cifar_archive()
    assert (ours.file, ours.addresses) == (theirs.filename, (theirs.url,))
    inside = [name for name, _ in theirs.train_list + theirs.test_list] + [theirs.meta["filename"]]
    assert [c.name for c in ours.contents] == [f"{theirs.base_folder}/{name}" for name in inside]
