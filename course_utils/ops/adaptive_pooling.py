"""adaptive_avg_pool2d: averages over a given number of windows, beside its gradient."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, float_array, quietly, read_grad_output
from course_utils.ops.channel_sums import channel_dot
from course_utils.ops.fast.sharing import share_planes
from course_utils.ops.fast.threads import with_one_blas_thread
from course_utils.ops.options import integer

_SHORT = 512
"""Numbers up to which BLAS's matrix times vector keeps the digits of float32.

Measured at 1e7 with spread 1: off by less than half a digit up to 784, by 14 at 3136, where
`channel_dot` is off by 0.07 in 0.95 of the time.
"""


@quietly
def adaptive_avg_pool2d(x: npt.ArrayLike, output_size: int | Sequence[int | None]) -> Array:
    r"""
    Average an image over a given number of windows.

    .. math:: y[b, c, i, j] = \text{mean of } x[b, c, s, t] \text{ over }
        \left\lfloor \frac{iH}{M_H} \right\rfloor \le s <
        \left\lceil \frac{(i+1)H}{M_H} \right\rceil, \quad
        \left\lfloor \frac{jW}{M_W} \right\rfloor \le t <
        \left\lceil \frac{(j+1)W}{M_W} \right\rceil

    Windows overlap where the number of windows does not divide the size. ``output_size=1`` is
    global average pooling.

    Parameters
    ----------
    x : array_like (B, C, H, W) or (C, H, W)
        Images, with or without a batch. PyTorch calls this argument ``input``.
    output_size : int or (int or None, int or None)
        Number of windows M down and across; one number is used for both, None in a pair means the
        input's size.

    Returns
    -------
    ndarray (B, C, M_H, M_W) or (C, M_H, M_W)
        The averages.

    Raises
    ------
    ValueError
        If `output_size` is negative or is not one or two numbers, or `x` has the wrong shape.
    TypeError
        If an argument is of the wrong type.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool2d.html

    Examples
    --------
    >>> adaptive_avg_pool2d([[[1.0, 2.0, 3.0], [5.0, 6.0, 7.0]]], (1, 2))
    array([[[3.5, 4.5]]])
    """
    array, H_windows, W_windows = _read("adaptive_avg_pool2d", x, output_size)
    if len(H_windows) == len(W_windows) == 1:  # global: one long run for each channel
        planes = array.reshape(math.prod(array.shape[:-2]), math.prod(array.shape[-2:]))
        ones = np.ones(planes.shape[1], array.dtype)
        # BLAS adds up faster than NumPy; threads would take longer to wake. In float32 a product of
        # matrix and vector loses digits of long runs, which channel_dot does not.
        add_up = channel_dot if len(ones) > _SHORT else np.matmul
        sums = with_one_blas_thread(lambda: add_up(planes[None], ones)).reshape(len(planes))
        return (sums / len(ones)).astype(array.dtype).reshape(*array.shape[:-2], 1, 1)
    tall = np.empty((*array.shape[:-2], len(H_windows), array.shape[-1]), array.dtype)
    for i, window in enumerate(H_windows):
        np.mean(array[..., window, :], axis=-2, out=tall[..., i, :])
    y = np.empty((*tall.shape[:-1], len(W_windows)), array.dtype)
    for j, window in enumerate(W_windows):
        np.mean(tall[..., window], axis=-1, out=y[..., j])
    return y


@quietly
def adaptive_avg_pool2d_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    output_size: int | Sequence[int | None],
) -> Array:
    """
    Carry a gradient back through `adaptive_avg_pool2d`: an equal share to each sample of a window.

    Parameters
    ----------
    grad_output : array_like (B, C, M_H, M_W) or (C, M_H, M_W)
        Gradient of the loss with respect to the averages.
    x, output_size
        The arguments of `adaptive_avg_pool2d`.

    Returns
    -------
    ndarray
        Gradient with respect to `x`, of its shape.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of the result, or `adaptive_avg_pool2d` would
        raise it.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> adaptive_avg_pool2d_backward([[[4.0, 8.0]]], [[[1.0, 2.0, 3.0], [5.0, 6.0, 7.0]]], (1, 2))
    array([[[1., 3., 2.],
            [1., 3., 2.]]])
    """
    operation = "adaptive_avg_pool2d_backward"
    array, H_windows, W_windows = _read(operation, x, output_size)
    shape = (*array.shape[:-2], len(H_windows), len(W_windows))
    gy = read_grad_output(operation, grad_output, shape, array)
    if len(H_windows) == len(W_windows) == 1:
        spread = np.empty((math.prod(shape), math.prod(array.shape[-2:])), gy.dtype)
        each = gy.reshape(-1, 1) / spread.shape[1]
        share_planes(lambda part: np.copyto(spread[part], each[part]), spread)
        return spread.reshape(array.shape)
    tall = np.zeros((*shape[:-1], array.shape[-1]), gy.dtype)
    for j, window in enumerate(W_windows):
        tall[..., window] += gy[..., j, None] / (window.stop - window.start)
    gx = np.zeros(array.shape, gy.dtype)
    for i, window in enumerate(H_windows):
        gx[..., window, :] += tall[..., i, None, :] / (window.stop - window.start)
    return gx


def _read(
    operation: str, x: npt.ArrayLike, output_size: object
) -> tuple[Array, list[slice], list[slice]]:
    array = float_array(operation, "x", x)
    if array.ndim not in (3, 4):
        raise ValueError(f"{operation}: x is {array.shape}, expected (B, C, H, W) or (C, H, W)")
    if 0 in array.shape[-2:]:
        raise ValueError(f"{operation}: x is {array.shape}, expected at least one pixel")
    if output_size is None:
        raise TypeError(
            f"{operation}: output_size is None, expected a whole number or a pair, "
            "in which None means the size of x"
        )
    pair = output_size if isinstance(output_size, (tuple, list)) else (output_size, output_size)
    if len(pair) != 2:
        raise ValueError(f"{operation}: output_size is {output_size!r}, expected one number or two")
    H_windows, W_windows = (
        _windows(n, n if m is None else integer(operation, "output_size", m, 0))
        for n, m in zip(array.shape[-2:], pair, strict=True)
    )
    return array, H_windows, W_windows


def _windows(n: int, m: int) -> list[slice]:
    """Split n samples into m windows of nearly equal size, which may overlap by one."""
    return [slice(i * n // m, -(-(i + 1) * n // m)) for i in range(m)]
