"""Sums over the channels of a batch, (B, C, S) → (C,), which keep float32's digits.

Float32 loses them where it adds up many numbers one after the other. Here it adds up short runs,
and float64 the runs.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array
from course_utils.ops.fast.sharing import add_up_planes

Float64Array = npt.NDArray[np.float64]

# Measured for equal numbers, where the rounding of each addition is the same: in runs of 4096
# BLAS's dot is off by 9e-7 of the sum, in runs of 262144 by 5e-5; its matrix times vector is off
# by 1e-6 in runs of 1024, and is faster in short runs.
_RUN = 4096
_SHORT = 1024
_FEWEST = 8  # numbers in a run below which a call of BLAS for each does not pay


def channel_sum(x: Array) -> Float64Array:
    """Sum over images and space, (B, C, S) → (C,)."""
    S = x.shape[2]
    if S < _FEWEST:
        return np.asarray(x.sum(axis=(0, 2), dtype=np.float64))
    ones = np.ones(S, x.dtype)
    if S < _SHORT:
        return _over_images(np.matmul(x, ones))
    return channel_dot(x, ones)


def bias_gradient(gy: Array) -> Array:
    """Sum a gradient over images and space, (B, K, M_H, M_W) → (K,), in its own precision."""
    B, K, M_H, M_W = gy.shape
    return channel_sum(gy.reshape(B, K, M_H * M_W)).astype(gy.dtype)


def channel_dot(x: Array, y: Array) -> Float64Array:
    """Sum the products of two arrays (B, C, S), or of one and a vector (S,): (C,)."""
    S = x.shape[2]
    if S < _FEWEST:
        return np.asarray((x.astype(np.float64) * y).sum(axis=(0, 2)))
    if S <= _RUN:
        return _over_images(np.vecdot(x, y))
    cut = S // _RUN * _RUN
    runs = (v[..., :cut].reshape(*v.shape[:-1], -1, _RUN) for v in (x, y))
    total = np.vecdot(*runs).sum(axis=(0, 2), dtype=np.float64)
    return np.asarray(total + _over_images(np.vecdot(x[..., cut:], y[..., cut:])))


def _over_images(sums: Array) -> Float64Array:
    total: Float64Array = np.add.reduce(sums, axis=0, dtype=np.float64)
    return total


class Moments(NamedTuple):
    """Sums over each channel of c = x − near, with which it was left, and perhaps a gradient g."""

    near: Array
    """A number near the mean, in the precision of x, (C,)."""
    rest: Float64Array
    """The mean of c: what the mean of x is besides."""
    far: bool
    """Whether the rest shows in a result, because the mean is large beside the deviation."""
    var: Float64Array
    """The variance, a sum divided by n."""
    g_c: Float64Array
    """Sum of g c, if there is a g."""
    g: Float64Array
    """Sum of g, if there is one."""


def moments(x: Array, centred: Array, g: Array | None = None) -> Moments:
    """
    Write x − near into an array and sum it, its squares and its products with g.

    The variance Σc²/n − (Σc/n)² loses no digits, because Σc/n is less than the deviation.
    """
    found = _moments(x, centred, g, x.dtype)
    if x.dtype != np.float64 and not np.isfinite(found.var).all():
        # squares beyond 1e38, unless x itself is infinite
        return _moments(x, centred, g, np.dtype(np.float64))
    return found


def _moments(x: Array, centred: Array, g: Array | None, dtype: np.dtype[Any]) -> Moments:
    def added_up(values: Array) -> Float64Array:
        def add(part: slice) -> Float64Array:
            return channel_sum(values[part].astype(dtype, copy=False))

        return np.asarray(add_up_planes(add, x), np.float64)

    n = x.shape[0] * x.shape[2]
    mean = added_up(x) / n
    near = mean.astype(x.dtype)
    rest = mean - near
    square, g_c, g_sum = sums_about(near, x, centred, g, dtype)
    # The sum of x has lost digits of x. In the result that shows where they are large beside the
    # deviation; in a gradient sooner, because there the rest is multiplied by the sum of g.
    far = bool((mean * mean > (4 / n if g is None else 1 / 16 / n) * square).any())
    if far:
        rest = added_up(centred) / n
        if (2 * rest**2 > square / n).any():
            near = (near + rest).astype(x.dtype)
            square, g_c, g_sum = sums_about(near, x, centred, g, dtype)
            rest = added_up(centred) / n
    return Moments(near, rest, far, square / n - rest * rest, g_c, g_sum)


def sums_about(
    near: Array, x: Array, centred: Array, g: Array | None, dtype: np.dtype[Any]
) -> tuple[Float64Array, Float64Array, Float64Array]:
    """Write c = x − near and sum, in runs of a dtype, c² and, of a g that is given, g c and g."""
    ones = np.ones(x.shape[2], x.dtype)

    def add(part: slice) -> Float64Array:
        c = centred[part]
        np.subtract(x[part], near[:, None], out=c)
        c = c.astype(dtype, copy=False)
        squares = channel_dot(c, c)
        if g is None:
            return squares
        return np.array([squares, channel_dot(g[part], c), channel_dot(g[part], ones)])

    found = np.asarray(add_up_planes(add, x), np.float64)
    return (found, found, found) if g is None else (found[0], found[1], found[2])
