"""Errors for the checks of lesson 01: a flip left out, a place too far, a law broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tests.notebooks.planting import Planted


def flipped(real: Callable[..., Any]) -> Callable[..., Any]:
    """Turn the kernel around once too often."""
    return lambda x, w, **options: real(x, w[::-1], **options)


def of_result(change: Callable[[Any], Any]) -> Callable[..., Any]:
    """Change what a function gives."""
    return lambda real: lambda *arguments, **options: change(real(*arguments, **options))


def later(values: Any) -> Any:
    """Move everything on by a place."""
    return np.roll(values, 1)


PLANTED = [
    Planted("1.1", "delta", later),
    Planted("1.2", "w", later),
    Planted("1.3", "w", later),
    Planted("1.4", "numpy.convolve", lambda real: lambda x, w: real(x, w, "same")),
    Planted("1.5", "overlaps", of_result(lambda count: count + 1)),
    Planted("1.6", "full", flipped),
    Planted("1.7", "full", of_result(later)),
    Planted("1.8", "full", of_result(np.abs)),
    Planted("1.9", "full", flipped),
    Planted("1.10", "correlate", flipped),
    Planted("1.11", "convolve_valid", flipped),
    Planted("1.12", "toeplitz_full", lambda real: lambda w, N: real(w[::-1], N)),
    Planted("1.13", "A", lambda A: A[:, ::-1]),
    Planted("1.14", "correlate", flipped),
    Planted("1.15", "circular", flipped),
    Planted("1.16", "circular", of_result(later)),
    Planted("1.17", "E", lambda E: E**0.9),
    Planted("1.18", "E", lambda E: E**0.9),
    Planted("1.19", "circular", of_result(later)),
    Planted("1.20", "C", np.tril),
    Planted("1.21", "circular", lambda _: lambda x, w: np.convolve(x, w)[: len(x)]),
]
