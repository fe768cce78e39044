"""Options of layers, checked when a layer is made; and shown when it is printed."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils.ops.options import integer, integers

Size = int | tuple[int, int]


def pair(layer: str, name: str, value: object, least: int) -> tuple[int, int]:
    """Read an option of a layer as one whole number per axis: rows, columns."""
    rows, columns = integers(layer, name, value, 2, least)
    return rows, columns


def size(layer: str, name: str, value: object, least: int) -> Size:
    """Read an option that may stay one whole number, as PyTorch's pools have it."""
    if isinstance(value, (tuple, list)):
        return pair(layer, name, value, least)
    return integer(layer, name, value, least)


def float_dtype(layer: str, dtype: npt.DTypeLike) -> np.dtype[Any]:
    """Read the dtype of a layer's parameters."""
    kind = np.dtype(dtype)
    if kind not in (np.float32, np.float64):
        raise TypeError(f"{layer}: dtype is {kind}, expected float32 or float64")
    return kind


def generator(layer: str, rng: object) -> np.random.Generator | None:
    """Read where chance comes from."""
    if rng is not None and not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"{layer}: rng is {rng!r}, expected a numpy.random.Generator, such as "
            "np.random.default_rng(0), or None"
        )
    return rng


def shown(thing: object, *left_out: str) -> str:
    """The call that makes a thing whose attributes bear the names of its arguments."""
    names = [name for name in inspect.signature(type(thing)).parameters if name not in left_out]
    values = ", ".join(f"{name}={getattr(thing, name)!r}" for name in names)
    return f"{type(thing).__name__}({values})"
