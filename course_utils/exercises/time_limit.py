"""Stopping a function that runs too long.

What counts is the processor time of the function's own thread, not the time on the wall: on a
busy machine a right answer waits for others. Imports do not count and are not interrupted. A
function that only waits (``time.sleep``, ``input``) is stopped too, after ten times as long.

In the main thread of Linux and macOS a timer stops it, elsewhere a second thread that raises the
exception in the first. Either rings again and again until the function is left, because a bare
``except:`` in a learner's loop may swallow the first ring. What cannot be stopped: one single
long call into compiled code, which Python cannot interrupt before it ends (`rehearsal` is for
that), and anything at all where there are no threads (in a browser).
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from .alarm import alarm, can_ring
from .definition import Function
from .import_clock import ImportClock, imports_timed
from .learners_call import TimeUp, call
from .watchdog import watchdog

_WAITING = 10  # times the processor time allowed: as long may it take on the wall
_IMPORTING = 900.0  # seconds after which an import is taken for one that never ends


class Allowance:
    """What a function may still take in all of its calls together."""

    def __init__(self, seconds: float) -> None:
        self.processor = seconds
        self.wall = _WAITING * seconds


class Stopwatch:
    """How much of an allowance the call that is running has used up."""

    def __init__(
        self, allowance: Allowance, imports: ImportClock, processor_time: Callable[[], float]
    ) -> None:
        self._allowance = allowance
        self._imports = imports
        self._processor_time = processor_time
        self._began = processor_time(), time.monotonic()

    @property
    def left(self) -> float:
        """Seconds until the time can be up at the earliest."""
        return max(min(self._allowance.processor, self._allowance.wall), 0.001)

    @property
    def importing(self) -> bool:
        """Whether an import is going on, which must not be interrupted."""
        return self._imports.depth > 0 and time.monotonic() - self._began[1] < _IMPORTING

    @property
    def up(self) -> bool:
        """Whether the time is up."""
        processor, wall = self._used()
        return not self.importing and (
            processor >= self._allowance.processor or wall >= self._allowance.wall
        )

    def stop(self) -> None:
        """Take what was used from the allowance."""
        processor, wall = self._used()
        self._allowance.processor -= processor
        self._allowance.wall -= wall

    def _used(self) -> tuple[float, float]:
        processor = self._processor_time() - self._began[0] - self._imports.processor
        return processor, time.monotonic() - self._began[1] - self._imports.wall


def can_limit() -> bool:
    """Tell whether a function can be stopped here.

    Returns
    -------
    bool
        False where Python has neither timers nor threads, as in a browser.

    Examples
    --------
    >>> can_limit()
    True
    """
    return can_ring() or sys.platform not in ("emscripten", "wasi")


def call_within(
    allowance: Allowance | None,
    function: Function,
    arguments: tuple[Any, ...],
    keywords: dict[str, Any],
) -> Any:
    """Call a function and stop it when its allowance is used up."""
    if allowance is None or not can_limit():
        return call(function, arguments, keywords)
    with _limited(allowance) as rung:
        value = call(function, arguments, keywords)
    if rung:
        raise TimeUp
    return value


@contextlib.contextmanager
def _limited(allowance: Allowance) -> Iterator[list[bool]]:
    """Ring while the learner's call is running; the list yielded is empty until it has rung."""
    processor_time = _processor_time()
    with imports_timed(processor_time) as imports:
        stopwatch = Stopwatch(allowance, imports, processor_time)
        ringing = alarm if can_ring() else watchdog
        try:
            with ringing(stopwatch) as rung:
                yield rung
            # A call into compiled code may have ended before anything could ring.
            if stopwatch.up and not rung:
                rung.append(True)
        finally:
            stopwatch.stop()


def _processor_time() -> Callable[[], float]:
    """Find the clock of this thread, which another thread can read as well; else the process's."""
    try:
        clock = time.pthread_getcpuclockid(threading.get_ident())
        time.clock_gettime(clock)
    except (AttributeError, OSError):  # Windows, macOS
        return getattr(time, "thread_time", time.process_time) if can_ring() else time.process_time
    return lambda: time.clock_gettime(clock)
