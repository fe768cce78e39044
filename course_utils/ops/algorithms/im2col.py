"""Convolution as one matrix product: every window becomes a column (im2col).

K. Chellapilla, S. Puri, P. Simard, "High performance convolutional neural networks for document
processing", 2006.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from course_utils.ops.algorithms.padding import inner, pad
from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array


def forward(x: Array, weight: Array, p: Problem) -> Array:
    """Convolve: y[b] = w · columns of image b, one product per group."""
    B, K, Ho, Wo = p.output_shape
    w = weight.reshape(p.groups, K // p.groups, -1)
    y = np.empty((B, p.groups, K // p.groups, Ho * Wo), x.dtype)
    for b in range(B):
        np.matmul(w, _columns(x[b], p), out=y[b])
    return y.reshape(B, K, Ho, Wo)


def grad_x(grad_y: Array, weight: Array, p: Problem) -> Array:
    """Carry the gradient back to x: columns of wᵀ · grad_y, added up where windows overlap."""
    B, K, Ho, Wo = p.output_shape
    wT = weight.reshape(p.groups, K // p.groups, -1).swapaxes(1, 2)
    gx = np.zeros(p.x_shape, grad_y.dtype)
    for b in range(B):
        columns = wT @ grad_y[b].reshape(p.groups, K // p.groups, Ho * Wo)
        taps = columns.reshape(p.C, p.kH, p.kW, Ho, Wo)
        padded = np.zeros((p.C, *p.padded), grad_y.dtype)
        for u, v, window in _windows(padded, p):
            np.add(window, taps[:, u, v], out=window)
        seen = inner(padded, p)
        gx[b, :, : seen.shape[-2], : seen.shape[-1]] = seen
    return gx


def grad_weight(grad_y: Array, x: Array, p: Problem) -> Array:
    """Carry the gradient back to the weight: Σ over images of grad_y · columnsᵀ."""
    B, K, Ho, Wo = p.output_shape
    gw = np.zeros((p.groups, K // p.groups, p.weight_shape[1] * p.kH * p.kW), grad_y.dtype)
    for b in range(B):
        gy = grad_y[b].reshape(p.groups, K // p.groups, Ho * Wo)
        gw += gy @ _columns(x[b], p).swapaxes(1, 2)
    return gw.reshape(p.weight_shape)


def _columns(image: Array, p: Problem) -> Array:
    """Lay out the windows of one image: (groups, C / groups · kH · kW, Ho · Wo)."""
    columns = np.empty((p.C, p.kH, p.kW, p.Ho, p.Wo), image.dtype)
    for u, v, window in _windows(pad(image, p), p):
        columns[:, u, v] = window
    return columns.reshape(p.groups, -1, p.Ho * p.Wo)


def _windows(padded: Array, p: Problem) -> Iterator[tuple[int, int, Array]]:
    """For each sample (u, v) of a filter, the part of a padded image that it meets."""
    (sH, sW), (dH, dW) = p.stride, p.dilation
    for u in range(p.kH):
        for v in range(p.kW):
            rows = slice(u * dH, u * dH + (p.Ho - 1) * sH + 1, sH)
            columns = slice(v * dW, v * dW + (p.Wo - 1) * sW + 1, sW)
            yield u, v, padded[:, rows, columns]
