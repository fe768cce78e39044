"""Gradients checked against their definition, by central differences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from course_utils.ops.central_differences import (
    Float64Array,
    Loss,
    Point,
    by_smaller_steps,
    error,
    kink,
)

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
        The step h, half the distance between the two points; for a number beyond 1, a step of this
        times its size.
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
    loss = _loss(f, args, argument, grad_output, options)
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        point = Point(loss, x, index)
        gradient[index] = point.across(point.step(step))
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

    The upstream gradient is random: one of ones would hide a missing flip. Where the differences
    disagree, smaller steps are tried, down to `step` times the size of the number.

    Parameters
    ----------
    f, f_backward : callable
        The pair, called as ``f(*args, **options)`` and
        ``f_backward(grad_output, *args, **options)``.
    *args
        Their arguments. Arrays of float64 are checked wherever `f_backward` gives a gradient.
    step : float, default 1e-6
        Step of the differences, as in `numerical_gradient`.
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
        If the error is larger than the tolerance, or a gradient has the wrong shape. At a kink or a
        tie, where the slopes to the two sides differ and there is no derivative, that is said.
    TypeError
        If an argument is an array of float32.
    ValueError
        If there is nothing to check.

    Examples
    --------
    >>> from course_utils.ops.activations import tanh, tanh_backward
    >>> bool(gradcheck(tanh, tanh_backward, np.array([-1.0, 0.3])).error < 1e-9)
    True
    """
    for argument, a in enumerate(args):
        if isinstance(a, np.ndarray) and a.dtype.kind == "f" and a.dtype != np.float64:
            raise TypeError(
                f"gradcheck: argument {argument} is {a.dtype}, expected float64, as from "
                "astype(np.float64): the rounding of fewer digits drowns a difference"
            )
    copies = [np.array(a) if isinstance(a, np.ndarray) else a for a in args]
    y = np.asarray(_first(f(*copies, **options)))
    grad_output = np.random.default_rng(seed).normal(size=y.shape)
    gradients = f_backward(grad_output, *args, **options)
    if not isinstance(gradients, tuple):
        gradients = (gradients,)
    # the k-th gradient belongs to the k-th array; None was not given or has no gradient
    places = [n for n, a in enumerate(args) if a is None or isinstance(a, np.ndarray)]
    worst: GradientCheck | None = None
    no_derivative = ""
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
        loss = _loss(f, args, argument, grad_output, options)
        for found in _errors(argument, gradient, numerical):
            if not found.error <= tolerance:  # written so that NaN is an error
                point = Point(loss, args[argument], found.place)
                slope = by_smaller_steps(point, found.analytic, step, tolerance)
                if slope is None:
                    where = f"gradcheck: argument {argument} at {found.place}: "
                    if not (words := kink(point, found.analytic, step, tolerance)):
                        raise AssertionError(where + _wrong(found, tolerance))
                    no_derivative = no_derivative or where + words
                    continue
                checked = found._replace(error=error(found.analytic, slope), numerical=slope)
            else:
                checked = found
            if worst is None or checked.error > worst.error:
                worst = checked
    if no_derivative:
        raise AssertionError(no_derivative)
    if worst is None:
        raise ValueError("gradcheck: no argument is an array with a gradient")
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


def _loss(
    f: Callable[..., Any],
    args: Sequence[Any],
    argument: int,
    grad_output: npt.ArrayLike | None,
    options: dict[str, Any],
) -> Loss:
    """Give L as a function of one argument."""

    def loss(varied: Float64Array) -> tuple[float, float]:
        fresh = [np.array(a) if isinstance(a, np.ndarray) else a for a in args]
        fresh[argument] = varied
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            y = _first(f(*fresh, **options))  # a step may leave the domain; NaN then says enough
        summands = y if grad_output is None else y * np.asarray(grad_output)
        return float(np.sum(summands)), float(np.sum(np.abs(summands)))

    return loss


def _errors(argument: int, gradient: Float64Array, numerical: Float64Array) -> list[GradientCheck]:
    """Compare number by number, the largest errors first and NaN before them."""
    if gradient.size == 0:
        return [GradientCheck(0.0, argument, (), 0.0, 0.0)]
    scale = np.maximum(1, np.maximum(np.abs(gradient), np.abs(numerical)))
    errors = np.abs(gradient - numerical) / scale
    return [
        GradientCheck(
            float(errors[place]), argument, place, float(gradient[place]), float(numerical[place])
        )
        for place in sorted(
            np.ndindex(errors.shape), key=lambda p: -np.nan_to_num(errors[p], nan=np.inf)
        )
    ]


def _wrong(found: GradientCheck, tolerance: float) -> str:
    return (
        f"the gradient is {found.analytic:.10g}, central differences give "
        f"{found.numerical:.10g} (error {found.error:.1e}, expected at most {tolerance:.0e})"
    )
