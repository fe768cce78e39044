"""Small changes that leave the class of a picture as it is, and so give more examples."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def random_shift(x: Array, rng: np.random.Generator, pixels: int = 2) -> Array:
    """
    Move each picture by up to `pixels` in each direction; zeros come in at the border.

    Parameters
    ----------
    x : ndarray of shape (B, C, H, W)
        A batch.
    rng : numpy.random.Generator
        Draws a shift for each picture.
    pixels : int, default 2
        Largest shift.

    Returns
    -------
    ndarray of shape (B, C, H, W)
        A new batch.

    Raises
    ------
    ValueError
        If `x` does not have four axes or `pixels` is negative.

    Examples
    --------
    >>> x = np.arange(1.0, 5.0).reshape(1, 1, 2, 2)
    >>> random_shift(x, np.random.default_rng(0), pixels=1)  # up by one
    array([[[[3., 4.],
             [0., 0.]]]])
    """
    if x.ndim != 4 or pixels < 0:
        raise ValueError(
            f"random_shift: x has shape {x.shape} and pixels is {pixels}, "
            "expected (B, C, H, W) and at least 0"
        )
    B, _, H, W = x.shape
    padded = np.pad(x, ((0, 0), (0, 0), (pixels, pixels), (pixels, pixels)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (H, W), axis=(2, 3))
    down, right = rng.integers(0, 2 * pixels + 1, size=(2, B))
    return np.ascontiguousarray(windows[np.arange(B), :, down, right])


def random_flip(x: Array, rng: np.random.Generator) -> Array:
    """
    Mirror each picture left to right with probability one half.

    This suits photographs but not digits: a mirrored 2 is not a digit.

    Parameters
    ----------
    x : ndarray of shape (B, C, H, W)
        A batch.
    rng : numpy.random.Generator
        Decides which pictures are mirrored.

    Returns
    -------
    ndarray of shape (B, C, H, W)
        A new batch.

    Raises
    ------
    ValueError
        If `x` does not have four axes.

    Examples
    --------
    >>> x = np.arange(1.0, 5.0).reshape(1, 1, 2, 2)
    >>> random_flip(x, np.random.default_rng(2))
    array([[[[2., 1.],
             [4., 3.]]]])
    """
    if x.ndim != 4:
        raise ValueError(f"random_flip: x has shape {x.shape}, expected (B, C, H, W)")
    mirrored = rng.random(len(x)) < 0.5
    return np.where(mirrored[:, None, None, None], x[..., ::-1], x)
