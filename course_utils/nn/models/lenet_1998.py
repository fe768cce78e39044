"""LeNet-5, as it is built today and as it was in 1998.

Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, Gradient-Based Learning Applied to Document
Recognition, Proceedings of the IEEE 86(11), 1998, section II.B.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt

from course_utils import ops
from course_utils.nn import init
from course_utils.nn.activation import ReLU, Tanh
from course_utils.nn.convolution import Conv2d
from course_utils.nn.linear import Linear
from course_utils.nn.models.two_part import TwoPart
from course_utils.nn.module import Array, Module, Parameter, Sequential
from course_utils.nn.pooling import AvgPool2d, MaxPool2d

# Which maps of S2 each map of C3 looks at: table I of the paper.
CONNECTIONS = (
    (0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5),
    (0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5),
    (0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5),
    (0, 1, 2, 3, 4, 5),
)  # fmt: skip

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


def lenet5(
    num_classes: int = 10,
    activation: Literal["relu", "tanh"] = "relu",
    pooling: Literal["max", "average"] = "max",
    *,
    rng: np.random.Generator | None,
    dtype: npt.DTypeLike = np.float32,
) -> TwoPart:
    """
    LeNet-5 as it is built today: 61,706 parameters for grey pictures of 32 × 32.

    Two convolutions of 5 × 5 with 6 and 16 filters, each followed by the nonlinearity and a
    pool of 2 × 2; then 120, 84 and 10 outputs. Every filter of the second convolution looks at
    all six maps, the pools learn nothing, and the last layer is linear: hence 61,706 and not
    60,000.

    Parameters
    ----------
    num_classes : int, default 10
        Outputs.
    activation : {"relu", "tanh"}, default "relu"
        The nonlinearity.
    pooling : {"max", "average"}, default "max"
        The pool.
    rng : numpy.random.Generator or None
        Where the initial weights come from; None leaves zeros.
    dtype : dtype, default float32
        float32 or float64.

    Returns
    -------
    TwoPart
        The network: (B, 1, 32, 32) to logits (B, num_classes).

    Raises
    ------
    ValueError
        If activation or pooling is none of the above.

    Examples
    --------
    >>> net = lenet5(rng=np.random.default_rng(0))
    >>> net.count_parameters()
    61706
    >>> net(np.zeros((1, 1, 32, 32), dtype=np.float32)).shape
    (1, 10)
    """
    if activation not in ("relu", "tanh"):
        raise ValueError(f"lenet5: activation is {activation!r}, expected 'relu' or 'tanh'")
    if pooling not in ("max", "average"):
        raise ValueError(f"lenet5: pooling is {pooling!r}, expected 'max' or 'average'")
    f = ReLU if activation == "relu" else Tanh
    pool = MaxPool2d if pooling == "max" else AvgPool2d
    return TwoPart(
        Sequential(
            Conv2d(1, 6, 5, rng=rng, dtype=dtype), f(), pool(2),
            Conv2d(6, 16, 5, rng=rng, dtype=dtype), f(), pool(2),
        ),
        Sequential(
            Linear(16 * 5 * 5, 120, rng=rng, dtype=dtype), f(),
            Linear(120, 84, rng=rng, dtype=dtype), f(),
            Linear(84, num_classes, rng=rng, dtype=dtype),
        ),
    )  # fmt: skip


class LeNet5(Module):
    """
    LeNet-5 as the paper has it: exactly 60,000 parameters that are learnt.

    ====== ============================================ ==========
    layer  what it does                                 parameters
    ====== ============================================ ==========
    C1     6 filters of 5 × 5                                  156
    S2     sum of 2 × 2, a factor and a bias per map            12
    C3     60 kernels of 5 × 5 by table I, 16 biases         1,516
    S4     as S2, on 16 maps                                    32
    C5     120 filters over all of 5 × 5                    48,120
    F6     84 outputs                                       10,164
    output distances to 10 fixed bitmaps of 7 × 12               0
    ====== ============================================ ==========

    Each layer up to F6 ends in 1.7159 tanh(2a/3). The output is minus the squared distance to
    each digit's bitmap, so that the largest is the answer and cross-entropy can train it.

    Parameters
    ----------
    rng : numpy.random.Generator or None
        Where the initial weights come from, uniform in ±2.4/(fan in) as in the paper; None
        leaves zeros.
    dtype : dtype, default float32
        float32 or float64.

    Examples
    --------
    >>> net = LeNet5(rng=np.random.default_rng(0))
    >>> net.count_parameters()
    60000
    >>> net(np.zeros((2, 1, 32, 32), dtype=np.float32)).shape
    (2, 10)
    """

    def __init__(
        self, *, rng: np.random.Generator | None, dtype: npt.DTypeLike = np.float32
    ) -> None:
        super().__init__()
        self.c1 = Conv2d(1, 6, 5, rng=None, dtype=dtype)
        self.squash1 = ScaledTanh()
        self.s2 = Subsampling(6, dtype=dtype)
        self.squash2 = ScaledTanh()
        self.c3 = SparseConv2d(CONNECTIONS, 5, dtype=dtype)
        self.squash3 = ScaledTanh()
        self.s4 = Subsampling(16, dtype=dtype)
        self.squash4 = ScaledTanh()
        self.c5 = Conv2d(16, 120, 5, rng=None, dtype=dtype)
        self.squash5 = ScaledTanh()
        self.f6 = Linear(120, 84, rng=None, dtype=dtype)
        self.squash6 = ScaledTanh()
        self.output = BitmapDistance(dtype=dtype)
        if rng is not None:
            self._initialise(rng)

    def _initialise(self, rng: np.random.Generator) -> None:
        for layer in (self.c1, self.s2, self.c3, self.s4, self.c5, self.f6):
            for parameter in layer.parameters():
                fan_in = layer.fan_in(parameter) if isinstance(layer, _OwnFanIn) else None
                if fan_in is None:
                    fan_in = np.full(parameter.shape, init.fans(layer.weight.shape)[0])
                bound = 2.4 / fan_in
                parameter.data[...] = rng.uniform(-bound, bound)

    def forward(self, x: Array) -> Array:
        """Minus the squared distance to each digit's bitmap."""
        x = self.squash1(self.c1(x))
        x = self.squash2(self.s2(x))
        x = self.squash3(self.c3(x))
        x = self.squash4(self.s4(x))
        x = self.squash5(self.c5(x))
        if x.shape[2:] != (1, 1):
            raise ValueError("LeNet5: x is expected to be (B, 1, 32, 32)")
        return self.output(self.squash6(self.f6(x[:, :, 0, 0])))

    def backward(self, grad_output: Array) -> Array:
        """The same way back."""
        grad = self.f6.backward(self.squash6.backward(self.output.backward(grad_output)))
        grad = self.c5.backward(self.squash5.backward(grad[:, :, None, None]))
        grad = self.s4.backward(self.squash4.backward(grad))
        grad = self.c3.backward(self.squash3.backward(grad))
        grad = self.s2.backward(self.squash2.backward(grad))
        return self.c1.backward(self.squash1.backward(grad))


