"""Resize pictures with one matrix for each axis, in nothing but NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def interpolation_matrix(n: int, m: int) -> npt.NDArray[np.float64]:
    r"""Return the (m, n) matrix that resamples n numbers to m by linear interpolation.

    Output i has its centre at c = (i + 1/2) n/m − 1/2 on the input's grid and is the average
    of the inputs under a triangle around c:

    .. math:: R_{ij} \propto \max(0, 1 - |j - c_i| / s), \qquad s = \max(1, n/m),

    each row scaled to sum to 1. When enlarging (s = 1) this is ordinary linear interpolation.
    When reducing, the triangle widens with the step, so that no input is skipped, and fine
    detail is averaged away instead of turning into coarse detail that is not there (aliasing).
    """
    if n < 1 or m < 1:
        raise ValueError(f"interpolation_matrix: n={n} and m={m}, expected both at least 1")
    centre = (np.arange(m) + 0.5) * n / m - 0.5
    reach = max(1.0, n / m)
    distance = np.abs(np.arange(n)[None, :] - centre[:, None])
    weight = np.maximum(0.0, 1.0 - distance / reach)
    # At the border, part of the triangle is outside; the inputs inside share its weight.
    scaled: npt.NDArray[np.float64] = weight / weight.sum(axis=1, keepdims=True)
    return scaled


def resize(x: Array, size: int | tuple[int, int]) -> Array:
    """Resize the last two axes to a height and width; one number gives a square.

    Gives the same numbers as ``torch.nn.functional.interpolate`` with ``mode="bilinear"``,
    ``align_corners=False`` and ``antialias=True``.
    """
    height, width = (size, size) if isinstance(size, (int, np.integer)) else size
    if x.ndim < 2 or 0 in x.shape[-2:]:
        raise ValueError(f"resize: x has shape {x.shape}, expected (..., H, W) with H, W >= 1")
    if height < 1 or width < 1:
        raise ValueError(f"resize: size is {size}, expected at least 1 by 1")
    H, W = x.shape[-2:]
    rows = interpolation_matrix(H, int(height)).astype(x.dtype)
    columns = interpolation_matrix(W, int(width)).astype(x.dtype)
    resized: Array = rows @ x @ columns.T
    return resized
