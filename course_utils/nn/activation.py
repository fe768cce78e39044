"""Nonlinearities as layers."""

from __future__ import annotations

from course_utils import ops
from course_utils.nn.module import Module
from course_utils.nn.parameter import Array


class ReLU(Module):
    """
    What is negative set to zero: ``torch.nn.ReLU``.

    Examples
    --------
    >>> import numpy as np
    >>> ReLU()(np.array([-1.0, 2.0]))
    array([0., 2.])
    """

    def forward(self, x: Array) -> Array:
        """The output y = max(0, x)."""
        self._keep(x)
        return ops.relu(x)

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x = ∂L/∂y where x > 0, else 0."""
        return ops.relu_backward(grad_output, self._kept())


class Tanh(Module):
    """
    Hyperbolic tangent: ``torch.nn.Tanh``.

    Examples
    --------
    >>> import numpy as np
    >>> Tanh()(np.array([0.0]))
    array([0.])
    """

    def forward(self, x: Array) -> Array:
        """The output y = tanh x."""
        self._keep(x)
        return ops.tanh(x)

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x = ∂L/∂y (1 − y²)."""
        return ops.tanh_backward(grad_output, self._kept())


class Sigmoid(Module):
    """
    Logistic function: ``torch.nn.Sigmoid``.

    Examples
    --------
    >>> import numpy as np
    >>> Sigmoid()(np.array([0.0]))
    array([0.5])
    """

    def forward(self, x: Array) -> Array:
        """The output y = 1 / (1 + exp(−x))."""
        self._keep(x)
        return ops.sigmoid(x)

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x = ∂L/∂y y (1 − y)."""
        return ops.sigmoid_backward(grad_output, self._kept())
