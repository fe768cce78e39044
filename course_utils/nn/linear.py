"""The fully connected layer."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils import ops
from course_utils.nn import init
from course_utils.nn.module import Module
from course_utils.nn.parameter import Array
from course_utils.ops.options import integer


class Linear(Module):
    """
    Every output a weighted sum of every input: ``torch.nn.Linear``.

    Parameters
    ----------
    in_features, out_features : int
        Numbers in and out.
    bias : bool, default True
        Whether each output has a bias.
    rng : numpy.random.Generator or None
        Where the initial weights come from: uniform in ±1/√in_features, as PyTorch has it.
        None leaves zeros, for weights that will be loaded.
    dtype : dtype, default float32
        float32 or float64.

    Attributes
    ----------
    weight : Parameter of shape (out_features, in_features)
        The weights.
    bias : Parameter of shape (out_features,) or None
        The biases.

    Examples
    --------
    >>> layer = Linear(4, 3, rng=np.random.default_rng(0))
    >>> layer(np.ones((2, 4), dtype=np.float32)).shape
    (2, 3)
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        *,
        rng: np.random.Generator | None,
        dtype: npt.DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        self.in_features = integer("Linear", "in_features", in_features, 1)
        self.out_features = integer("Linear", "out_features", out_features, 1)
        shape = (self.out_features, self.in_features)
        self.weight = init.layer_weight("Linear", shape, rng, dtype)
        self.bias = init.layer_bias(shape, rng, dtype) if bias else None

    def forward(self, x: Array) -> Array:
        """The output y = x weightᵀ + bias."""
        self._keep(x)
        return ops.linear(x, self.weight.data, None if self.bias is None else self.bias.data)

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x = ∂L/∂y weight, and ∂L/∂weight and ∂L/∂bias added up."""
        x = self._kept()
        bias = None if self.bias is None else self.bias.data
        grad_x, grad_weight, grad_bias = ops.linear_backward(grad_output, x, self.weight.data, bias)
        self.weight.accumulate(grad_weight)
        if self.bias is not None and grad_bias is not None:
            self.bias.accumulate(grad_bias)
        return grad_x

    def extra_repr(self) -> str:
        """Numbers in and out."""
        bias = self.bias is not None
        return f"in_features={self.in_features}, out_features={self.out_features}, bias={bias}"
