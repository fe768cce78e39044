"""Work on planes (N, H, W), a few at a time, so that what is read is still near when read again."""

from __future__ import annotations

from collections.abc import Callable

from course_utils.ops.arrays import Array
from course_utils.ops.threads import share

_NEAR = 1 << 18  # bytes of one part: a few such arrays fit into a processor's second cache


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
    length = max(1, min(N, _NEAR // max(1, planes[0].nbytes)))
    share(lambda part: task(slice(part * length, (part + 1) * length)), -(-N // length))


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
