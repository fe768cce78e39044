"""softmax and log_softmax: probabilities and their logarithms, each beside its gradient."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, float_array, quietly, read_grad_output
from course_utils.ops.options import integer


@quietly
def softmax(x: npt.ArrayLike, dim: int) -> Array:
    r"""
    Turn scores into probabilities along one axis.

    .. math:: y_i = \frac{e^{x_i}}{\sum_j e^{x_j}} = \frac{e^{x_i - m}}{\sum_j e^{x_j - m}},
        \qquad m = \max_j x_j

    The second form is the one computed: no exponent is positive, so nothing overflows.

    Parameters
    ----------
    x : array_like
        Scores. PyTorch calls this argument ``input``.
    dim : int
        The axis along which the probabilities add up to 1; a negative one counts from the end.

    Returns
    -------
    ndarray
        Probabilities, of the same shape.

    Raises
    ------
    ValueError
        If `x` has no axis `dim`.
    TypeError
        If an argument is of the wrong type.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html

    Examples
    --------
    >>> softmax([1000.0, 1000.0], dim=0)
    array([0.5, 0.5])
    """
    array, axis = _read("softmax", x, dim)
    # a row of −∞ has no probabilities: NaN, as in PyTorch
    powers = np.exp(array - array.max(axis=axis, keepdims=True, initial=-np.inf))
    y: Array = powers / _sum(powers, axis)
    return y.reshape(np.shape(x))


@quietly
def softmax_backward(grad_output: npt.ArrayLike, x: npt.ArrayLike, dim: int) -> Array:
    r"""
    Carry a gradient back through `softmax`.

    .. math:: \frac{\partial L}{\partial x_i} = y_i \left( \frac{\partial L}{\partial y_i}
        - \sum_j \frac{\partial L}{\partial y_j} \, y_j \right)

    Parameters
    ----------
    grad_output : array_like, shaped like x
        Gradient of the loss with respect to the probabilities.
    x, dim
        The arguments of `softmax`.

    Returns
    -------
    ndarray
        Gradient with respect to `x`, of its shape.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of `x`, or `x` has no axis `dim`.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> softmax_backward([4.0, 0.0], [0.0, 0.0], dim=0)
    array([ 1., -1.])
    """
    array, axis = _read("softmax_backward", x, dim)
    gy = read_grad_output("softmax_backward", grad_output, np.shape(x), array)
    y, gy = softmax(array, axis), gy.reshape(array.shape)
    gx: Array = y * (gy - _sum(gy * y, axis))
    return gx.reshape(np.shape(x))


@quietly
def log_softmax(x: npt.ArrayLike, dim: int) -> Array:
    r"""
    Logarithm of `softmax`, computed directly.

    .. math:: y_i = (x_i - m) - \log \sum_j e^{x_j - m}, \qquad m = \max_j x_j

    Where a probability is too small for a float, its logarithm is still an ordinary number.

    Parameters
    ----------
    x : array_like
        Scores. PyTorch calls this argument ``input``.
    dim : int
        The axis along which the probabilities add up to 1; a negative one counts from the end.

    Returns
    -------
    ndarray
        Logarithms of probabilities, of the same shape.

    Raises
    ------
    ValueError
        If `x` has no axis `dim`.
    TypeError
        If an argument is of the wrong type.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html

    Examples
    --------
    >>> log_softmax([0.0, -2000.0], dim=0)
    array([    0., -2000.])
    """
    array, axis = _read("log_softmax", x, dim)
    shifted = array - array.max(axis=axis, keepdims=True, initial=-np.inf)
    y: Array = shifted - np.log(_sum(np.exp(shifted), axis))
    return y.reshape(np.shape(x))


@quietly
def log_softmax_backward(grad_output: npt.ArrayLike, x: npt.ArrayLike, dim: int) -> Array:
    r"""
    Carry a gradient back through `log_softmax`.

    .. math:: \frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial y_i}
        - \text{softmax}(x)_i \sum_j \frac{\partial L}{\partial y_j}

    Parameters
    ----------
    grad_output : array_like, shaped like x
        Gradient of the loss with respect to the result.
    x, dim
        The arguments of `log_softmax`.

    Returns
    -------
    ndarray
        Gradient with respect to `x`, of its shape.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of `x`, or `x` has no axis `dim`.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> log_softmax_backward([1.0, 0.0], [0.0, 0.0], dim=0)
    array([ 0.5, -0.5])
    """
    array, axis = _read("log_softmax_backward", x, dim)
    gy = read_grad_output("log_softmax_backward", grad_output, np.shape(x), array)
    gy = gy.reshape(array.shape)
    gx: Array = gy - softmax(array, axis) * _sum(gy, axis)
    return gx.reshape(np.shape(x))


def _sum(values: Array, axis: int) -> Array:
    """Add up along an axis in float64: among many classes float32 would lose the small ones."""
    total: Array = values.sum(axis=axis, keepdims=True, dtype=np.float64)
    return total.astype(values.dtype)


def _read(operation: str, x: npt.ArrayLike, dim: int) -> tuple[Array, int]:
    array = float_array(operation, "x", x)
    axes = max(1, array.ndim)
    axis = integer(operation, "dim", dim, -(2**63))
    if not -axes <= axis < axes:
        raise ValueError(
            f"{operation}: dim is {axis}, expected {-axes} to {axes - 1} for x {array.shape}"
        )
    return np.atleast_1d(array), axis  # a lone number counts as an axis of length 1, as in PyTorch
