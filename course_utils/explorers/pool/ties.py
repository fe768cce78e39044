"""The tie rule of PoolExplorer: who gets the gradient of a maximum."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.explorers.pool.valid_options import Ties
from course_utils.explorers.shared.arrays import Array


def shares_of_the_largest(largest: npt.NDArray[np.bool_], ties: Ties) -> Array:
    """∂y/∂(window) of a maximum, from where each window (rows, columns, kH, kW) has its largest.

    "first" gives all to the first in row-major order, as PyTorch's ``max_pool2d``; "split" gives
    equal shares, as its ``amax``.
    """
    if ties == "split":
        return np.asarray(largest / largest.sum(axis=(2, 3), keepdims=True), dtype=np.float64)
    rows, columns, kH, kW = largest.shape
    first = largest.reshape(rows, columns, kH * kW).argmax(axis=-1)
    winner = np.arange(kH * kW) == first[..., None]
    return np.asarray(winner.reshape(largest.shape), dtype=np.float64)
