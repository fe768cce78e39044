"""toeplitz_matrix: convolution as a matrix whose diagonals each hold one value of the kernel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, float_array
from course_utils.ops.convolution import conv2d
from course_utils.ops.convolve_correlate import Mode, convolve
from course_utils.ops.options import Ints, integer


def toeplitz_matrix(
    w: npt.ArrayLike,
    n: int | Sequence[int],
    mode: Mode | None = None,
    stride: Ints = 1,
    padding: Ints | str = 0,
    dilation: Ints = 1,
    groups: int = 1,
) -> Array:
    r"""
    Matrix A of a convolution: A x is its result, with input and result read as vectors.

    For a signal, :math:`A[t, s] = w[t - s]` is `convolve`. For pictures it is doubly blocked: a
    Toeplitz matrix of blocks (one per pair of rows) that are Toeplitz matrices themselves. Which
    convolution it is depends on the kernel and on `mode`:

    ==================  ==========  ===============================================================
    w                   mode        A @ x.ravel() equals
    ==================  ==========  ===============================================================
    (F,)                any         ``convolve(x, w, mode)``, "full" if no mode is given
    (kH, kW)            given       ``convolve(x, w, mode).ravel()``
    (kH, kW)            None        ``conv2d(x[None], w[None, None], None, stride, …).ravel()``
    (K, C/g, kH, kW)    None        ``conv2d(x, w, None, stride, …).ravel()`` for x (C, H, W)
    ==================  ==========  ===============================================================

    Parameters
    ----------
    w : array_like (F,), (kH, kW) or (K, C / groups, kH, kW)
        The kernel or kernels.
    n : int or (int, int)
        Size of what the matrix multiplies: N for a signal, (H, W) for pictures.
    mode : {"full", "same", "valid"}, optional
        As in `convolve`.
    stride, padding, dilation, groups
        As in `conv2d`; only for pictures and if `mode` is None.

    Returns
    -------
    ndarray (outputs, inputs)
        The matrix, float32 where `w` is, otherwise float64. Its transpose is the adjoint: it
        carries a gradient back.

    Raises
    ------
    ValueError
        If `n` does not suit `w`, if options are given beside a mode, or if `convolve` or
        `conv2d` would raise it.
    TypeError
        If an argument is of the wrong type.

    Examples
    --------
    >>> toeplitz_matrix([1, 2], 3)
    array([[1., 0., 0.],
           [2., 1., 0.],
           [0., 2., 1.],
           [0., 0., 2.]])
    >>> toeplitz_matrix([[1, 2]], (1, 5), stride=2)
    array([[1., 2., 0., 0., 0.],
           [0., 0., 1., 2., 0.]])
    """
    kernel = float_array("toeplitz_matrix", "w", w)
    if kernel.ndim not in (1, 2, 4):
        raise ValueError(
            f"toeplitz_matrix: w is {kernel.shape}, expected (F,), (kH, kW) or (K, C, kH, kW)"
        )
    sizes = _read_sizes(n, 1 if kernel.ndim == 1 else 2)
    if mode is None and kernel.ndim > 1:
        weight = kernel[None, None] if kernel.ndim == 2 else kernel
        return _conv2d_matrix(weight, sizes, stride, padding, dilation, groups)
    if kernel.ndim == 4:
        raise ValueError(f"toeplitz_matrix: mode is {mode!r}, expected none for w {kernel.shape}")
    if (stride, padding, dilation, groups) != (1, 0, 1, 1):
        raise ValueError(
            "toeplitz_matrix: stride, padding, dilation and groups belong to conv2d's matrix, "
            f"but w is {kernel.shape} and mode is {mode!r}"
        )
    return _convolve_matrix(kernel, sizes, "full" if mode is None else mode)


def _read_sizes(n: object, axes: int) -> tuple[int, ...]:
    sizes = n if isinstance(n, (tuple, list)) else (n,)
    if len(sizes) != axes:
        expected = "one size" if axes == 1 else "(H, W)"
        raise ValueError(f"toeplitz_matrix: n is {n!r}, expected {expected}")
    return tuple(integer("toeplitz_matrix", "n", size, 1) for size in sizes)


def _convolve_matrix(w: Array, sizes: tuple[int, ...], mode: Mode) -> Array:
    # column s of a matrix is its effect on the impulse at s
    N = int(np.prod(sizes))
    impulses = np.eye(N, dtype=w.dtype).reshape(N, *sizes)
    return np.stack([convolve(impulse, w, mode).ravel() for impulse in impulses], axis=1)


def _conv2d_matrix(
    weight: Array,
    sizes: tuple[int, ...],
    stride: Ints,
    padding: Ints | str,
    dilation: Ints,
    groups: int,
) -> Array:
    H, W = sizes
    C = weight.shape[1] * integer("toeplitz_matrix", "groups", groups, 1)
    impulses = np.eye(C * H * W, dtype=weight.dtype).reshape(-1, C, H, W)
    y = conv2d(impulses, weight, None, stride, padding, dilation, groups)
    return np.ascontiguousarray(y.reshape(C * H * W, -1).T)
