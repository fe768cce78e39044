"""The call of a learner's function: what is known of its time, and how it is stopped."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any, Protocol

from .definition import Function

AGAIN = 0.05  # seconds between one ring and the next


class TimeUp(BaseException):
    """The time is up. Not an ``Exception``, so that ``except Exception`` lets it through."""


class Stopwatch(Protocol):
    """What has to be known of the time."""

    @property
    def left(self) -> float:
        """Seconds until the time can be up at the earliest."""

    @property
    def importing(self) -> bool:
        """Whether an import is going on, which must not be interrupted."""

    @property
    def up(self) -> bool:
        """Whether the time is up."""


def call(function: Function, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    """Call a learner's function."""
    return function(*arguments, **keywords)


def frames_of_call(frame: FrameType | None) -> list[FrameType]:
    """List the frames from this one out to the learner's call; none if it is not inside."""
    frames: list[FrameType] = []
    while frame is not None:
        if frame.f_code is call.__code__:
            return frames or [frame]
        frames.append(frame)
        frame = frame.f_back
    return []


def stop_next_line(frames: list[FrameType], stopwatch: Stopwatch) -> None:
    """Raise `TimeUp` once more at the next line of these frames, which is that of a handler.

    From the second ring on: the first may have been swallowed by a bare ``except:`` in a loop.
    """

    def stop(frame: FrameType, event: str, _: Any) -> Any:
        if stopwatch.importing or not frames_of_call(frame):
            return None
        if event == "line":
            # Python takes the trace function away when it raises. Should a function further out
            # swallow this one too, the profile function sets the next trace on the way there.
            sys.setprofile(trace)
            raise TimeUp
        return stop

    def trace(*_: Any) -> None:
        sys.setprofile(profile)
        for frame in frames:
            frame.f_trace = stop
        sys.settrace(stop)

    profile = sys.getprofile()
    trace()
