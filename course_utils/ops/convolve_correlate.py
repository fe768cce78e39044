"""convolve and correlate: two signals or two pictures, as mathematics defines it.

Large kernels are applied by Fourier transform, always in float64. Whole numbers stay exact while
their sums stay below 2**40, because the result is then rounded. Other outputs keep 8 digits or more
of the largest product that they add up, however large those elsewhere are, and mostly 15.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, float_array, quietly
from course_utils.ops.spectral_convolution import convolve_by_spectra, spectra_pay

Mode: TypeAlias = Literal["full", "same", "valid"]
"""Which outputs to keep: all overlaps, as many as x has samples, or complete overlaps only."""


@quietly
def convolve(x: npt.ArrayLike, w: npt.ArrayLike, mode: Mode = "full") -> Array:
    r"""
    Convolve a signal or picture with a kernel.

    .. math:: y[t] = \sum_a x[t - a] \; w[a], \qquad
        y[i, j] = \sum_{a, b} x[i - a, j - b] \; w[a, b]

    Parameters
    ----------
    x : array_like (N,) or (H, W)
        The signal or picture; zero outside its samples.
    w : array_like (F,) or (kH, kW)
        The kernel, with as many axes as `x`.
    mode : {"full", "same", "valid"}, default "full"
        Which outputs to keep along each axis: all N + F − 1 that can differ from zero; the N in
        the middle, from (F − 1) // 2 on, as in SciPy (NumPy keeps max(N, F) instead); or the
        N − F + 1 for which the kernel lies entirely inside.

    Returns
    -------
    ndarray
        The convolution. float32 where both are float32, otherwise float64.

    Raises
    ------
    ValueError
        If `x` and `w` differ in their number of axes, or it is not one or two; if one is empty; if
        `mode` is unknown; or if `mode` is "valid" and the kernel is larger than `x`.
    TypeError
        If the numbers are not real.

    See Also
    --------
    correlate : the same without the flip.

    References
    ----------
    .. [1] https://docs.scipy.org/doc/scipy/reference/generated/scipy.signal.convolve.html

    Examples
    --------
    Multiplying polynomials, (1 + 2z + 3z²)(1 + 10z):

    >>> convolve([1, 2, 3], [1, 10])
    array([ 1., 12., 23., 30.])
    >>> convolve([1, 2, 3], [1, 10], mode="valid")
    array([12., 23.])
    """
    signal, kernel = _read("convolve", x, w, mode)
    return _convolve(signal, kernel, mode)


@quietly
def correlate(x: npt.ArrayLike, w: npt.ArrayLike, mode: Mode = "full") -> Array:
    r"""
    Correlate a signal or picture with a kernel: slide it along without flipping it.

    .. math:: y[t] = \sum_a x[t + a] \; w[a], \qquad
        y[i, j] = \sum_{a, b} x[i + a, j + b] \; w[a, b]

    "valid" begins at t = 0 and "full" at t = −(F − 1), where only the kernel's last sample
    meets the signal's first.

    Parameters
    ----------
    x : array_like (N,) or (H, W)
        The signal or picture; zero outside its samples.
    w : array_like (F,) or (kH, kW)
        The kernel, with as many axes as `x`.
    mode : {"full", "same", "valid"}, default "full"
        Which outputs to keep, as in `convolve`.

    Returns
    -------
    ndarray
        The correlation. float32 where both are float32, otherwise float64.

    Raises
    ------
    ValueError
        If `x` and `w` differ in their number of axes, or it is not one or two; if one is empty; if
        `mode` is unknown; or if `mode` is "valid" and the kernel is larger than `x`.
    TypeError
        If the numbers are not real.

    See Also
    --------
    convolve : the same with the kernel flipped.
    conv1d, conv2d : correlation over channels and batches, as in PyTorch.

    References
    ----------
    .. [1] https://docs.scipy.org/doc/scipy/reference/generated/scipy.signal.correlate.html

    Examples
    --------
    >>> correlate([1, 2, 3], [1, 10])
    array([10., 21., 32.,  3.])
    >>> correlate([1, 2, 3], [1, 10], mode="valid")
    array([21., 32.])
    """
    signal, kernel = _read("correlate", x, w, mode)
    return _convolve(signal, np.flip(kernel), mode)


def _read(operation: str, x: npt.ArrayLike, w: npt.ArrayLike, mode: str) -> tuple[Array, Array]:
    signal, kernel = float_array(operation, "x", x), float_array(operation, "w", w)
    if signal.ndim not in (1, 2):
        raise ValueError(f"{operation}: x is {signal.shape}, expected one axis or two")
    if kernel.ndim != signal.ndim:
        raise ValueError(
            f"{operation}: w is {kernel.shape}, expected as many axes as x {signal.shape} has"
        )
    for name, array in (("x", signal), ("w", kernel)):
        if array.size == 0:
            raise ValueError(f"{operation}: {name} is {array.shape}, expected at least one sample")
    if mode not in ("full", "same", "valid"):
        raise ValueError(f"{operation}: mode is {mode!r}, expected 'full', 'same' or 'valid'")
    if mode == "valid" and any(f > n for f, n in zip(kernel.shape, signal.shape, strict=True)):
        raise ValueError(
            f"{operation}: w {kernel.shape} does not fit into x {signal.shape}, "
            "so mode 'valid' has no output"
        )
    return signal, kernel


def _convolve(x: Array, w: Array, mode: str) -> Array:
    kept = tuple(_kept(n, f, mode) for n, f in zip(x.shape, w.shape, strict=True))
    full = None
    if spectra_pay(x, w) and np.isfinite(x).all() and np.isfinite(w).all():
        full = convolve_by_spectra(x, w, kept)
    if full is None:
        full = np.convolve(x, w) if x.ndim == 1 else _convolve_full_2d(x, w)
    return full if mode == "full" else np.ascontiguousarray(full[kept])


def _kept(n: int, f: int, mode: str) -> slice:
    """Give the part of the full result that is kept along an axis."""
    if mode == "same":
        return slice((f - 1) // 2, (f - 1) // 2 + n)
    return slice(f - 1, n) if mode == "valid" else slice(0, n + f - 1)


def _convolve_full_2d(x: Array, w: Array) -> Array:
    H, W = x.shape
    if w.size > x.size:  # convolution commutes: loop over the smaller of the two
        return _convolve_full_2d(w, x)
    kH, kW = w.shape
    y = np.zeros((H + kH - 1, W + kW - 1), np.result_type(x, w))
    for a in range(kH):
        for b in range(kW):
            y[a : a + H, b : b + W] += x * w[a, b]
    return y
