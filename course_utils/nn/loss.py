"""Losses as layers: the last thing in a network, and where the backward pass begins."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils import ops
from course_utils.nn.options import shown
from course_utils.nn.parameter import Array
from course_utils.ops.losses import Reduction
from course_utils.ops.options import integer


class _Loss:
    """Base of the losses: the value of an answer, and then its gradient."""

    def __init__(self, reduction: Reduction = "mean") -> None:
        if reduction not in ("mean", "sum", "none"):
            raise ValueError(
                f"{type(self).__name__}: reduction is {reduction!r}, "
                "expected 'mean', 'sum' or 'none'"
            )
        self.reduction: Reduction = reduction
        self._last: tuple[Array, Array] | None = None

    def __call__(self, x: Array, target: Array) -> Array:
        """Loss of a batch: one number, or with the reduction "none" one for each answer."""
        self._last = x, target
        return self._value(x, target)

    def backward(self, grad_output: npt.ArrayLike | None = None) -> Array:
        """
        Gradient of the last loss with respect to the output of the network.

        Parameters
        ----------
        grad_output : array_like, optional
            Gradient with respect to the loss: 1 if not given. With the reduction "none" it has
            the shape of the loss and must be given.

        Returns
        -------
        ndarray
            What the network's `backward` takes.

        Raises
        ------
        RuntimeError
            If no loss has been computed.
        ValueError
            If `grad_output` is needed, or does not have the shape of the loss.
        """
        name = type(self).__name__
        if self._last is None:
            raise RuntimeError(f"{name}: backward needs a loss before it")
        x, target = self._last
        if grad_output is None:
            if self.reduction == "none":
                raise ValueError(
                    f"{name}: with reduction='none' there are many losses, and backward needs "
                    "grad_output, the gradient with respect to each (ones for that of their sum)"
                )
            grad_output = np.ones((), dtype=x.dtype)
        grad = self._gradient(grad_output, x, target)
        self._last = None
        return grad

    def _value(self, x: Array, target: Array) -> Array:
        raise NotImplementedError

    def _gradient(self, grad_output: npt.ArrayLike, x: Array, target: Array) -> Array:
        raise NotImplementedError

    def __repr__(self) -> str:
        return shown(self)


class CrossEntropyLoss(_Loss):
    """
    Cross-entropy of the softmax of logits: ``torch.nn.CrossEntropyLoss``.

    Parameters
    ----------
    weight : array_like of shape (classes,), optional
        Weight of each class.
    ignore_index : int, default -100
        A class that does not count.
    reduction : {"mean", "sum", "none"}, default "mean"
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
        super().__init__(reduction)
        if not label_smoothing <= 1:
            raise ValueError(
                f"CrossEntropyLoss: label_smoothing is {label_smoothing}, expected at most 1"
            )
        self.weight, self.label_smoothing = weight, label_smoothing
        self.ignore_index = integer("CrossEntropyLoss", "ignore_index", ignore_index, -(2**63))

    @property
    def _options(self) -> dict[str, Any]:
        names = ("weight", "ignore_index", "reduction", "label_smoothing")
        return {name: getattr(self, name) for name in names}

    def _value(self, x: Array, target: Array) -> Array:
        return np.asarray(ops.cross_entropy(x, target, **self._options))

    def _gradient(self, grad_output: npt.ArrayLike, x: Array, target: Array) -> Array:
        return ops.cross_entropy_backward(grad_output, x, target, **self._options)[0]


class MSELoss(_Loss):  # numpydoc ignore=PR02
    """
    Mean of squared differences: ``torch.nn.MSELoss``.

    Parameters
    ----------
    reduction : {"mean", "sum", "none"}, default "mean"
        What becomes of the squares.

    Examples
    --------
    >>> loss = MSELoss()
    >>> float(loss(np.array([1.0, 3.0]), np.array([0.0, 0.0])))
    5.0
    >>> loss.backward()
    array([1., 3.])
    """

    def _value(self, x: Array, target: Array) -> Array:
        return np.asarray(ops.mse_loss(x, target, reduction=self.reduction))

    def _gradient(self, grad_output: npt.ArrayLike, x: Array, target: Array) -> Array:
        return ops.mse_loss_backward(grad_output, x, target, reduction=self.reduction)[0]
