"""Windows as columns (see `algorithms.im2col`), laid out a block at a time.

The columns of a whole batch would be many times the input. Those of a block are written into work
space that is used again, and stay in the processor's cache until they have been multiplied.
"""

from __future__ import annotations

import math

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array
from course_utils.ops.fast import sharing
from course_utils.ops.fast.sharing import Block, convolution_work
from course_utils.ops.fast.windows import frame, meet, taps
from course_utils.ops.fast.workspace import borrow


def forward(x: Array, weight: Array, p: Problem) -> Array:
    """Convolve: y[b] = w · columns of image b, one product per group."""
    B, K, Ho, Wo = p.output_shape
    w = np.ascontiguousarray(weight).reshape(p.groups, K // p.groups, -1)
    y = np.empty(p.output_shape, x.dtype)

    plain = p.kH == p.kW == 1 and p.stride == (1, 1) and p.padding == ((0, 0), (0, 0))

    def multiply(block: Block) -> None:
        out = y[block.images, :, block.rows]
        n, _, m, _ = out.shape
        # an image is its own columns where filters are of one pixel and leave none out
        columns = x[block.images, :, block.rows] if plain else _copied(_seen(x, p, block))
        columns = columns.reshape(n, p.groups, -1, m * Wo)
        np.matmul(w, columns, out=out.reshape(n, *w.shape[:2], m * Wo))

    work = convolution_work(p, x.itemsize)
    work.share(multiply, work.cut(B, Ho, _row_bytes(p, x)))
    return y


def grad_x(grad_y: Array, weight: Array, p: Problem) -> Array:
    """Carry the gradient back to x: columns of wᵀ · grad_y, added up where windows overlap."""
    B, K, Ho, Wo = p.output_shape
    w = np.ascontiguousarray(weight).reshape(p.groups, K // p.groups, -1).swapaxes(1, 2)
    gx = np.zeros(p.x_shape, grad_y.dtype)
    gy = np.ascontiguousarray(grad_y).reshape(B, p.groups, K // p.groups, Ho * Wo)

    def spread(block: Block) -> None:
        g, target = gy[block.images], gx[block.images]
        columns = borrow("columns", (len(g), *w.shape[:2], Ho * Wo), gx.dtype)
        np.matmul(w, g, out=columns)
        columns = columns.reshape(len(g), p.C, p.kH, p.kW, Ho, Wo)
        for u in range(p.kH):
            rows = meet(u * p.dilation[0] - p.padding[0][0], p.stride[0], p.H, Ho)
            for v in range(p.kW):
                across = meet(v * p.dilation[1] - p.padding[1][0], p.stride[1], p.W, Wo)
                part = target[:, :, rows.inputs, across.inputs]
                np.add(part, columns[:, :, u, v, rows.outputs, across.outputs], out=part)

    work = convolution_work(p, gx.itemsize)
    # windows of one image overlap, so that an image is the least that a thread can take
    work.share(spread, work.cut(B, 1, _row_bytes(p, gx) * Ho))
    return gx


def grad_weight(grad_y: Array, x: Array, p: Problem) -> Array:
    """Carry the gradient back to the weight: Σ over images of grad_y · columnsᵀ."""
    B, K, Ho, Wo = p.output_shape
    gy = np.ascontiguousarray(grad_y).reshape(B, p.groups, K // p.groups, Ho, Wo)
    weight_bytes = K * p.weight_shape[1] * p.kH * p.kW * x.itemsize

    def multiply(block: Block) -> Array:
        # images side by side, so that one product serves all
        columns = _copied(np.moveaxis(_seen(x, p, block), 0, 3))
        g = np.moveaxis(gy[block.images, ..., block.rows, :], 0, 2)
        merged = borrow("merged", g.shape, gy.dtype)
        np.copyto(merged, g)
        length = math.prod(g.shape[2:])
        columns = columns.reshape(p.groups, -1, length)
        product: Array = merged.reshape(*g.shape[:2], length) @ columns.swapaxes(1, 2)
        return product

    work = convolution_work(p, x.itemsize)
    blocks = work.cut(B, Ho, _row_bytes(p, x), max(sharing.NEAR, 2 * weight_bytes))
    return work.add_up(multiply, blocks).reshape(p.weight_shape)


def _row_bytes(p: Problem, x: Array) -> int:
    """Count the bytes of columns that one output row takes."""
    return p.C * p.kH * p.kW * p.Wo * x.itemsize


def _seen(x: Array, p: Problem, block: Block) -> Array:
    """See the windows of a block: (images, C, kH, kW, rows, Wo)."""
    m = block.rows.stop - block.rows.start
    return taps(frame(x[block.images], p, block.rows.start, m), p, m)


def _copied(seen: Array) -> Array:
    columns = borrow("columns", seen.shape, seen.dtype)
    np.copyto(columns, seen)
    return columns
