"""Work shared among threads, with BLAS held to one thread each meanwhile.

NumPy lets go of the interpreter's lock inside its loops and products, so threads of Python run
them side by side. Two things would fight: several of our threads, each calling a BLAS that starts
threads of its own. So BLAS is held to one thread while ours work, and gets its number back after.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache

from threadpoolctl import LibController, ThreadpoolController

from course_utils.ops.options import integer

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


def share(task: Callable[[int], object], count: int) -> None:
    """Call ``task(0)`` … ``task(count - 1)``, shared among the threads; return when all are done.

    Whoever is free takes the next one, so that a slow processor holds nobody up. The calling
    thread works too. A task that shares work itself does so in its own thread alone.
    """
    workers = min(get_num_threads(), count)
    if _inside.yes:
        for number in range(count):
            task(number)
        return
    if workers <= 1:
        with one_blas_thread():  # one thread means one, not one of ours and several of BLAS
            for number in range(count):
                task(number)
        return
    numbers = itertools.count()  # next() on it is one step of the interpreter: no lock is needed

    def work() -> None:
        _inside.yes = True
        try:
            while (number := next(numbers)) < count:
                task(number)
        finally:
            _inside.yes = False

    with one_blas_thread():
        others = _state.submit(work, workers - 1)
        try:
            work()
        finally:
            # whoever has not begun need not; and a failure must not leave the others writing into
            # arrays that are given up
            begun = [other for other in others if not other.cancel()]
            for other in begun:
                other.exception()
        for other in begun:
            other.result()


def equal_parts(n: int, count: int) -> list[slice]:
    """Cut n things into parts of which none is longer than another by more than one."""
    ends = [n * i // count for i in range(count + 1)]
    return [slice(start, stop) for start, stop in itertools.pairwise(ends)]


class _Inside(threading.local):
    """Whether this thread is at a task already; sharing again from there could wait for ever."""

    yes = False


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
        self.workers: list[int] = []
        self.avoided: int | None = None
        self.holders = 0
        self.held: list[tuple[LibController, int]] = []

    def after_fork(self) -> None:
        """Forget the parent's threads, and give BLAS back what it was held from."""
        self.release()
        self.fresh()

    def hold(self) -> None:
        """Leave BLAS one thread; a limiter of threadpoolctl would take five times as long."""
        for library in blas().lib_controllers:
            number = library.get_num_threads()
            if number > 1:
                self.held.append((library, number))
                library.set_num_threads(1)

    def release(self) -> None:
        """Give BLAS its threads back."""
        for library, number in self.held:
            library.set_num_threads(number)
        self.held = []

    def submit(self, work: Callable[[], None], times: int) -> list[Future[None]]:
        """Start some work in this many threads."""
        with self.lock:
            if self.executor is None or self.size < times:
                if self.executor is not None:
                    self.executor.shutdown(wait=False)  # it finishes what it has begun
                self.workers = []  # the system gives the number of a thread that ended to others
                self.executor = ThreadPoolExecutor(
                    times, thread_name_prefix="course_utils.ops", initializer=self._begin
                )
                self.size = times
            self._make_way()
            return [self.executor.submit(work) for _ in range(times)]

    def _begin(self) -> None:
        """Note the number that the system gives to a thread of ours."""
        self.workers.append(threading.get_native_id())
        self.avoided = None

    def _make_way(self) -> None:
        """
        Keep our threads off the processor of the one that calls.

        In a virtual machine, Linux takes a processor that has gone to sleep for one that is taken,
        and wakes a thread beside its caller: the two then share one processor for milliseconds,
        which is longer than most operations last.
        """
        if _current_processor is None or (here := _current_processor()) == self.avoided:
            return
        others = os.sched_getaffinity(0) - {here}
        for worker in self.workers:
            with suppress(OSError):  # a thread that has ended
                os.sched_setaffinity(worker, others or {here})
        self.avoided = here


def _initial_count() -> int:
    if text := os.environ.get(_VARIABLE, ""):
        if not text.isdecimal() or int(text) < 1:
            raise ValueError(f"{_VARIABLE} is {text!r}, expected a number of threads, at least 1")
        return int(text)
    if hasattr(os, "sched_getaffinity"):  # a container or taskset may allow fewer than there are
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _find_current_processor() -> Callable[[], int] | None:
    """Find the function of Linux that tells on which processor a thread is."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    with suppress(AttributeError, OSError, TypeError):
        function: Callable[[], int] = ctypes.CDLL(None).sched_getcpu
        return function
    return None


_current_processor = _find_current_processor()


@cache
def blas() -> ThreadpoolController:
    """Find BLAS among the loaded libraries; slow enough to do once."""
    return ThreadpoolController().select(user_api="blas")


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Hold BLAS to one thread; the first to come sets it and the last to go restores it."""
    with _state.lock:
        _state.holders += 1
        if _state.holders == 1:
            _state.hold()
    try:
        yield
    finally:
        with _state.lock:
            _state.holders -= 1
            if _state.holders == 0:
                _state.release()


_inside = _Inside()
_state = _State()
if hasattr(os, "register_at_fork"):
    # a forked child has none of its parent's threads, and its BLAS may have been held at the time
    os.register_at_fork(after_in_child=_state.after_fork)
