"""local_response_norm: AlexNet's rivalry between neighbouring channels, beside its gradient.

A. Krizhevsky, I. Sutskever, G. Hinton, "ImageNet classification with deep convolutional neural
networks", 2012, section 3.3.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, float_array, read_grad_output
from course_utils.ops.options import integer


def local_response_norm(
    x: npt.ArrayLike, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
) -> Array:
    r"""
    Divide each number by the strength of its neighbours in channel.

    .. math:: y_c = x_c \, d_c^{-\beta}, \qquad d_c = k + \frac{\alpha}{n}
        \sum_{c' = c - \lfloor n/2 \rfloor}^{c + \lfloor (n-1)/2 \rfloor} x_{c'}^2

    with x zero beyond the first and last channel. The paper has α without the division by n.

    Parameters
    ----------
    x : array_like (B, C, ...)
        A batch with at least one axis after the channels. PyTorch calls this argument ``input``.
    size : int
        Number n of neighbouring channels, the channel itself among them.
    alpha, beta, k : float
        Constants of the equation; PyTorch's are 1e-4, 0.75 and 1, AlexNet's paper has n = 5,
        α/n = 1e-4, β = 0.75 and k = 2.

    Returns
    -------
    ndarray (B, C, ...)
        The normalised batch.

    Raises
    ------
    ValueError
        If `x` has fewer than three axes or `size` is less than 1.
    TypeError
        If an argument is of the wrong kind.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.local_response_norm.html

    Examples
    --------
    >>> local_response_norm([[[2.0], [0.0], [3.0]]], size=2, alpha=2.0, beta=1.0)
    array([[[0.4],
            [0. ],
            [0.3]]])
    """
    array = _read("local_response_norm", x, size)
    return array * (k + alpha / size * _window_sum(array**2, size // 2, (size - 1) // 2)) ** -beta


def local_response_norm_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    size: int,
    alpha: float = 1e-4,
    beta: float = 0.75,
    k: float = 1.0,
) -> Array:
    r"""
    Carry a gradient back through `local_response_norm`.

    .. math:: \frac{\partial L}{\partial x_c} = \frac{\partial L}{\partial y_c} \, d_c^{-\beta}
        - \frac{2 \alpha \beta}{n} \, x_c \sum_{c' :\, c \text{ is a neighbour of } c'}
        \frac{\partial L}{\partial y_{c'}} \, x_{c'} \, d_{c'}^{-\beta - 1}

    Parameters
    ----------
    grad_output : array_like (B, C, ...)
        Gradient of the loss with respect to the result.
    x, size, alpha, beta, k
        The arguments of `local_response_norm`.

    Returns
    -------
    ndarray (B, C, ...)
        Gradient with respect to `x`.

    Raises
    ------
    ValueError
        If `grad_output` has another shape than `x`, or as `local_response_norm` refuses.
    TypeError
        If an argument is of the wrong kind, or dtypes differ.

    Examples
    --------
    >>> local_response_norm_backward([[[1.0]]], [[[1.0]]], size=1, alpha=1.0, beta=1.0)
    array([[[0.]]])
    """
    operation = "local_response_norm_backward"
    array = _read(operation, x, size)
    gy = read_grad_output(operation, grad_output, array.shape, array)
    before, after = size // 2, (size - 1) // 2
    d = k + alpha / size * _window_sum(array**2, before, after)
    # seen from the neighbour, before and after change places
    back = _window_sum(gy * array * d ** (-beta - 1), after, before)
    return np.asarray(gy * d**-beta - 2 * alpha * beta / size * array * back)


def _read(operation: str, x: npt.ArrayLike, size: int) -> Array:
    array = float_array(operation, "x", x)
    if array.ndim < 3:
        raise ValueError(
            f"{operation}: x is {array.shape}, expected (B, C, ...) of three axes or more"
        )
    integer(operation, "size", size, 1)
    return array


def _window_sum(x: Array, before: int, after: int) -> Array:
    """Sum over neighbouring channels: y[c] = x[c − before] + … + x[c + after]."""
    C = x.shape[1]
    y = x.copy()
    for step in range(1, min(before, C - 1) + 1):
        y[:, step:] += x[:, :-step]
    for step in range(1, min(after, C - 1) + 1):
        y[:, :-step] += x[:, step:]
    return y
