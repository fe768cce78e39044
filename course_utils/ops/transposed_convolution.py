"""conv_transpose1d and conv_transpose2d: convolution run backwards, each beside its own gradient.

They enlarge: each sample of the input lays down a copy of the filter, S samples apart.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, Gradients, quietly, read_grad_output
from course_utils.ops.channel_sums import bias_gradient
from course_utils.ops.convolution_arguments import read_transposed_convolution
from course_utils.ops.fast import choice
from course_utils.ops.options import Ints


@quietly
def conv_transpose1d(
    x: npt.ArrayLike,
    weight: npt.ArrayLike,
    bias: npt.ArrayLike | None = None,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    groups: int = 1,
    dilation: Ints = 1,
    *,
    algorithm: str = "auto",
) -> Array:
    r"""
    Spread signals with a bank of filters: the transpose of `conv1d`, as in its gradient.

    .. math:: y[b, k, t] = \text{bias}[k] + \sum_c \sum_{i, a \,:\, iS + ad - P = t}
        x[b, c, i] \; w[c, k, a]

    Parameters
    ----------
    x : array_like (B, C, L) or (C, L)
        Signals, with or without a batch. PyTorch calls this argument ``input``.
    weight : array_like (C, K / groups, kL)
        Filters, whose first axis is the channels of `x`: the weight of the convolution that is
        transposed, unchanged.
    bias : array_like (K,), optional
        Added to each output channel.
    stride : int, default 1
        Step S of the convolution whose transpose this is.
    padding : int, default 0
        Zeros P that this convolution adds on both sides; here P samples are cut off instead.
    output_padding : int, default 0
        Samples added at the end, fewer than the stride or the dilation, to choose among the sizes
        that this convolution maps to the size of `x`.
    groups : int, default 1
        Channels are split into this many groups.
    dilation : int, default 1
        Distance d between neighbouring samples of a filter.
    algorithm : str, default "auto"
        How to compute it: the fastest way for the shape, or one by its name. "naive", "im2col",
        "fft", "winograd" and "winograd4" are plain forms, to be read in
        `course_utils.ops.algorithms`; "mec" and "winograd_rows" are two of those that "auto"
        chooses among, in `course_utils.ops.fast`.

    Returns
    -------
    ndarray (B, K, N) or (K, N)
        Signals; N is `transposed_output_size` of the input's.

    Raises
    ------
    ValueError
        If shapes or options do not fit together.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv_transpose1d.html

    Examples
    --------
    >>> conv_transpose1d([[1.0, 2.0]], [[[1.0, 10.0, 100.0]]], stride=2)
    array([[  1.,  10., 102.,  20., 200.]])
    """
    x4, w4, bias, problem = read_transposed_convolution(
        "conv_transpose1d", 1, x, weight, bias, stride, padding, output_padding, groups, dilation
    )
    B, C, _, W = problem.x_shape  # of the convolution that this transposes
    y = choice.grad_x(x4, w4, problem, algorithm)
    if bias is not None:
        y += bias[:, None, None]
    return y.reshape((B, C, W) if np.ndim(x) == 3 else (C, W))


@quietly
def conv_transpose1d_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    weight: npt.ArrayLike,
    bias: npt.ArrayLike | None = None,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    groups: int = 1,
    dilation: Ints = 1,
    *,
    algorithm: str = "auto",
) -> Gradients:
    r"""
    Carry a gradient back through `conv_transpose1d`.

    If A is the convolution that `conv_transpose1d` transposes, then y = Aᵀx + bias, so that
    ∂L/∂x = A ∂L/∂y: the gradient is convolved as by `conv1d`. ∂L/∂w is that of the convolution,
    with its input and its gradient exchanged.

    Parameters
    ----------
    grad_output : array_like (B, K, N) or (K, N)
        Gradient of the loss with respect to the result.
    x, weight, bias, stride, padding, output_padding, groups, dilation, algorithm
        The arguments of `conv_transpose1d`.

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
        If `grad_output` does not have the shape of the result, or `conv_transpose1d` would raise
        it.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> gx, gw, gb = conv_transpose1d_backward([[1.0, 2.0, 3.0]], [[4.0, 5.0]], [[[1.0, 10.0]]])
    >>> gx
    array([[21., 32.]])
    >>> gw
    array([[[14., 23.]]])
    """
    operation = "conv_transpose1d_backward"
    x4, w4, bias, problem = read_transposed_convolution(
        operation, 1, x, weight, bias, stride, padding, output_padding, groups, dilation
    )
    B, C, _, W = problem.x_shape  # of the convolution that this transposes
    shape = (B, C, W) if np.ndim(x) == 3 else (C, W)
    gy = read_grad_output(operation, grad_output, shape, x4).reshape(problem.x_shape)
    gx = choice.forward(gy, w4, problem, algorithm).reshape(np.shape(x))
    gw = choice.grad_weight(x4, gy, problem, algorithm).reshape(np.shape(weight))
    return gx, gw, None if bias is None else bias_gradient(gy)


@quietly
def conv_transpose2d(
    x: npt.ArrayLike,
    weight: npt.ArrayLike,
    bias: npt.ArrayLike | None = None,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    groups: int = 1,
    dilation: Ints = 1,
    *,
    algorithm: str = "auto",
) -> Array:
    r"""
    Spread images with a bank of filters: the transpose of `conv2d`, as in its gradient.

    .. math:: y[b, k, s, t] = \text{bias}[k] + \sum_c \sum_{i, u \,:\, iS + ud - P = s} \;
        \sum_{j, v \,:\, jS + vd - P = t} x[b, c, i, j] \; w[c, k, u, v]

    Parameters
    ----------
    x : array_like (B, C, H, W) or (C, H, W)
        Images, with or without a batch. PyTorch calls this argument ``input``.
    weight : array_like (C, K / groups, kH, kW)
        Filters, whose first axis is the channels of `x`: the weight of the convolution that is
        transposed, unchanged.
    bias : array_like (K,), optional
        Added to each output channel.
    stride : int or (int, int), default 1
        Step S of the convolution whose transpose this is.
    padding : int or (int, int), default 0
        Zeros P that this convolution adds on both sides; here P samples are cut off instead.
    output_padding : int or (int, int), default 0
        Samples added at the end, fewer than the stride or the dilation, to choose among the sizes
        that this convolution maps to the size of `x`.
    groups : int, default 1
        Channels are split into this many groups.
    dilation : int or (int, int), default 1
        Distance d between neighbouring samples of a filter.
    algorithm : str, default "auto"
        How to compute it: the fastest way for the shape, or one by its name. "naive", "im2col",
        "fft", "winograd" and "winograd4" are plain forms, to be read in
        `course_utils.ops.algorithms`; "mec" and "winograd_rows" are two of those that "auto"
        chooses among, in `course_utils.ops.fast`.

    Returns
    -------
    ndarray (B, K, N_H, N_W) or (K, N_H, N_W)
        Images; each side is `transposed_output_size` of the input's.

    Raises
    ------
    ValueError
        If shapes or options do not fit together.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv_transpose2d.html

    Examples
    --------
    >>> conv_transpose2d([[[1.0, 2.0]]], [[[[1.0, 10.0], [0.0, 5.0]]]], stride=2)
    array([[[ 1., 10.,  2., 20.],
            [ 0.,  5.,  0., 10.]]])
    """
    x4, w4, bias, problem = read_transposed_convolution(
        "conv_transpose2d", 2, x, weight, bias, stride, padding, output_padding, groups, dilation
    )
    B, C, H, W = problem.x_shape  # of the convolution that this transposes
    y = choice.grad_x(x4, w4, problem, algorithm)
    if bias is not None:
        y += bias[:, None, None]
    return y.reshape((B, C, H, W) if np.ndim(x) == 4 else (C, H, W))


@quietly
def conv_transpose2d_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    weight: npt.ArrayLike,
    bias: npt.ArrayLike | None = None,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    groups: int = 1,
    dilation: Ints = 1,
    *,
    algorithm: str = "auto",
) -> Gradients:
    r"""
    Carry a gradient back through `conv_transpose2d`.

    If A is the convolution that `conv_transpose2d` transposes, then y = Aᵀx + bias, so that
    ∂L/∂x = A ∂L/∂y: the gradient is convolved as by `conv2d`. ∂L/∂w is that of the convolution,
    with its input and its gradient exchanged.

    Parameters
    ----------
    grad_output : array_like (B, K, N_H, N_W) or (K, N_H, N_W)
        Gradient of the loss with respect to the result.
    x, weight, bias, stride, padding, output_padding, groups, dilation, algorithm
        The arguments of `conv_transpose2d`.

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
        If `grad_output` does not have the shape of the result, or `conv_transpose2d` would raise
        it.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> gy, x, w = [[[1.0, 2.0, 3.0]]], [[[4.0, 5.0]]], [[[[1.0, 10.0]]]]
    >>> gx, gw, gb = conv_transpose2d_backward(gy, x, w)
    >>> gx
    array([[[21., 32.]]])
    >>> gw
    array([[[[14., 23.]]]])
    """
    operation = "conv_transpose2d_backward"
    x4, w4, bias, problem = read_transposed_convolution(
        operation, 2, x, weight, bias, stride, padding, output_padding, groups, dilation
    )
    B, C, H, W = problem.x_shape  # of the convolution that this transposes
    shape = (B, C, H, W) if np.ndim(x) == 4 else (C, H, W)
    gy = read_grad_output(operation, grad_output, shape, x4).reshape(problem.x_shape)
    gx = choice.forward(gy, w4, problem, algorithm).reshape(np.shape(x))
    gw = choice.grad_weight(x4, gy, problem, algorithm).reshape(np.shape(weight))
    return gx, gw, None if bias is None else bias_gradient(gy)
