"""What runs on in compiled code is ended in a copy; of all else the kernel judges for itself."""

from __future__ import annotations

import dataclasses
import os
import pathlib
import signal
import sys
import threading
from typing import Any

import numpy as np
import pytest

from course_utils.exercises import Exercise, rehearsal
from course_utils.exercises.decorator import check
from course_utils.exercises.outcome import Kind
from course_utils.exercises.rehearsal import rehearse
from tests.exercises.reading import right, text

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies a process well")


@pytest.fixture(autouse=True)
def no_openmp(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> pathlib.Path:
    """Look away from what other tests have imported."""
    libraries = tmp_path / "maps"
    libraries.write_text("7f00-7f01 r-xp 0 08:01 1 /usr/lib/libm.so.6\n")
    monkeypatch.setattr(rehearsal, "_LIBRARIES", libraries)
    return libraries


@pytest.fixture
def toy(toy: Exercise, monkeypatch: pytest.MonkeyPatch) -> Exercise:
    """The same exercise in a hurry."""
    monkeypatch.setattr(rehearsal, "_MORE", 0.1)
    return dataclasses.replace(toy, seconds=0.1)


def sums_for_ever(x: Any, scale: float = 1.0) -> Any:
    return sum(range(10**14))


def waits_for_no_one(x: Any, scale: float = 1.0) -> Any:
    lock = threading.Lock()
    lock.acquire()
    lock.acquire(timeout=30)


def test_one_long_call_into_compiled_code_is_ended(toy: Exercise) -> None:
    outcome = rehearse(toy, sums_for_ever)
    assert outcome is not None
    assert outcome.kind is Kind.TOO_LONG
    assert "one single operation of Python or NumPy ran on" in text(outcome)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # nothing is left of it


def test_off_the_main_thread_too(toy: Exercise) -> None:
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(rehearse(toy, sums_for_ever)))
    thread.start()
    thread.join()
    assert found[0].kind is Kind.TOO_LONG


def test_the_decorator_never_calls_it_in_the_kernel(toy: Exercise) -> None:
    called: list[int] = []

    def running_sum(x: Any, scale: float = 1.0) -> Any:
        called.append(1)
        while True:
            pass

    outcome = check(toy, running_sum)
    assert outcome.kind is Kind.TOO_LONG
    assert "it was working on x = [1., 2., 4.]" in text(outcome)
    assert called == []


def fails(x: Any, scale: float = 1.0) -> Any:
    raise KeyError(x)


def leaves(x: Any, scale: float = 1.0) -> Any:
    os._exit(3)


def crashes(x: Any, scale: float = 1.0) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("function", [right, fails, leaves, crashes])
def test_of_everything_else_nothing_is_believed(toy: Exercise, function: Any) -> None:
    assert rehearse(toy, function) is None


def test_a_copy_that_stands_still_is_given_up(
    toy: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "_STILL", 0.1)
    assert rehearse(toy, waits_for_no_one) is None
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_no_verdict_comes_of_an_import(toy: Exercise) -> None:
    def imports(x: Any, scale: float = 1.0) -> Any:
        sys.modules.pop("this_is_slow", None)
        try:
            import this_is_slow  # type: ignore[import-not-found]  # noqa: F401 - there is none
        except ImportError:
            while True:
                pass

    assert rehearse(toy, imports) is None


def test_side_effects_happen_once_and_in_the_kernel(toy: Exercise) -> None:
    called: list[int] = []

    def running_sum(x: Any, scale: float = 1.0) -> Any:
        called.append(os.getpid())
        return right(x, scale)

    assert check(toy, running_sum).correct
    assert called == [os.getpid()] * (len(toy.cases) + 1)


def test_nothing_is_shown_from_the_copy(toy: Exercise, capfd: pytest.CaptureFixture[str]) -> None:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        os.write(1, b"out")
        os.write(2, b"err")
        return np.zeros(3)

    rehearse(toy, running_sum)
    assert capfd.readouterr() == ("", "")


def test_without_memory_for_a_copy_the_kernel_judges(
    toy: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fork() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fork)
    before = len(list(pathlib.Path("/proc/self/fd").iterdir()))
    assert rehearse(toy, right) is None
    assert len(list(pathlib.Path("/proc/self/fd").iterdir())) == before


def test_a_stub_needs_no_rehearsal(toy: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    def stub(x: Any, scale: float = 1.0) -> Any: ...

    monkeypatch.delattr(os, "fork")
    assert rehearse(toy, stub) is None


@pytest.mark.parametrize("system", ["darwin", "win32", "emscripten"])
def test_elsewhere_there_is_none(
    toy: Exercise, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.delattr(os, "fork")
    monkeypatch.setattr(sys, "platform", system)
    assert rehearse(toy, right) is None


@pytest.mark.parametrize("library", ["libgomp-24e2ab19.so.1", "libiomp5.so", "libomp.so"])
def test_there_is_none_beside_openmp_which_would_work_for_ever(
    toy: Exercise, monkeypatch: pytest.MonkeyPatch, no_openmp: pathlib.Path, library: str
) -> None:
    monkeypatch.delattr(os, "fork")
    no_openmp.write_text(f"7f00-7f01 r-xp 0 08:01 1 /site-packages/torch/lib/{library}\n")
    assert rehearse(toy, right) is None
