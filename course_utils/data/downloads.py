"""Fetch the files of a set once where there is a network, check them, and keep them.

An archive is downloaded beside its final place and moved there only if its checksum is right, so an
interrupted download leaves nothing half done; the checksum is looked at again every time the file
is read. Where there is no network, the error says what to put where, and ``fallback=True`` takes
the digits that ship with the course instead.
"""

from __future__ import annotations

import hashlib
import os
import socket
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from course_utils.data.dataset import Dataset
from course_utils.distribution import from_extra

_SECONDS_WITHOUT_AN_ANSWER = 20.0


class DatasetUnavailable(OSError):
    """The set is not kept here and cannot be fetched."""


class Archive(NamedTuple):
    """One file of a set: where to fetch it and how to recognise it."""

    file: str  # the name under which it is kept
    addresses: tuple[str, ...]  # asked in this order
    md5: str  # of the whole file, in hexadecimal


def cache_folder() -> Path:
    """Return the folder of downloaded sets: ``COURSE_DATA``, or one in the user's cache."""
    chosen = os.environ.get("COURSE_DATA")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return Path(user_cache_path("cnn-course")) / "datasets"


def fetch(
    set_name: str,
    archives: Sequence[Archive],
    folder: str | os.PathLike[str] | None = None,
    download: bool = True,
) -> list[Path]:
    """Return the paths of a set's files, each in place and with the right checksum."""
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
    """Fetch one file and return its state, with the reason if it is not good."""
    try:
        with from_extra("torch"):
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
    """Give up on a network that does not answer instead of waiting for ever."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_SECONDS_WITHOUT_AN_ANSWER)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def or_fallback(
    fallback: bool, load: Callable[[], Dataset], digits: Callable[[], Dataset]
) -> Dataset:
    """Load a set; if it is unavailable and `fallback` is set, say so and return the digits."""
    try:
        return load()
    except DatasetUnavailable as error:
        if not fallback:
            raise
        reason = str(error).split(". Put ")[0]
        print(f"{reason}; the digits that ship with the course take its place.")
        return digits()
