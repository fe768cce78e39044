"""Errors planted in lesson 04."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.notebooks.planting import Planted


def averaged(real: Any) -> Any:
    """Average the channels in place of summing them."""
    return lambda x, w, b: real(x, w / len(x), b)


def one_row_off(real: Any) -> Any:
    """Read every pixel one row further down."""
    return lambda A, x, b: real(A, np.roll(x, 1, axis=0), b)


def mirrored(real: Any) -> Any:
    """Flip the kernel left to right."""
    return lambda x, w, *rest, **options: real(x, w[..., ::-1], *rest, **options)


def every_pixel(real: Any) -> Any:
    """Count the products at every pixel of the input in place of every place of the output."""
    return lambda x, w, b, S, P: (real(x, w, b, S, P)[0], w.size * x[0].size)


def ungrouped(real: Any) -> Any:
    """Forget the groups."""

    def layer_cost(*given: Any, groups: int = 1) -> Any:
        return real(*given)

    return layer_cost


def one_row_lost(real: Any) -> Any:
    """Shuffle, but lose a row."""

    def shuffle(x: Any) -> Any:
        y = real(x)
        y[..., 3, :] = 0
        return y

    return shuffle


PLANTED = [
    Planted("4.1", "dense", one_row_off),
    Planted("4.2", "dense_by_offsets", one_row_off),
    Planted("4.3", "course_utils.ops.correlate", mirrored),
    Planted("4.4", "conv2d", mirrored),
    Planted("4.5", "conv_layer", averaged),
    Planted("4.6", "torch.nn.Conv2d", lambda real: lambda *given: real(*given, bias=False)),
    Planted("4.7", "counted_layer", every_pixel),
    Planted("4.8", "conv_layer", averaged),
    Planted("4.9", "grouped_conv", lambda real: lambda x, w, groups: real(x[::-1], w, groups)),
    Planted("4.10", "layer_cost", ungrouped),
    Planted("4.11", "dense_as_conv", lambda real: lambda *given: real(*given)[..., ::-1]),
    Planted("4.12", "shuffle", one_row_lost),
]
