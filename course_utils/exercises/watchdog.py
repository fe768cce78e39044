"""A second thread that stops a function where there is no timer: on Windows, off the main thread.

It has Python raise an exception in the thread that is watched, which happens at the next line of
Python: a loop ends at once, a ``time.sleep`` when it is over.
"""

from __future__ import annotations

import contextlib
import ctypes
import inspect
import sys
import threading
from collections.abc import Iterator

from .learners_call import AGAIN, Stopwatch, TimeUp, frames_of_call, stop_next_line


@contextlib.contextmanager
def watchdog(stopwatch: Stopwatch) -> Iterator[list[bool]]:
    """Ring while the learner's call is running; the list yielded is empty until it has rung."""
    rung: list[bool] = []
    trace, profile = sys.gettrace(), sys.getprofile()
    watched = threading.get_ident()
    over = threading.Event()

    class TimeUpAgain(TimeUp):
        """Python makes it in the thread that is watched, and only there can a line be stopped."""

        def __init__(self) -> None:
            super().__init__()
            stop_next_line(frames_of_call(inspect.currentframe()), stopwatch)

    def watch() -> None:
        pause = stopwatch.left
        while not over.wait(pause):
            pause = AGAIN
            frame = sys._current_frames().get(watched)  # noqa: SLF001 - documented, whatever its name
            running = bool(frames_of_call(frame))
            if running and not stopwatch.importing and (rung or stopwatch.up):
                kind = TimeUpAgain if rung else TimeUp
                rung.append(True)
                _raise_in(watched, kind)

    def settle() -> None:
        """End the watch and take back what it has raised and has not yet arrived."""
        while True:
            with contextlib.suppress(TimeUp):
                over.set()
                watcher.join()
                _raise_in(watched, None)
                if len(rung) > 1:
                    sys.settrace(trace)
                    sys.setprofile(profile)
                return

    watcher = threading.Thread(target=watch, daemon=True)
    try:
        watcher.start()
    except RuntimeError:  # there is no memory for one more thread
        yield rung
        return
    try:
        try:
            yield rung
        finally:
            settle()
    except TimeUp:
        settle()  # it may have arrived on the way to settling
        raise


def _raise_in(thread: int, kind: type[BaseException] | None) -> None:
    raised = ctypes.py_object(kind) if kind is not None else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)
