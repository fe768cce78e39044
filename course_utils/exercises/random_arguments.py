"""Random arguments that a person can still read."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def rounded_normals(
    seed: int, *shapes: int | tuple[int, ...], scale: float = 1.0
) -> tuple[npt.NDArray[np.float64], ...]:
    """Draw an array of each shape from a normal distribution, rounded to two decimals.

    No such array has a symmetry, so that a missing flip or transpose shows.

    Parameters
    ----------
    seed : int
        The seed: the same numbers come on every machine.
    *shapes : int or tuple of int
        The shapes of the arrays, in order.
    scale : float, optional
        The standard deviation.

    Returns
    -------
    tuple of numpy.ndarray
        One array of float64 for each shape.

    Examples
    --------
    >>> from course_utils.exercises import rounded_normals
    >>> x, w = rounded_normals(11, 3, (1, 2))
    >>> x
    array([0.03, 1.36, 1.22])
    >>> w.shape
    (1, 2)
    """
    rng = np.random.default_rng(seed)
    return tuple(np.round(scale * rng.normal(size=shape), 2) for shape in shapes)
