"""The fully connected layer, and the flattening before it."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from course_utils import ops
from course_utils.nn.convolution import bias_like_pytorch, weight_like_pytorch
from course_utils.nn.module import Array, Module, Parameter


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
        shape = (out_features, in_features)
        self.weight = Parameter(weight_like_pytorch(shape, rng, dtype))
        self.bias = Parameter(bias_like_pytorch(shape, rng, dtype)) if bias else None

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

    def describe(self) -> str:
        """Numbers in and out."""
        out_features, in_features = self.weight.shape
        return f"{in_features}, {out_features}" + ("" if self.bias is not None else ", bias=False")


class Flatten(Module):
    """
    All axes from one on laid out in a row: ``torch.nn.Flatten``.

    Parameters
    ----------
    start_dim : int, default 1
        First axis to be laid out; the axes before it stay.

    Examples
    --------
    >>> Flatten()(np.zeros((2, 3, 4, 5))).shape
    (2, 60)
    """

    def __init__(self, start_dim: int = 1) -> None:
        super().__init__()
        self.start_dim = start_dim

    def forward(self, x: Array) -> Array:
        """The same numbers in another shape."""
        if x.ndim <= self.start_dim:
            raise ValueError(
                f"Flatten: x has shape {x.shape}, expected more than {self.start_dim} axes"
            )
        self._keep(x.shape)
        # Not -1 for the last length: with no examples at all NumPy could not work it out.
        kept, flat = x.shape[: self.start_dim], x.shape[self.start_dim :]
        return x.reshape(*kept, math.prod(flat))

    def backward(self, grad_output: Array) -> Array:
        """The gradient in the shape of the input."""
        return grad_output.reshape(self._kept())
