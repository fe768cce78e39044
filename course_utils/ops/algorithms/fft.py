"""Convolution through the Fourier transform: slide by multiplying spectra.

The spectrum of a correlation is the spectrum of the image times the conjugate spectrum of the
filter. The cost does not depend on the filter's size, which pays for large ones; products with
values far apart in size lose digits, and one infinity or NaN spoils a whole image.

M. Mathieu, M. Henaff, Y. LeCun, "Fast training of convolutional networks through FFTs", 2013.
https://arxiv.org/abs/1312.5851
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils.ops.algorithms.border import inner, pad
from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array

Spectrum = npt.NDArray[np.complexfloating[Any, Any]]


def forward(x: Array, weight: Array, p: Problem) -> Array:
    """Convolve: every position by the spectra, then every stride-th of them kept."""
    size = _size(p)
    X = _grouped(_spectrum(pad(x, p), size), p.groups)
    Wc = _grouped(_spectrum(_spread(weight, p), size).conj(), p.groups, axis=0)
    # one product of matrices for each frequency: (B, C) · (C, K)
    Y = np.einsum("bgchw,gkchw->bgkhw", X, Wc, optimize=True)
    y = _image(Y.reshape(p.B, p.K, *Y.shape[-2:]), size)
    return _strided(y, p).copy()


def grad_x(grad_y: Array, weight: Array, p: Problem) -> Array:
    """Carry the gradient back to x: the same without the conjugate, from zeros between."""
    size = _size(p)
    G = _grouped(_spectrum(_unstrided(grad_y, p), size), p.groups)
    W = _grouped(_spectrum(_spread(weight, p), size), p.groups, axis=0)
    X = np.einsum("bgkhw,gkchw->bgchw", G, W, optimize=True)
    padded = _image(X.reshape(p.B, p.C, *X.shape[-2:]), size)[..., : p.padded[0], : p.padded[1]]
    gx = np.zeros(p.x_shape, grad_y.dtype)
    seen = inner(padded, p)
    gx[..., : seen.shape[-2], : seen.shape[-1]] = seen
    return gx


def grad_weight(grad_y: Array, x: Array, p: Problem) -> Array:
    """Carry the gradient back to the weight: correlate the image with the gradient."""
    size = _size(p)
    X = _grouped(_spectrum(pad(x, p), size), p.groups)
    Gc = _grouped(_spectrum(_unstrided(grad_y, p), size).conj(), p.groups)
    W = np.einsum("bgchw,bgkhw->gkchw", X, Gc, optimize=True)
    gw = _image(W.reshape(*p.weight_shape[:2], *W.shape[-2:]), size)
    dH, dW = p.dilation
    return gw[..., : (p.kH - 1) * dH + 1 : dH, : (p.kW - 1) * dW + 1 : dW].copy()


def _size(p: Problem) -> tuple[int, int]:
    """Room for the padded image: no window that is kept reaches round its end."""
    high, wide = p.padded
    return fast_length(high), fast_length(wide)


def fast_length(n: int) -> int:
    """Find the next number of which 2, 3 and 5 are the only prime factors."""
    while True:
        rest = n
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return n
        n += 1


def _spectrum(images: Array, size: tuple[int, int]) -> Spectrum:
    spectrum: Spectrum = np.fft.rfft2(images, s=size)
    return spectrum


def _image(spectrum: Spectrum, size: tuple[int, int]) -> Array:
    image: Array = np.fft.irfft2(spectrum, s=size)
    return image


def _grouped(spectrum: Spectrum, groups: int, axis: int = 1) -> Spectrum:
    shape = spectrum.shape
    return spectrum.reshape(
        *shape[:axis], groups, -1 if spectrum.size else shape[axis] // groups, *shape[axis + 1 :]
    )


def _spread(weight: Array, p: Problem) -> Array:
    """Put the zeros of dilation between the samples of the filters."""
    (dH, dW), (K, C, kH, kW) = p.dilation, weight.shape
    spread = np.zeros((K, C, (kH - 1) * dH + 1, (kW - 1) * dW + 1), weight.dtype)
    spread[..., ::dH, ::dW] = weight
    return spread


def _strided(y: Array, p: Problem) -> Array:
    """Keep every stride-th output."""
    (sH, sW), Ho, Wo = p.stride, p.Ho, p.Wo
    return y[..., : (Ho - 1) * sH + 1 : sH, : (Wo - 1) * sW + 1 : sW]


def _unstrided(grad_y: Array, p: Problem) -> Array:
    """Put zeros where outputs were not kept."""
    B, K, Ho, Wo = p.output_shape
    full = np.zeros((B, K, (Ho - 1) * p.stride[0] + 1, (Wo - 1) * p.stride[1] + 1), grad_y.dtype)
    _strided(full, p)[...] = grad_y
    return full
