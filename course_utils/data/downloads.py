"""Fetch the files of a set once where there is a network, check them, and keep them.

A file is known by the sha256 of what is inside, so that it may be packed in another way, or not at
all; it is unpacked in memory, up to the size that it must have, and what is returned are the very
bytes that were checked. A download is kept beside its final place and moved there only if it is
right, so an interrupted one leaves nothing half done. Where there is no network, the error says
what to put where, and ``fallback=True`` takes the digits that ship with the course instead.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import os
import tarfile
import tempfile
import urllib.request
import zlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from http.client import HTTPException
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from course_utils.data.dataset import Dataset
from course_utils.progress_bar import progress_bar

_SECONDS_WITHOUT_AN_ANSWER = 20.0
_SLACK = 1 << 20  # bytes that packing may add: headers, padding, a page about the set
_PIECE = 1 << 16


class DatasetUnavailable(OSError):
    """The set is not kept here and cannot be fetched."""


class Content(NamedTuple):
    """What is inside an archive: one file, as it is when it is unpacked."""

    name: str
    size: int
    sha256: str  # in hexadecimal


class Archive(NamedTuple):
    """One file of a set: where to fetch it and how to recognise what is inside."""

    file: str  # the name under which it is kept; with ".tar" in it, it holds files with names
    addresses: tuple[str, ...]  # asked in this order
    contents: tuple[Content, ...]


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
) -> list[bytes]:
    """Return what is inside a set's archives, in their order: the very bytes that were checked."""
    home = (cache_folder() if folder is None else Path(folder).expanduser()) / set_name
    found: list[bytes] = []
    absent: dict[str, list[Archive]] = {}
    reason = ""
    for archive in archives:
        contents, state = _kept(home, archive)
        if contents is None and download and not reason:
            contents, reason = _download(home, archive)
        if contents is None:
            absent.setdefault(state, []).append(archive)
        else:
            found += contents
    if absent:
        states = "; ".join(
            f"{_listed([a.file for a in group])} {'is' if len(group) == 1 else 'are'} {state}"
            for state, group in absent.items()
        )
        failed = f", and cannot be fetched: {reason}" if reason else ""
        wanted = [
            a.file + (f" from {a.addresses[0]}" if a.addresses else "")
            for group in absent.values()
            for a in group
        ]
        raise DatasetUnavailable(
            f"{set_name} is not at hand ({states}{failed}). "
            f"Put {_listed(wanted)} into {home}, or call with fallback=True."
        )
    return found


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _kept(home: Path, archive: Archive) -> tuple[list[bytes] | None, str]:
    """What is inside the file that is kept, however it is packed, or why it is not there."""
    bare = archive.file.removesuffix(".gz")
    names = [[archive.file], [bare], [f"{bare}.bz2"], [f"{bare}.xz"]]
    names.append([content.name for content in archive.contents])  # as they lie once unpacked
    state = "missing"
    for group in names:
        paths = [home / name for name in group]
        try:
            if not all(path.is_file() for path in paths):
                continue
            with ExitStack() as stack:
                files = [stack.enter_context(path.open("rb")) for path in paths]
                contents = _checked(files, archive)
        except OSError as error:
            state = f"unreadable: {error.strerror or _in_a_line(error)}"
            continue
        if contents is not None:
            return contents, ""
        state = "damaged: its checksum is wrong"
    return None, state


def _checked(files: Sequence[BinaryIO], archive: Archive) -> list[bytes] | None:
    """What is inside an open archive, or open files that were in it; None if it is not as known."""
    contents = archive.contents
    is_tar = ".tar" in archive.file and len(files) == 1
    sizes = [sum(c.size for c in contents) + _SLACK] if is_tar else [c.size for c in contents]
    try:
        parts = [_decompressed(file, size) for file, size in zip(files, sizes, strict=True)]
        if is_tar:
            parts = _members(parts[0], [content.name for content in contents])
    except (OSError, EOFError, zlib.error, lzma.LZMAError, tarfile.TarError, ValueError):
        return None
    digests = [hashlib.sha256(part).hexdigest() for part in parts]
    return parts if digests == [content.sha256 for content in contents] else None


def _decompressed(file: BinaryIO, size: int) -> bytes:
    """Read at most `size` bytes and one more, whatever the file would swell to."""
    start = file.read(6)
    file.seek(0)
    if start.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file).read(size + 1)
    if start.startswith(b"BZh"):
        return bz2.BZ2File(file).read(size + 1)
    if start.startswith(b"\xfd7zXZ\0"):
        return lzma.LZMAFile(file).read(size + 1)
    return file.read(size + 1)


def _members(tar: bytes, names: list[str]) -> list[bytes]:
    """Read files of a tar archive by name, in memory: nothing is written anywhere."""
    found: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(tar), mode="r:") as archive:
        for member in archive:
            if member.size < 0:  # would lead back to where the reading was already
                raise tarfile.ReadError("a negative size")
            if member.isreg():
                start = member.offset_data
                found[member.name] = tar[start : start + member.size]
    return [found.get(name, b"") for name in names]


def _download(home: Path, archive: Archive) -> tuple[list[bytes] | None, str]:
    """Fetch and keep one file, and return what is inside, or why it cannot be had."""
    reason = "no address is known"
    for address in archive.addresses:
        try:
            home.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=home) as beside:
                path = Path(beside, archive.file)
                _copy(address, path, sum(c.size for c in archive.contents) + _SLACK)
                with path.open("rb") as file:
                    contents = _checked([file], archive)
                if contents is not None:
                    path.replace(home / archive.file)
                    return contents, ""
            reason = "what came is corrupt: its checksum is wrong"
        except (OSError, HTTPException, ValueError) as error:  # no network, no disk, no address
            reason = _in_a_line(error)
    return None, reason


def _copy(address: str, path: Path, most: int) -> None:
    """Fetch a file with a progress bar, and no more of it than what could be right."""
    with (
        urllib.request.urlopen(address, timeout=_SECONDS_WITHOUT_AN_ANSWER) as answer,
        path.open("wb") as file,
    ):
        length = min(int(answer.headers.get("Content-Length") or most), most)
        pieces = iter(lambda: answer.read(_PIECE), b"")
        for piece in progress_bar(
            islice(pieces, most // _PIECE + 1), path.name, total=-(-length // _PIECE),
            unit="B", unit_scale=_PIECE,
        ):  # fmt: skip
            file.write(piece)


def _in_a_line(error: Exception) -> str:
    inner = getattr(error, "reason", None)  # urllib wraps what went wrong in "<urlopen error …>"
    error = inner if isinstance(inner, Exception) else error
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")


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
