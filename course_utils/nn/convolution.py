"""The convolutional layer."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils import ops
from course_utils.nn import init
from course_utils.nn.module import Module
from course_utils.nn.options import Size, pair
from course_utils.nn.parameter import Array
from course_utils.ops.convolution import conv2d_parameter_gradients
from course_utils.ops.options import integer


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
        As `ops.conv2d` takes them; kept as pairs, or the padding as "same" or "valid".
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
    >>> layer.stride
    (1, 1)
    >>> layer.count_parameters() == 8 * 3 * 3 * 3 + 8
    True
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Size,
        stride: Size = 1,
        padding: Size | str = 0,
        dilation: Size = 1,
        groups: int = 1,
        bias: bool = True,
        *,
        rng: np.random.Generator | None,
        dtype: npt.DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        self.in_channels = integer("Conv2d", "in_channels", in_channels, 1)
        self.out_channels = integer("Conv2d", "out_channels", out_channels, 1)
        self.kernel_size = pair("Conv2d", "kernel_size", kernel_size, 1)
        self.stride = pair("Conv2d", "stride", stride, 1)
        self.padding = _read_padding(padding, self.stride)
        self.dilation = pair("Conv2d", "dilation", dilation, 1)
        self.groups = integer("Conv2d", "groups", groups, 1)
        if self.in_channels % self.groups or self.out_channels % self.groups:
            raise ValueError(
                f"Conv2d: groups={groups} does not divide in_channels={in_channels} and "
                f"out_channels={out_channels}"
            )
        shape = (self.out_channels, self.in_channels // self.groups, *self.kernel_size)
        self.weight = init.layer_weight("Conv2d", shape, rng, dtype)
        self.bias = init.layer_bias(shape, rng, dtype) if bias else None

    @property
    def _options(self) -> tuple[tuple[int, int], tuple[int, int] | str, tuple[int, int], int]:
        return self.stride, self.padding, self.dilation, self.groups

    def forward(self, x: Array) -> Array:
        """The output y = weight ⋆ x + bias."""
        self._keep(x)
        bias = None if self.bias is None else self.bias.data
        return ops.conv2d(x, self.weight.data, bias, *self._options)

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x, and ∂L/∂weight and ∂L/∂bias added up."""
        x = self._kept()
        bias = None if self.bias is None else self.bias.data
        grad_x, grad_weight, grad_bias = ops.conv2d_backward(
            grad_output, x, self.weight.data, bias, *self._options
        )
        self._accumulate(grad_weight, grad_bias)
        return grad_x

    def backward_to_parameters(self, grad_output: Array) -> None:
        """∂L/∂weight and ∂L/∂bias added up."""
        x = self._kept()
        bias = None if self.bias is None else self.bias.data
        grad_weight, grad_bias = conv2d_parameter_gradients(
            grad_output, x, self.weight.data, bias, *self._options
        )
        self._accumulate(grad_weight, grad_bias)

    def _accumulate(self, grad_weight: Array, grad_bias: Array | None) -> None:
        self.weight.accumulate(grad_weight)
        if self.bias is not None and grad_bias is not None:
            self.bias.accumulate(grad_bias)

    def extra_repr(self) -> str:
        """Channels, filter, stride, and the options that are not the usual ones."""
        text = f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}"
        text += f", stride={self.stride}"
        for name, usual in (("padding", (0, 0)), ("dilation", (1, 1)), ("groups", 1)):
            if getattr(self, name) != usual:
                text += f", {name}={getattr(self, name)}"
        return text if self.bias is not None else text + ", bias=False"


def _read_padding(padding: Size | str, stride: tuple[int, int]) -> tuple[int, int] | str:
    if not isinstance(padding, str):
        return pair("Conv2d", "padding", padding, 0)
    if padding not in ("same", "valid"):
        raise ValueError(
            f"Conv2d: padding is {padding!r}, expected whole numbers, 'same' or 'valid'"
        )
    if padding == "same" and stride != (1, 1):
        raise ValueError(f"Conv2d: padding 'same' needs stride 1, but stride is {stride}")
    return padding
