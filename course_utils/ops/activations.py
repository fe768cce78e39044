"""relu, leaky_relu, sigmoid and tanh: functions of each number alone, each beside its gradient."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, float_array, quietly, read_grad_output
from course_utils.ops.masking import keep_where
from course_utils.ops.options import number


@quietly
def relu(x: npt.ArrayLike) -> Array:
    r"""
    Set negative numbers to zero.

    .. math:: y = \max(x, 0)

    At 0, where there is a corner, the derivative is taken to be 0. NaN is passed on.

    Parameters
    ----------
    x : array_like
        Numbers, of any shape. PyTorch calls this argument ``input``.

    Returns
    -------
    ndarray
        The result, of the same shape.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.relu.html

    Examples
    --------
    >>> relu([-2.0, 0.0, 3.0])
    array([0., 0., 3.])
    """
    return np.maximum(float_array("relu", "x", x), 0)


@quietly
def relu_backward(grad_output: npt.ArrayLike, x: npt.ArrayLike) -> Array:
    r"""
    Carry a gradient back through `relu`.

    .. math:: \frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} \cdot [x > 0]

    Parameters
    ----------
    grad_output : array_like, shaped like x
        Gradient of the loss with respect to the result.
    x
        The argument of `relu`.

    Returns
    -------
    ndarray
        Gradient with respect to `x`, of its shape.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of `x`.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> relu_backward([5.0, 5.0, 5.0], [-2.0, 0.0, 3.0])
    array([0., 0., 5.])
    """
    array = float_array("relu_backward", "x", x)
    gy = read_grad_output("relu_backward", grad_output, array.shape, array)
    # where x is NaN the gradient passes, as in PyTorch
    return keep_where(gy, np.asarray(~(array <= 0)))


@quietly
def leaky_relu(x: npt.ArrayLike, negative_slope: float = 0.01) -> Array:
    r"""
    Multiply negative numbers by a small slope.

    .. math:: y = \begin{cases} x & x > 0 \\ a x & x \le 0 \end{cases}

    Parameters
    ----------
    x : array_like
        Numbers, of any shape. PyTorch calls this argument ``input``.
    negative_slope : float, default 0.01
        The slope a below zero.

    Returns
    -------
    ndarray
        The result, of the same shape.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers, or the slope is not one.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.leaky_relu.html

    Examples
    --------
    >>> leaky_relu([-2.0, 0.0, 3.0], 0.1)
    array([-0.2,  0. ,  3. ])
    """
    array = float_array("leaky_relu", "x", x)
    return np.where(
        array > 0, array, array * number("leaky_relu", "negative_slope", negative_slope)
    )


@quietly
def leaky_relu_backward(
    grad_output: npt.ArrayLike, x: npt.ArrayLike, negative_slope: float = 0.01
) -> Array:
    r"""
    Carry a gradient back through `leaky_relu`.

    .. math:: \frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} \cdot
        \begin{cases} 1 & x > 0 \\ a & x \le 0 \end{cases}

    Parameters
    ----------
    grad_output : array_like, shaped like x
        Gradient of the loss with respect to the result.
    x, negative_slope
        The arguments of `leaky_relu`.

    Returns
    -------
    ndarray
        Gradient with respect to `x`, of its shape.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of `x`.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> leaky_relu_backward([5.0, 5.0, 5.0], [-2.0, 0.0, 3.0], 0.1)
    array([0.5, 0.5, 5. ])
    """
    array = float_array("leaky_relu_backward", "x", x)
    gy = read_grad_output("leaky_relu_backward", grad_output, array.shape, array)
    slope = number("leaky_relu_backward", "negative_slope", negative_slope)
    return np.where(array > 0, gy, gy * slope)


@quietly
def sigmoid(x: npt.ArrayLike) -> Array:
    r"""
    Squash numbers into the range from 0 to 1.

    .. math:: y = \frac{1}{1 + e^{-x}}

    Parameters
    ----------
    x : array_like
        Numbers, of any shape. PyTorch calls this argument ``input``.

    Returns
    -------
    ndarray
        The result, of the same shape.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.sigmoid.html

    Examples
    --------
    >>> sigmoid([0.0, 1000.0, -1000.0])
    array([0.5, 1. , 0. ])
    """
    array = float_array("sigmoid", "x", x)
    small = np.exp(-np.abs(array))  # the exponent is never positive, so this cannot overflow
    return np.asarray(np.where(array >= 0, 1, small) / (1 + small))


@quietly
def sigmoid_backward(grad_output: npt.ArrayLike, x: npt.ArrayLike) -> Array:
    r"""
    Carry a gradient back through `sigmoid`.

    .. math:: \frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} \cdot y (1 - y)

    Parameters
    ----------
    grad_output : array_like, shaped like x
        Gradient of the loss with respect to the result.
    x
        The argument of `sigmoid`.

    Returns
    -------
    ndarray
        Gradient with respect to `x`, of its shape.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of `x`.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> sigmoid_backward([4.0], [0.0])
    array([1.])
    """
    array = float_array("sigmoid_backward", "x", x)
    gy = read_grad_output("sigmoid_backward", grad_output, array.shape, array)
    y = sigmoid(array)
    return gy * y * (1 - y)


@quietly
def tanh(x: npt.ArrayLike) -> Array:
    r"""
    Squash numbers into the range from −1 to 1.

    .. math:: y = \frac{e^x - e^{-x}}{e^x + e^{-x}}

    Parameters
    ----------
    x : array_like
        Numbers, of any shape. PyTorch calls this argument ``input``.

    Returns
    -------
    ndarray
        The result, of the same shape.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.tanh.html

    Examples
    --------
    >>> tanh([0.0, 20.0])
    array([0., 1.])
    """
    return np.tanh(float_array("tanh", "x", x))


@quietly
def tanh_backward(grad_output: npt.ArrayLike, x: npt.ArrayLike) -> Array:
    r"""
    Carry a gradient back through `tanh`.

    .. math:: \frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} \cdot (1 - y^2)

    Parameters
    ----------
    grad_output : array_like, shaped like x
        Gradient of the loss with respect to the result.
    x
        The argument of `tanh`.

    Returns
    -------
    ndarray
        Gradient with respect to `x`, of its shape.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of `x`.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> tanh_backward([3.0], [0.0])
    array([3.])
    """
    array = float_array("tanh_backward", "x", x)
    gy = read_grad_output("tanh_backward", grad_output, array.shape, array)
    return np.asarray(gy * (1 - np.tanh(array) ** 2))
