"""LeNet-5 as it was in 1998.

Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, Gradient-Based Learning Applied to Document
Recognition, Proceedings of the IEEE 86(11), 1998, section II.B.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.nn.convolution import Conv2d
from course_utils.nn.flatten import Flatten
from course_utils.nn.linear import Linear
from course_utils.nn.models.lenet_1998_layers import (
    BitmapDistance,
    ScaledTanh,
    SparseConv2d,
    Subsampling,
    fan_in,
)
from course_utils.nn.parameter import Array
from course_utils.nn.sequential import Sequential

# Which maps of S2 each map of C3 reads: table I of the paper.
CONNECTIONS = (
    (0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5),
    (0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5),
    (0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5),
    (0, 1, 2, 3, 4, 5),
)  # fmt: skip


class LeNet5(Sequential):
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

    c3: SparseConv2d

    def __init__(
        self, *, rng: np.random.Generator | None, dtype: npt.DTypeLike = np.float32
    ) -> None:
        super().__init__(
            {
                "c1": Conv2d(1, 6, 5, rng=None, dtype=dtype),
                "squash1": ScaledTanh(),
                "s2": Subsampling(6, dtype=dtype),
                "squash2": ScaledTanh(),
                "c3": SparseConv2d(CONNECTIONS, 5, dtype=dtype),
                "squash3": ScaledTanh(),
                "s4": Subsampling(16, dtype=dtype),
                "squash4": ScaledTanh(),
                "c5": Conv2d(16, 120, 5, rng=None, dtype=dtype),
                "squash5": ScaledTanh(),
                "flatten": Flatten(),
                "f6": Linear(120, 84, rng=None, dtype=dtype),
                "squash6": ScaledTanh(),
                "output": BitmapDistance(dtype=dtype),
            }
        )
        if rng is not None:
            self._initialise(rng)

    def _initialise(self, rng: np.random.Generator) -> None:
        for layer in self:
            for parameter in layer.parameters():
                bound = 2.4 / fan_in(layer, parameter)
                parameter.data[...] = rng.uniform(-bound, bound, parameter.shape)

    def forward(self, x: Array) -> Array:
        """Minus the squared distance to each digit's bitmap."""
        if x.ndim != 4 or x.shape[1:] != (1, 32, 32):
            raise ValueError(f"LeNet5: x has shape {x.shape}, expected (B, 1, 32, 32)")
        return super().forward(x)
