"""Fetching: the right file or none, kept for the next time, and a clear word where it fails."""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import socket
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course_utils import data
from course_utils.data import downloads
from course_utils.data.cifar_files import cifar_archive
from course_utils.data.downloads import Archive, Content, DatasetUnavailable, fetch
from course_utils.data.mnist_files import idx_archives
from tests.data.conftest import Server

CONTENT = np.random.default_rng(3).bytes(5000)

PACKED: dict[str, Callable[[bytes], bytes]] = {
    "a.gz": gzip.compress,
    "a": lambda content: content,
    "a.bz2": bz2.compress,
    "a.xz": lzma.compress,
}


def test_the_next_address_is_tried(server: Server, tmp_path: Path) -> None:
    archive = server.put_packed("a", CONTENT)
    archive = archive._replace(addresses=(server.address + "gone.gz", *archive.addresses))
    assert fetch("Set", [archive], tmp_path) == [CONTENT]
    assert [path.name for path in (tmp_path / "Set").iterdir()] == ["a.gz"]
    server.close()
    assert fetch("Set", [archive], tmp_path) == [CONTENT]


def test_a_wrong_checksum_is_refused_and_nothing_is_left(server: Server, tmp_path: Path) -> None:
    archive = server.put_packed("a", CONTENT)
    other = server.put_packed("a", CONTENT[::-1])
    assert other.contents != archive.contents
    with pytest.raises(DatasetUnavailable, match=r"a\.gz is missing, and cannot .*corrupt"):
        fetch("Set", [archive], tmp_path)
    assert list((tmp_path / "Set").iterdir()) == []


def test_a_damaged_file_is_fetched_again(server: Server, tmp_path: Path) -> None:
    archive = server.put_packed("a", CONTENT)
    fetch("Set", [archive], tmp_path)
    path = tmp_path / "Set" / "a.gz"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(DatasetUnavailable, match=r"a\.gz is damaged: its checksum is wrong"):
        fetch("Set", [archive], tmp_path, download=False)
    assert fetch("Set", [archive], tmp_path) == [CONTENT]
    assert gzip.decompress(path.read_bytes()) == CONTENT


@pytest.mark.parametrize("name", PACKED)
@pytest.mark.parametrize("way", PACKED)
def test_what_is_inside_counts_and_not_how_it_is_packed(
    server: Server, tmp_path: Path, name: str, way: str
) -> None:
    # The name may lie: a browser unpacks a .gz and keeps its name.
    archive = server.put_packed("a", CONTENT)
    (tmp_path / "Set").mkdir()
    (tmp_path / "Set" / name).write_bytes(PACKED[way](CONTENT))
    assert fetch("Set", [archive], tmp_path, download=False) == [CONTENT]
    assert server.asked == []
    (tmp_path / "Set" / name).write_bytes(PACKED[way](CONTENT + b"0"))
    with pytest.raises(DatasetUnavailable, match=r"a\.gz is damaged"):
        fetch("Set", [archive], tmp_path, download=False)


def test_a_damaged_file_beside_a_good_one_does_no_harm(server: Server, tmp_path: Path) -> None:
    archive = server.put_packed("a", CONTENT)
    (tmp_path / "Set").mkdir()
    (tmp_path / "Set" / "a.gz").write_bytes(b"")
    (tmp_path / "Set" / "a").write_bytes(CONTENT)
    assert fetch("Set", [archive], tmp_path, download=False) == [CONTENT]


@pytest.mark.parametrize("way", PACKED)
def test_a_file_damaged_anywhere_is_not_read(server: Server, tmp_path: Path, way: str) -> None:
    archive = server.put_packed("a", CONTENT)
    whole = PACKED[way](CONTENT)
    path = tmp_path / "Set" / way
    path.parent.mkdir()
    for place in range(0, len(whole), 97):
        turned = bytearray(whole)
        turned[place] ^= 0xFF
        for content in (bytes(turned), whole[:place]):
            path.write_bytes(content)
            try:
                assert fetch("Set", [archive], tmp_path, download=False) == [CONTENT]
            except DatasetUnavailable as error:
                assert "is damaged: its checksum is wrong" in str(error)  # noqa: PT017


