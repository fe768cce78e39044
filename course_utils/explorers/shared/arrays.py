"""Arrays as traits, and arrays as the bytes that travel to the page."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import numpy.typing as npt
import traitlets

Array = npt.NDArray[np.float64]


def numbers(value: Any, name: str, ndim: int) -> Array:
    """Check that a value is an array of finite numbers and return a read-only float64 copy."""
    try:
        array = np.array(value, dtype=np.float64, order="C")
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be an array of numbers, not {short(value)}") from None
    if array.ndim != ndim:
        raise ValueError(f"{name} must have {ndim} axes, but its shape is {array.shape}")
    if array.size == 0:
        raise ValueError(f"{name} is empty: its shape is {array.shape}")
    if not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        at = where[0] if ndim == 1 else where
        raise ValueError(f"{name}[{at}] is {array[where]}; an explorer needs finite numbers")
    array.setflags(write=False)
    return array


def short(value: object) -> str:
    """Text of a value, cut to fit a message."""
    text = repr(value)
    return text if len(text) <= 40 else text[:39] + "…"


def wire(array: Array) -> bytes:
    """Little-endian float64 bytes, row by row, as JavaScript's ``Float64Array`` reads them."""
    return np.ascontiguousarray(array, dtype="<f8").tobytes()


class ArrayTrait(traitlets.TraitType[Any, Any]):
    """A trait that holds a read-only float64 array and travels as nested lists."""

    def __init__(self, ndim: int, *, sync: bool = True) -> None:
        super().__init__(default_value=np.zeros((1,) * ndim))
        self.ndim = ndim
        self.info_text = f"an array of numbers with {ndim} axes"
        self.tag(sync=sync, to_json=lambda value, widget: value.tolist())

    def validate(self, obj: Any, value: Any) -> Array:  # noqa: ARG002
        """Convert and check a value."""
        try:
            return numbers(value, str(self.name), self.ndim)
        except ValueError as problem:
            raise traitlets.TraitError(str(problem)) from None

    def set(self, obj: Any, value: Any) -> None:
        """Store a value; the same numbers again are no change."""
        new = self.validate(obj, value)
        if not np.array_equal(cast(Array, self.get(obj)), new):
            super().set(obj, new)
