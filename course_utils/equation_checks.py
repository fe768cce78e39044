"""Execute a numbered equation: compare its two sides and print a bound that holds.

The printed bound is a step of a fixed ladder, not the difference itself, so that the stored
output of a lesson is the same on every machine.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

# The ladder starts at 1e-12: below that, rounding differs from one processor to the next, and a
# stored output must be the same on all of them.
_LADDER = (1e-12, 1e-10, 1e-8, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0)


def bucket(difference: float) -> str:
    """
    Name the smallest step of a fixed ladder that is above a difference.

    Parameters
    ----------
    difference : float
        A non-negative number, such as the largest difference between two arrays.

    Returns
    -------
    str
        ``"< 1e-12"`` or the like, ``">= 1"`` beyond the ladder, and ``"nan"`` for NaN.

    Raises
    ------
    ValueError
        If the difference is negative.

    Examples
    --------
    >>> bucket(3e-13), bucket(0.0), bucket(20.0)
    ('< 1e-12', '< 1e-12', '>= 1')
    """
    if difference < 0:
        raise ValueError(f"bucket: difference is {difference}, expected a number >= 0")
    if np.isnan(difference):
        return "nan"
    for step in _LADDER:
        if difference < step:
            return f"< {step:g}"
    return ">= 1"


def largest_difference(left: npt.ArrayLike, right: npt.ArrayLike) -> float:
    """
    Find the largest absolute difference between two arrays of the same shape.

    Parameters
    ----------
    left, right : array_like
        Numbers of the same shape. NaN in the same place on both sides counts as equal.

    Returns
    -------
    float
        max |left − right|, and infinity where only one side is NaN.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> largest_difference([1.0, 2.0], [1.0, 2.5])
    0.5
    """
    a, b = np.asarray(left), np.asarray(right)
    if a.shape != b.shape:
        raise ValueError(f"the two sides have shapes {a.shape} and {b.shape}, expected the same")
    if a.size == 0:
        return 0.0
    wide = np.complex128 if np.iscomplexobj(a) or np.iscomplexobj(b) else np.float64
    a, b = a.astype(wide), b.astype(wide)
    both_nan = np.isnan(a) & np.isnan(b)
    same = (a == b) | both_nan  # inf equals inf, though inf - inf is NaN
    with np.errstate(invalid="ignore"):
        gap = np.where(same, 0.0, np.abs(np.where(same, 0.0, a) - np.where(same, 0.0, b)))
    return float(np.where(np.isnan(gap), np.inf, gap).max())


def check(tag: str, left: npt.ArrayLike, right: npt.ArrayLike, tolerance: float = 1e-12) -> None:
    """
    Assert that the two sides of a numbered equation agree, and print how closely.

    Parameters
    ----------
    tag : str
        The number of the equation in the lesson, such as ``"1.3"``.
    left, right : array_like
        The two sides, executed.
    tolerance : float, default 1e-12
        Largest absolute difference that still counts as equal.

    Raises
    ------
    AssertionError
        If the shapes differ or any element differs by more than the tolerance.

    Examples
    --------
    >>> check("0.1", [0.1 + 0.2], [0.3])
    (0.1) holds: largest difference < 1e-12
    """
    try:
        difference = largest_difference(left, right)
    except ValueError as error:
        raise AssertionError(f"({tag}) does not hold: {error}") from None
    if not difference <= tolerance:
        raise AssertionError(
            f"({tag}) does not hold: largest difference {difference:.3g}, "
            f"allowed {tolerance:.0e}\nleft  = {left!r}\nright = {right!r}"
        )
    exact = all(np.asarray(side).dtype.kind in "iub" for side in (left, right))
    print(f"({tag}) holds: " + ("exactly" if exact else f"largest difference {bucket(difference)}"))
