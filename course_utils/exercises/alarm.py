"""A timer that stops a function in the main thread, on Linux and macOS.

Whatever handler and timer were there before are there again afterwards.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType

from .learners_call import AGAIN, Stopwatch, TimeUp, frames_of_call, stop_next_line

_LATER = 0.5  # seconds to the next ring during an import, which is better left in peace


def can_ring() -> bool:
    """Tell whether there is such a timer here."""
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) is not None
    )


@contextlib.contextmanager
def alarm(stopwatch: Stopwatch) -> Iterator[list[bool]]:
    """Ring while the learner's call is running; the list yielded is empty until it has rung."""
    rung: list[bool] = []

    def ring(_: int, frame: FrameType | None) -> None:
        # Outside the learner's call there is nothing to stop: a late ring is ignored.
        frames = frames_of_call(frame)
        if stopwatch.importing:
            signal.setitimer(signal.ITIMER_REAL, _LATER, AGAIN)
        elif frames and (rung or stopwatch.up):
            if rung:
                stop_next_line(frames, stopwatch)
            rung.append(True)
            raise TimeUp

    trace, profile = sys.gettrace(), sys.getprofile()
    before = signal.signal(signal.SIGALRM, ring)
    began = time.monotonic()
    left, interval = signal.setitimer(signal.ITIMER_REAL, stopwatch.left, AGAIN)
    try:
        yield rung
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if len(rung) > 1:
            sys.settrace(trace)
            sys.setprofile(profile)
        if left:
            # Another timer was running, a test's for example: it goes on where it would be now.
            left = max(left - (time.monotonic() - began), 0.001)
            signal.setitimer(signal.ITIMER_REAL, left, interval)
