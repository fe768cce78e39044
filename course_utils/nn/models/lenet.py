"""LeNet-5, as it is built today.

Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, Gradient-Based Learning Applied to Document
Recognition, Proceedings of the IEEE 86(11), 1998; `lenet_1998` has it as it was then.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from course_utils.nn.activation import ReLU, Tanh
from course_utils.nn.convolution import Conv2d
from course_utils.nn.linear import Linear
from course_utils.nn.models.two_part import TwoPart
from course_utils.nn.pooling import AvgPool2d, MaxPool2d
from course_utils.nn.sequential import Sequential


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
