"""linear: the fully connected layer, beside its gradient."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import (
    Array,
    Gradients,
    check_same_dtype,
    float_array,
    quietly,
    read_grad_output,
)
from course_utils.ops.fast.sharing import Work, equal_parts


@quietly
def linear(x: npt.ArrayLike, weight: npt.ArrayLike, bias: npt.ArrayLike | None = None) -> Array:
    r"""
    Multiply by a matrix and add a bias.

    .. math:: y[\dots, k] = \sum_n x[\dots, n] \; w[k, n] + \text{bias}[k]

    Parameters
    ----------
    x : array_like (..., N)
        Vectors, with any number of axes before. PyTorch calls this argument ``input``.
    weight : array_like (K, N) or (N,)
        One row per output; (N,) gives a single output without an axis of its own.
    bias : array_like (K,), optional
        Added to the result; any shape that broadcasts to it. One with a single axis longer than 1
        is broadcast to the rows of x and K instead, as in PyTorch: (2, 1) does not go with
        x (5, 2, N), but (10, 1) does.

    Returns
    -------
    ndarray (..., K) or (...)
        The products.

    Raises
    ------
    ValueError
        If the shapes do not fit together.
    TypeError
        If an argument does not hold real numbers, or dtypes differ.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.linear.html

    Examples
    --------
    >>> linear([1.0, 2.0], [[1.0, 10.0], [0.0, 1.0], [1.0, 0.0]], [0.5, 0.5, 0.5])
    array([21.5,  2.5,  1.5])
    """
    array, matrix, shift = _read("linear", x, weight, bias)
    rows, filters = _as_matrices(array, matrix)
    y = _product(rows, filters.T)
    if shift is not None:
        shifted = y.reshape(_meets(shift, array, matrix))
        shifted += shift
    return y.reshape((*array.shape[:-1], *matrix.shape[:-1]))


@quietly
def linear_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    weight: npt.ArrayLike,
    bias: npt.ArrayLike | None = None,
) -> Gradients:
    r"""
    Carry a gradient back through `linear`.

    .. math::
        \frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} \, w, \qquad
        \frac{\partial L}{\partial w} = \left(\frac{\partial L}{\partial y}\right)^T x, \qquad
        \frac{\partial L}{\partial \text{bias}} = \sum \frac{\partial L}{\partial y}

    Parameters
    ----------
    grad_output : array_like (..., K) or (...)
        Gradient of the loss with respect to the result.
    x, weight, bias
        The arguments of `linear`.

    Returns
    -------
    grad_x : ndarray
        Gradient with respect to `x`, of its shape.
    grad_weight : ndarray
        Gradient with respect to `weight`, of its shape.
    grad_bias : ndarray or None
        Gradient with respect to `bias`; None if none was given.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of the result, or `linear` would raise it.
    TypeError
        If an argument does not hold real numbers, or dtypes differ.

    Examples
    --------
    >>> gx, gw, gb = linear_backward([1.0, 2.0], [3.0, 4.0], [[1.0, 10.0], [0.0, 1.0]], [0.0, 0.0])
    >>> gx
    array([ 1., 12.])
    >>> gw
    array([[3., 4.],
           [6., 8.]])
    """
    array, matrix, shift = _read("linear_backward", x, weight, bias)
    shape = (*array.shape[:-1], *matrix.shape[:-1])
    gy = read_grad_output("linear_backward", grad_output, shape, array)
    rows, filters = _as_matrices(array, matrix)
    flat = gy.reshape(len(rows), len(filters))
    gx = _product(flat, filters).reshape(array.shape)
    gw = _product(flat.T, rows).reshape(matrix.shape)
    if shift is None:
        return gx, gw, None
    return gx, gw, _summed_to(gy.reshape(_meets(shift, array, matrix)), shift.shape)


def _read(
    operation: str, x: npt.ArrayLike, weight: npt.ArrayLike, bias: npt.ArrayLike | None
) -> tuple[Array, Array, Array | None]:
    array = float_array(operation, "x", x)
    matrix = float_array(operation, "weight", weight)
    shift = None if bias is None else float_array(operation, "bias", bias)
    check_same_dtype(operation, x=array, weight=matrix, bias=shift)
    if array.ndim == 0:
        raise ValueError(f"{operation}: x is {array.shape}, expected at least one axis")
    if matrix.ndim not in (1, 2):
        raise ValueError(f"{operation}: weight is {matrix.shape}, expected (K, N) or (N,)")
    if matrix.shape[-1] != array.shape[-1]:
        raise ValueError(
            f"{operation}: weight {matrix.shape} expects {matrix.shape[-1]} features, "
            f"but x {array.shape} has {array.shape[-1]}"
        )
    if shift is None:
        return array, matrix, None
    # exceptions that PyTorch makes
    if matrix.ndim == 1 and (array.ndim == 2 or (array.ndim == 3 and shift.ndim == 1)):
        raise ValueError(
            f"{operation}: weight {matrix.shape} takes no bias {shift.shape} with x {array.shape}"
        )
    shape = _meets(shift, array, matrix)
    if shift.ndim > len(shape) or any(
        b not in (1, n) for b, n in zip(shift.shape[::-1], shape[::-1], strict=False)
    ):
        raise ValueError(
            f"{operation}: weight {matrix.shape} expects a bias of shape {matrix.shape[:-1]}, "
            f"but bias is {shift.shape}"
        )
    return array, matrix, shift


def _meets(shift: Array, array: Array, matrix: Array) -> tuple[int, ...]:
    """Give the shape that a bias is broadcast to: of the result, or of its rows."""
    if matrix.ndim == 2 and sum(n != 1 for n in shift.shape) == 1:
        return math.prod(array.shape[:-1]), len(matrix)
    return (*array.shape[:-1], *matrix.shape[:-1])


def _as_matrices(array: Array, matrix: Array) -> tuple[Array, Array]:
    """Give inputs as rows (·, N) and weights as rows (K, N)."""
    return array.reshape(math.prod(array.shape[:-1]), array.shape[-1]), np.atleast_2d(matrix)


def _product(a: Array, b: Array) -> Array:
    """Multiply matrices, large ones in parts shared among the threads."""
    m, n = len(a), b.shape[1]
    y = np.empty((m, n), a.dtype)
    # BLAS hides the numbers' coming and going behind the multiplications
    work = Work(m * n * a.shape[1], 0, y.itemsize, calls=1)

    # along the longer side of the result, so that each thread reads little of what others read
    def multiply(part: slice) -> None:
        if m > n:
            np.matmul(a[part], b, out=y[part])
        else:
            np.matmul(a, b[:, part], out=y[:, part])

    work.share(multiply, equal_parts(max(m, n), work.threads))
    return y


def _summed_to(gradient: Array, shape: tuple[int, ...]) -> Array:
    """Sum over the axes along which an array of this shape was broadcast."""
    # in float64: over many rows float32 would lose the digits of each
    total = gradient.sum(axis=tuple(range(gradient.ndim - len(shape))), dtype=np.float64)
    stretched = tuple(axis for axis, n in enumerate(shape) if n != total.shape[axis])
    return np.asarray(total.sum(axis=stretched, keepdims=True), gradient.dtype)
