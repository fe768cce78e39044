"""Convolution through the Fourier transform: slide by multiplying spectra.

The spectrum of a correlation is the spectrum of the image times the conjugate spectrum of the
filter. The cost does not depend on the filter's size, which pays for large filters.

The rounding error of a transform is spread evenly: each output is off by about 1e-16 (float32:
1e-7) of what is typical of its whole image, so that small results beside much larger ones are lost.
An output that should be zero is not quite, and one infinity or NaN spoils its whole image.

M. Mathieu, M. Henaff, Y. LeCun, "Fast training of convolutional networks through FFTs", 2013.
https://arxiv.org/abs/1312.5851
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from course_utils.ops.algorithms.border import crop, pad, tap
from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array

Spectrum: TypeAlias = npt.NDArray[np.complexfloating[Any, Any]]


def forward(x: Array, weight: Array, p: Problem) -> Array:
    """Convolve at every position by the spectra, then keep every stride-th."""
    X, W = _spectrum_of_images(pad(x, p), p), _spectrum_of_filters(weight, p)
    Y = np.einsum("bgchw,gkchw->bgkhw", X, W.conj(), optimize=True)
    return tap(_image(Y, p).reshape(p.B, p.K, *_size(p)), p, 0, 0).copy()


def grad_x(grad_y: Array, weight: Array, p: Problem) -> Array:
    """Carry the gradient back to x: the same without the conjugate, from zeros between."""
    G, W = _spectrum_of_images(_unstrided(grad_y, p), p), _spectrum_of_filters(weight, p)
    X = np.einsum("bgkhw,gkchw->bgchw", G, W, optimize=True)
    return crop(_image(X, p).reshape(p.B, p.C, *_size(p)), p)


def grad_weight(grad_y: Array, x: Array, p: Problem) -> Array:
    """Carry the gradient back to the weight: correlate the image with the gradient."""
    G, X = _spectrum_of_images(_unstrided(grad_y, p), p), _spectrum_of_images(pad(x, p), p)
    W = np.einsum("bgchw,bgkhw->gkchw", X, G.conj(), optimize=True)
    dH, dW = p.dilation
    return _image(W, p)[..., : p.kH * dH : dH, : p.kW * dW : dW].reshape(p.weight_shape)


def _spectrum_of_images(images: Array, p: Problem) -> Spectrum:
    """Transform padded images or gradients: (B, groups, channels / groups, ·, ·)."""
    spectrum: Spectrum = np.fft.rfft2(images, s=_size(p))
    return spectrum.reshape(p.B, p.groups, -1, *spectrum.shape[-2:])


def _spectrum_of_filters(weight: Array, p: Problem) -> Spectrum:
    """Transform filters, zeros of dilation and all: (groups, K / groups, C / groups, ·, ·)."""
    (dH, dW), (K, C, kH, kW) = p.dilation, weight.shape
    spread = np.zeros((K, C, (kH - 1) * dH + 1, (kW - 1) * dW + 1), weight.dtype)
    spread[..., ::dH, ::dW] = weight
    spectrum: Spectrum = np.fft.rfft2(spread, s=_size(p))
    return spectrum.reshape(p.groups, -1, *spectrum.shape[1:])


def _image(spectrum: Spectrum, p: Problem) -> Array:
    image: Array = np.fft.irfft2(spectrum, s=_size(p))
    return image


def _unstrided(grad_y: Array, p: Problem) -> Array:
    """Put zeros where outputs were not kept."""
    full = np.zeros((p.B, p.K, *p.padded), grad_y.dtype)
    tap(full, p, 0, 0)[...] = grad_y
    return full


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
