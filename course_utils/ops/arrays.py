"""The arrays that operations take and give: one rule for their numbers, and how they are read.

float32 stays float32 and float64 stays float64. Integers and booleans are promoted to
float64 before any arithmetic, so that nothing wraps around. The arrays of one call
must then agree, as in PyTorch: float32 beside float64 is refused. So is any other kind of number
(half precision, complex, objects).
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.floating[Any]]
"""An array of float32 or float64."""

IntArray: TypeAlias = npt.NDArray[np.integer[Any]]
"""An array of integers, such as class labels or the positions of maxima."""

Gradients: TypeAlias = tuple[Array, Array, Array | None]
"""Gradients with respect to x, weight and bias; None for a bias that was not given."""


def float_array(operation: str, name: str, value: npt.ArrayLike) -> Array:
    """Read an argument as an array of float32 or float64; one that is so already is not copied."""
    array = np.asarray(value)
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind in "biu":
        return array.astype(np.float64)
    if kind == "f" and size in (4, 8):
        return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))
    raise TypeError(
        f"{operation}: {name} is {array.dtype}, expected float32 or float64 "
        "(integers count as float64)"
    )


def check_same_dtype(operation: str, **arrays: Array | None) -> None:
    """Refuse arrays of different precision in one call, as PyTorch does; None is one not given."""
    given = [(name, array.dtype) for name, array in arrays.items() if array is not None]
    first_name, first = given[0]
    for name, dtype in given[1:]:
        if dtype != first:
            raise TypeError(
                f"{operation}: {first_name} is {first} but {name} is {dtype}; "
                "expected one dtype for all"
            )


def read_grad_output(
    operation: str, grad_output: npt.ArrayLike, shape: tuple[int, ...], like: Array
) -> Array:
    """Read the gradient given to a backward function: of this shape and the dtype of `like`."""
    grad = float_array(operation, "grad_output", grad_output)
    if grad.shape != shape:
        raise ValueError(
            f"{operation}: grad_output is {grad.shape}, expected {shape}, the shape of the result"
        )
    check_same_dtype(operation, grad_output=grad, x=like)
    return grad


def all_finite(array: Array) -> bool:
    """Tell by its sum whether an array is free of infinity and NaN; an overflow counts as one."""
    with np.errstate(invalid="ignore", over="ignore"):
        return bool(np.isfinite(array.sum()))
