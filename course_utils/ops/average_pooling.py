"""avg_pool1d and avg_pool2d: the mean of each window, each beside its gradient."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, read_grad_output
from course_utils.ops.means import mean, mean_backward, read_divisor
from course_utils.ops.options import Ints
from course_utils.ops.pooling_windows import read_pool


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

    with x zero in the border. n is the number of samples in the window: all of them, or those
    that do not lie in the border, as `count_include_pad` says.

    Parameters
    ----------
    x : array_like (B, C, L) or (C, L)
        Signals, with or without a batch. PyTorch calls this argument ``input``.
    kernel_size : int
        Size of a window.
    stride : int, optional
        Step S between neighbouring windows; as large as a window where it is not given.
    padding : int, default 0
        Border P of zeros on both sides, at most half a window.
    ceil_mode : bool, default False
        Round the number of windows up, as `output_size` has it. What a window then has beyond
        the border is not counted.
    count_include_pad : bool, default True
        Count samples in the border.

    Returns
    -------
    ndarray (B, C, M) or (C, M)
        The averages.

    Raises
    ------
    ValueError
        If shapes or options do not go together.
    TypeError
        If an argument is of the wrong kind.

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
    divisor = read_divisor(operation, windows, count_include_pad, None)
    return mean(planes, windows, divisor).reshape(windows.result_shape)


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
        If `grad_output` has not the shape of the result, or as `avg_pool1d` refuses.
    TypeError
        If an argument is of the wrong kind, or dtypes differ.

    Examples
    --------
    >>> avg_pool1d_backward([[2.0, 4.0]], [[1.0, 5.0, 2.0]], 2, stride=1)
    array([[1., 3., 2.]])
    """
    operation = "avg_pool1d_backward"
    planes, windows = read_pool(operation, 1, x, kernel_size, stride, padding, 1, ceil_mode)
    divisor = read_divisor(operation, windows, count_include_pad, None)
    gy = read_grad_output(operation, grad_output, windows.result_shape, planes)
    gx = mean_backward(gy.reshape(len(planes), *windows.size), windows, divisor)
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

    with x zero in the border. n is the number of samples in the window: all of them, or those
    that do not lie in the border, as `count_include_pad` says.

    Parameters
    ----------
    x : array_like (B, C, H, W) or (C, H, W)
        Images, with or without a batch. PyTorch calls this argument ``input``.
    kernel_size : int or (int, int)
        Size of a window.
    stride : int or (int, int), optional
        Step S between neighbouring windows; as large as a window where it is not given.
    padding : int or (int, int), default 0
        Border P of zeros on both sides, at most half a window.
    ceil_mode : bool, default False
        Round the number of windows up, as `output_size` has it. What a window then has beyond
        the border is not counted.
    count_include_pad : bool, default True
        Count samples in the border.
    divisor_override : int, optional
        Divide by this number instead, whatever the window holds; not zero.

    Returns
    -------
    ndarray (B, C, M_H, M_W) or (C, M_H, M_W)
        The averages.

    Raises
    ------
    ValueError
        If shapes or options do not go together.
    TypeError
        If an argument is of the wrong kind.

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
    divisor = read_divisor(operation, windows, count_include_pad, divisor_override)
    return mean(planes, windows, divisor).reshape(windows.result_shape)


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
        If `grad_output` has not the shape of the result, or as `avg_pool2d` refuses.
    TypeError
        If an argument is of the wrong kind, or dtypes differ.

    Examples
    --------
    >>> avg_pool2d_backward([[[4.0, 8.0]]], [[[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 8.0, 8.0]]], 2)
    array([[[1., 1., 2., 2.],
            [1., 1., 2., 2.]]])
    """
    operation = "avg_pool2d_backward"
    planes, windows = read_pool(operation, 2, x, kernel_size, stride, padding, 1, ceil_mode)
    divisor = read_divisor(operation, windows, count_include_pad, divisor_override)
    gy = read_grad_output(operation, grad_output, windows.result_shape, planes)
    gx = mean_backward(gy.reshape(len(planes), *windows.size), windows, divisor)
    return gx.reshape(np.shape(x))
