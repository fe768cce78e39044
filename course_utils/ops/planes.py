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
