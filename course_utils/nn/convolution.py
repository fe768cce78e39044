"""The convolutional layer."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils import ops
from course_utils.nn import init
from course_utils.nn.module import Array, Module, Parameter
from course_utils.ops.convolution import conv2d_parameter_gradients


class Conv2d(Module):
    """
    Convolution with learnt filters: ``torch.nn.Conv2d``.

    Parameters
    ----------
    in_channels : int
        Channels C of the input.
    out_channels : int
        Filters K, and so channels of the output.
    kernel_size, stride, padding, dilation, groups
        As `ops.conv2d` takes them.
    bias : bool, default True
        Whether each filter has a bias.
    rng : numpy.random.Generator or None
        Where the initial weights come from: uniform in ±1/√(fan in), as PyTorch has it. None
        leaves zeros, for weights that will be loaded.
    dtype : dtype, default float32
        float32 or float64.

    Attributes
    ----------
    weight : Parameter of shape (K, C/groups, kH, kW)
        The filters.
    bias : Parameter of shape (K,) or None
        The biases.

    Examples
    --------
    >>> layer = Conv2d(3, 8, 3, padding=1, rng=np.random.default_rng(0))
    >>> layer(np.ones((2, 3, 10, 12), dtype=np.float32)).shape
    (2, 8, 10, 12)
    >>> layer.count_parameters() == 8 * 3 * 3 * 3 + 8
    True
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | tuple[int, int],
        stride: int | tuple[int, int] = 1,
        padding: int | tuple[int, int] | str = 0,
        dilation: int | tuple[int, int] = 1,
        groups: int = 1,
        bias: bool = True,
        *,
        rng: np.random.Generator | None,
        dtype: npt.DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        if in_channels % groups or out_channels % groups:
            raise ValueError(
                f"Conv2d: groups={groups} does not divide in_channels={in_channels} and "
                f"out_channels={out_channels}"
            )
        kH, kW = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
        shape = (out_channels, in_channels // groups, kH, kW)
        self.weight = Parameter(weight_like_pytorch(shape, rng, dtype))
        self.bias = Parameter(bias_like_pytorch(shape, rng, dtype)) if bias else None
        self.options: dict[str, Any] = {
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "groups": groups,
        }

    def forward(self, x: Array) -> Array:
        """The output y = weight ⋆ x + bias."""
        self._keep(x)
        bias = None if self.bias is None else self.bias.data
        return ops.conv2d(x, self.weight.data, bias, **self.options)

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x, and ∂L/∂weight and ∂L/∂bias added up."""
        x = self._kept()
        bias = None if self.bias is None else self.bias.data
        grad_x, grad_weight, grad_bias = ops.conv2d_backward(
            grad_output, x, self.weight.data, bias, **self.options
        )
        self._accumulate(grad_weight, grad_bias)
        return grad_x

    def backward_to_parameters(self, grad_output: Array) -> None:
        """∂L/∂weight and ∂L/∂bias added up."""
        x = self._kept()
        bias = None if self.bias is None else self.bias.data
        self._accumulate(
            *conv2d_parameter_gradients(grad_output, x, self.weight.data, bias, **self.options)
        )

    def _accumulate(self, grad_weight: Array, grad_bias: Array | None) -> None:
        self.weight.accumulate(grad_weight)
        if self.bias is not None and grad_bias is not None:
            self.bias.accumulate(grad_bias)

    def describe(self) -> str:
        """Channels, filter, and the options that are not the usual ones."""
        K, C, kH, kW = self.weight.shape
        text = f"{C * self.options['groups']}, {K}, kernel_size=({kH}, {kW})"
        usual = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1}
        text += "".join(f", {k}={v}" for k, v in self.options.items() if v != usual[k])
        return text if self.bias is not None else text + ", bias=False"


def weight_like_pytorch(
    shape: tuple[int, ...], rng: np.random.Generator | None, dtype: npt.DTypeLike
) -> Array:
    """A weight as PyTorch's layers start with it, or zeros."""
    return np.zeros(shape, dtype) if rng is None else init.kaiming_uniform(shape, rng, dtype=dtype)


def bias_like_pytorch(
    weight_shape: tuple[int, ...], rng: np.random.Generator | None, dtype: npt.DTypeLike
) -> Array:
    """A bias as PyTorch's layers start with it, or zeros."""
    K = weight_shape[0]
    if rng is None:
        return np.zeros(K, dtype)
    return init.uniform((K,), rng, 1 / math.sqrt(init.fans(weight_shape)[0]), dtype)
