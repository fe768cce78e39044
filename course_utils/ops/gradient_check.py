"""Gradients checked against their definition, by central differences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Float64Array = npt.NDArray[np.float64]

_STEPS = tuple(10.0**-n for n in range(1, 13))


class GradientCheck(NamedTuple):
    """How far a gradient is from central differences."""

    error: float
    """Largest of |analytic − numerical| / max(1, |analytic|, |numerical|)."""
    argument: int
    """Number of the argument in which it occurs."""
    place: tuple[int, ...]
    """Its index in that argument."""
    analytic: float
    """What the backward function gives there."""
    numerical: float
    """What central differences give there."""


def numerical_gradient(
    f: Callable[..., Any],
    *args: Any,
    argument: int = 0,
    grad_output: npt.ArrayLike | None = None,
    step: float = 1e-6,
    **options: Any,
) -> Float64Array:
    r"""
    Compute the gradient of an operation by central differences.

    .. math:: \frac{\partial L}{\partial x_i} \approx
        \frac{L(x + h e_i) - L(x - h e_i)}{2h}, \qquad
        L(x) = \sum_j \text{grad\_output}_j \; f(x)_j

    The error is h²/6 times the third derivative, plus about 1e-16 |L| / h of rounding.

    Parameters
    ----------
    f : callable
        The operation, called as ``f(*args, **options)``. If it returns a tuple, the first entry
        counts.
    *args
        Its arguments. Arrays are copied, in case the operation writes into them.
    argument : int, default 0
        Number of the argument to vary, which must be an array of float64.
    grad_output : array_like, optional
        Gradient of L with respect to the result; ones by default.
    step : float, default 1e-6
        The step h, half the distance between the two points.
    **options
        Passed on to `f`.

    Returns
    -------
    ndarray
        The gradient, shaped like the argument.

    Raises
    ------
    TypeError
        If the argument is not an array of float64: in float32, rounding drowns the difference.

    Examples
    --------
    >>> numerical_gradient(np.square, np.array([1.0, 3.0])).round(6)
    array([2., 6.])
    """
    x = args[argument]
    if not isinstance(x, np.ndarray) or x.dtype != np.float64:
        kind = x.dtype if isinstance(x, np.ndarray) else type(x).__name__
        raise TypeError(f"numerical_gradient: argument {argument} is {kind}, expected float64")

    def loss(varied: Float64Array) -> float:
        fresh = [np.array(a) if isinstance(a, np.ndarray) else a for a in args]
        fresh[argument] = varied
        y = _first(f(*fresh, **options))
        return float(np.sum(y if grad_output is None else y * np.asarray(grad_output)))

    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        above, below = np.array(x), np.array(x)
        above[index] += step
        below[index] -= step
        # divided by the true distance, after x ± h is rounded
        gradient[index] = (loss(above) - loss(below)) / (above[index] - below[index])
    return gradient


def gradcheck(
    f: Callable[..., Any],
    f_backward: Callable[..., Any],
    *args: Any,
    step: float = 1e-6,
    tolerance: float = 1e-6,
    seed: int = 0,
    **options: Any,
) -> GradientCheck:
    """
    Check a backward function against central differences of its forward function.

    The upstream gradient is random: one of ones would hide a missing flip.

    Parameters
    ----------
    f, f_backward : callable
        The pair, called as ``f(*args, **options)`` and
        ``f_backward(grad_output, *args, **options)``.
    *args
        Their arguments. Arrays of float64 are checked wherever `f_backward` gives a gradient.
    step : float, default 1e-6
        Step of the differences.
    tolerance : float, default 1e-6
        Largest error that passes.
    seed : int, default 0
        Seed of the upstream gradient.
    **options
        Passed on to both.

    Returns
    -------
    GradientCheck
        The largest error and where it occurs.

    Raises
    ------
    AssertionError
        If the error is larger than the tolerance, or a gradient has the wrong shape.
    ValueError
        If there is nothing to check.

    Examples
    --------
    >>> from course_utils.ops.activations import tanh, tanh_backward
    >>> bool(gradcheck(tanh, tanh_backward, np.array([-1.0, 0.3])).error < 1e-9)
    True
    """
    copies = [np.array(a) if isinstance(a, np.ndarray) else a for a in args]
    y = np.asarray(_first(f(*copies, **options)))
    grad_output = np.random.default_rng(seed).normal(size=y.shape)
    gradients = f_backward(grad_output, *args, **options)
    if not isinstance(gradients, tuple):
        gradients = (gradients,)
    # the k-th gradient belongs to the k-th array; None was not given or has no gradient
    places = [n for n, a in enumerate(args) if a is None or isinstance(a, np.ndarray)]
    worst: GradientCheck | None = None
    for argument, gradient in zip(places, gradients, strict=False):
        if gradient is None:
            continue
        if gradient.shape != args[argument].shape:
            raise AssertionError(
                f"gradcheck: the gradient of argument {argument} is {gradient.shape}, "
                f"expected {args[argument].shape}"
            )
        numerical = numerical_gradient(
            f, *args, argument=argument, grad_output=grad_output, step=step, **options
        )
        found = _largest_error(argument, gradient, numerical)
        # written so that NaN counts as the worst error, and stays it
        if worst is None or not (found.error <= worst.error or np.isnan(worst.error)):
            worst = found
    if worst is None:
        raise ValueError("gradcheck: no argument is an array with a gradient")
    if not worst.error <= tolerance:
        raise AssertionError(
            f"gradcheck: argument {worst.argument} at {worst.place}: the gradient is "
            f"{worst.analytic:.10g}, central differences give {worst.numerical:.10g} "
            f"(error {worst.error:.1e}, expected at most {tolerance:.0e})"
        )
    return worst


def error_against_step(
    f: Callable[..., Any],
    f_backward: Callable[..., Any],
    *args: Any,
    steps: Sequence[float] = _STEPS,
    seed: int = 0,
    **options: Any,
) -> list[tuple[float, float]]:
    """
    Error of central differences for many steps: it falls like h² until rounding takes over.

    Parameters
    ----------
    f, f_backward, *args
        As in `gradcheck`.
    steps : sequence of float
        Steps h to try; 0.1 to 1e-12 by default.
    seed, **options
        As in `gradcheck`.

    Returns
    -------
    list of (float, float)
        Each step with the largest error that `gradcheck` finds.

    Examples
    --------
    >>> from course_utils.ops.activations import tanh, tanh_backward
    >>> errors = dict(error_against_step(tanh, tanh_backward, np.array([-1.0, 0.3])))
    >>> errors[1e-1] > errors[1e-3] > errors[1e-5] < errors[1e-11]
    True
    """
    return [
        (h, gradcheck(f, f_backward, *args, step=h, tolerance=np.inf, seed=seed, **options).error)
        for h in steps
    ]


def _first(result: Any) -> Any:
    """Give the result itself, without the indices or the like that come with it."""
    return result[0] if isinstance(result, tuple) else result


def _largest_error(argument: int, gradient: Float64Array, numerical: Float64Array) -> GradientCheck:
    if gradient.size == 0:
        return GradientCheck(0.0, argument, (), 0.0, 0.0)
    scale = np.maximum(1, np.maximum(np.abs(gradient), np.abs(numerical)))
    error = np.abs(gradient - numerical) / scale
    index = np.unravel_index(np.argmax(error), error.shape)
    place = tuple(int(i) for i in index)
    return GradientCheck(
        float(error[place]), argument, place, float(gradient[place]), float(numerical[place])
    )