class _OwnFanIn(Module):
    """A layer whose fan in cannot be read from the shape of its weight."""

    def fan_in(self, parameter: Parameter) -> Array:
        """Terms in the sum that each number of a parameter belongs to."""
        raise NotImplementedError


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


class Subsampling(_OwnFanIn):
    """S2 and S4: the sum of each window of 2 × 2, times a factor, plus a bias, for each map."""

    def __init__(self, channels: int, dtype: npt.DTypeLike = np.float32) -> None:
        super().__init__()
        self.weight = Parameter(np.zeros(channels, dtype))
        self.bias = Parameter(np.zeros(channels, dtype))

    def fan_in(self, parameter: Parameter) -> Array:
        """Four, everywhere."""
        return np.full(parameter.shape, 4)

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


class SparseConv2d(_OwnFanIn):
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

    def fan_in(self, parameter: Parameter) -> Array:
        """Maps that the filter looks at, times the numbers in a kernel."""
        each = np.bincount(self.filters) * self.weight.shape[1] * self.weight.shape[2]
        return each if parameter is self.bias else each[self.filters][:, None, None]

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


def digit_bitmaps() -> npt.NDArray[np.float64]:
    """Ten digits as pictures of 12 rows and 7 columns."""
    rows = [line.split() for line in _BITMAPS.split("\n") if line]
    ink = np.array([[[c == "#" for c in rows[r][d]] for r in range(12)] for d in range(10)])
    return np.where(ink, 1.0, -1.0)
