"""The file that remembers which exercises are done.

A small JSON file in the user's data folder, or where the environment variable ``COURSE_PROGRESS``
says. It is written in one step (a temporary file takes its place), under a lock, and what another
notebook wrote in the meantime is kept. It holds no times. A damaged file is moved aside, a folder
that cannot be written to costs a line of warning; what was done in this session is remembered
either way.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import tempfile
import time
from collections.abc import Iterator
from typing import Any

from .outcome import Kind

DONE, TRIED = "done", "tried"
_PATIENCE = 2.0  # seconds to wait for another notebook that is writing

_session: dict[pathlib.Path, dict[str, str]] = {}
_unwritable: set[pathlib.Path] = set()


def progress_path() -> pathlib.Path:
    """Name the file in which progress is kept.

    Returns
    -------
    pathlib.Path
        ``progress.json`` in the user's data folder, unless ``COURSE_PROGRESS`` names another.
    """
    chosen = os.environ.get("COURSE_PROGRESS")
    if chosen:
        return pathlib.Path(chosen).expanduser().resolve()
    import platformdirs

    folder = platformdirs.user_data_dir("cnn-course", appauthor=False)
    return (pathlib.Path(folder) / "progress.json").resolve()


def keep(id: str, kind: Kind) -> str:
    """Remember how an attempt ended."""
    if kind in (Kind.NOT_ATTEMPTED, Kind.UNKNOWN, Kind.UNCHECKED):
        return ""
    state = DONE if kind is Kind.CORRECT else TRIED
    path = progress_path()
    session = _session.setdefault(path, {})
    session[id] = _better(session.get(id), state)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _lock(path):
            data, warning = _read(path)
            states = data["exercises"]
            wanted = {known: _better(states.get(known), own) for known, own in session.items()}
            if any(states.get(known) != state for known, state in wanted.items()):
                states.update(wanted)
                _write(path, data)
    except OSError:
        if path in _unwritable:
            return ""
        _unwritable.add(path)
        return (
            "Progress cannot be written to its file, so it lasts only until this notebook's "
            "kernel stops. (This message appears only once.)"
        )
    _unwritable.discard(path)
    return warning


def states() -> tuple[dict[str, str], str]:
    """Look up what is done and what was tried."""
    path = progress_path()
    found: dict[str, str] = {}
    warning = ""
    try:
        if path.exists():
            with _lock(path):
                data, warning = _read(path)
            found = dict(data["exercises"])
    except OSError:
        warning = "The progress file cannot be read; only this session's progress is shown."
    for id, state in _session.get(path, {}).items():
        found[id] = _better(found.get(id), state)
    return found, warning


def _better(known: object, new: str) -> str:
    return DONE if DONE in (known, new) else new


def _read(path: pathlib.Path) -> tuple[dict[str, Any], str]:
    """Read the file; one that is no progress file is moved aside and a new one begun."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(data, dict) and isinstance(data.get("exercises"), dict):
            return data, ""
    except FileNotFoundError:
        return {"version": 1, "exercises": {}}, ""
    except (ValueError, RecursionError):  # not JSON, or not text at all
        pass
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
    return {"version": 1, "exercises": {}}, warning


def _write(path: pathlib.Path, data: dict[str, Any]) -> None:
    """Write a temporary file beside the old one and let it take its place."""
    text = json.dumps(data, indent=1, sort_keys=True) + "\n"
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = pathlib.Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


@contextlib.contextmanager
def _lock(path: pathlib.Path) -> Iterator[None]:
    """Hold the file's lock; where there are no locks, or one is stuck, go on without."""
    try:
        import fcntl
    except ImportError:  # Windows: what is left is the step in which the file is replaced
        yield
        return
    with path.with_name(f".{path.name}.lock").open("a", encoding="utf-8") as file:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(0.01)
            except OSError:  # a network folder without locks
                break
        yield  # closing the file gives the lock back
