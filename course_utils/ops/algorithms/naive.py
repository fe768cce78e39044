"""Convolution by its definition: seven loops, the specification of all the others."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array


def forward(x: Array, weight: Array, p: Problem) -> Array:
    """Convolve: for each output, the sum over channels and the filter's rows and columns."""
    y = np.zeros(p.output_shape, x.dtype)
    for b, k, i, j in np.ndindex(*p.output_shape):
        for c, u, v, s, t in _meetings(p, k, i, j):
            y[b, k, i, j] += x[b, c, s, t] * weight[k, c % p.weight_shape[1], u, v]
    return y


def grad_x(grad_y: Array, weight: Array, p: Problem) -> Array:
    """Carry the gradient back to x: each product gives its share to the sample in it."""
    gx = np.zeros(p.x_shape, grad_y.dtype)
    for b, k, i, j in np.ndindex(*p.output_shape):
        for c, u, v, s, t in _meetings(p, k, i, j):
            gx[b, c, s, t] += grad_y[b, k, i, j] * weight[k, c % p.weight_shape[1], u, v]
    return gx


def grad_weight(grad_y: Array, x: Array, p: Problem) -> Array:
    """Carry the gradient back to the weight: each product gives its share to the weight in it."""
    gw = np.zeros(p.weight_shape, grad_y.dtype)
    for b, k, i, j in np.ndindex(*p.output_shape):
        for c, u, v, s, t in _meetings(p, k, i, j):
            gw[k, c % p.weight_shape[1], u, v] += grad_y[b, k, i, j] * x[b, c, s, t]
    return gw


def _meetings(p: Problem, k: int, i: int, j: int) -> Iterator[tuple[int, int, int, int, int]]:
    """For output (i, j) of filter k: channel c, tap (u, v), and the pixel (s, t) that it meets."""
    per_group = p.C // p.groups
    first = k // (p.K // p.groups) * per_group  # channel of the group that k belongs to
    for c, u, v in itertools.product(range(first, first + per_group), range(p.kH), range(p.kW)):
        s = i * p.stride[0] + u * p.dilation[0] - p.padding[0][0]
        t = j * p.stride[1] + v * p.dilation[1] - p.padding[1][0]
        if 0 <= s < p.H and 0 <= t < p.W:  # the border is zero
            yield c, u, v, s, t
