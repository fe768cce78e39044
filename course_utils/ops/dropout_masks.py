"""dropout and its mask: numbers set to zero at random, beside the gradient.

N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, "Dropout: a simple way to
prevent neural networks from overfitting", 2014.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, float_array, quietly, read_grad_output
from course_utils.ops.options import flag


@quietly
def dropout(
    x: npt.ArrayLike,
    p: float = 0.5,
    training: bool = True,
    *,
    generator: np.random.Generator | int,
) -> Array:
    r"""
    Set each number to zero with probability p, and scale up the others to make up for it.

    .. math:: y = \frac{x \cdot m}{1 - p}, \qquad m \in \{0, 1\},\; P(m = 0) = p

    Outside training y = x. All randomness comes from the generator that is given, so that a run
    can be repeated.

    Parameters
    ----------
    x : array_like
        Numbers, of any shape. PyTorch calls this argument ``input``.
    p : float, default 0.5
        Probability of a zero.
    training : bool, default True
        Whether to drop anything.
    generator : numpy.random.Generator or int
        The source of randomness. A seed gives the same mask each time; a generator moves on.

    Returns
    -------
    ndarray
        The result, of the same shape.

    Raises
    ------
    ValueError
        If `p` is not between 0 and 1.
    TypeError
        If an argument is of the wrong type.

    See Also
    --------
    dropout_mask : the mask alone, m / (1 − p).

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html

    Examples
    --------
    >>> y = dropout([1.0, 2.0, 3.0, 4.0], 0.5, generator=0)
    >>> all(value in (0, 2 * x) for x, value in zip([1, 2, 3, 4], y))
    True
    """
    array = float_array("dropout", "x", x)
    if not flag("dropout", "training", training):
        return array.copy()
    return array * dropout_mask(array.shape, p, generator=generator).astype(array.dtype)


@quietly
def dropout_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    p: float = 0.5,
    training: bool = True,
    *,
    generator: np.random.Generator | int,
) -> Array:
    """
    Carry a gradient back through `dropout`: through the same mask.

    Parameters
    ----------
    grad_output : array_like, shaped like x
        Gradient of the loss with respect to the result.
    x, p, training
        The arguments of `dropout`.
    generator : numpy.random.Generator or int
        The same seed, or a generator in the state that it had before `dropout` (which has
        advanced it since). If you keep a generator running, keep the mask instead.

    Returns
    -------
    ndarray
        Gradient with respect to `x`, of its shape.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of `x`, or `dropout` would raise it.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> x = [1.0, 2.0, 3.0, 4.0]
    >>> y = dropout(x, generator=0)
    >>> bool(all((dropout_backward([1.0] * 4, x, generator=0) == 0) == (y == 0)))
    True
    """
    array = float_array("dropout_backward", "x", x)
    gy = read_grad_output("dropout_backward", grad_output, array.shape, array)
    return dropout(gy, p, training, generator=generator)


@quietly
def dropout_mask(
    shape: tuple[int, ...], p: float = 0.5, *, generator: np.random.Generator | int
) -> Array:
    """
    Draw the factors of `dropout`: 0 with probability p, otherwise 1 / (1 − p).

    Parameters
    ----------
    shape : tuple of int
        Shape of the mask.
    p : float, default 0.5
        Probability of a zero.
    generator : numpy.random.Generator or int
        The source of randomness.

    Returns
    -------
    ndarray of float64
        The mask.

    Raises
    ------
    ValueError
        If `p` is not between 0 and 1.
    TypeError
        If an argument is of the wrong type.

    Examples
    --------
    >>> sorted(set(dropout_mask((100,), 0.75, generator=1).tolist()))
    [0.0, 4.0]
    """
    if isinstance(p, bool) or not isinstance(p, (int, float, np.integer, np.floating)):
        raise TypeError(f"dropout: p is {p!r}, expected a number")
    if not 0 <= p <= 1:
        raise ValueError(f"dropout: p is {p}, expected a probability from 0 to 1")
    if not isinstance(generator, (np.random.Generator, int, np.integer)):
        raise TypeError(f"dropout: generator is {generator!r}, expected a generator or a seed")
    kept = np.random.default_rng(generator).random(shape) >= p
    return kept / (1 - p) if p < 1 else np.zeros(shape)
