"""Fetching: the right file or none, kept for the next time, and a clear word where it fails."""

from __future__ import annotations

import socket
from pathlib import Path

import numpy as np
import pytest

from course_utils import data
from course_utils.data import downloads
from course_utils.data.downloads import Archive, DatasetUnavailable, fetch
from tests.data.conftest import Server, md5


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
