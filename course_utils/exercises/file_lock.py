"""A lock beside a file that several notebooks write to."""

from __future__ import annotations

import contextlib
import os
import pathlib
import time
from collections.abc import Iterator

_PATIENCE = 2.0  # seconds to wait for another notebook that is writing


@contextlib.contextmanager
def locked(path: pathlib.Path) -> Iterator[bool]:
    """Hold the lock of a file; where there is none, or one is stuck, go on and yield False."""
    handle = _open(path.with_name(f".{path.name}.lock"))
    if handle is None:
        yield False
        return
    try:
        yield _wait_for(handle)
    finally:
        os.close(handle)  # which gives the lock back


def _open(lock: pathlib.Path) -> int | None:
    """Open the lock; another user's lock can be read at best, which is enough to hold it."""
    # O_NONBLOCK, lest a pipe in its place wait for a writer; no link is followed.
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    for access in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        with contextlib.suppress(OSError):
            return os.open(lock, access | flags, 0o644)
    return None


def _wait_for(handle: int) -> bool:
    try:
        import fcntl

        flock = fcntl.flock
    except (ImportError, AttributeError):  # Windows, a browser: there are no such locks
        return False
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.01)
        except OSError:  # a network folder without locks
            return False
        else:
            return True
    return False
