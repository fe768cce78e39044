r"""Winograd's filtering down the columns only: a few output rows from six rows of the image.

F(4, 3) in one dimension (see `winograd`) finds four outputs with six multiplications instead of
twelve. Here the numbers that it combines are whole rows: row i of an image, row u of a filter, and
between the two the sum over columns and channels that any convolution has, which is a matrix
product:

.. math:: y_i = \sum_q A^T_{iq} \Big[ \Big(\sum_u G_{qu} g_u\Big) * \Big(\sum_r B^T_{qr} d_r\Big)
    \Big], \qquad i < 7 - k_H, \; r < 6, \; u < k_H

That is half the multiplications for filters of three rows, and 1.7 to 2 times fewer for two to five
rows; the number of columns does not matter. F(2, 3) in two dimensions saves 2.25 times, but makes
four numbers of each sample of the input; here it is one and a half. Since F(4, 3) is applied once
and not twice, and at the points 0, ±3/4, ±3/2 and infinity in place of 0, ±1, ±2 and infinity, its
rounding error is about twice that of the plain sum, measured, and not five to ten times.

Images are lines of pixels meanwhile, channels last. Then what kW neighbouring pixels hold is one
run of kW · C numbers, a row of a matrix that needs no copy: every kW-th pixel begins a row of one
matrix, its neighbours those of the others. Lines share the zeros between them. Windows across the
ends of lines are computed too and read by nobody. All three transforms are matrix products as well.

One infinity or NaN would spoil all rows of its tile; where one turns up, all is computed again by
MEC.

A. Lavin, S. Gray, "Fast algorithms for convolutional neural networks", 2015.
https://arxiv.org/abs/1509.09308 \
B. Barabasz, A. Anderson, K. M. Soodhalter, D. Gregg, "Error analysis and improving the accuracy of
Winograd convolution for deep neural networks", 2020. https://arxiv.org/abs/1803.10986
"""

from __future__ import annotations

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array
from course_utils.ops.fast import mec, sharing
from course_utils.ops.fast.winograd_rows import by_blocks, by_places
from course_utils.ops.fast.winograd_rows.steps import PLACES


def suits(p: Problem) -> bool:
    """Tell whether a convolution is of the kind that this computes."""
    return 2 <= p.kH <= 5 and p.stride == p.dilation == (1, 1) and p.groups == 1


def forward(x: Array, weight: Array, p: Problem) -> Array:
    """Convolve: transform rows and filters, multiply place by place, transform back."""
    _check(p)
    y = np.empty(p.output_shape, x.dtype)
    by = by_places if _has_large_filters(p, x.itemsize) else by_blocks
    return y if by.forward(x, weight, p, y) else mec.forward(x, weight, p)


def grad_x(grad_y: Array, weight: Array, p: Problem) -> Array:
    """Carry the gradient back to x, as a convolution with the flipped filters."""
    _check(p)
    return forward(grad_y, mec.flipped(weight, p), mec.adjoint(p))


def grad_weight(grad_y: Array, x: Array, p: Problem) -> Array:
    """
    Carry the gradient back to the weight: each step of `forward` turned round.

    Aᵀ is turned to A, which makes six rows of four of the gradient; their products with the
    transformed images, summed over all places, are the gradient of the transformed filters, which
    Gᵀ carries back.
    """
    _check(p)
    gw = np.empty(p.weight_shape, x.dtype)
    by = by_places if _has_large_filters(p, x.itemsize) else by_blocks
    return gw if by.grad_weight(grad_y, x, p, gw) else mec.grad_weight(grad_y, x, p)


def _check(p: Problem) -> None:
    if not suits(p):
        raise ValueError(
            f"winograd_rows: filters of {p.kH} × {p.kW} with stride {p.stride}, dilation "
            f"{p.dilation} and groups={p.groups}, expected 2 to 5 rows with stride 1, dilation 1 "
            "and groups=1"
        )


def _has_large_filters(p: Problem, itemsize: int) -> bool:
    """Tell whether the transformed filters are too large to stay near."""
    return PLACES * p.kW * p.C * p.K * itemsize > sharing.NEAR
