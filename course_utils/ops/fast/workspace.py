"""Work space that each thread keeps and uses again: fresh memory costs a page fault per 4 KiB."""

from __future__ import annotations

import math
import threading

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array

_kept = threading.local()
_LARGEST = 1 << 25  # bytes; what is larger is given back after use


def borrow(name: str, shape: tuple[int, ...], dtype: npt.DTypeLike) -> Array:
    """Give an array with anything in it, valid until this thread borrows the same name again.

    Arrays in use at once have different names, and none may reach the caller of an operation.
    """
    size = math.prod(shape) * np.dtype(dtype).itemsize
    if size > _LARGEST:
        return np.empty(shape, dtype)
    spaces: dict[str, npt.NDArray[np.uint8]] = _kept.__dict__
    if name not in spaces or spaces[name].size < size:
        spaces[name] = np.empty(size, np.uint8)
    array: Array = spaces[name][:size].view(dtype).reshape(shape)
    return array
