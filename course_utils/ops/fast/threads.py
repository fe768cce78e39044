"""Work shared among threads, with BLAS held to one thread each meanwhile.

NumPy lets go of the interpreter's lock inside its loops and products, so threads of Python run
them side by side. Two things would fight: several of our threads, each calling a BLAS that starts
threads of its own. So BLAS is held to one thread while ours work, and gets its number back after.
Whether some work is shared at all is decided in `sharing.py`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TypeVar

import numpy as np
from threadpoolctl import LibController, ThreadpoolController

from course_utils.ops.options import integer

T = TypeVar("T")
R = TypeVar("R")

_VARIABLE = "COURSE_NUM_THREADS"


def get_num_threads() -> int:
    """
    Tell how many threads the operations use.

    Returns
    -------
    int
        What `set_num_threads` was given; before that, what the environment variable
        ``COURSE_NUM_THREADS`` says; without it, the number of processors this process may use.

    Examples
    --------
    >>> get_num_threads() >= 1
    True
    """
    return _state.count


def set_num_threads(n: int) -> None:
    """
    Choose how many threads the operations use, in this process, from now on.

    Parameters
    ----------
    n : int
        Number of threads, at least 1. With 1, everything runs in the calling thread alone.

    Raises
    ------
    ValueError
        If it is less than 1.
    TypeError
        If it is not a whole number.

    Examples
    --------
    >>> before = get_num_threads()
    >>> set_num_threads(1)
    >>> get_num_threads()
    1
    >>> set_num_threads(before)
    """
    _state.count = integer("set_num_threads", "n", n, 1)


def run(task: Callable[[T], object], parts: Sequence[T], threads: int) -> None:
    """Call a task with each part, in this many threads; return when all are done.

    Whoever is free takes the next one, so that a slow processor holds nobody up. The calling
    thread works too. A task that runs others does so in its own thread alone.
    """
    if _inside.yes:
        for part in parts:
            task(part)
        return
    waiting = iter(parts)  # next() on it is one step of the interpreter: no lock is needed
    others: list[Future[None]] = []

    def work() -> None:
        _inside.yes = True
        # infinity minus infinity is NaN, as in PyTorch without a word; each thread has to be told
        # so itself
        with np.errstate(invalid="ignore", over="ignore"):
            for part in waiting:
                task(part)

    def work_apart() -> None:
        _always(work, _inside.leave)

    def work_together() -> None:
        _state.submit(work_apart, min(threads, len(parts)) - 1, others)
        work_apart()

    def wait() -> None:
        # a failure must not leave the others writing into arrays that are given up; whoever has
        # not begun need not
        for _ in waiting:
            pass
        for other in others:
            if not other.cancel():
                other.exception()

    # also in one thread, which means one, and not several of BLAS
    with_one_blas_thread(lambda: _always(work_together, wait))
    for other in others:
        if not other.cancelled():
            other.result()


def with_one_blas_thread(f: Callable[[], R]) -> R:
    """Call a function while BLAS has one thread; the first holds it, the last lets it go."""
    holder = object()

    def hold() -> R:
        _state.hold(holder)
        return f()

    return _always(hold, lambda: _state.let_go(holder))


def _always(f: Callable[[], R], clean_up: Callable[[], object]) -> R:
    """Call a function and clean up after it, whatever line an interrupt comes at.

    It may come while cleaning up, which must therefore be such that it can be done twice. That is
    why no context manager written in Python will do: an interrupt at its own lines is its end.
    """
    try:
        try:
            return f()
        finally:
            clean_up()
    finally:
        clean_up()


class _Inside(threading.local):
    """Whether this thread is at a task already; sharing again from there could wait for ever."""

    yes = False

    def leave(self) -> None:
        """Say that it is not."""
        self.yes = False


class _State:
    """The number of threads and the threads themselves."""

    def __init__(self) -> None:
        self.count = _initial_count()
        self.fresh()

    def fresh(self) -> None:
        """Begin without threads and locks."""
        self.lock = threading.Lock()
        self.executor: ThreadPoolExecutor | None = None
        self.size = 0
        self.holders: set[object] = set()
        self.held: list[tuple[LibController, int]] = []

    def after_fork(self) -> None:
        """Forget the parent's threads, and give BLAS back what it was held from."""
        self.release()
        self.fresh()

    def hold(self, holder: object) -> None:
        """Leave BLAS one thread; a limiter of threadpoolctl would take five times as long."""
        with self.lock:
            self.holders.add(holder)
            if len(self.holders) > 1:
                return
            for library in blas().lib_controllers:
                number = library.get_num_threads()
                if number > 1:
                    self.held.append((library, number))
                    library.set_num_threads(1)

    def let_go(self, holder: object) -> None:
        """Give BLAS its threads back if nobody else holds it; done twice it does no more."""
        with self.lock:
            self.holders.discard(holder)
            if not self.holders:
                self.release()

    def release(self) -> None:
        """Give BLAS its threads back."""
        while self.held:
            library, number = self.held[-1]
            library.set_num_threads(number)
            self.held.pop()

    def submit(self, work: Callable[[], T], times: int, futures: list[Future[T]]) -> None:
        """Start some work in this many threads, and add what will come of it to a list."""
        if times < 1:
            return
        with self.lock:
            if self.executor is None or self.size < times:
                if self.executor is not None:
                    self.executor.shutdown(wait=False)  # it finishes what it has begun
                self.executor = ThreadPoolExecutor(times, thread_name_prefix="course_utils.ops")
                self.size = times
            futures.extend(self.executor.submit(work) for _ in range(times))


def _initial_count() -> int:
    if text := os.environ.get(_VARIABLE, ""):
        if not text.isdecimal() or int(text) < 1:
            raise ValueError(f"{_VARIABLE} is {text!r}, expected a number of threads, at least 1")
        return int(text)
    if hasattr(os, "sched_getaffinity"):  # a container or taskset may allow fewer than there are
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def blas() -> ThreadpoolController:
    """Find BLAS among the loaded libraries; slow enough to do once."""
    return ThreadpoolController().select(user_api="blas")


_inside = _Inside()
_state = _State()
if hasattr(os, "register_at_fork"):
    # a forked child has none of its parent's threads, and its BLAS may have been held at the time
    os.register_at_fork(after_in_child=_state.after_fork)
