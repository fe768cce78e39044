"""max_pool1d and max_pool2d: the largest value of each window, each beside its gradient."""

from __future__ import annotations

from typing import Literal, overload

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, IntArray, read_grad_output
from course_utils.ops.maxima import max_with_indices, maximum, maximum_backward
from course_utils.ops.options import Ints, flag
from course_utils.ops.pooling_windows import read_pool


@overload
def max_pool1d(
    x: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: Literal[False] = False,
) -> Array: ...


@overload
def max_pool1d(
    x: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    *,
    return_indices: Literal[True],
) -> tuple[Array, IntArray]: ...


def max_pool1d(
    x: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Array | tuple[Array, IntArray]:
    r"""
    Keep the largest value of each window.

    .. math:: y[b, c, i] = \max_a x[b, c, iS + ad - P]

    Of equal values the first in the window, row by row, counts as the maximum. NaN is passed on:
    a window that holds one gives NaN.

    Parameters
    ----------
    x : array_like (B, C, L) or (C, L)
        Signals, with or without a batch. PyTorch calls this argument ``input``.
    kernel_size : int
        Size of a window.
    stride : int, optional
        Step S between neighbouring windows; as large as a window where it is not given.
    padding : int, default 0
        Border P of −∞ on both sides, at most half a window: no border is ever the maximum.
    dilation : int, default 1
        Distance d between neighbouring samples of a window.
    ceil_mode : bool, default False
        Round the number of windows up, as `output_size` has it.
    return_indices : bool, default False
        Also return where each maximum stands.

    Returns
    -------
    y : ndarray (B, C, M) or (C, M)
        The maxima.
    indices : ndarray of int64, shaped like y
        Only with `return_indices`: position of each maximum in its signal.

    Raises
    ------
    ValueError
        If shapes or options do not go together.
    TypeError
        If an argument is of the wrong kind.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool1d.html

    Examples
    --------
    >>> max_pool1d([[1.0, 5.0, 2.0, 2.0]], 2)
    array([[5., 2.]])
    >>> max_pool1d([[1.0, 5.0, 2.0, 2.0]], 2, return_indices=True)[1]
    array([[1, 2]])
    """
    operation = "max_pool1d"
    planes, windows = read_pool(operation, 1, x, kernel_size, stride, padding, dilation, ceil_mode)
    if flag(operation, "return_indices", return_indices):
        y, indices = max_with_indices(planes, windows)
        return y.reshape(windows.result_shape), indices.reshape(windows.result_shape)
    return maximum(planes, windows).reshape(windows.result_shape)


def max_pool1d_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Array:
    """
    Carry a gradient back through `max_pool1d`: to the maximum of each window, all of it.

    Where windows overlap and share their maximum, their gradients add up. Of equal values the
    first takes all.

    Parameters
    ----------
    grad_output : array_like (B, C, M) or (C, M)
        Gradient of the loss with respect to the maxima.
    x, kernel_size, stride, padding, dilation, ceil_mode, return_indices
        The arguments of `max_pool1d`.

    Returns
    -------
    ndarray
        Gradient with respect to `x`, of its shape.

    Raises
    ------
    ValueError
        If `grad_output` has not the shape of the result, or as `max_pool1d` refuses.
    TypeError
        If an argument is of the wrong kind, or dtypes differ.

    Examples
    --------
    >>> max_pool1d_backward([[1.0, 2.0]], [[1.0, 5.0, 2.0, 2.0]], 2)
    array([[0., 1., 2., 0.]])
    """
    operation = "max_pool1d_backward"
    planes, windows = read_pool(operation, 1, x, kernel_size, stride, padding, dilation, ceil_mode)
    flag(operation, "return_indices", return_indices)
    gy = read_grad_output(operation, grad_output, windows.result_shape, planes)
    gx = maximum_backward(gy.reshape(len(planes), *windows.size), planes, windows)
    return gx.reshape(np.shape(x))


@overload
def max_pool2d(
    x: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: Literal[False] = False,
) -> Array: ...


@overload
def max_pool2d(
    x: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    *,
    return_indices: Literal[True],
) -> tuple[Array, IntArray]: ...


def max_pool2d(
    x: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Array | tuple[Array, IntArray]:
    r"""
    Keep the largest value of each window.

    .. math:: y[b, c, i, j] = \max_{u, v} x[b, c, iS + ud - P, jS + vd - P]

    Of equal values the first in the window, row by row, counts as the maximum. NaN is passed on:
    a window that holds one gives NaN.

    Parameters
    ----------
    x : array_like (B, C, H, W) or (C, H, W)
        Images, with or without a batch. PyTorch calls this argument ``input``.
    kernel_size : int or (int, int)
        Size of a window.
    stride : int or (int, int), optional
        Step S between neighbouring windows; as large as a window where it is not given.
    padding : int or (int, int), default 0
        Border P of −∞ on both sides, at most half a window: no border is ever the maximum.
    dilation : int or (int, int), default 1
        Distance d between neighbouring samples of a window.
    ceil_mode : bool, default False
        Round the number of windows up, as `output_size` has it.
    return_indices : bool, default False
        Also return where each maximum stands.

    Returns
    -------
    y : ndarray (B, C, M_H, M_W) or (C, M_H, M_W)
        The maxima.
    indices : ndarray of int64, shaped like y
        Only with `return_indices`: position of each maximum in its plane, row by row.

    Raises
    ------
    ValueError
        If shapes or options do not go together.
    TypeError
        If an argument is of the wrong kind.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html

    Examples
    --------
    >>> max_pool2d([[[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 8.0, 8.0]]], 2)
    array([[[5., 8.]]])
    >>> max_pool2d([[[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 8.0, 8.0]]], 2, return_indices=True)[1]
    array([[[1, 6]]])
    """
    operation = "max_pool2d"
    planes, windows = read_pool(operation, 2, x, kernel_size, stride, padding, dilation, ceil_mode)
    if flag(operation, "return_indices", return_indices):
        y, indices = max_with_indices(planes, windows)
        return y.reshape(windows.result_shape), indices.reshape(windows.result_shape)
    return maximum(planes, windows).reshape(windows.result_shape)


def max_pool2d_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Array:
    """
    Carry a gradient back through `max_pool2d`: to the maximum of each window, all of it.

    Where windows overlap and share their maximum, their gradients add up. Of equal values the
    first takes all.

    Parameters
    ----------
    grad_output : array_like (B, C, M_H, M_W) or (C, M_H, M_W)
        Gradient of the loss with respect to the maxima.
    x, kernel_size, stride, padding, dilation, ceil_mode, return_indices
        The arguments of `max_pool2d`.

    Returns
    -------
    ndarray
        Gradient with respect to `x`, of its shape.

    Raises
    ------
    ValueError
        If `grad_output` has not the shape of the result, or as `max_pool2d` refuses.
    TypeError
        If an argument is of the wrong kind, or dtypes differ.

    Examples
    --------
    >>> max_pool2d_backward([[[1.0, 2.0]]], [[[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 8.0, 8.0]]], 2)
    array([[[0., 1., 0., 0.],
            [0., 0., 2., 0.]]])
    """
    operation = "max_pool2d_backward"
    planes, windows = read_pool(operation, 2, x, kernel_size, stride, padding, dilation, ceil_mode)
    flag(operation, "return_indices", return_indices)
    gy = read_grad_output(operation, grad_output, windows.result_shape, planes)
    gx = maximum_backward(gy.reshape(len(planes), *windows.size), planes, windows)
    return gx.reshape(np.shape(x))