@pytest.mark.parametrize("way", PACKED)
def test_a_file_that_swells_is_read_no_further_than_it_should_be_long(
    server: Server, tmp_path: Path, way: str
) -> None:
    archive = server.put_packed("a", b"\0" * 1000)
    path = tmp_path / "Set" / way
    path.parent.mkdir()
    path.write_bytes(PACKED[way](bytes(64 << 20)))
    tracemalloc.start()
    try:
        with pytest.raises(DatasetUnavailable, match=r"a\.gz is damaged: its checksum is wrong"):
            fetch("Set", [archive], tmp_path, download=False)
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


def test_a_download_is_read_no_further_than_it_could_be_long(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = server.put_packed("a", CONTENT)
    (server.folder / "a.gz").write_bytes(bytes(8 << 20))
    kept: list[int] = []
    check = downloads._checked

    def note(files: Any, archive: Archive) -> Any:
        kept.append(len(files[0].read()))
        return check(files, archive)

    monkeypatch.setattr(downloads, "_checked", note)
    with pytest.raises(DatasetUnavailable, match="corrupt"):
        fetch("Set", [archive], tmp_path)
    assert len(kept) == 1
    assert kept[0] < 2 << 20


def test_every_file_that_is_missing_is_named(server: Server, tmp_path: Path) -> None:
    archives = [server.put_packed(name, name.encode()) for name in "abcd"]
    (tmp_path / "Set").mkdir()
    (tmp_path / "Set" / "b.gz").write_bytes((server.folder / "b.gz").read_bytes())
    (tmp_path / "Set" / "d.gz").write_bytes(b"other")
    with pytest.raises(DatasetUnavailable) as caught:
        fetch("Set", archives, tmp_path, download=False)
    assert str(caught.value) == (
        "Set is not at hand (a.gz and c.gz are missing; d.gz is damaged: its checksum is wrong). "
        f"Put a.gz from {server.address}a.gz, c.gz from {server.address}c.gz and "
        f"d.gz from {server.address}d.gz into {tmp_path / 'Set'}, or call with fallback=True."
    )


def test_no_network_says_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as unused:  # bound but not listening: a connection is refused
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        archives = [
            Archive(f"{name}.gz", (f"{address}{name}.gz",), (Content(name, 3, "0" * 64),))
            for name in "ab"
        ]
        with pytest.raises(DatasetUnavailable) as caught:
            fetch("Set", archives, tmp_path)
    message = str(caught.value)
    assert message.startswith("Set is not at hand (a.gz and b.gz are missing, and cannot be fetch")
    assert "Connection refused" in message
    assert f"Put a.gz from {address}a.gz and b.gz from {address}b.gz into {tmp_path}" in message


@pytest.mark.parametrize("address", ["no address", "http://127.0.0.1:x/", "http://[::1/", "x://a"])
def test_an_address_that_is_none_is_said(tmp_path: Path, address: str) -> None:
    archive = Archive("a.gz", (address,), (Content("a", 3, "0" * 64),))
    with pytest.raises(DatasetUnavailable, match=r"a\.gz is missing, and cannot be fetched: "):
        fetch("Set", [archive], tmp_path)


def test_what_cannot_be_read_is_said(server: Server, tmp_path: Path) -> None:
    archive = server.put_packed("a", CONTENT)
    (tmp_path / "Set").write_bytes(b"a file where the folder should be")
    with pytest.raises(DatasetUnavailable, match=r"a\.gz is missing, and cannot be fetched: .*Set"):
        fetch("Set", [archive], tmp_path)


def test_the_wait_has_an_end(server: Server, tmp_path: Path, monkeypatch: Any) -> None:
    archive = server.put_packed("a", CONTENT)
    monkeypatch.setattr(downloads, "_SECONDS_WITHOUT_AN_ANSWER", 0.05)
    with socket.socket() as silent:  # takes a connection and never answers
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/a.gz"
        with pytest.raises(DatasetUnavailable, match="timed out"):
            fetch("Set", [archive._replace(addresses=(address,))], tmp_path)


def test_addresses_are_https() -> None:
    archives = [*idx_archives("MNIST"), *idx_archives("FashionMNIST"), cifar_archive()]
    for archive in archives:
        assert archive.addresses
        assert all(address.startswith("https://") for address in archive.addresses)
        assert all(address.endswith(f"/{archive.file}") for address in archive.addresses)
        assert all(re.fullmatch("[0-9a-f]{64}", content.sha256) for content in archive.contents)


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
