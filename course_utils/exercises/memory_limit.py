"""Keeping a runaway allocation from freezing the machine (Linux only).

``np.ones((40000, 40000))`` fills 12 GiB. On a laptop that means minutes of swapping, or a kernel
killed without a word. While a learner's function runs, the process may therefore take no more
than 4 GiB, and no more than three quarters of the memory that is free; beyond that Python raises
``MemoryError``, which has a message of its own. Elsewhere than on Linux there is no such limit.
"""

from __future__ import annotations

import contextlib
import pathlib
import sys
from collections.abc import Iterator

_FOLDER = pathlib.Path("/sys/fs/cgroup")
_GROUP = (
    (_FOLDER / "memory.max", _FOLDER / "memory.current"),
    (_FOLDER / "memory/memory.limit_in_bytes", _FOLDER / "memory/memory.usage_in_bytes"),
)
_MOST = 4 * 2**30  # more than any exercise needs
_LEAST = 2**30  # never allow less than this: threads and libraries need room of their own


@contextlib.contextmanager
def limited_memory(limit: int | None) -> Iterator[None]:
    """Limit the process to so many bytes of data; None sets no limit."""
    if limit is None or sys.platform != "linux":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bounds = [bound for bound in (soft, hard, limit) if bound != resource.RLIM_INFINITY]
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (min(bounds), hard))
    except (OSError, ValueError):
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def memory_allowed(share: float = 0.75) -> int | None:
    """How many bytes of data the process may have; None where the system does not tell."""
    if sys.platform != "linux":
        return None
    try:
        used = _kilobytes("/proc/self/status", "VmData:")
        free = _kilobytes("/proc/meminfo", "MemAvailable:")
    except (OSError, ValueError, LookupError):
        return None
    # In a container the group's own limit counts; where there is none, its file says "max" or
    # does not exist.
    for most, now in _GROUP:
        with contextlib.suppress(OSError, ValueError):
            free = min(free, int(most.read_text()) - int(now.read_text()))
    return used + min(max(int(share * free), _LEAST), _MOST)


def _kilobytes(path: str, label: str) -> int:
    for line in pathlib.Path(path).read_text().splitlines():
        if line.startswith(label):
            return int(line.split()[1]) * 1024
    raise LookupError(label)
