"""Axes laid out in a row, as a layer."""

from __future__ import annotations

import math

from course_utils.nn.module import Module
from course_utils.nn.parameter import Array


class Flatten(Module):
    """
    All axes but the batch laid out in a row: ``torch.nn.Flatten``.

    Parameters
    ----------
    start_dim, end_dim : int, default 1 and -1
        First and last axis to be laid out; the others stay.

    Examples
    --------
    >>> import numpy as np
    >>> Flatten()(np.zeros((2, 3, 4, 5))).shape
    (2, 60)
    """

    def __init__(self, start_dim: int = 1, end_dim: int = -1) -> None:
        super().__init__()
        self.start_dim, self.end_dim = start_dim, end_dim

    def forward(self, x: Array) -> Array:
        """The same numbers in another shape."""
        n = x.ndim
        start = self.start_dim + n * (self.start_dim < 0)
        end = self.end_dim + n * (self.end_dim < 0)
        if not 0 <= start <= end < n:
            raise ValueError(
                f"Flatten: x has shape {x.shape}, which has no axes from {self.start_dim} to "
                f"{self.end_dim}"
            )
        self._keep(x.shape)
        # Not -1 for the new length: with no examples at all NumPy could not work it out.
        row = math.prod(x.shape[start : end + 1])
        return x.reshape(*x.shape[:start], row, *x.shape[end + 1 :])

    def backward(self, grad_output: Array) -> Array:
        """The gradient in the shape of the input."""
        return grad_output.reshape(self._kept())

    def extra_repr(self) -> str:
        """The first and the last axis."""
        return f"start_dim={self.start_dim}, end_dim={self.end_dim}"
