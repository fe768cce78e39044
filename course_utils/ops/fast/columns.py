"""Convolution as one matrix product: every window becomes a column (im2col).

A kH × kW filter repeats each input sample up to kH · kW times, so that the columns of a whole batch
would be many times the input. They are laid out a block at a time, in work space that is used
again, and never leave the processor's cache.

K. Chellapilla, S. Puri, P. Simard, "High performance convolutional neural networks for document
processing", 2006.
"""

from __future__ import annotations

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array, all_finite
from course_utils.ops.fast import shifts
from course_utils.ops.fast.schedule import Block, cut, share_blocks
from course_utils.ops.fast.windows import frame, meet_columns, meet_rows, taps
from course_utils.ops.fast.workspace import borrow
from course_utils.ops.memory import aligned

_NEAR = 1 << 23  # bytes of columns in one block
_FEW = 400  # columns in an image below which images share one product


def forward(x: Array, weight: Array, p: Problem) -> Array:
    """Convolve: y[b] = w · columns of image b, one product per group."""
    if shifts.suits(p, x.itemsize):
        return shifts.forward(x, weight, p)
    B, K, Ho, Wo = p.output_shape
    w = np.ascontiguousarray(weight).reshape(p.groups, K // p.groups, -1)
    y = aligned(p.output_shape, x.dtype)

    def some(_: int, block: Block) -> None:
        n = block.images.stop - block.images.start
        if n > 1 and Ho * Wo < _FEW:
            merged = borrow("merged", (*w.shape[:2], n * Ho * Wo), x.dtype)
            np.matmul(w, _merged_columns(x, p, block), out=merged)
            y[block.images] = merged.reshape(K, n, Ho, Wo).swapaxes(0, 1)
            return
        columns = _columns(x, p, block)
        r = slice(block.rows.start * Wo, block.rows.stop * Wo)
        out = y[block.images].reshape(n, *w.shape[:2], Ho * Wo)[..., r]
        np.matmul(w, columns, out=out)

    share_blocks(some, cut(B, Ho, _row_bytes(p, x), _NEAR), p)
    return y


def grad_x(grad_y: Array, weight: Array, p: Problem) -> Array:
    """Carry the gradient back to x: columns of wᵀ · grad_y, added up where windows overlap."""
    if shifts.suits(p, grad_y.itemsize):
        gx = shifts.grad_x(grad_y, weight, p)
        if all_finite(gx):  # infinity and NaN would reach across the ends of lines
            return gx
    B, K, Ho, Wo = p.output_shape
    w = np.ascontiguousarray(weight).reshape(p.groups, K // p.groups, -1)
    gx = np.zeros(p.x_shape, grad_y.dtype)
    gy = np.ascontiguousarray(grad_y).reshape(B, p.groups, K // p.groups, Ho * Wo)
    # windows of one image overlap, so that an image is the least that a thread can take
    images = max(1, min(-(-B // 4), _NEAR // max(1, _row_bytes(p, gx) * Ho)))
    blocks = [Block(slice(b, min(b + images, B)), slice(0, Ho)) for b in range(0, B, images)]

    def some(_: int, block: Block) -> None:
        n = block.images.stop - block.images.start
        shape = (n, p.groups, w.shape[2], Ho * Wo)
        columns = np.matmul(
            w.swapaxes(1, 2), gy[block.images], out=borrow("columns", shape, gx.dtype)
        ).reshape(n, p.C, p.kH, p.kW, Ho, Wo)
        for u in range(p.kH):
            rows = meet_rows(p, u, 0, Ho)
            for v in range(p.kW):
                across = meet_columns(p, v)
                target = gx[block.images, :, rows.inputs, across.inputs]
                np.add(target, columns[:, :, u, v, rows.outputs, across.outputs], out=target)

    share_blocks(some, blocks, p)
    return gx


def grad_weight(grad_y: Array, x: Array, p: Problem) -> Array:
    """Carry the gradient back to the weight: Σ over images of grad_y · columnsᵀ."""
    if shifts.suits(p, x.itemsize):
        gw = shifts.grad_weight(grad_y, x, p)
        if all_finite(gw):  # as above
            return gw
    B, K, Ho, Wo = p.output_shape
    gy = np.ascontiguousarray(grad_y).reshape(B, p.groups, K // p.groups, Ho * Wo)
    blocks = cut(B, Ho, _row_bytes(p, x), max(_NEAR, 8 * p.weight_shape[1] * p.kH * p.kW * K))
    parts: list[Array | None] = [None] * len(blocks)

    def some(number: int, block: Block) -> None:
        n = block.images.stop - block.images.start
        r = slice(block.rows.start * Wo, block.rows.stop * Wo)
        g = gy[block.images, ..., r]
        if n > 1:
            shape = (*g.shape[1:3], n * Ho * Wo)
            merged = borrow("merged", shape, gy.dtype)
            merged.reshape(*g.shape[1:3], n, Ho * Wo)[...] = np.moveaxis(g, 0, 2)
            parts[number] = merged @ _merged_columns(x, p, block).swapaxes(1, 2)
        else:
            parts[number] = g[0] @ _columns(x, p, block)[0].swapaxes(1, 2)

    share_blocks(some, blocks, p)
    return _sum(parts, p, gy)


def _sum(parts: list[Array | None], p: Problem, like: Array) -> Array:
    """Add up in order, so that the result does not depend on which thread was first."""
    total = np.zeros(p.weight_shape, like.dtype)
    for part in parts:
        if part is not None:
            total += part.reshape(p.weight_shape)
    return total


def _row_bytes(p: Problem, x: Array) -> int:
    return p.C * p.kH * p.kW * p.Wo * x.itemsize


def _columns(x: Array, p: Problem, block: Block) -> Array:
    """Lay out the windows of a block: (images, groups, C / groups · kH · kW, rows · Wo)."""
    n = block.images.stop - block.images.start
    m = block.rows.stop - block.rows.start
    if _is_its_own_columns(x, p):
        view = x[block.images].reshape(n, p.groups, -1, p.H * p.W)
        return view[..., block.rows.start * p.W : block.rows.stop * p.W]
    columns = borrow("columns", (n, p.C, p.kH, p.kW, m, p.Wo), x.dtype)
    framed = frame(x[block.images], p, block.rows.start, m)
    np.copyto(columns, taps(framed, p, m))
    return columns.reshape(n, p.groups, -1, m * p.Wo)


def _merged_columns(x: Array, p: Problem, block: Block) -> Array:
    """Lay out whole images side by side: (groups, C / groups · kH · kW, n · Ho · Wo)."""
    n = block.images.stop - block.images.start
    columns = borrow("columns", (p.C, p.kH, p.kW, n, p.Ho, p.Wo), x.dtype)
    framed = frame(x[block.images], p, 0, p.Ho)
    np.copyto(np.moveaxis(columns, 3, 0), taps(framed, p, p.Ho))
    return columns.reshape(p.groups, -1, n * p.Ho * p.Wo)


def _is_its_own_columns(x: Array, p: Problem) -> bool:
    """Tell whether filters are of one pixel and leave none out: then nothing has to be copied."""
    plain = p.kH == p.kW == 1 and p.stride == (1, 1) and p.padding == ((0, 0), (0, 0))
    return plain and x.flags.c_contiguous
