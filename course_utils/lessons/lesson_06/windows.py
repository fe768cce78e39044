"""Windows, and results that were filled only in part."""

import numpy as np


def usual_window(i, F, S):
    """Take the i-th window of F, the windows S apart."""
    return slice(i * S, i * S + F)


def filled_up_to(y, rows, columns):
    """Keep the first rows and columns, and zeros in place of the others."""
    kept = np.zeros_like(y)
    kept[:rows, :columns] = y[:rows, :columns]
    return kept


def to_first_corner(g, H, W, F, S):
    """Hand each gradient back to the first value of its window."""
    grad = np.zeros((H, W))
    for i, j in np.ndindex(g.shape):
        grad[i * S, j * S] += g[i, j]
    return grad
