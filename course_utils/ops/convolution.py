"""conv1d and conv2d: banks of filters slid over signals and images, each beside its gradient.

As in PyTorch this is cross-correlation: the kernel is not flipped. The convolution of signal theory
is `convolve`, in convolve_correlate.py.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array, Gradients, quietly, read_grad_output
from course_utils.ops.channel_sums import bias_gradient
from course_utils.ops.convolution_arguments import read_convolution
from course_utils.ops.fast import choice
from course_utils.ops.options import Ints
from course_utils.ops.padding import Padding


@quietly
def conv1d(
    x: npt.ArrayLike,
    weight: npt.ArrayLike,
    bias: npt.ArrayLike | None = None,
    stride: Ints = 1,
    padding: Padding = 0,
    dilation: Ints = 1,
    groups: int = 1,
    *,
    algorithm: str = "auto",
) -> Array:
    r"""
    Slide a bank of filters over signals.

    .. math:: y[b, k, i] = \text{bias}[k] + \sum_c \sum_a x[b, c, iS + ad - P] \; w[k, c, a]

    with x zero outside its samples, and c running over the channels of the group of k.

    Parameters
    ----------
    x : array_like (B, C, L) or (C, L)
        Signals, with or without a batch. PyTorch calls this argument ``input``,
        a name that would hide a built-in function of Python.
    weight : array_like (K, C / groups, kL)
        K filters.
    bias : array_like (K,), optional
        Added to each output channel.
    stride : int, default 1
        Step S between neighbouring outputs.
    padding : int, "same" or "valid", default 0
        Zeros P on each side. "valid" adds none; "same" keeps the size at stride 1, with
        an odd zero at the end.
    dilation : int, default 1
        Distance d between neighbouring samples of a filter.
    groups : int, default 1
        Channels are split into this many groups, each filtered by its own K / groups filters.
    algorithm : str, default "auto"
        How to compute it: the fastest way for the shape, or one by its name. "naive", "im2col",
        "fft", "winograd" and "winograd4" are plain forms, to be read in
        `course_utils.ops.algorithms`; "mec" and "winograd_rows" are two of those that "auto"
        chooses among, in `course_utils.ops.fast`. "fft" and both of Winograd lose small results
        beside much larger ones. With "auto" an infinite weight does not meet the border.

    Returns
    -------
    ndarray (B, K, M) or (K, M)
        Filtered signals, M = `output_size` of L.

    Raises
    ------
    ValueError
        If shapes or options do not fit together.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv1d.html

    Examples
    --------
    >>> conv1d([[1.0, 2.0, 3.0, 4.0]], [[[1.0, 10.0]]])
    array([[21., 32., 43.]])
    """
    x4, w4, bias, problem = read_convolution(
        "conv1d", 1, x, weight, bias, stride, padding, dilation, groups
    )
    B, K, _, M = problem.output_shape  # a signal is an image of height 1
    y = _with_bias(choice.forward(x4, w4, problem, algorithm), bias)
    return y.reshape((B, K, M) if np.ndim(x) == 3 else (K, M))


@quietly
def conv1d_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    weight: npt.ArrayLike,
    bias: npt.ArrayLike | None = None,
    stride: Ints = 1,
    padding: Padding = 0,
    dilation: Ints = 1,
    groups: int = 1,
    *,
    algorithm: str = "auto",
) -> Gradients:
    r"""
    Carry a gradient back through `conv1d`.

    .. math::
        \frac{\partial L}{\partial x[b, c, t]} &= \sum_k \sum_{i, a \,:\, iS + ad - P = t}
            \frac{\partial L}{\partial y[b, k, i]} \; w[k, c, a] \\
        \frac{\partial L}{\partial w[k, c, a]} &= \sum_b \sum_i
            \frac{\partial L}{\partial y[b, k, i]} \; x[b, c, iS + ad - P] \\
        \frac{\partial L}{\partial \text{bias}[k]} &= \sum_b \sum_i
            \frac{\partial L}{\partial y[b, k, i]}

    Parameters
    ----------
    grad_output : array_like (B, K, M) or (K, M)
        Gradient of the loss with respect to the result.
    x, weight, bias, stride, padding, dilation, groups, algorithm
        The arguments of `conv1d`.

    Returns
    -------
    grad_x : ndarray
        Gradient with respect to `x`, of its shape.
    grad_weight : ndarray
        Gradient with respect to `weight`, of its shape.
    grad_bias : ndarray or None
        Gradient with respect to `bias`; None if none was given.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of the result, or `conv1d` would raise it.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> gx, gw, gb = conv1d_backward([[1.0, 2.0]], [[3.0, 4.0, 5.0]], [[[1.0, 10.0]]])
    >>> gx
    array([[ 1., 12., 20.]])
    >>> gw
    array([[[11., 14.]]])
    """
    x4, w4, bias, problem = read_convolution(
        "conv1d_backward", 1, x, weight, bias, stride, padding, dilation, groups
    )
    B, K, _, M = problem.output_shape
    shape = (B, K, M) if np.ndim(x) == 3 else (K, M)
    gy = read_grad_output("conv1d_backward", grad_output, shape, x4).reshape(problem.output_shape)
    gx, gw, gb = _backward(gy, x4, w4, bias, problem, algorithm)
    return gx.reshape(np.shape(x)), gw.reshape(np.shape(weight)), gb


@quietly
def conv2d(
    x: npt.ArrayLike,
    weight: npt.ArrayLike,
    bias: npt.ArrayLike | None = None,
    stride: Ints = 1,
    padding: Padding = 0,
    dilation: Ints = 1,
    groups: int = 1,
    *,
    algorithm: str = "auto",
) -> Array:
    r"""
    Slide a bank of filters over images.

    .. math:: y[b, k, i, j] = \text{bias}[k] + \sum_c \sum_{u, v}
        x[b, c, iS + ud - P, jS + vd - P] \; w[k, c, u, v]

    with x zero outside its pixels, and c running over the channels of the group of k.

    Parameters
    ----------
    x : array_like (B, C, H, W) or (C, H, W)
        Images, with or without a batch. PyTorch calls this argument ``input``,
        a name that would hide a built-in function of Python.
    weight : array_like (K, C / groups, kH, kW)
        K filters.
    bias : array_like (K,), optional
        Added to each output channel.
    stride : int or (int, int), default 1
        Step S between neighbouring outputs, down and across.
    padding : int, (int, int), "same" or "valid", default 0
        Zeros P on both sides of each axis. "valid" adds none; "same" keeps the size at stride 1,
        with an odd zero at the bottom or right.
    dilation : int or (int, int), default 1
        Distance d between neighbouring samples of a filter.
    groups : int, default 1
        Channels are split into this many groups, each filtered by its own K / groups filters.
    algorithm : str, default "auto"
        How to compute it: the fastest way for the shape, or one by its name. "naive", "im2col",
        "fft", "winograd" and "winograd4" are plain forms, to be read in
        `course_utils.ops.algorithms`; "mec" and "winograd_rows" are two of those that "auto"
        chooses among, in `course_utils.ops.fast`. "fft" and both of Winograd lose small results
        beside much larger ones. With "auto" an infinite weight does not meet the border.

    Returns
    -------
    ndarray (B, K, M_H, M_W) or (K, M_H, M_W)
        Feature maps; each side is `output_size` of the input's.

    Raises
    ------
    ValueError
        If shapes or options do not fit together.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv2d.html

    Examples
    --------
    The horizontal differences of a picture that grows brighter to the right:

    >>> import numpy as np
    >>> x = np.arange(12.0).reshape(1, 3, 4) ** 2
    >>> conv2d(x, np.array([[[[-1.0, 1.0]]]]))
    array([[[ 1.,  3.,  5.],
            [ 9., 11., 13.],
            [17., 19., 21.]]])
    >>> conv2d(np.zeros((4, 9)), np.zeros((8, 3, 5, 5)))
    Traceback (most recent call last):
        ...
    ValueError: conv2d: x is (4, 9), expected (B, C, H, W) or (C, H, W)
    """
    x4, w4, bias, problem = read_convolution(
        "conv2d", 2, x, weight, bias, stride, padding, dilation, groups
    )
    y = _with_bias(choice.forward(x4, w4, problem, algorithm), bias)
    return y if np.ndim(x) == 4 else y[0]


@quietly
def conv2d_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    weight: npt.ArrayLike,
    bias: npt.ArrayLike | None = None,
    stride: Ints = 1,
    padding: Padding = 0,
    dilation: Ints = 1,
    groups: int = 1,
    *,
    algorithm: str = "auto",
) -> Gradients:
    r"""
    Carry a gradient back through `conv2d`.

    .. math::
        \frac{\partial L}{\partial x[b, c, s, t]} &=
            \sum_k \sum_{i, u \,:\, iS + ud - P = s} \; \sum_{j, v \,:\, jS + vd - P = t}
            \frac{\partial L}{\partial y[b, k, i, j]} \; w[k, c, u, v] \\
        \frac{\partial L}{\partial w[k, c, u, v]} &= \sum_b \sum_{i, j}
            \frac{\partial L}{\partial y[b, k, i, j]} \; x[b, c, iS + ud - P, jS + vd - P] \\
        \frac{\partial L}{\partial \text{bias}[k]} &= \sum_b \sum_{i, j}
            \frac{\partial L}{\partial y[b, k, i, j]}

    Parameters
    ----------
    grad_output : array_like (B, K, M_H, M_W) or (K, M_H, M_W)
        Gradient of the loss with respect to the result.
    x, weight, bias, stride, padding, dilation, groups, algorithm
        The arguments of `conv2d`.

    Returns
    -------
    grad_x : ndarray
        Gradient with respect to `x`, of its shape.
    grad_weight : ndarray
        Gradient with respect to `weight`, of its shape.
    grad_bias : ndarray or None
        Gradient with respect to `bias`; None if none was given.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of the result, or `conv2d` would raise it.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> import numpy as np
    >>> x, w = np.arange(9.0).reshape(1, 3, 3), np.array([[[[1.0, 10.0]]]])
    >>> gx, gw, gb = conv2d_backward(np.ones((1, 2, 1)), x, w, stride=(2, 2))
    >>> gx
    array([[[ 1., 10.,  0.],
            [ 0.,  0.,  0.],
            [ 1., 10.,  0.]]])
    >>> gw
    array([[[[6., 8.]]]])
    """
    gy, x4, w4, bias, problem = _read_conv2d_backward(
        grad_output, x, weight, bias, stride, padding, dilation, groups
    )
    gx, gw, gb = _backward(gy, x4, w4, bias, problem, algorithm)
    return gx.reshape(np.shape(x)), gw, gb


@quietly
def conv2d_parameter_gradients(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    weight: npt.ArrayLike,
    bias: npt.ArrayLike | None = None,
    stride: Ints = 1,
    padding: Padding = 0,
    dilation: Ints = 1,
    groups: int = 1,
) -> tuple[Array, Array | None]:
    """Give the gradients of `conv2d_backward` for weight and bias, without the work for x."""
    gy, x4, _, bias, problem = _read_conv2d_backward(
        grad_output, x, weight, bias, stride, padding, dilation, groups
    )
    return choice.grad_weight(gy, x4, problem), _bias_gradient(gy, bias)


def _read_conv2d_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    weight: npt.ArrayLike,
    bias: npt.ArrayLike | None,
    stride: Ints,
    padding: Padding,
    dilation: Ints,
    groups: int,
) -> tuple[Array, Array, Array, Array | None, Problem]:
    x4, w4, bias, p = read_convolution(
        "conv2d_backward", 2, x, weight, bias, stride, padding, dilation, groups
    )
    shape = p.output_shape if np.ndim(x) == 4 else p.output_shape[1:]
    gy = read_grad_output("conv2d_backward", grad_output, shape, x4)
    return gy.reshape(p.output_shape), x4, w4, bias, p


def _with_bias(y: Array, bias: Array | None) -> Array:
    if bias is not None:
        y += bias[:, None, None]
    return y


def _backward(
    gy: Array, x: Array, weight: Array, bias: Array | None, p: Problem, algorithm: str
) -> Gradients:
    gx = choice.grad_x(gy, weight, p, algorithm)
    gw = choice.grad_weight(gy, x, p, algorithm)
    return gx, gw, _bias_gradient(gy, bias)


def _bias_gradient(gy: Array, bias: Array | None) -> Array | None:
    return None if bias is None else bias_gradient(gy)
