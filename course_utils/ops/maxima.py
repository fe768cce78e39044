"""The maximum of each window over planes (N, H, W), and the way of a gradient back to it."""

from __future__ import annotations

import numpy as np

from course_utils.ops.arrays import Array, IntArray
from course_utils.ops.masking import keep_where
from course_utils.ops.planes import share_planes
from course_utils.ops.pooling_windows import Windows


def maximum(planes: Array, windows: Windows) -> Array:
    """
    Find the largest value of each window; NaN counts as larger than all.

    Parameters
    ----------
    planes : ndarray (N, H, W)
        One plane per image and channel.
    windows : Windows
        Where the windows lie.

    Returns
    -------
    ndarray (N, M_H, M_W)
        The maxima.
    """
    y = np.empty((len(planes), *windows.size), planes.dtype)

    def some(part: slice) -> None:
        padded = windows.pad(planes[part], -np.inf)
        # the largest of each column of a window, then the largest of those
        tall = np.array(windows.rows(padded, 0))
        for u in range(1, windows.kernel[0]):
            np.maximum(tall, windows.rows(padded, u), out=tall)
        best = y[part]
        np.copyto(best, windows.columns(tall, 0))
        for v in range(1, windows.kernel[1]):
            np.maximum(best, windows.columns(tall, v), out=best)

    share_planes(some, planes)
    return y


def max_with_indices(planes: Array, windows: Windows) -> tuple[Array, IntArray]:
    """
    Find the largest value of each window and where it stands in its plane.

    Parameters
    ----------
    planes : ndarray (N, H, W)
        One plane per image and channel.
    windows : Windows
        Where the windows lie.

    Returns
    -------
    y : ndarray (N, M_H, M_W)
        The maxima.
    indices : ndarray of int64 (N, M_H, M_W)
        Their positions, counted row by row.
    """
    y = np.full((len(planes), *windows.size), -np.inf, planes.dtype)
    indices = np.empty(y.shape, np.int64)
    W = windows.W
    row, column = (
        np.arange(m) * s - p
        for m, s, p in zip(windows.size, windows.stride, windows.padding, strict=True)
    )
    dH, dW = windows.dilation
    # a window of nothing but −∞ has its maximum at its first sample that is not in the border
    first_row = np.where(row < 0, row % dH, row)
    first = (first_row * W)[:, None] + np.where(column < 0, column % dW, column)

    def some(part: slice) -> None:
        best, where = y[part], indices[part]
        where[...] = first
        for (u, v), value in windows.taps(windows.pad(planes[part], -np.inf)):
            better = value > best
            better |= np.isnan(value)
            np.copyto(best, value, where=better)
            here = ((row + u * dH) * W)[:, None] + (column + v * dW)
            np.copyto(where, here, where=better)

    share_planes(some, planes)
    return y, indices


def maximum_backward(gy: Array, planes: Array, windows: Windows) -> Array:
    """
    Carry the gradient of each maximum to the sample that is it.

    Parameters
    ----------
    gy : ndarray (N, M_H, M_W)
        Gradient with respect to the maxima.
    planes : ndarray (N, H, W)
        One plane per image and channel.
    windows : Windows
        Where the windows lie.

    Returns
    -------
    ndarray (N, H, W)
        Gradient with respect to the planes.
    """
    gx = np.zeros(planes.shape, planes.dtype)
    apart = windows.dilation == (1, 1) and all(
        s >= k for s, k in zip(windows.stride, windows.kernel, strict=True)
    )

    def some(part: slice) -> None:
        y = maximum(planes[part], windows)
        if not np.isfinite(y).all():
            _scatter(gy[part], planes[part], windows, gx[part])
            return
        padded = windows.pad(planes[part], -np.inf)
        exact = windows.padding == (0, 0) and padded.shape == gx[part].shape
        spread = gx[part] if exact else np.zeros(padded.shape, padded.dtype)
        open_ = np.ones(y.shape, bool)
        for (_, value), (_, target) in zip(windows.taps(padded), windows.taps(spread), strict=True):
            here = value == y
            here &= open_  # the first of equal values takes all
            open_ ^= here
            if apart:
                keep_where(gy[part], here, out=target)
            else:
                np.add(target, keep_where(gy[part], here), out=target)
        if not exact:
            inside = windows.inside(spread)
            gx[part, : inside.shape[1], : inside.shape[2]] = inside

    share_planes(some, planes)
    return gx


def _scatter(gy: Array, planes: Array, windows: Windows, gx: Array) -> None:
    """Do the same by indices: slower, and right for NaN and −∞ too."""
    indices = max_with_indices(planes, windows)[1]
    for n, (gradient, where) in enumerate(zip(gy, indices, strict=True)):
        inside = where < gx[n].size  # a window may hold nothing but border
        sums = np.bincount(where[inside], gradient[inside], minlength=gx[n].size)
        gx[n] = sums.reshape(gx[n].shape)
