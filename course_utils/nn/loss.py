"""Losses as layers: the last thing in a network, and where the backward pass begins."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from course_utils import ops
from course_utils.nn.module import Array

Reduction = Literal["mean", "sum"]


class CrossEntropyLoss:
    """
    Cross-entropy of the softmax of logits: ``torch.nn.CrossEntropyLoss``.

    Parameters
    ----------
    weight : array_like of shape (classes,), optional
        Weight of each class.
    ignore_index : int, default -100
        A class that does not count.
    reduction : {"mean", "sum"}, default "mean"
        What becomes of the losses of a batch.
    label_smoothing : float, default 0.0
        Share of each target that is spread over all classes.

    Examples
    --------
    >>> loss = CrossEntropyLoss()
    >>> round(float(loss(np.zeros((2, 4)), np.array([0, 3]))), 6)  # log 4
    1.386294
    >>> loss.backward()
    array([[-0.375,  0.125,  0.125,  0.125],
           [ 0.125,  0.125,  0.125, -0.375]])
    """

    def __init__(
        self,
        weight: npt.ArrayLike | None = None,
        ignore_index: int = -100,
        reduction: Reduction = "mean",
        label_smoothing: float = 0.0,
    ) -> None:
        self.options: dict[str, Any] = {
            "weight": weight,
            "ignore_index": ignore_index,
            "reduction": reduction,
            "label_smoothing": label_smoothing,
        }
        self._last: tuple[Array, Array] | None = None

    def __call__(self, logits: Array, target: Array) -> Array:
        """Loss of a batch."""
        self._last = logits, target
        return np.asarray(ops.cross_entropy(logits, target, **self.options))

    def backward(self) -> Array:
        """
        Gradient of the last loss with respect to its logits.

        Returns
        -------
        ndarray of shape (B, classes)
            What the network's `backward` takes.

        Raises
        ------
        RuntimeError
            If no loss has been computed.
        """
        if self._last is None:
            raise RuntimeError("CrossEntropyLoss: backward needs a loss before it")
        logits, target = self._last
        self._last = None
        one = np.ones((), dtype=logits.dtype)
        return _first(ops.cross_entropy_backward(one, logits, target, **self.options))


class MSELoss:
    """
    Mean of squared differences: ``torch.nn.MSELoss``.

    Parameters
    ----------
    reduction : {"mean", "sum"}, default "mean"
        What becomes of the squares.

    Examples
    --------
    >>> loss = MSELoss()
    >>> float(loss(np.array([1.0, 3.0]), np.array([0.0, 0.0])))
    5.0
    >>> loss.backward()
    array([1., 3.])
    """

    def __init__(self, reduction: Reduction = "mean") -> None:
        self.reduction = reduction
        self._last: tuple[Array, Array] | None = None

    def __call__(self, x: Array, target: Array) -> Array:
        """Loss of a batch."""
        self._last = x, target
        return np.asarray(ops.mse_loss(x, target, reduction=self.reduction))

    def backward(self) -> Array:
        """
        Gradient of the last loss with respect to what the network said.

        Returns
        -------
        ndarray
            What the network's `backward` takes.

        Raises
        ------
        RuntimeError
            If no loss has been computed.
        """
        if self._last is None:
            raise RuntimeError("MSELoss: backward needs a loss before it")
        x, target = self._last
        self._last = None
        one = np.ones((), dtype=x.dtype)
        return _first(ops.mse_loss_backward(one, x, target, reduction=self.reduction))


def _first(grads: Any) -> Array:
    grad: Array = grads[0] if isinstance(grads, tuple) else grads
    return grad
