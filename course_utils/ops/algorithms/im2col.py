"""Convolution as one matrix product: every window becomes a column (im2col).

K. Chellapilla, S. Puri, P. Simard, "High performance convolutional neural networks for document
processing", 2006.
"""

from __future__ import annotations

import numpy as np

from course_utils.ops.algorithms.padding import pad
from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array


def forward(x: Array, weight: Array, p: Problem) -> Array:
    """Convolve: y[b, k] = Σ weight[k] · columns of image b."""
    B, K, Ho, Wo = p.output_shape
    y = np.empty(p.output_shape, x.dtype)
    w = weight.reshape(p.groups, K // p.groups, -1)
    for b in range(B):
        y[b] = (w @ _columns(x[b], p)).reshape(K, Ho, Wo)
    return y


def _columns(image: Array, p: Problem) -> Array:
    """Lay out the windows of one image: (groups, C / groups · kH · kW, Ho · Wo)."""
    C = len(image)
    (sH, sW), (dH, dW) = p.stride, p.dilation
    padded = pad(image, p)
    columns = np.empty((C, p.kH, p.kW, p.Ho, p.Wo), image.dtype)
    for a in range(p.kH):
        for b in range(p.kW):
            columns[:, a, b] = padded[
                :,
                a * dH : a * dH + (p.Ho - 1) * sH + 1 : sH,
                b * dW : b * dW + (p.Wo - 1) * sW + 1 : sW,
            ]
    return columns.reshape(p.groups, -1, p.Ho * p.Wo)
