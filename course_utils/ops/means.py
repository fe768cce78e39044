"""The mean of each window over planes (N, H, W), and the way of a gradient back from it."""

from __future__ import annotations

import numpy as np

from course_utils.ops.arrays import Array
from course_utils.ops.options import flag, integer
from course_utils.ops.planes import share_planes
from course_utils.ops.pooling_windows import Windows


def read_divisor(
    operation: str, windows: Windows, count_include_pad: bool, divisor_override: int | None
) -> Array:
    """Count what each window's sum is divided by."""
    padded = flag(operation, "count_include_pad", count_include_pad)
    if divisor_override is not None:
        smallest = -(2**63)  # PyTorch takes a negative one
        divisor = integer(operation, "divisor_override", divisor_override, smallest)
        if divisor == 0:
            raise ValueError(f"{operation}: divisor_override is 0, expected another number or None")
        return np.full(windows.size, float(divisor))
    counts = []
    for n, k, s, p, m in zip(
        (windows.H, windows.W),
        windows.kernel,
        windows.stride,
        windows.padding,
        windows.size,
        strict=True,
    ):
        start = np.arange(m) * s - p
        end = np.minimum(start + k, n + p)
        counts.append(end - start if padded else np.minimum(end, n) - np.maximum(start, 0))
    rows, columns = counts
    return (rows[:, None] * columns).astype(np.float64)


def mean(planes: Array, windows: Windows, divisor: Array) -> Array:
    """Add up each window and divide."""
    y = np.empty((len(planes), *windows.size), planes.dtype)
    divisor = divisor.astype(planes.dtype)

    def some(part: slice) -> None:
        padded = windows.pad(planes[part], 0)
        # the sum of each column of a window, then the sum of those
        tall = np.array(windows.rows(padded, 0))
        for u in range(1, windows.kernel[0]):
            np.add(tall, windows.rows(padded, u), out=tall)
        total = y[part]
        np.copyto(total, windows.columns(tall, 0))
        for v in range(1, windows.kernel[1]):
            np.add(total, windows.columns(tall, v), out=total)
        np.divide(total, divisor, out=total)

    share_planes(some, planes)
    return y


def mean_backward(gy: Array, windows: Windows, divisor: Array) -> Array:
    """Give each sample of a window its share of the gradient."""
    gx = np.zeros((len(gy), windows.H, windows.W), gy.dtype)
    divisor = divisor.astype(gy.dtype)
    high, wide = windows.extent

    def some(part: slice) -> None:
        share = gy[part] / divisor
        tall = np.zeros((len(share), windows.size[0], wide), gy.dtype)
        for v in range(windows.kernel[1]):
            target = windows.columns(tall, v)
            np.add(target, share, out=target)
        exact = windows.padding == (0, 0) and (high, wide) == (windows.H, windows.W)
        spread = gx[part] if exact else np.zeros((len(share), high, wide), gy.dtype)
        for u in range(windows.kernel[0]):
            target = windows.rows(spread, u)
            np.add(target, tall, out=target)
        if not exact:
            inside = windows.inside(spread)
            gx[part, : inside.shape[1], : inside.shape[2]] = inside

    share_planes(some, gx)
    return gx
