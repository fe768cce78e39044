"""Work on planes (N, H, W), a few at a time, so that what is read is still near when read again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course_utils.ops.arrays import Array
from course_utils.ops.fast.threads import equal_parts, get_num_threads, one_blas_thread, share

# Bytes from which on a second thread pays. In a virtual machine it takes a tenth of a millisecond
# to wake, and with every call NumPy hands the lock of the interpreter over and back, which costs a
# third of that where both threads want it. So what is shared is also cut into fewer parts.
_WORTH_SHARING = 3 << 20
_NEAR_SHARED = 1 << 21  # bytes of one part
_NEAR_ALONE = 1 << 19


def share_planes(task: Callable[[slice], object], planes: Array) -> None:
    """Call a task for parts of some planes, shared among the threads where that pays."""
    parts = _cut(planes)
    _work(lambda number: task(parts[number]), len(parts), planes)


def add_up(task: Callable[[slice], Array], planes: Array) -> Array:
    """Add up what a task gives for parts of some planes, as `share_planes` calls it."""
    parts = _cut(planes)
    found: list[Array | None] = [None] * len(parts)

    def one(number: int) -> None:
        found[number] = task(parts[number])

    _work(one, len(parts), planes)
    return np.asarray(np.sum(np.array(found), axis=0))


def _is_shared(planes: Array) -> bool:
    return get_num_threads() > 1 and planes.nbytes >= _WORTH_SHARING


def _cut(planes: Array) -> list[slice]:
    N = len(planes)
    if N == 0:
        return []
    count = round(planes.nbytes / (_NEAR_SHARED if _is_shared(planes) else _NEAR_ALONE))
    if _is_shared(planes):  # every thread gets as many parts as every other
        count = -(-count // get_num_threads()) * get_num_threads()
    return equal_parts(N, max(1, min(N, count)))


def _work(one: Callable[[int], object], count: int, planes: Array) -> None:
    if _is_shared(planes):
        share(one, count)
        return
    with one_blas_thread():
        for number in range(count):
            one(number)
