"""Convolution as one matrix product: every window becomes a column (im2col).

A kH × kW filter repeats each sample up to kH · kW times, which is the memory that this takes.

K. Chellapilla, S. Puri, P. Simard, "High performance convolutional neural networks for document
processing", 2006.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_utils.ops.algorithms.border import crop, pad, tap
from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array


def forward(x: Array, weight: Array, p: Problem) -> Array:
    """Convolve: y = w · columns, for each image and group."""
    y: Array = _rows(weight, p) @ _columns(x, p)
    return y.reshape(p.output_shape)


def grad_x(grad_y: Array, weight: Array, p: Problem) -> Array:
    """Carry the gradient back to x: columns of wᵀ · grad_y, each added where it came from."""
    columns = _rows(weight, p).swapaxes(1, 2) @ _outputs(grad_y, p)
    columns = columns.reshape(p.B, p.C, p.kH, p.kW, p.Ho, p.Wo)
    padded = np.zeros((p.B, p.C, *p.padded), grad_y.dtype)
    for u, v in np.ndindex(p.kH, p.kW):
        tap(padded, p, u, v)[...] += columns[:, :, u, v]
    return crop(padded, p)


def grad_weight(grad_y: Array, x: Array, p: Problem) -> Array:
    """Carry the gradient back to the weight: Σ over images of grad_y · columnsᵀ."""
    gw: Array = (_outputs(grad_y, p) @ _columns(x, p).swapaxes(2, 3)).sum(axis=0)
    return gw.reshape(p.weight_shape)


def _columns(x: Array, p: Problem) -> Array:
    """Write every window as a column: (B, groups, C / groups · kH · kW, Ho · Wo)."""
    (sH, sW), (dH, dW) = p.stride, p.dilation
    span = dH * (p.kH - 1) + 1, dW * (p.kW - 1) + 1
    windows = sliding_window_view(pad(x, p), span, axis=(2, 3))[:, :, ::sH, ::sW, ::dH, ::dW]
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(p.B, p.groups, -1, p.Ho * p.Wo)


def _rows(weight: Array, p: Problem) -> Array:
    """Write every filter as a row: (groups, K / groups, C / groups · kH · kW)."""
    return weight.reshape(p.groups, p.K // p.groups, -1)


def _outputs(y: Array, p: Problem) -> Array:
    """Write every feature map as a row: (B, groups, K / groups, Ho · Wo)."""
    return y.reshape(p.B, p.groups, p.K // p.groups, -1)
