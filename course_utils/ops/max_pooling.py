"""max_pool1d and max_pool2d: the largest value of each window, each beside its gradient.

Of equal values in a window the first, row by row, is the maximum and takes the gradient, as in
PyTorch; the border around a plane is −∞.
"""

from __future__ import annotations

import math
from typing import Literal, overload

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, IntArray, read_grad_output
from course_utils.ops.fast.sharing import share_planes
from course_utils.ops.fast.workspace import borrow
from course_utils.ops.masking import keep_where
from course_utils.ops.options import Ints, flag
from course_utils.ops.pooling_windows import Windows, read_pool


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

    Of equal values the first in the window, row by row, counts as the maximum, as in PyTorch. NaN
    is passed on: a window that holds one gives NaN.

    Parameters
    ----------
    x : array_like (B, C, L) or (C, L)
        Signals, with or without a batch. PyTorch calls this argument ``input``.
    kernel_size : int
        Size of a window.
    stride : int, optional
        Step S between neighbouring windows; by default the size of a window.
    padding : int, default 0
        Border P of −∞ on both sides, at most half a window wide; no sample loses to it.
    dilation : int, default 1
        Distance d between neighbouring samples of a window.
    ceil_mode : bool, default False
        Round the number of windows up, as `output_size` does.
    return_indices : bool, default False
        Also return the position of each maximum.

    Returns
    -------
    y : ndarray (B, C, M) or (C, M)
        The maxima.
    indices : ndarray of int64, shaped like y
        Only with `return_indices`: position of each maximum in its signal.

    Raises
    ------
    ValueError
        If shapes or options do not fit together.
    TypeError
        If an argument is of the wrong type.

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
        y, indices = _largest_with_places(planes, windows)
        return y.reshape(windows.result_shape), indices.reshape(windows.result_shape)
    return _largest(planes, windows).reshape(windows.result_shape)


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

    Where windows overlap and share their maximum, their gradients add up. Of equal values, the
    first takes the whole gradient.

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
        If `grad_output` does not have the shape of the result, or `max_pool1d` would raise it.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> max_pool1d_backward([[1.0, 2.0]], [[1.0, 5.0, 2.0, 2.0]], 2)
    array([[0., 1., 2., 0.]])
    """
    operation = "max_pool1d_backward"
    planes, windows = read_pool(operation, 1, x, kernel_size, stride, padding, dilation, ceil_mode)
    flag(operation, "return_indices", return_indices)
    gy = read_grad_output(operation, grad_output, windows.result_shape, planes)
    gx = _largest_backward(gy.reshape(len(planes), *windows.size), planes, windows)
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

    Of equal values the first in the window, row by row, counts as the maximum, as in PyTorch. NaN
    is passed on: a window that holds one gives NaN.

    Parameters
    ----------
    x : array_like (B, C, H, W) or (C, H, W)
        Images, with or without a batch. PyTorch calls this argument ``input``.
    kernel_size : int or (int, int)
        Size of a window.
    stride : int or (int, int), optional
        Step S between neighbouring windows; by default the size of a window.
    padding : int or (int, int), default 0
        Border P of −∞ on both sides, at most half a window wide; no sample loses to it.
    dilation : int or (int, int), default 1
        Distance d between neighbouring samples of a window.
    ceil_mode : bool, default False
        Round the number of windows up, as `output_size` does.
    return_indices : bool, default False
        Also return the position of each maximum.

    Returns
    -------
    y : ndarray (B, C, M_H, M_W) or (C, M_H, M_W)
        The maxima.
    indices : ndarray of int64, shaped like y
        Only with `return_indices`: position of each maximum in its plane, row by row.

    Raises
    ------
    ValueError
        If shapes or options do not fit together.
    TypeError
        If an argument is of the wrong type.

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
        y, indices = _largest_with_places(planes, windows)
        return y.reshape(windows.result_shape), indices.reshape(windows.result_shape)
    return _largest(planes, windows).reshape(windows.result_shape)


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

    Where windows overlap and share their maximum, their gradients add up. Of equal values, the
    first takes the whole gradient.

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
        If `grad_output` does not have the shape of the result, or `max_pool2d` would raise it.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

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
    gx = _largest_backward(gy.reshape(len(planes), *windows.size), planes, windows)
    return gx.reshape(np.shape(x))


def _largest(planes: Array, windows: Windows) -> Array:
    """Find the largest value of each window of planes (N, H, W); NaN counts as larger than all."""
    y = np.empty((len(planes), *windows.size), planes.dtype)

    def reduce(part: slice) -> None:
        padded = windows.pad(planes[part], -np.inf)
        # the largest of each column of a window, then the largest of those
        tall = np.array(windows.rows(padded, 0))
        for u in range(1, windows.kernel[0]):
            np.maximum(tall, windows.rows(padded, u), out=tall)
        best = y[part]
        np.copyto(best, windows.columns(tall, 0))
        for v in range(1, windows.kernel[1]):
            np.maximum(best, windows.columns(tall, v), out=best)

    share_planes(reduce, planes)
    return y


def _largest_with_places(planes: Array, windows: Windows) -> tuple[Array, IntArray]:
    """Find the largest value of each window and its position in its plane, row by row."""
    y = np.full((len(planes), *windows.size), -np.inf, planes.dtype)
    indices = np.empty(y.shape, np.int64)
    W, (dH, dW), (row, column) = windows.W, windows.dilation, _starts(windows)
    first_row, first_column = _first_inside(windows)
    first = first_row[:, None] * W + first_column

    def find(part: slice) -> None:
        best, where = y[part], indices[part]
        where[...] = first
        for (u, v), value in windows.taps(windows.pad(planes[part], -np.inf)):
            better = value > best  # the tie rule: an equal value that comes later changes nothing
            better |= np.isnan(value)
            np.copyto(best, value, where=better)
            here = ((row + u * dH) * W)[:, None] + (column + v * dW)
            np.copyto(where, here, where=better)

    share_planes(find, planes)
    return y, indices


def _largest_backward(gy: Array, planes: Array, windows: Windows) -> Array:
    """Carry the gradient of each maximum (N, M_H, M_W) to its sample: (N, H, W)."""
    gx = np.zeros(planes.shape, planes.dtype)
    taps = windows.phase_taps()
    apart = len(set(taps)) == len({phase for phase, _ in taps})  # no two share a phase
    high, wide = windows.extent

    def spread_back(part: slice) -> None:
        phases = windows.split(planes[part], -np.inf)
        # Let a window begin at every sample of a phase: what one sample of all windows meets is
        # then a single long run of numbers. The windows that are too many are never read.
        grid = phases.shape[2:]
        length = math.prod(grid) - max(start for _, start in taps)
        runs = phases.reshape(*phases.shape[:2], -1)
        seen = [runs[phase][start : start + length] for phase, start in taps]
        best = borrow("best", grid, planes.dtype)
        y = best.reshape(-1)[:length]
        np.copyto(y, seen[0])
        for value in seen[1:]:
            np.maximum(y, value, out=y)
        if not np.isfinite(windows.asked(best)).all():
            _scatter(gy[part], planes[part], windows, gx[part])
            return
        gradient = borrow("gradient", grid, planes.dtype)
        gradient[...] = 0
        windows.asked(gradient)[...] = gy[part]
        g = gradient.reshape(-1)[:length]
        spread = borrow("spread", phases.shape, planes.dtype)
        spread[...] = 0
        not_taken = np.ones(length, bool)
        for value, (phase, start) in zip(seen, taps, strict=True):
            here = value == y
            here &= not_taken  # the tie rule: the first of equal values takes all
            not_taken ^= here
            target = spread[phase].reshape(-1)[start : start + length]
            if apart:
                keep_where(g, here, out=target)
            else:
                np.add(target, keep_where(g, here), out=target)
        if windows.padding == (0, 0):
            windows.join(spread, gx[part, :high, :wide])
        else:
            padded = borrow("padded", (len(spread[0, 0]), high, wide), planes.dtype)
            windows.join(spread, padded)
            inside = windows.inside(padded)
            gx[part, : inside.shape[1], : inside.shape[2]] = inside

    share_planes(spread_back, planes)
    return gx


def _scatter(gy: Array, planes: Array, windows: Windows, gx: Array) -> None:
    """Do the same by indices, which is slower, but right also for NaN and −∞."""
    indices = _largest_with_places(planes, windows)[1]
    row, column = _first_inside(windows)
    # a window may lie wholly in the border, and the index of its maximum then means nothing
    sees = (row < windows.H)[:, None] & (column < windows.W)
    for n, (gradient, where) in enumerate(zip(gy, indices, strict=True)):
        sums = np.bincount(where[sees], gradient[sees], minlength=gx[n].size)
        gx[n] = sums.reshape(gx[n].shape)


def _starts(windows: Windows) -> list[IntArray]:
    """Give the first row of each window, and the first column; they are negative in the border."""
    return [
        np.arange(m) * s - p
        for m, s, p in zip(windows.size, windows.stride, windows.padding, strict=True)
    ]


def _first_inside(windows: Windows) -> list[IntArray]:
    """Give the first row, and column, that a window meets after the border before the plane.

    Of a window with nothing but −∞ that is where its maximum is. It lies beyond the plane if the
    window is so far dilated that it meets nothing but the border.
    """
    return [
        np.where(start < 0, start % d, start)
        for start, d in zip(_starts(windows), windows.dilation, strict=True)
    ]
