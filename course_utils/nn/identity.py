"""The layer that does nothing."""

from __future__ import annotations

from course_utils.nn.module import Module
from course_utils.nn.parameter import Array


class Identity(Module):
    """
    The input as it is: ``torch.nn.Identity``, to stand where a layer was taken out.

    Examples
    --------
    >>> import numpy as np
    >>> Identity()(np.array([1.0, 2.0]))
    array([1., 2.])
    """

    def forward(self, x: Array) -> Array:
        """The output y = x."""
        return x

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x = ∂L/∂y."""
        return grad_output
