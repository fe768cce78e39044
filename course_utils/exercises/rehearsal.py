"""A rehearsal in a copy of the kernel, for what nothing can end in the kernel itself.

One long call into compiled code (``sum(range(10**12))``, ``10**10**9``, the singular values of a
huge matrix) holds the interpreter until it is over: no timer, no second thread and no stop button
gets a word in. On Linux an answer is therefore judged in a forked copy of the kernel first. What
has used up its time there is never called in the kernel.

A copy has one thread only and no graphics card, so that some libraries stand still in it or fail.
Hence nothing is believed of it but that it used up its processor time. Whatever else happens, the
kernel judges for itself, and there the answer has its side effects. Once PyTorch has been imported
there is no rehearsal (see `_openmp_is_loaded`); nor is there one on macOS, whose own libraries do
not survive a fork, and on Windows, which has none. There such a call ends with the kernel.
"""

from __future__ import annotations

import math
import os
import pathlib
import pickle
import re
import signal
import sys
import time
import warnings
from typing import Any, NoReturn

from .attempted import is_attempted
from .definition import Exercise
from .figures import hidden
from .judge import judge
from .learners_call import frames_of_call
from .messages import verdicts
from .outcome import Kind, Outcome

_MORE = 2.0  # seconds that a copy may take beyond the exercise's own, to compare and to report
_STILL = 1.0  # seconds without any work after which a copy is given up
_LOOK = 0.05  # seconds from one look at a copy to the next
_LIBRARIES = pathlib.Path("/proc/self/maps")
_OPENMP = re.compile("lib(gomp|iomp|omp)")


def rehearse(exercise: Exercise, function: Any) -> Outcome | None:
    """Give the verdict on a function that does not come to an end; None on all others."""
    if sys.platform != "linux" or not is_attempted(function) or _openmp_is_loaded():
        return None
    reading, writing = os.pipe()
    try:
        with warnings.catch_warnings():
            # Python warns of threads that a copy lacks; the text above says what comes of that.
            warnings.simplefilter("ignore", DeprecationWarning)
            copy = os.fork()
    except OSError:  # no memory for it
        os.close(reading)
        os.close(writing)
        return None
    if not copy:
        _judge_in_copy(exercise, function, writing)
    os.close(writing)
    try:
        report = _report(copy, reading, exercise.seconds + _MORE)
    except TimeoutError:
        return verdicts.never_came_back(exercise)
    finally:
        os.kill(copy, signal.SIGKILL)
        os.waitpid(copy, 0)
        os.close(reading)
    outcome: Outcome | None = pickle.loads(report) if report else None
    return outcome


def _report(copy: int, reading: int, seconds: float) -> bytes:
    """Wait for what a copy has to say; empty where it has nothing to say, or stands still."""
    report = b""
    used, since = -1.0, time.monotonic()
    while True:
        if _readable(reading):
            part = os.read(reading, 1 << 16)
            if not part:
                return report
            report += part
            continue
        try:
            now = _processor_time(copy)
        except (OSError, ValueError, IndexError):  # it has ended, or the system does not tell
            return b""
        if now > seconds:
            raise TimeoutError
        if now != used:
            used, since = now, time.monotonic()
        elif time.monotonic() - since > _STILL:
            return b""


def _readable(reading: int) -> bool:
    import select

    poll = select.poll()
    poll.register(reading)
    return bool(poll.poll(1000 * _LOOK))


def _processor_time(copy: int) -> float:
    """Read the processor time of a copy's first thread: those of BLAS work beside it."""
    fields = pathlib.Path(f"/proc/{copy}/task/{copy}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class _NothingNew:
    """Ends the rehearsal when the answer imports what has not been imported: that may take long."""

    @staticmethod
    def find_spec(*_: Any) -> None:
        """Look for a module, which Python only does the first time."""
        if frames_of_call(sys._getframe()):  # noqa: SLF001 - documented, whatever its name
            os._exit(0)


def _judge_in_copy(exercise: Exercise, function: Any, writing: int) -> NoReturn:
    """Judge, report what takes too long, and leave without a trace."""
    try:
        signal.set_wakeup_fd(-1)  # the kernel's
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        _limit_processor_time(exercise.seconds + _MORE)
        sys.meta_path.insert(0, _NothingNew)
        with hidden():
            outcome = judge(exercise, function)
        if outcome.kind is Kind.TOO_LONG:
            with os.fdopen(writing, "wb") as stream_to_kernel:
                stream_to_kernel.write(pickle.dumps(outcome))
    finally:
        os._exit(0)


def _openmp_is_loaded() -> bool:
    """Tell whether a library computes with OpenMP, as PyTorch does.

    In a copy it would wait for threads that are not there, and use processor time while it does.
    """
    try:
        return _OPENMP.search(_LIBRARIES.read_text()) is not None
    except OSError:
        return True  # nobody knows


def _limit_processor_time(seconds: float) -> None:
    """Have the system end the copy, should the kernel end before it can."""
    import resource

    most = math.ceil(seconds) * ((os.cpu_count() or 1) + 1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
