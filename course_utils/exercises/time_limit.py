"""Stopping a function that runs too long, on Linux and macOS, in the main thread.

The timer rings again and again until the function is left, because a bare ``except:`` in a
learner's loop may swallow the first ring. From the second ring on, the line that runs after the
``except:`` is stopped too. Whatever handler and timer were there before are there
again afterwards. What cannot be stopped: one single long call into compiled code, which Python
cannot interrupt before it ends.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import Any

from .definition import Function

_AGAIN = 0.05  # seconds between one ring and the next


class TimeUp(BaseException):
    """The time is up. Not an ``Exception``, so that ``except Exception`` lets it through."""


def can_limit() -> bool:
    """Tell whether a function can be stopped here."""
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) is not None
    )


def call_within(
    seconds: float | None, function: Function, arguments: tuple[Any, ...], keywords: dict[str, Any]
) -> Any:
    """Call a function and stop it when the time is up."""
    if seconds is None or not can_limit():
        return _call(function, arguments, keywords)
    with _alarm(max(seconds, 0.001)) as rung:
        value = _call(function, arguments, keywords)
    if rung:
        raise TimeUp
    return value


def _call(function: Function, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    return function(*arguments, **keywords)


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[list[bool]]:
    """Ring while ``_call`` is running; the list yielded is empty until it has rung."""
    rung: list[bool] = []

    def ring(_: int, frame: FrameType | None) -> None:
        # Outside the learner's call there is nothing to stop: a late ring is ignored.
        frames = _frames_of_call(frame)
        if frames:
            if rung:
                _stop_next_line(frames)
            rung.append(True)
            raise TimeUp

    trace = sys.gettrace()
    before = signal.signal(signal.SIGALRM, ring)
    began = time.monotonic()
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield rung
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if len(rung) > 1:
            sys.settrace(trace)
        if left:
            # Another timer was running, a test's for example: it goes on where it would be now.
            left = max(left - (time.monotonic() - began), 0.001)
            signal.setitimer(signal.ITIMER_REAL, left, interval)


def _frames_of_call(frame: FrameType | None) -> list[FrameType]:
    """List the frames from this one out to the learner's call; none if it is not inside."""
    frames: list[FrameType] = []
    while frame is not None:
        if frame.f_code is _call.__code__:
            return frames or [frame]
        frames.append(frame)
        frame = frame.f_back
    return []


def _stop_next_line(frames: list[FrameType]) -> None:
    """Raise `TimeUp` once more at the next line of these frames, which is that of a handler."""

    def stop(frame: FrameType, event: str, _: Any) -> Any:
        if not _frames_of_call(frame):
            return None
        if event == "line":
            raise TimeUp  # Python takes the trace function away when it raises
        return stop

    sys.settrace(stop)
    for frame in frames:
        frame.f_trace = stop
