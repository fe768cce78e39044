"""Errors for the checks of lesson 06: the wrong winner, a shift of the wrong size."""

from __future__ import annotations

import numpy as np

from tests.notebooks.planting import Planted

PLANTED = [
    Planted("6.1", "max_pool", lambda real: lambda x, F, S: -real(-x, F, S)),
    Planted("6.2", "means", lambda means: means * 9 / 8),
    Planted("6.3", "flat", lambda flat: flat * [1.0, 0.5]),
    Planted("6.4", "avg_pool_backward", lambda real: lambda g, *row: real(g[::-1], *row)),
    Planted("6.5", "max_pool_backward", lambda real: lambda g, x, *row: real(g, -x, *row)),
    Planted("6.6", "blur", lambda real: lambda x: np.append(real(x)[:-1], 0)),
    Planted("6.7", "max_by_two", lambda _: lambda x: x[1:-1].reshape(-1, 2).max(axis=1)),
    Planted("6.8", "move", lambda real: lambda y, s: real(y, s / 2)),
    Planted("6.9", "move", lambda real: lambda y, s: real(y, s / 2)),
    Planted("6.10", "course_utils.ops.adaptive_avg_pool2d", lambda _: lambda x, _: x[:, :1, :1]),
    Planted("6.11", "numpy.pad", lambda real: lambda x, widths, mode: real(x, widths)),
]
