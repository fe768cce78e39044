"""local_response_norm: AlexNet's competition of neighbouring channels, beside its gradient.

A. Krizhevsky, I. Sutskever, G. Hinton, "ImageNet classification with deep convolutional neural
networks", 2012, section 3.3.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, float_array, quietly, read_grad_output
from course_utils.ops.options import integer, number


@quietly
def local_response_norm(
    x: npt.ArrayLike, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
) -> Array:
    r"""
    Divide each number by the strength of the same place in neighbouring channels.

    .. math:: y_c = x_c \, d_c^{-\beta}, \qquad d_c = k + \frac{\alpha}{n}
        \sum_{c' = c - \lfloor n/2 \rfloor}^{c + \lfloor (n-1)/2 \rfloor} x_{c'}^2

    with x zero before the first and after the last channel. In the paper α is not divided by n.

    Parameters
    ----------
    x : array_like (B, C, ...)
        A batch with at least one axis after the channels. PyTorch calls this argument ``input``.
    size : int
        Number n of neighbouring channels, including the channel itself.
    alpha, beta, k : float
        Constants of the equation. PyTorch's defaults are 1e-4, 0.75 and 1; AlexNet's paper has
        n = 5, α/n = 1e-4, β = 0.75 and k = 2.

    Returns
    -------
    ndarray (B, C, ...)
        The normalised batch.

    Raises
    ------
    ValueError
        If `x` has fewer than three axes or `size` is less than 1.
    TypeError
        If an argument is of the wrong type.

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
    array, n, alpha, beta, k = _read("local_response_norm", x, size, alpha, beta, k)
    d = k + alpha / n * _window_sum(array**2, n // 2, (n - 1) // 2)
    return np.asarray(array * d**-beta)


@quietly
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
        If `grad_output` does not have the shape of `x`, or `local_response_norm` would raise it.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> local_response_norm_backward([[[1.0]]], [[[1.0]]], size=1, alpha=1.0, beta=1.0)
    array([[[0.]]])
    """
    operation = "local_response_norm_backward"
    array, n, alpha, beta, k = _read(operation, x, size, alpha, beta, k)
    gy = read_grad_output(operation, grad_output, array.shape, array)
    before, after = n // 2, (n - 1) // 2
    d = k + alpha / n * _window_sum(array**2, before, after)
    # seen from the neighbour, before and after are exchanged
    back = _window_sum(gy * array * d ** (-beta - 1), after, before)
    return np.asarray(gy * d**-beta - 2 * alpha * beta / n * array * back)


def _read(
    operation: str, x: npt.ArrayLike, size: int, alpha: float, beta: float, k: float
) -> tuple[Array, int, float, float, float]:
    array = float_array(operation, "x", x)
    if array.ndim < 3:
        raise ValueError(
            f"{operation}: x is {array.shape}, expected (B, C, ...) of three axes or more"
        )
    return (
        array,
        integer(operation, "size", size, 1),
        number(operation, "alpha", alpha),
        number(operation, "beta", beta),
        number(operation, "k", k),
    )


def _window_sum(x: Array, before: int, after: int) -> Array:
    """Sum over neighbouring channels: y[c] = x[c − before] + … + x[c + after]."""
    C = x.shape[1]
    y = x.copy()
    for step in range(1, min(before, C - 1) + 1):
        y[:, step:] += x[:, :-step]
    for step in range(1, min(after, C - 1) + 1):
        y[:, :-step] += x[:, step:]
    return y
