"""The larger sets, on small files of the same form served from this machine."""

import functools
import gzip
import hashlib
import http.server
import io
import pickle
import socket
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torchvision

from course_utils import data
from course_utils.data import downloads
from course_utils.data.downloads import Archive, DatasetUnavailable, fetch, read_idx


class Server:
    """A web server on this machine that counts what it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        asked = self.asked

        class Handler(http.server.SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                super().do_GET()

            def log_message(self, *_: Any) -> None:
                pass

        handler = functools.partial(Handler, directory=str(folder))
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.http.server_address[1]}/"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def put(self, file: str, content: bytes) -> Archive:
        (self.folder / file).write_bytes(content)
        return Archive(file, (self.address + file,), md5(content))

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "server"
    folder.mkdir()
    running = Server(folder)
    yield running
    running.close()


def md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


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
    files = [archive.file for archive in downloads.idx_archives("MNIST")]
    return [server.put(f, idx(a)) for f, a in zip(files, arrays, strict=True)], arrays


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
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in parts.items():
            # The real file was written by an old NumPy, under the old name of a module.
            blob = pickle.dumps(content, protocol=2).replace(
                b"numpy._core.multiarray", b"numpy.core.multiarray"
            )
            info = tarfile.TarInfo(f"cifar-10-batches-py/{name}")
            info.size = len(blob)
            archive.addfile(info, io.BytesIO(blob))
    return server.put("cifar-10-python.tar.gz", out.getvalue()), parts


# ---------------------------------------------------------------- the sets


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("call", [data.mnist, data.fashion_mnist])
def test_mnist(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Any, dtype: str
) -> None:
    archives, arrays = small_mnist(server)
    monkeypatch.setattr(downloads, "idx_archives", lambda _: archives)
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


def test_cifar10(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, parts = small_cifar(server)
    monkeypatch.setattr(downloads, "cifar_archive", lambda: archive)
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


def test_names_and_checksums_are_torchvisions() -> None:
    for name in ("MNIST", "FashionMNIST"):
        theirs = getattr(torchvision.datasets, name)
        ours = downloads.idx_archives(name)
        assert [(a.file, a.md5) for a in ours] == theirs.resources
        assert [a.addresses for a in ours] == [
            tuple(mirror + a.file for mirror in theirs.mirrors) for a in ours
        ]
    cifar = downloads.cifar_archive()
    theirs = torchvision.datasets.CIFAR10
    assert cifar == (theirs.filename, (theirs.url,), theirs.tgz_md5)
    assert tuple(torchvision.datasets.FashionMNIST.classes) == (
        downloads._idx_names("FashionMNIST")
    )


# ---------------------------------------------------------------- fetching


def test_the_next_address_is_tried(server: Server, tmp_path: Path) -> None:
    archive = server.put("a.gz", b"content")
    archive = archive._replace(addresses=(server.address + "gone.gz", *archive.addresses))
    (path,) = fetch("Set", [archive], tmp_path)
    assert path.read_bytes() == b"content"


def test_a_wrong_checksum_is_refused_and_nothing_is_left(server: Server, tmp_path: Path) -> None:
    archive = server.put("a.gz", b"content")._replace(md5=md5(b"other"))
    with pytest.raises(DatasetUnavailable, match=r"a\.gz is missing, and cannot .*corrupt"):
        fetch("Set", [archive], tmp_path)
    assert list((tmp_path / "Set").iterdir()) == []


def test_a_damaged_file_is_fetched_again(server: Server, tmp_path: Path) -> None:
    archive = server.put("a.gz", b"content")
    (path,) = fetch("Set", [archive], tmp_path)
    path.write_bytes(b"conten")
    with pytest.raises(DatasetUnavailable, match=r"a\.gz is damaged: its checksum is wrong"):
        fetch("Set", [archive], tmp_path, download=False)
    (path,) = fetch("Set", [archive], tmp_path)
    assert path.read_bytes() == b"content"


def test_no_network_says_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as unused:  # bound but not listening: a connection is refused
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/a.gz"
        with pytest.raises(DatasetUnavailable) as caught:
            fetch("Set", [Archive("a.gz", (address,), "0" * 32)], tmp_path)
    message = str(caught.value)
    assert message.startswith("Set is not at hand (a.gz is missing, and cannot be fetched: ")
    assert f"Put a.gz from {address} into {tmp_path / 'Set'}, or call with fallback=True" in message


def test_the_wait_has_an_end() -> None:
    socket.setdefaulttimeout(None)
    with downloads._patience():
        assert socket.getdefaulttimeout() == downloads._SECONDS_WITHOUT_AN_ANSWER
    assert socket.getdefaulttimeout() is None


def test_fallback_says_so_and_gives_the_same_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for call, shape in (
        (data.mnist, (355, 1, 28, 28)),
        (data.fashion_mnist, (355, 1, 28, 28)),
        (data.cifar10, (355, 3, 32, 32)),
    ):
        d = call(folder=tmp_path, download=False, fallback=True)
        assert d.x_test.shape == shape
        assert d.x_test.dtype == np.float32
        assert "is not at hand" in capsys.readouterr().out
        with pytest.raises(DatasetUnavailable):
            call(folder=tmp_path, download=False)


def test_the_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    assert downloads.cache_folder() == tmp_path
    monkeypatch.delenv("COURSE_DATA")
    assert downloads.cache_folder().parent.name == "cnn-course"


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
