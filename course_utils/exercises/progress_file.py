"""The file that remembers which exercises are done.

A small JSON file in the user's data folder, or where the environment variable ``COURSE_PROGRESS``
says; ``/dev/null`` means that nothing is kept. It is written in one step (a temporary file takes
its place), under a lock, and what another notebook wrote in the meantime is kept. It holds no
times. A damaged file is moved aside; anything else that is not ours to write (a device, a folder,
a file of a newer version) is left as it is and costs a line of warning. What was done in this
session is remembered either way.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import re
import stat
import tempfile
from typing import Any

from .file_lock import locked
from .outcome import Kind

DONE, TRIED = "done", "tried"
_VERSION = 1
_TEMPORARY = ".course-tmp"
_LARGEST = 2**24  # bytes; no progress file comes near

_session: dict[pathlib.Path, dict[str, str]] = {}
_told: set[tuple[pathlib.Path, str]] = set()
"""What has been said of a file and is not said again."""

_NOT_WRITTEN = (
    "Progress cannot be written to its file, so it lasts only until this notebook's kernel stops."
)


class _NotOurs(Exception):
    """The file is of another version of the course: it is read and never written."""

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__()
        self.data = data
        self.warning = (
            "The progress file was written by another version of the course, probably a newer "
            f"one: its version is {json.dumps(data['version'])[:20]}, and this course writes "
            f"version {_VERSION}. It is read and left as it is, so what is done here lasts only "
            "until this notebook's kernel stops."
        )


def progress_path() -> pathlib.Path:
    """Name the file in which progress is kept.

    Returns
    -------
    pathlib.Path
        ``progress.json`` in the user's data folder, unless ``COURSE_PROGRESS`` names another.
    """
    return _place()[0]


def keep(id: str, kind: Kind) -> str:
    """Remember how an attempt ended."""
    if kind in (Kind.NOT_ATTEMPTED, Kind.UNKNOWN, Kind.UNCHECKED):
        return ""
    state = DONE if kind is Kind.CORRECT else TRIED
    path, exists = _place()
    session = _session.setdefault(path, {})
    session[id] = _better(session.get(id), state)
    try:
        if _keeps_nothing(path):
            return ""
        if not exists:
            raise FileNotFoundError
        _refuse_what_is_no_file(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path) as alone:
            if alone:
                _sweep(path)
            data, warning = _read(path)
            states = data["exercises"]
            wanted = {known: _better(states.get(known), own) for known, own in session.items()}
            if any(states.get(known) != state for known, state in wanted.items()):
                states.update(wanted)
                _write(path, data)
    except _NotOurs as found:
        return _once(path, found.warning)
    except (OSError, ValueError, RecursionError):
        return _once(path, _NOT_WRITTEN)
    _told.discard((path, _NOT_WRITTEN))
    return warning


def states() -> tuple[dict[str, str], str]:
    """Look up what is done and what was tried."""
    path, exists = _place()
    found: dict[str, Any] = {}
    warning = ""
    try:
        if exists and path.exists() and not _keeps_nothing(path):
            _refuse_what_is_no_file(path)
            with locked(path):
                data, warning = _read(path)
            found = data["exercises"]
    except _NotOurs as newer:
        warning = newer.warning
        exercises = newer.data.get("exercises")
        found = exercises if isinstance(exercises, dict) else {}
    except (OSError, ValueError, RecursionError):
        warning = "The progress file cannot be read; only this session's progress is shown."
    known = {id: state for id, state in found.items() if state in (DONE, TRIED)}
    for id, state in _session.get(path, {}).items():
        known[id] = _better(known.get(id), state)
    return known, warning


def _place() -> tuple[pathlib.Path, bool]:
    """Find the file, and tell whether there is such a place: there may be no home, or no user."""
    chosen = os.environ.get("COURSE_PROGRESS")
    path = pathlib.Path(chosen or "progress.json")
    try:
        if chosen:
            return path.expanduser().resolve(), True
        import platformdirs

        folder = pathlib.Path(platformdirs.user_data_dir("cnn-course", appauthor=False))
        # Where there is no home, the tilde is left in the name.
        return (folder / path).resolve(), folder.is_absolute()
    except (OSError, RuntimeError, LookupError, ValueError):  # ~nosuchuser, links in a circle
        return path, False


def _refuse_what_is_no_file(path: pathlib.Path) -> None:
    """Raise before a device, a folder or a pipe is touched, and before a lock lies beside it."""
    with contextlib.suppress(FileNotFoundError):
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > _LARGEST:
            raise PermissionError("not a file that this course has written")


def _keeps_nothing(path: pathlib.Path) -> bool:
    """Tell whether the file is the null device, under whatever name."""
    if str(path) == os.devnull:
        return True
    try:
        found, null = path.stat(), pathlib.Path(os.devnull).stat()
    except (OSError, ValueError):
        return False
    return stat.S_ISCHR(found.st_mode) and found.st_rdev == null.st_rdev


def _once(path: pathlib.Path, warning: str) -> str:
    if (path, warning) in _told:
        return ""
    _told.add((path, warning))
    return f"{warning} (This message appears only once.)"


def _better(known: object, new: str) -> str:
    return DONE if DONE in (known, new) else new


def _read(path: pathlib.Path) -> tuple[dict[str, Any], str]:
    """Read the file; one that is no progress file is moved aside and a new one begun."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {"version": _VERSION, "exercises": {}}, ""
    # Of bytes, json finds the encoding: an editor may have added a byte-order mark.
    with contextlib.suppress(ValueError, RecursionError):  # not JSON, or not text at all
        data = json.loads(content)
        if isinstance(data, dict) and data.get("version", _VERSION) != _VERSION:
            raise _NotOurs(data)
        if isinstance(data, dict) and isinstance(data.get("exercises"), dict):
            return data, ""
    aside = path.with_name(f"{path.stem}.damaged{path.suffix}")
    number = 2
    while aside.exists():
        aside = path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")
        number += 1
    path.replace(aside)
    warning = (
        f"The progress file was damaged. It is kept as {aside.name} beside the new one, which "
        "starts empty."
    )
    return {"version": _VERSION, "exercises": {}}, warning


def _write(path: pathlib.Path, data: dict[str, Any]) -> None:
    """Write a temporary file beside the old one and let it take its place."""
    text = json.dumps(data, indent=1, sort_keys=True) + "\n"
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError("the file has been made read-only")
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_TEMPORARY, dir=path.parent)
    temporary = pathlib.Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _take_after(temporary, path)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _take_after(temporary: pathlib.Path, path: pathlib.Path) -> None:
    """Give the new file the owner and the permissions of the old one, as far as one may."""
    with contextlib.suppress(OSError, AttributeError):
        old = path.stat()
        temporary.chmod(stat.S_IMODE(old.st_mode))
        if (old.st_uid, old.st_gid) != (os.getuid(), os.getgid()):
            os.chown(temporary, old.st_uid, old.st_gid)


def _sweep(path: pathlib.Path) -> None:
    """Remove what a kernel that was killed while it wrote has left behind."""
    left = re.compile(rf"\.{re.escape(path.name)}\.\w{{8}}{re.escape(_TEMPORARY)}")
    with contextlib.suppress(OSError):
        for entry in os.scandir(path.parent):
            if left.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    pathlib.Path(entry.path).unlink()
