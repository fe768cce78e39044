"""The maximum of each window over planes (N, H, W), and the way of a gradient back to it."""

from __future__ import annotations

import math

import numpy as np

from course_utils.ops.algorithms.workspace import borrow
from course_utils.ops.arrays import Array, IntArray
from course_utils.ops.planes import share_planes
from course_utils.ops.pooling_windows import Windows
from course_utils.ops.selection import keep_where


def maximum(planes: Array, windows: Windows) -> Array:
    """Find the largest value of each window; NaN counts as larger than all."""
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
    """Find the largest value of each window and where it stands in its plane."""
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
    """Carry the gradient of each maximum to the sample that is it."""
    gx = np.zeros(planes.shape, planes.dtype)
    taps = windows.phase_taps()
    apart = len(set(taps)) == len({phase for phase, _ in taps})  # no two meet the same phase
    high, wide = windows.extent
    exact = windows.padding == (0, 0) and high <= windows.H and wide <= windows.W

    def some(part: slice) -> None:
        phases = windows.split(planes[part], -np.inf)
        # Windows are counted as if there were one for each sample of a phase: all that a tap meets
        # is then one long run of numbers. Nobody asks for those that are too many.
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
        open_ = np.ones(length, bool)
        for value, (phase, start) in zip(seen, taps, strict=True):
            here = value == y
            here &= open_  # the first of equal values takes all
            open_ ^= here
            target = spread[phase].reshape(-1)[start : start + length]
            if apart:
                keep_where(g, here, out=target)
            else:
                np.add(target, keep_where(g, here), out=target)
        if exact:
            windows.join(spread, gx[part, :high, :wide])
        else:
            padded = borrow("padded", (len(spread[0, 0]), high, wide), planes.dtype)
            windows.join(spread, padded)
            inside = windows.inside(padded)
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
