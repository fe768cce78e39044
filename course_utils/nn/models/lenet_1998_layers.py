"""The layers of LeNet-5 as the paper has them, that nothing else has.

Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, Gradient-Based Learning Applied to Document
Recognition, Proceedings of the IEEE 86(11), 1998, section II.B.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import numpy.typing as npt

from course_utils import ops
from course_utils.nn import init
from course_utils.nn.convolution import Conv2d
from course_utils.nn.linear import Linear
from course_utils.nn.module import Module
from course_utils.nn.parameter import Array, Parameter

# The ten digits on 7 columns by 12 rows, drawn for this course after figure 3 of the paper.
_BITMAPS = """
.......  .......  .......  .......  .......  .......  .......  .......  .......  .......
..###..  ...#...  .#####.  .#####.  ....##.  #######  ..####.  #######  .#####.  .#####.
.##.##.  ..##...  ##...##  ##...##  ...###.  ##.....  .##....  ##...##  ##...##  ##...##
##...##  .###...  .....##  .....##  ..####.  ##.....  ##.....  .....##  ##...##  ##...##
##...##  ...#...  .....##  .....##  .##.##.  ##.....  ##.....  ....##.  ##...##  ##...##
##...##  ...#...  ....##.  ..####.  ##..##.  ######.  ######.  ....##.  .#####.  .######
##...##  ...#...  ...##..  .....##  #######  .....##  ##...##  ...##..  ##...##  .....##
##...##  ...#...  ..##...  .....##  ....##.  .....##  ##...##  ...##..  ##...##  .....##
##...##  ...#...  .##....  .....##  ....##.  .....##  ##...##  ..##...  ##...##  .....##
.##.##.  ...#...  ##.....  ##...##  ....##.  ##...##  ##...##  ..##...  ##...##  ....##.
..###..  .#####.  #######  .#####.  ....##.  .#####.  .#####.  ..##...  .#####.  .####..
.......  .......  .......  .......  .......  .......  .......  .......  .......  .......
"""


class ScaledTanh(Module):
    """The paper's nonlinearity: f(1) ≈ 1, f(−1) ≈ −1, steep between and flat far out."""

    A: ClassVar[float] = 1.7159
    S: ClassVar[float] = 2 / 3

    def forward(self, x: Array) -> Array:
        """The output y = A tanh(S x)."""
        y: Array = self.A * np.tanh(self.S * x)
        self._keep(y)
        return y

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x = ∂L/∂y · S (A − y²/A)."""
        y = self._kept()
        grad: Array = grad_output * (self.S * (self.A - y * y / self.A))
        return grad


class Subsampling(Module):
    """S2 and S4: the sum of each window of 2 × 2, times a factor, plus a bias, for each map."""

    def __init__(self, channels: int, dtype: npt.DTypeLike = np.float32) -> None:
        super().__init__()
        self.weight = Parameter(np.zeros(channels, dtype))
        self.bias = Parameter(np.zeros(channels, dtype))

    def forward(self, x: Array) -> Array:
        """The output y = weight · sum of 2 × 2 + bias."""
        total = ops.avg_pool2d(x, 2, divisor_override=1)
        self._keep(x, total)
        y: Array = self.weight.data[:, None, None] * total + self.bias.data[:, None, None]
        return y

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x, and ∂L/∂weight and ∂L/∂bias added up."""
        x, total = self._kept()
        self.weight.accumulate((grad_output * total).sum(axis=(0, 2, 3)))
        self.bias.accumulate(grad_output.sum(axis=(0, 2, 3)))
        grad = grad_output * self.weight.data[:, None, None]
        return ops.avg_pool2d_backward(grad, x, 2, divisor_override=1)


class SparseConv2d(Module):
    """C3: a convolution whose filters look at chosen maps only."""

    def __init__(
        self,
        connections: tuple[tuple[int, ...], ...],
        kernel_size: int,
        dtype: npt.DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        self.filters = np.repeat(np.arange(len(connections)), [len(c) for c in connections])
        self.maps = np.concatenate(connections)
        self.weight = Parameter(np.zeros((len(self.maps), kernel_size, kernel_size), dtype))
        self.bias = Parameter(np.zeros(len(connections), dtype))

    def dense(self) -> Array:
        """The filters with zeros where there is no connection."""
        _, F, _ = self.weight.shape
        full = np.zeros((self.filters[-1] + 1, self.maps.max() + 1, F, F), self.weight.data.dtype)
        full[self.filters, self.maps] = self.weight.data
        return full

    def forward(self, x: Array) -> Array:
        """The output y = dense weight ⋆ x + bias."""
        self._keep(x)
        return ops.conv2d(x, self.dense(), self.bias.data)

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x; of the gradients of the kernels only those that there are."""
        x = self._kept()
        grad_x, grad_dense, grad_bias = ops.conv2d_backward(
            grad_output, x, self.dense(), self.bias.data
        )
        self.weight.accumulate(grad_dense[self.filters, self.maps])
        if grad_bias is not None:
            self.bias.accumulate(grad_bias)
        return grad_x


class BitmapDistance(Module):
    """Minus the squared distance to a fixed bitmap of each digit."""

    buffer_names: ClassVar[tuple[str, ...]] = ("bitmaps",)

    def __init__(self, dtype: npt.DTypeLike = np.float32) -> None:
        super().__init__()
        self.bitmaps = digit_bitmaps().reshape(10, 84).astype(dtype)

    def forward(self, x: Array) -> Array:
        """The output y_i = −Σ_j (x_j − w_ij)²."""
        self._keep(x)
        difference = x[:, None, :] - self.bitmaps
        y: Array = -(difference * difference).sum(axis=2)
        return y

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x_j = −2 Σ_i ∂L/∂y_i (x_j − w_ij)."""
        x = self._kept()
        grad: Array = -2 * (grad_output.sum(axis=1, keepdims=True) * x - grad_output @ self.bitmaps)
        return grad


def fan_in(layer: Module, parameter: Parameter) -> Array:
    """Terms in the sum that each number of a layer's parameter belongs to."""
    shape = parameter.shape
    if isinstance(layer, Subsampling):
        return np.full(shape, 4)
    if isinstance(layer, SparseConv2d):
        _, kH, kW = layer.weight.shape
        each = np.bincount(layer.filters) * kH * kW
        return each if parameter is layer.bias else each[layer.filters][:, None, None]
    assert isinstance(layer, (Conv2d, Linear))
    return np.full(shape, init.fans(layer.weight.shape)[0])


def digit_bitmaps() -> npt.NDArray[np.float64]:
    """Ten digits as pictures of 12 rows and 7 columns."""
    rows = [line.split() for line in _BITMAPS.split("\n") if line]
    ink = np.array([[[c == "#" for c in rows[r][d]] for r in range(12)] for d in range(10)])
    return np.where(ink, 1.0, -1.0)
