"""The arrays that operations take and give: one rule for their numbers, and how they are read.

float32 stays float32 and float64 stays float64. Integers and booleans are promoted to
float64 before any arithmetic, so that nothing wraps around. The arrays of one call
must then agree, as in PyTorch: float32 beside float64 is refused. So is any other kind of number
(half precision, complex, objects), and so is what an array would lose: the mask of a masked array
and the history of a tensor that requires gradients.
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

quietly = np.errstate(invalid="ignore", divide="ignore", over="ignore")
"""Decorator of the operations: infinity minus infinity is NaN, as in PyTorch without a word."""


def read_array(operation: str, name: str, value: npt.ArrayLike) -> npt.NDArray[Any]:
    """Read an argument as an array of any kind, and refuse what would be lost on the way."""
    if isinstance(value, np.ma.MaskedArray):
        raise TypeError(
            f"{operation}: {name} is a masked array, whose mask has no meaning here; "
            "fill it first, as with filled(0)"
        )
    if getattr(value, "requires_grad", False) is True:
        raise TypeError(
            f"{operation}: {name} is a tensor that requires gradients, which are not recorded "
            "here; expected an array, as from detach().numpy()"
        )
    try:
        return np.asarray(value)
    except (TypeError, ValueError, RuntimeError) as problem:
        # a tensor on a GPU, or rows of different lengths; the first line says which
        kind = ValueError if isinstance(problem, ValueError) else TypeError
        reason = str(problem).partition("\n")[0]
        raise kind(f"{operation}: {name} cannot be read as an array: {reason}") from None


def float_array(operation: str, name: str, value: npt.ArrayLike) -> Array:
    """Read an argument as an array of float32 or float64; one that is so already is not copied."""
    array = read_array(operation, name, value)
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


def check_bias_of_integers(
    operation: str, x: npt.ArrayLike, weight: npt.ArrayLike, bias: npt.ArrayLike | None
) -> None:
    """Refuse a float bias on integers x and weight, whose result is then not one of integers.

    Integers beside floats count as floats, but here there is nothing but the bias to say so:
    PyTorch convolves integers as integers and refuses the bias.
    """
    if bias is None:
        return
    kinds = {name: np.asarray(a).dtype for name, a in (("x", x), ("weight", weight))}
    dtype = np.asarray(bias).dtype
    if dtype.kind == "f" and all(kind.kind in "biu" for kind in kinds.values()):
        raise TypeError(
            f"{operation}: x is {kinds['x']} and weight {kinds['weight']} but bias is {dtype}; "
            "expected x or weight to be of that dtype too"
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
