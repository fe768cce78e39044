"""Errors planted in lesson 02."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.notebooks.planting import Planted


def rotated(real: Any) -> Any:
    """Rotate the kernel by 180 degrees."""
    return lambda x, w, **options: real(x, w[::-1, ::-1], **options)


def clamped(real: Any) -> Any:
    """Set negative answers to zero."""
    return lambda x, w: np.maximum(real(x, w), 0)


def uncentred(real: Any) -> Any:
    """Take the cosine without subtracting the means."""
    return lambda p, q: np.sum(p * q) / (np.linalg.norm(p) * np.linalg.norm(q))


def transposed_rows(real: Any) -> Any:
    """Return V where its transpose is expected."""

    def svd(w: Any) -> Any:
        U, s, Vt = real(w)
        return U, s, Vt.T

    return svd


PLANTED = [
    Planted("2.1", "correlate", lambda real: lambda x, w, mode: real(x, w[::-1], mode=mode)),
    Planted("2.2", "convolve", rotated),
    Planted("2.3", "scipy.signal.convolve2d", rotated),
    Planted("2.4", "filter2d", lambda real: lambda x, w: real(x, w) / w.size),
    Planted("2.5", "filter2d", rotated),
    Planted("2.6", "filter2d", lambda real: lambda x, w: 2 * real(x, w)),
    Planted("2.7", "filter2d", lambda real: lambda x, w: real(x, np.maximum(w, -3))),
    Planted("2.8", "filter2d", clamped),
    Planted("2.9", "gabor", lambda real: lambda theta: real(theta).T),
    Planted("2.10", "filter2d", clamped),
    Planted("2.11", "gaussian", lambda real: lambda sigma, side: real(sigma / 2**0.5, side)),
    Planted("2.12", "numpy.linalg.svd", transposed_rows),
    Planted("2.13", "numpy.linalg.svd", lambda real: lambda w: (w, np.abs(w).sum(axis=0), w)),
    Planted("2.14", "filter2d", clamped),
    Planted("2.15", "likeness", uncentred),
    Planted("2.16", "filter2d", rotated),
    Planted("2.17", "learn_kernel", lambda real: lambda *given: real(*given) + 1e-3),
]
