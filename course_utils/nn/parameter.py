"""What is learnt: an array beside its gradient."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


class Parameter:
    """
    An array that is learnt, beside its gradient: ``torch.nn.Parameter``.

    Parameters
    ----------
    data : ndarray
        The values; optimisers change them in place.
    requires_grad : bool, default True
        Whether gradients are kept. Without one, optimisers leave the values alone.

    Attributes
    ----------
    grad : ndarray or None
        Gradient of the loss, of the same shape: the sum of what the backward passes have found
        since `Module.zero_grad`. None before the first.

    Examples
    --------
    >>> weight = Parameter(np.zeros((2, 3)))
    >>> weight.accumulate(np.ones((2, 3)))
    >>> weight.accumulate(np.ones((2, 3)))
    >>> weight.grad[0]
    array([2., 2., 2.])
    """

    def __init__(self, data: Array, requires_grad: bool = True) -> None:
        self.data = data
        self.grad: Array | None = None
        self.requires_grad = requires_grad

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the values."""
        return self.data.shape

    @property
    def size(self) -> int:
        """Number of values."""
        return self.data.size

    def accumulate(self, grad: Array) -> None:
        """Add what one backward pass found to the gradient; it must have the values' shape."""
        if grad.shape != self.data.shape:
            raise ValueError(
                f"Parameter: the gradient has shape {grad.shape}, the values {self.data.shape}"
            )
        if not self.requires_grad:
            return
        if self.grad is None:
            # A copy, for the array may be shared with another gradient.
            self.grad = np.array(grad, dtype=self.data.dtype)
        else:
            self.grad += grad

    def __repr__(self) -> str:
        frozen = "" if self.requires_grad else ", requires_grad=False"
        return f"Parameter(shape={self.shape}, dtype={self.data.dtype}{frozen})"
