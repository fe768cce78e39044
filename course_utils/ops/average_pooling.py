"""avg_pool1d and avg_pool2d: the mean of each window, each beside its gradient."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, read_grad_output
from course_utils.ops.fast.sharing import share_planes
from course_utils.ops.options import Ints, flag, integer
from course_utils.ops.pooling_windows import Windows, read_pool


def avg_pool1d(
    x: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    r"""
    Average each window.

    .. math:: y[b, c, i] = \frac{1}{n_i} \sum_a x[b, c, iS + a - P]

    with x zero in the border. n is the number of samples in the window: all of them, or only those
    outside the border if `count_include_pad` is False.

    Parameters
    ----------
    x : array_like (B, C, L) or (C, L)
        Signals, with or without a batch. PyTorch calls this argument ``input``.
    kernel_size : int
        Size of a window.
    stride : int, optional
        Step S between neighbouring windows; by default the size of a window.
    padding : int, default 0
        Border P of zeros on both sides, at most half a window.
    ceil_mode : bool, default False
        Round the number of windows up, as `output_size` does. Whatever of a window then lies
        beyond the border is not counted.
    count_include_pad : bool, default True
        Count the samples of a window that lie in the border.

    Returns
    -------
    ndarray (B, C, M) or (C, M)
        The averages.

    Raises
    ------
    ValueError
        If shapes or options do not fit together.
    TypeError
        If an argument is of the wrong type.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool1d.html

    Examples
    --------
    >>> avg_pool1d([[1.0, 5.0, 2.0]], 2, stride=1, padding=1)
    array([[0.5, 3. , 3.5, 1. ]])
    >>> avg_pool1d([[1.0, 5.0, 2.0]], 2, stride=1, padding=1, count_include_pad=False)
    array([[1. , 3. , 3.5, 2. ]])
    """
    operation = "avg_pool1d"
    planes, windows = read_pool(operation, 1, x, kernel_size, stride, padding, 1, ceil_mode)
    divisor = _read_divisor(operation, windows, count_include_pad, None)
    return _mean(planes, windows, divisor).reshape(windows.result_shape)


def avg_pool1d_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """
    Carry a gradient back through `avg_pool1d`: an equal share to each sample of a window.

    Parameters
    ----------
    grad_output : array_like (B, C, M) or (C, M)
        Gradient of the loss with respect to the averages.
    x, kernel_size, stride, padding, ceil_mode, count_include_pad
        The arguments of `avg_pool1d`.

    Returns
    -------
    ndarray
        Gradient with respect to `x`, of its shape.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of the result, or `avg_pool1d` would raise it.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> avg_pool1d_backward([[2.0, 4.0]], [[1.0, 5.0, 2.0]], 2, stride=1)
    array([[1., 3., 2.]])
    """
    operation = "avg_pool1d_backward"
    planes, windows = read_pool(operation, 1, x, kernel_size, stride, padding, 1, ceil_mode)
    divisor = _read_divisor(operation, windows, count_include_pad, None)
    gy = read_grad_output(operation, grad_output, windows.result_shape, planes)
    gx = _mean_backward(gy.reshape(len(planes), *windows.size), windows, divisor)
    return gx.reshape(np.shape(x))


def avg_pool2d(
    x: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Array:
    r"""
    Average each window.

    .. math:: y[b, c, i, j] = \frac{1}{n_{ij}} \sum_{u, v} x[b, c, iS + u - P, jS + v - P]

    with x zero in the border. n is the number of samples in the window: all of them, or only those
    outside the border if `count_include_pad` is False.

    Parameters
    ----------
    x : array_like (B, C, H, W) or (C, H, W)
        Images, with or without a batch. PyTorch calls this argument ``input``.
    kernel_size : int or (int, int)
        Size of a window.
    stride : int or (int, int), optional
        Step S between neighbouring windows; by default the size of a window.
    padding : int or (int, int), default 0
        Border P of zeros on both sides, at most half a window.
    ceil_mode : bool, default False
        Round the number of windows up, as `output_size` does. Whatever of a window then lies
        beyond the border is not counted.
    count_include_pad : bool, default True
        Count the samples of a window that lie in the border.
    divisor_override : int, optional
        Divide by this number instead, whatever the window holds. It must not be zero.

    Returns
    -------
    ndarray (B, C, M_H, M_W) or (C, M_H, M_W)
        The averages.

    Raises
    ------
    ValueError
        If shapes or options do not fit together.
    TypeError
        If an argument is of the wrong type.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool2d.html

    Examples
    --------
    >>> avg_pool2d([[[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 8.0, 8.0]]], 2)
    array([[[3.25, 4.5 ]]])
    """
    operation = "avg_pool2d"
    planes, windows = read_pool(operation, 2, x, kernel_size, stride, padding, 1, ceil_mode)
    divisor = _read_divisor(operation, windows, count_include_pad, divisor_override)
    return _mean(planes, windows, divisor).reshape(windows.result_shape)


def avg_pool2d_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Array:
    """
    Carry a gradient back through `avg_pool2d`: an equal share to each sample of a window.

    Parameters
    ----------
    grad_output : array_like (B, C, M_H, M_W) or (C, M_H, M_W)
        Gradient of the loss with respect to the averages.
    x, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override
        The arguments of `avg_pool2d`.

    Returns
    -------
    ndarray
        Gradient with respect to `x`, of its shape.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of the result, or `avg_pool2d` would raise it.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> avg_pool2d_backward([[[4.0, 8.0]]], [[[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 8.0, 8.0]]], 2)
    array([[[1., 1., 2., 2.],
            [1., 1., 2., 2.]]])
    """
    operation = "avg_pool2d_backward"
    planes, windows = read_pool(operation, 2, x, kernel_size, stride, padding, 1, ceil_mode)
    divisor = _read_divisor(operation, windows, count_include_pad, divisor_override)
    gy = read_grad_output(operation, grad_output, windows.result_shape, planes)
    gx = _mean_backward(gy.reshape(len(planes), *windows.size), windows, divisor)
    return gx.reshape(np.shape(x))


def _read_divisor(
    operation: str, windows: Windows, count_include_pad: bool, divisor_override: int | None
) -> Array:
    """Give the number that the sum of each window is divided by, (M_H, M_W)."""
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


def _mean(planes: Array, windows: Windows, divisor: Array) -> Array:
    """Add up each window of planes (N, H, W) and divide: (N, M_H, M_W)."""
    y = np.empty((len(planes), *windows.size), planes.dtype)
    divisor = divisor.astype(planes.dtype)

    def average(part: slice) -> None:
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

    share_planes(average, planes)
    return y


def _mean_backward(gy: Array, windows: Windows, divisor: Array) -> Array:
    """Give each sample of a window its share of the gradient (N, M_H, M_W): (N, H, W)."""
    gx = np.zeros((len(gy), windows.H, windows.W), gy.dtype)
    divisor = divisor.astype(gy.dtype)
    high, wide = windows.extent

    def spread_back(part: slice) -> None:
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

    share_planes(spread_back, gx)
    return gx
