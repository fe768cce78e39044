"""Arrays of finite numbers, and the bytes as which they travel to the page."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from course_utils.explorers.shared.option_readers import short

Array = npt.NDArray[np.float64]
Found = TypeVar("Found")


def numbers(value: Any, name: str, ndim: int) -> Array:
    """Check that a value is an array of finite numbers and return a read-only float64 copy."""
    try:
        array = np.array(value, dtype=np.float64, order="C")
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be an array of numbers, not {short(value)}") from None
    if array.ndim != ndim:
        axes = "1 axis" if ndim == 1 else f"{ndim} axes"
        raise ValueError(f"{name} must have {axes}, but its shape is {array.shape}")
    if array.size == 0:
        raise ValueError(f"{name} is empty: its shape is {array.shape}")
    if not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        at = ", ".join(map(str, where))
        raise ValueError(f"{name}[{at}] is {array[where]}; an explorer needs finite numbers")
    array.setflags(write=False)
    return array


def wire(array: Array) -> bytes:
    """Little-endian float64 bytes, row by row, as JavaScript's ``Float64Array`` reads them."""
    return np.ascontiguousarray(array, dtype="<f8").tobytes()


def locked(found: Found) -> Found:
    """Make every array in a result read-only: it is kept, and shown again."""
    _lock(vars(found))
    return found


def _lock(part: Any) -> None:
    if isinstance(part, np.ndarray):
        part.setflags(write=False)
    elif isinstance(part, dict):
        _lock(list(part.values()))
    elif isinstance(part, list | tuple):
        for each in part:
            _lock(each)
