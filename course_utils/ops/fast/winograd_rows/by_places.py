"""Winograd's filtering by rows, one of the six places after the other, for many images at once.

In deep layers filters are large and images small. So each thread makes the filters of one place, a
part at a time, and never are all of them there.
"""

from __future__ import annotations

import itertools

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array, all_finite
from course_utils.ops.fast import sharing
from course_utils.ops.fast.sharing import convolution_work, equal_parts
from course_utils.ops.fast.winograd_rows.steps import (
    PLACES,
    Layout,
    filter_gradient,
    matrices,
    transform,
    transform_back,
    transform_gradient,
)
from course_utils.ops.fast.workspace import borrow


def forward(x: Array, weight: Array, p: Problem, y: Array) -> bool:
    """Convolve a group of images at a time; tell whether all is finite."""
    groups = _groups(p, max(Layout.of(p).wide * p.C, p.Wo * p.K) * x.itemsize)
    return all(_forward_group(x[group], weight, p, y[group]) for group in groups)


def _forward_group(x: Array, weight: Array, p: Problem, y: Array) -> bool:
    layout, step, work = Layout.of(p), x.itemsize, convolution_work(p, x.itemsize)
    tiles, taps = slice(0, layout.tall), weight.reshape(p.K, p.C, -1).swapaxes(1, 2)
    before, after = layout.wide * p.C, p.Wo * p.K  # numbers of one line of tiles
    lines, rest = len(x) * layout.tall, (p.kW - 1) * p.C
    # products take the place of what they are made of, of which each thread has its copy
    space = np.empty((PLACES, lines * max(before, after) + rest), x.dtype)
    space[:, lines * before : lines * before + rest] = 0
    V, M = space[:, : lines * before], space[:, : lines * after]
    images = equal_parts(len(x), min(len(x), 2 * work.threads))
    filters = equal_parts(p.K, -(-p.kW * p.K * p.C * step // (sharing.NEAR // 2)))
    # a product never reaches beyond what is copied by then, if it is not the larger one
    pieces = -(-lines * p.Wo * p.kW * p.C * step // (sharing.NEAR // 2)) if after <= before else 1
    spans = equal_parts(lines, min(lines, pieces))
    # G for each column of the filters
    G = np.kron(matrices(p.kH, x.dtype).G, np.eye(p.kW, dtype=x.dtype))
    G = G.reshape(PLACES, p.kW, p.kH * p.kW)
    sound = []

    def spread(part: slice) -> None:
        numbers = slice(part.start * layout.tall * before, part.stop * layout.tall * before)
        transform(x[part], p, tiles, V[:, numbers].reshape(PLACES, -1, p.C))

    def multiply(q: int) -> None:
        strides = (before * step, p.C * step, step)
        seen = np.ndarray((lines, p.Wo, p.kW * p.C), x.dtype, space[q], strides=strides)
        product = M[q].reshape(lines, p.Wo, p.K)
        made = None
        for span, part in itertools.product(spans, filters):
            if part is filters[0]:
                windows = borrow("out", seen[span].shape, x.dtype)
                np.copyto(windows, seen[span])
            if part is not made:
                U = borrow("U", (part.stop - part.start, p.kW, p.C), x.dtype)
                np.matmul(G[q], taps[part], out=U)
                made = part
            target = product[span, :, part].reshape(-1, len(U))
            np.matmul(windows.reshape(len(target), -1), U.reshape(len(U), -1).T, out=target)

    def back(part: slice) -> None:
        numbers = slice(part.start * layout.tall * after, part.stop * layout.tall * after)
        products = M[:, numbers].reshape(PLACES, -1, p.K)
        sound.append(transform_back(products, p, tiles, p.Wo, y[part]))

    work.share(spread, images)
    work.share(multiply, range(PLACES))
    work.share(back, images)
    return all(sound)


def grad_weight(grad_y: Array, x: Array, p: Problem, gw: Array) -> bool:
    """Carry the gradient back to the weight; tell whether all is finite."""
    total = np.zeros((PLACES, p.kW, p.C, p.K), x.dtype)
    for group in _groups(p, Layout.of(p).wide * (p.C + p.K) * x.itemsize):
        _add_group(grad_y[group], x[group], p, total)
    work = convolution_work(p, x.itemsize)
    work.share(
        lambda part: filter_gradient(total[:, :, part], gw[:, part]),
        equal_parts(p.C, min(p.C, 4 * work.threads)),
    )
    return all_finite(total)


def _add_group(grad_y: Array, x: Array, p: Problem, total: Array) -> None:
    """Add what some images give to the gradient of the transformed filters."""
    layout = Layout.of(p)
    tiles, pixels = slice(0, layout.tall), layout.tall * layout.wide  # of one image
    N = len(x) * pixels
    V = np.empty((PLACES, N + p.kW - 1, p.C), x.dtype)
    V[:, N:] = 0
    W = np.empty((PLACES, N, p.K), x.dtype)
    work = convolution_work(p, x.itemsize)
    images = equal_parts(len(x), min(len(x), 2 * work.threads))

    def spread(part: slice) -> None:
        numbers = slice(part.start * pixels, part.stop * pixels)
        transform(x[part], p, tiles, V[:, numbers])
        transform_gradient(grad_y[part], p, tiles, W[:, numbers])

    def multiply(number: int) -> None:
        q, v = divmod(number, p.kW)
        product = borrow("product", total.shape[2:], x.dtype)
        np.matmul(V[q, v : v + N].T, W[q], out=product)
        np.add(total[q, v], product, out=total[q, v])

    work.share(spread, images)
    work.share(multiply, range(PLACES * p.kW))


def _groups(p: Problem, line_bytes: int) -> list[slice]:
    """Cut a batch into groups of images whose tiles are not too far, the bytes of a line given."""
    image_bytes = PLACES * Layout.of(p).tall * line_bytes
    return equal_parts(p.B, min(p.B, -(-p.B * image_bytes // (2 * sharing.NEAR))))
