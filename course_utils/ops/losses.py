"""cross_entropy and mse_loss: how wrong a prediction is, each beside its gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import (
    Array,
    IntArray,
    check_same_dtype,
    float_array,
    quietly,
    read_array,
    read_grad_output,
)
from course_utils.ops.options import integer, number
from course_utils.ops.softmaxes import log_softmax

Reduction: TypeAlias = Literal["none", "mean", "sum"]
"""What is done with the losses of many predictions: kept, averaged, or added up."""

Loss: TypeAlias = Array | np.floating[Any]
"""One number, or with reduction "none" an array of them."""


@quietly
def cross_entropy(
    x: npt.ArrayLike,
    target: npt.ArrayLike,
    weight: npt.ArrayLike | None = None,
    *,
    ignore_index: int = -100,
    reduction: Reduction = "mean",
    label_smoothing: float = 0.0,
) -> Loss:
    r"""
    Minus the logarithm of the probability that scores give to the right class.

    .. math:: l_i = -\sum_c w_c \, q_{ic} \log \text{softmax}(x_i)_c, \qquad
        q_{ic} = (1 - \epsilon) \, p_{ic} + \frac{\epsilon}{C}

    where p is the target: probabilities as given, or 1 for the class t_i that is named and 0
    for the others. "sum" adds up the l_i. "mean" divides that by the number of predictions, or, if
    classes are named, by :math:`\sum_i w_{t_i}`. Targets that name the class `ignore_index` count
    neither in the loss nor in that sum.

    A term with :math:`w_c \, q_{ic} = 0` is 0 even where the logarithm is −∞ or NaN, and so is its
    gradient: a class of weight or probability 0 and a prediction that is ignored add nothing,
    whatever their scores. PyTorch differs: it multiplies by zero in some of these cases, which
    gives NaN.

    Parameters
    ----------
    x : array_like (B, C, ...) or (C,)
        Scores, not probabilities. PyTorch calls this argument ``input``.
    target : array_like (B, ...) or () of int64 or uint8, or shaped like x
        The right classes, or their probabilities.
    weight : array_like (C,), optional
        Weight w of each class; 1 by default.
    ignore_index : int, default -100
        A class that does not count; only for targets that name classes.
    reduction : {"mean", "sum", "none"}, default "mean"
        What is done with the losses.
    label_smoothing : float, default 0.0
        The part ε of the target that is spread evenly over all classes, at most 1.

    Returns
    -------
    float or ndarray (B, ...)
        The loss, or with "none" one for each prediction.

    Raises
    ------
    ValueError
        If shapes or options do not fit together, or a target names a class that does not
        exist.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Notes
    -----
    Arguments after `weight` are given by name only, because PyTorch has two deprecated ones
    between them.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html

    Examples
    --------
    With equal scores for C classes the loss is log C:

    >>> bool(cross_entropy([[0.0] * 10], [3]) == np.log(10))
    True
    """
    a = _read_entropy("cross_entropy", x, target, weight, ignore_index, reduction, label_smoothing)
    losses = np.asarray(-_times(a.q, log_softmax(a.x, 1)).sum(axis=1, dtype=np.float64))
    if reduction == "none":
        return losses.astype(a.x.dtype).reshape(a.shape)
    return _reduced(losses, a.divisor if reduction == "mean" else 1, a.x)


@quietly
def cross_entropy_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    target: npt.ArrayLike,
    weight: npt.ArrayLike | None = None,
    *,
    ignore_index: int = -100,
    reduction: Reduction = "mean",
    label_smoothing: float = 0.0,
) -> tuple[Array, Array | None, None]:
    r"""
    Carry a gradient back through `cross_entropy`.

    .. math:: \frac{\partial l_i}{\partial x_{ic}} =
        \text{softmax}(x_i)_c \sum_{c'} w_{c'} q_{ic'} - w_c \, q_{ic}

    which without weights is the predicted minus the right probability.

    Parameters
    ----------
    grad_output : array_like
        Gradient with respect to the loss: a number, usually 1.0, or with "none" an array (B, ...).
    x, target, weight, ignore_index, reduction, label_smoothing
        The arguments of `cross_entropy`.

    Returns
    -------
    grad_x : ndarray
        Gradient with respect to `x`, of its shape.
    grad_target : ndarray or None
        Gradient with respect to probabilities; None if `target` names classes.
    grad_weight : None
        Weights of classes have no gradient, as in PyTorch.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of the loss, or `cross_entropy` would raise it.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> cross_entropy_backward(1.0, [[0.0, 0.0]], [1])[0]
    array([[ 0.5, -0.5]])
    """
    operation = "cross_entropy_backward"
    a = _read_entropy(operation, x, target, weight, ignore_index, reduction, label_smoothing)
    B, _, S = a.x.shape
    gy = _read_loss_gradient(operation, grad_output, a.shape, reduction, a.x)
    gy = (gy / a.divisor if reduction == "mean" else gy).astype(a.x.dtype)
    g = np.broadcast_to(gy.reshape((B, 1, S) if reduction == "none" else ()), (B, 1, S))
    logs = log_softmax(a.x, 1)
    total = a.q.sum(axis=1, keepdims=True, dtype=np.float64).astype(a.q.dtype)
    gx = _times(g, _times(total, np.exp(logs)) - a.q)
    gx[np.broadcast_to(~a.q.any(axis=1, keepdims=True), gx.shape)] = 0
    if not a.probabilities:
        return gx.reshape(np.shape(x)), None, None
    part = (1 - a.smoothing) * a.weight[:, None].astype(np.float64)
    gt = -_times(_times(g, part), logs)
    return gx.reshape(np.shape(x)), gt.astype(gx.dtype).reshape(np.shape(x)), None


@quietly
def mse_loss(x: npt.ArrayLike, target: npt.ArrayLike, reduction: Reduction = "mean") -> Loss:
    r"""
    Square of the difference.

    .. math:: l_i = (x_i - t_i)^2

    Parameters
    ----------
    x : array_like
        Predictions. PyTorch calls this argument ``input``.
    target : array_like, shaped like x
        The right values. PyTorch broadcasts another shape, with a warning that this is likely
        a mistake; here it is refused.
    reduction : {"mean", "sum", "none"}, default "mean"
        What is done with the losses.

    Returns
    -------
    float or ndarray
        The loss, or with "none" one for each number.

    Raises
    ------
    ValueError
        If the shapes differ or `reduction` is unknown.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html

    Examples
    --------
    >>> float(mse_loss([1.0, 2.0], [1.0, 5.0]))
    4.5
    """
    predicted, wanted = _read_pair("mse_loss", x, target, reduction)
    losses = (predicted - wanted) ** 2
    if reduction == "none":
        return losses
    return _reduced(losses, losses.size if reduction == "mean" else 1, losses)


@quietly
def mse_loss_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    target: npt.ArrayLike,
    reduction: Reduction = "mean",
) -> tuple[Array, Array]:
    r"""
    Carry a gradient back through `mse_loss`.

    .. math:: \frac{\partial l_i}{\partial x_i} = 2 (x_i - t_i) = -\frac{\partial l_i}{\partial t_i}

    Parameters
    ----------
    grad_output : array_like
        Gradient with respect to the loss: a number, usually 1.0, or with "none" an array shaped
        like `x`.
    x, target, reduction
        The arguments of `mse_loss`.

    Returns
    -------
    grad_x, grad_target : ndarray
        Gradients with respect to `x` and `target`.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of the loss, or `mse_loss` would raise it.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> mse_loss_backward(1.0, [1.0, 2.0], [1.0, 5.0])
    (array([ 0., -3.]), array([-0.,  3.]))
    """
    predicted, wanted = _read_pair("mse_loss_backward", x, target, reduction)
    gy = _read_loss_gradient(
        "mse_loss_backward", grad_output, predicted.shape, reduction, predicted
    )
    scale = max(1, predicted.size) if reduction == "mean" else 1
    gx = np.asarray(2 / scale * gy * (predicted - wanted), predicted.dtype)
    return gx, -gx


@dataclass(frozen=True)
class _Entropy:
    """The arguments of cross_entropy in one form, (B, C, S)."""

    x: Array
    q: Array
    """The target smoothed and weighted, w q."""
    weight: Array
    smoothing: float
    divisor: float
    shape: tuple[int, ...]
    """Shape of the losses, one for each prediction."""
    probabilities: bool


def _read_entropy(
    operation: str,
    x: npt.ArrayLike,
    target: npt.ArrayLike,
    weight: npt.ArrayLike | None,
    ignore_index: int,
    reduction: str,
    label_smoothing: float,
) -> _Entropy:
    array, given = float_array(operation, "x", x), read_array(operation, "target", target)
    _check_reduction(operation, reduction)
    if not number(operation, "label_smoothing", label_smoothing) <= 1:
        raise ValueError(f"{operation}: label_smoothing is {label_smoothing}, expected at most 1")
    ignored = integer(operation, "ignore_index", ignore_index, -(2**63))
    if array.ndim == 0:
        raise ValueError(f"{operation}: x is (), expected (B, C, ...) or (C,)")
    C = array.shape[0] if array.ndim == 1 else array.shape[1]
    B = 1 if array.ndim == 1 else array.shape[0]
    S = int(np.prod(array.shape[2:]))
    w = np.ones(C, array.dtype) if weight is None else float_array(operation, "weight", weight)
    if w.shape != (C,):
        raise ValueError(f"{operation}: weight is {w.shape}, expected ({C},) for x {array.shape}")
    check_same_dtype(operation, x=array, weight=w)
    loss_shape = array.shape[:1] + array.shape[2:] if array.ndim > 1 else ()
    smooth = max(float(label_smoothing), 0.0)  # PyTorch takes a negative one as 0
    flat = array.reshape(B, C, S)
    if given.shape == array.shape:
        return _probabilities(operation, flat, given, w, ignored, smooth, loss_shape)
    p, counted = _classes(operation, flat, given, ignored, loss_shape, array.shape)
    divisor = float(_times(p, w[:, None]).sum(dtype=np.float64))
    q = _smoothed(p, w, smooth)
    q[np.broadcast_to(~counted, q.shape)] = 0
    shape = given.shape if array.ndim == 1 else loss_shape
    return _Entropy(flat, q, w, smooth, divisor, shape, probabilities=False)


def _probabilities(
    operation: str,
    x: Array,
    target: npt.NDArray[Any],
    w: Array,
    ignored: int,
    smooth: float,
    loss_shape: tuple[int, ...],
) -> _Entropy:
    B, C, S = x.shape
    if target.dtype.kind != "f":
        raise TypeError(
            f"{operation}: target {target.shape} has the shape of x, so it holds probabilities, "
            f"but it is {target.dtype}"
        )
    p = float_array(operation, "target", target).reshape(B, C, S)
    check_same_dtype(operation, x=x, target=p)
    if ignored >= 0:
        raise ValueError(
            f"{operation}: ignore_index is {ignored}, but target holds probabilities, not classes"
        )
    q = _smoothed(p, w, smooth)
    return _Entropy(x, q, w, smooth, B * S, loss_shape, probabilities=True)


def _classes(
    operation: str,
    x: Array,
    target: npt.NDArray[Any],
    ignored: int,
    loss_shape: tuple[int, ...],
    x_shape: tuple[int, ...],
) -> tuple[Array, npt.NDArray[np.bool_]]:
    B, C, S = x.shape
    if target.shape != loss_shape and not (len(x_shape) == 1 and target.shape == (1,)):
        raise ValueError(
            f"{operation}: target is {target.shape}, expected classes {loss_shape} "
            f"or probabilities {x_shape} for x {x_shape}"
        )
    if target.dtype not in (np.int64, np.uint8):
        raise TypeError(f"{operation}: target is {target.dtype}, expected int64 or uint8")
    t: IntArray = target.reshape(B, 1, S).astype(np.int64)
    counted = t != ignored  # targets of class ignore_index count nowhere
    wrong = t[counted & ((t < 0) | (t >= C))]
    if wrong.size:
        raise ValueError(f"{operation}: target holds {wrong[0]}, expected classes 0 to {C - 1}")
    p = (np.arange(C)[:, None] == t).astype(x.dtype) * counted
    return p, counted


def _read_pair(
    operation: str, x: npt.ArrayLike, target: npt.ArrayLike, reduction: str
) -> tuple[Array, Array]:
    predicted = float_array(operation, "x", x)
    wanted = float_array(operation, "target", target)
    _check_reduction(operation, reduction)
    if predicted.shape != wanted.shape:
        raise ValueError(
            f"{operation}: target is {wanted.shape}, expected {predicted.shape}, the shape of x"
        )
    check_same_dtype(operation, x=predicted, target=wanted)
    return predicted, wanted


def _times(factor: Array, values: Array) -> Array:
    """Multiply, where a factor of 0 gives 0 even for infinity and NaN."""
    return np.where(factor == 0, 0, factor * values)


def _smoothed(p: Array, w: Array, smooth: float) -> Array:
    """Give w q for targets p, (B, C, S)."""
    q = (1 - smooth) * p + smooth / max(p.shape[1], 1)
    return _times(q, np.where(q == 0, 0, w[:, None])).astype(p.dtype)


def _reduced(losses: Array, divisor: float, like: Array) -> np.floating[Any]:
    """Add up losses and divide, both in float64, and give the result the precision of an array."""
    # the mean of nothing is NaN, as in PyTorch
    value: np.floating[Any] = like.dtype.type(losses.sum(dtype=np.float64) / divisor)
    return value


def _check_reduction(operation: str, reduction: str) -> None:
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(
            f"{operation}: reduction is {reduction!r}, expected 'none', 'mean' or 'sum'"
        )


def _read_loss_gradient(
    operation: str, grad_output: npt.ArrayLike, shape: tuple[int, ...], reduction: str, like: Array
) -> Array:
    if reduction == "none":
        return read_grad_output(operation, grad_output, shape, like)
    # a plain 1.0 has no precision of its own and takes that of the loss
    lone = float_array(operation, "grad_output", grad_output).astype(like.dtype)
    return read_grad_output(operation, lone, (), like)
