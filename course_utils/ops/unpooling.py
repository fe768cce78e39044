"""max_unpool2d: maxima put back in their places, beside its gradient."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, IntArray, float_array, read_array, read_grad_output
from course_utils.ops.options import Ints, integers, is_given
from course_utils.ops.pooling_windows import check_channels_and_space


def max_unpool2d(
    x: npt.ArrayLike,
    indices: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    output_size: Sequence[int] | None = None,
) -> Array:
    """
    Put maxima back in their places, with zeros elsewhere.

    y[b, c] is zero except for ``y[b, c].flat[indices[b, c, i, j]] = x[b, c, i, j]``. Where two
    maxima of overlapping windows share a place, the last one, row by row, stays.

    Parameters
    ----------
    x : array_like (B, C, H, W) or (C, H, W)
        Maxima, as `max_pool2d` gives them. PyTorch calls this argument ``input``.
    indices : array_like of int64, shaped like x
        Their positions, as `max_pool2d` gives them with ``return_indices=True``.
    kernel_size, stride, padding
        The arguments that `max_pool2d` was given.
    output_size : sequence of int, optional
        Height and width of the result, less than one stride away from what the other arguments
        give; of a longer shape the last two count.

    Returns
    -------
    ndarray (B, C, M_H, M_W) or (C, M_H, M_W)
        Images; M = (H − 1) S − 2P + F unless `output_size` says otherwise.

    Raises
    ------
    ValueError
        If shapes or options do not fit together, or an index lies outside the result.
    TypeError
        If an argument is of the wrong type.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_unpool2d.html

    Examples
    --------
    >>> max_unpool2d([[[5.0, 8.0]]], [[[1, 6]]], 2)
    array([[[0., 5., 0., 0.],
            [0., 0., 8., 0.]]])
    """
    array, where, shape = _read(
        "max_unpool2d", x, indices, kernel_size, stride, padding, output_size
    )
    y = np.zeros(shape, array.dtype)
    # along one axis NumPy assigns in order, so that of equal places the last one stays
    y.reshape(-1)[_places_in_all(where, shape)] = array.reshape(-1)
    return y


def max_unpool2d_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    indices: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    output_size: Sequence[int] | None = None,
) -> tuple[Array, None]:
    """
    Carry a gradient back through `max_unpool2d`: each maximum takes the gradient of its place.

    Where several maxima share a place, only the last one is in the result, so it takes the
    gradient and the others take 0. PyTorch differs: it gives the gradient of a shared place to
    each of them, which is not the derivative of its own `max_unpool2d`.

    Parameters
    ----------
    grad_output : array_like (B, C, M_H, M_W) or (C, M_H, M_W)
        Gradient of the loss with respect to the result.
    x, indices, kernel_size, stride, padding, output_size
        The arguments of `max_unpool2d`.

    Returns
    -------
    grad_x : ndarray
        Gradient with respect to `x`, of its shape.
    grad_indices : None
        Whole numbers have no gradient.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of the result, or `max_unpool2d` would raise it.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> gy = [[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]]
    >>> max_unpool2d_backward(gy, [[[5.0, 8.0]]], [[[1, 6]]], 2)[0]
    array([[[2., 7.]]])
    >>> max_unpool2d_backward(gy, [[[5.0, 8.0]]], [[[6, 6]]], 2)[0]  # 8 overwrites 5
    array([[[0., 7.]]])
    """
    operation = "max_unpool2d_backward"
    array, where, shape = _read(operation, x, indices, kernel_size, stride, padding, output_size)
    gy = read_grad_output(operation, grad_output, shape, array)
    places, order = _places_in_all(where, shape), np.arange(where.size)
    last = np.empty(gy.size, np.int64)
    last[places] = order
    gx = np.where(last[places] == order, gy.reshape(-1)[places], 0)
    return gx.reshape(array.shape), None


def _places_in_all(where: IntArray, shape: tuple[int, ...]) -> IntArray:
    """Turn places in planes, row by row, into places in all planes of the result together."""
    *planes, M_H, M_W = shape
    first = np.arange(math.prod(planes)).reshape(*planes, 1, 1) * (M_H * M_W)
    places: IntArray = (first + where).reshape(-1)
    return places


def _read(
    operation: str,
    x: npt.ArrayLike,
    indices: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None,
    padding: Ints,
    output_size: Sequence[int] | None,
) -> tuple[Array, IntArray, tuple[int, ...]]:
    array, where = float_array(operation, "x", x), read_array(operation, "indices", indices)
    if where.dtype != np.int64:
        raise TypeError(f"{operation}: indices is {where.dtype}, expected int64")
    if where.shape != array.shape:
        raise ValueError(f"{operation}: indices is {where.shape}, expected {array.shape} like x")
    check_channels_and_space(operation, array, 2)
    kernel = integers(operation, "kernel_size", kernel_size, 2, 1)
    strides = integers(operation, "stride", stride, 2, 1) if is_given(stride) else kernel
    paddings = integers(operation, "padding", padding, 2, 0)
    usual = [
        (n - 1) * s - 2 * p + k
        for n, k, s, p in zip(array.shape[-2:], kernel, strides, paddings, strict=True)
    ]
    sizes = usual if output_size is None else list(output_size)
    if len(sizes) not in (2, array.ndim):
        raise ValueError(f"{operation}: output_size is {output_size!r}, expected (H, W)")
    sizes = sizes[-2:]
    for size, middle, s in zip(sizes, usual, strides, strict=True):
        if output_size is not None and not middle - s < size < middle + s:
            raise ValueError(
                f"{operation}: output_size is {output_size!r}, expected less than one stride "
                f"{strides} away from {tuple(usual)}"
            )
    if min(sizes) < 1:
        raise ValueError(f"{operation}: the result would be of size {tuple(sizes)}")
    plane = sizes[0] * sizes[1]
    if where.size and not 0 <= where.min() <= where.max() < plane:
        wrong = where[(where < 0) | (where >= plane)].flat[0]
        raise ValueError(
            f"{operation}: indices hold {wrong}, expected 0 to {plane - 1} for planes of "
            f"{sizes[0]} × {sizes[1]}"
        )
    return array, where, (*array.shape[:-2], sizes[0], sizes[1])
