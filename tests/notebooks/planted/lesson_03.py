"""Errors for the checks of lesson 03: most are in counting, one place too few or too many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tests.notebooks.planting import Planted


def one_more(real: Callable[..., Any]) -> Callable[..., Any]:
    """Make a number one larger."""
    return lambda *arguments, **options: real(*arguments, **options) + 1


def one_fewer(real: Callable[..., list[int]]) -> Callable[..., list[int]]:
    """Leave the last of several out."""
    return lambda *arguments, **options: real(*arguments, **options)[:-1]


def ignoring_padding(real: Callable[..., list[int]]) -> Callable[..., list[int]]:
    """Walk over the samples without their padding."""
    return lambda N, F, S=1, P=0, d=1: real(N, F, S, 0, d)


def one_larger_field(real: Callable[..., Any]) -> Callable[..., Any]:
    """Return a receptive field one sample larger."""
    return lambda layers: (real(layers)[0] + 1, *real(layers)[1:])


def one_later(real: Callable[..., Any]) -> Callable[..., Any]:
    """Return a receptive field that begins one sample later."""
    return lambda layers: (*real(layers)[:2], real(layers)[2] + 1)


def shifted(real: Callable[..., Any]) -> Callable[..., Any]:
    """Find the influence of every sample one sample too far to the right."""
    return lambda *arguments: np.roll(real(*arguments), 1)


def without_ceil_mode(real: Callable[..., Any]) -> Callable[..., Any]:
    """Pool with the floor, whatever was asked."""
    return lambda *arguments, ceil_mode: real(*arguments, ceil_mode=ceil_mode and False)


PLANTED = [
    Planted("3.1", "starts", one_fewer),
    Planted("3.2", "starts", lambda real: lambda N, F: real(N, F - 1)),
    Planted("3.3", "walk", ignoring_padding),
    Planted("3.4", "taps", lambda real: lambda F, d: real(F * d, 1)),
    Planted("3.5", "walk", lambda real: lambda N, F, S, P, d: real(N, F, S, P, 1)),
    Planted("3.6", "starts", lambda real: lambda N, F: real(N, F)[:-4]),
    Planted("3.7", "walk", lambda real: lambda N, F, d: real(N, F)),
    Planted("3.8", "strided_same", one_more),
    Planted("3.9", "max_pool1d", without_ceil_mode),
    Planted("3.10", "pool_size", one_more),
    Planted("3.11", "unused", lambda _: lambda *row: 0),
    Planted("3.12", "receptive_field", one_larger_field),
    Planted("3.13", "receptive_field", one_later),
    Planted("3.14", "course_utils.ops.convolve", lambda real: lambda x, w: real(x, w * [1, 1, 2])),
    Planted("3.15", "reached", shifted),
]
