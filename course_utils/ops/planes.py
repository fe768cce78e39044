"""Work on planes (N, H, W), a few at a time, so that what is read is still near when read again."""

from __future__ import annotations

from collections.abc import Callable

from course_utils.ops.arrays import Array
from course_utils.ops.threads import equal_parts, get_num_threads, share

# Bytes of one part. Smaller ones would stay nearer, but with every call NumPy hands the lock of the
# interpreter over and back: among two threads that cost more than it won, measured from 2**17 on.
_NEAR = 1 << 20


def share_planes(task: Callable[[slice], object], planes: Array) -> None:
    """
    Call a task for parts of some planes, shared among the threads.

    Parameters
    ----------
    task : callable
        Called with the slice of the first axis that it is to work on.
    planes : ndarray (N, ...)
        The planes, which say how many there are and how large.

    Examples
    --------
    >>> import numpy as np
    >>> x, y = np.arange(6.0).reshape(3, 2), np.zeros((3, 2))
    >>> share_planes(lambda part: np.add(x[part], 1, out=y[part]), x)
    >>> y.tolist()
    [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]
    """
    N = len(planes)
    if N == 0:
        return
    count = round(N * planes[0].nbytes / _NEAR)
    if count > 1:  # every thread gets as many parts as every other
        count = -(-count // get_num_threads()) * get_num_threads()
    parts = equal_parts(N, max(1, min(N, count)))
    share(lambda number: task(parts[number]), len(parts))


def share_channels(task: Callable[[slice], object], x: Array) -> None:
    """
    Call a task for parts of the channels of a batch, shared among the threads.

    Parameters
    ----------
    task : callable
        Called with the slice of the second axis that it is to work on.
    x : ndarray (B, C, ...)
        The batch, which says how many channels there are and how large.

    Examples
    --------
    >>> import numpy as np
    >>> x, y = np.ones((2, 3, 4)), np.zeros(3)
    >>> share_channels(lambda c: np.sum(x[:, c], axis=(0, 2), out=y[c]), x)
    >>> y.tolist()
    [8.0, 8.0, 8.0]
    """
    share_planes(task, x.swapaxes(0, 1))
