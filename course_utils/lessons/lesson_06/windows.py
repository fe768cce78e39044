"""Windows, and results that were filled only in part."""

import numpy as np


def usual_window(i, F, S):
    return slice(i * S, i * S + F)


def filled_up_to(y, rows, columns):
    """Keep the first rows and columns, and zeros in place of the others."""
    kept = np.zeros_like(y)
    kept[:rows, :columns] = y[:rows, :columns]
    return kept


def to_first_corner(g, H, W, F, S):
    grad = np.zeros((H, W))
    for i, j in np.ndindex(g.shape):
        grad[i * S, j * S] += g[i, j]
    return grad
