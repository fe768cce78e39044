"""An allocation that would freeze the machine raises MemoryError instead."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from course_utils.exercises import memory_limit
from course_utils.exercises.memory_limit import limited_memory, memory_allowed

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux limits the data of a process"
)


def limits() -> tuple[int, int]:
    import resource

    return resource.getrlimit(resource.RLIMIT_DATA)


def test_too_much_is_refused_and_the_limit_is_lifted() -> None:
    used = memory_limit._kilobytes("/proc/self/status", "VmData:")
    before = limits()
    with limited_memory(used + 2**28):
        assert np.zeros(2**20).nbytes == 2**23
        with pytest.raises(MemoryError):
            np.zeros(2**27)
    assert limits() == before
    assert np.zeros(2**27).nbytes == 2**30


def test_the_limit_is_lifted_after_an_exception() -> None:
    before = limits()
    with pytest.raises(KeyError), limited_memory(memory_allowed()):
        raise KeyError
    assert limits() == before


def test_the_limit_leaves_room_and_is_finite() -> None:
    used = memory_limit._kilobytes("/proc/self/status", "VmData:")
    limit = memory_allowed()
    assert limit is not None
    assert used + 2**29 <= limit <= used + 5 * 2**30


def test_a_system_that_does_not_tell_has_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: str, label: str) -> int:
        raise LookupError(label)

    monkeypatch.setattr(memory_limit, "_kilobytes", fail)
    assert memory_allowed() is None
    before = limits()
    with limited_memory(None):
        assert limits() == before
