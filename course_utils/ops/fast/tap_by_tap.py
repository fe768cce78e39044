"""Convolution by a product for each tap of the filter, which meets no sample of the border.

Everywhere else the border is made of zeros, and zero times infinity is NaN: an infinite weight
would spoil the outputs at the border too, which the sum that defines them does not. It is slow, and
runs only where a number is infinite or NaN.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import EllipsisType
from typing import TypeAlias

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array
from course_utils.ops.fast.windows import meet

Where: TypeAlias = tuple[EllipsisType, slice, slice]


def forward(x: Array, weight: Array, p: Problem) -> Array:
    """Convolve: each tap multiplies the samples that it meets."""
    y = np.zeros(p.output_shape, x.dtype)
    x, w, out = _grouped(x, p), _filters(weight, p), _grouped(y, p)
    for u, v, inputs, outputs in _meetings(p):
        out[outputs] += np.einsum("gkc,bgchw->bgkhw", w[..., u, v], x[inputs], optimize=True)
    return y


def grad_x(grad_y: Array, weight: Array, p: Problem) -> Array:
    """Carry the gradient back to x: each tap gives it to the samples that it met."""
    gx = np.zeros(p.x_shape, grad_y.dtype)
    gy, w, out = _grouped(grad_y, p), _filters(weight, p), _grouped(gx, p)
    for u, v, inputs, outputs in _meetings(p):
        out[inputs] += np.einsum("gkc,bgkhw->bgchw", w[..., u, v], gy[outputs], optimize=True)
    return gx


def grad_weight(grad_y: Array, x: Array, p: Problem) -> Array:
    """Carry the gradient back to the weight: to each tap from the samples that it met."""
    gw = np.zeros(p.weight_shape, x.dtype)
    gy, x, out = _grouped(grad_y, p), _grouped(x, p), _filters(gw, p)
    for u, v, inputs, outputs in _meetings(p):
        out[..., u, v] = np.einsum("bgkhw,bgchw->gkc", gy[outputs], x[inputs], optimize=True)
    return gw


def _meetings(p: Problem) -> Iterator[tuple[int, int, Where, Where]]:
    """For each tap, the samples that it meets, and the outputs for which it meets them."""
    for u, v in np.ndindex(p.kH, p.kW):
        rows = meet(u * p.dilation[0] - p.padding[0][0], p.stride[0], p.H, p.Ho)
        across = meet(v * p.dilation[1] - p.padding[1][0], p.stride[1], p.W, p.Wo)
        yield u, v, (..., rows.inputs, across.inputs), (..., rows.outputs, across.outputs)


def _grouped(maps: Array, p: Problem) -> Array:
    """Put channels into their groups, in a view of contiguous maps: (B, groups, ·, ·, ·)."""
    return maps.reshape(p.B, p.groups, -1, *maps.shape[2:])


def _filters(weight: Array, p: Problem) -> Array:
    """Put filters into their groups, in a view of contiguous ones: (groups, K / groups, ...)."""
    return weight.reshape(p.groups, -1, *weight.shape[1:])
