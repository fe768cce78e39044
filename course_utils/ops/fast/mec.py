"""Memory-efficient convolution (MEC): only columns are repeated, rows are seen through views.

The kW column shifts of the image are copied side by side: a slab of kW · C rows. Output rows from
row u of the filter are then a product with the slab from its u-th row on, without a further copy:
the kH products see overlapping parts of one slab. That is kW copies of the input, not kH · kW.

M. Cho, D. Brand, "MEC: memory-efficient convolution for deep neural network", 2017.
https://arxiv.org/abs/1706.06873
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.lib.stride_tricks import as_strided

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array
from course_utils.ops.fast import columns, sharing
from course_utils.ops.fast.sharing import Block, convolution_work
from course_utils.ops.fast.small_products import summands_at_best
from course_utils.ops.fast.windows import frame, taps
from course_utils.ops.fast.workspace import borrow

_FEW = 32
"""Channels, for square filters, up to which a product for each output row is the fastest.

Time without over time with it, float32 and float64, one thread, AMD EPYC: 3 × 3 with 3 channels
3.0, with 16 1.6 to 2.0, with 32 1.3 to 1.7, with 64 0.9 to 1.2, with 128 0.75; 5 × 5 and 7 × 7 with
32 1.0 to 1.4, with 64 0.7.
"""


def forward(x: Array, weight: Array, p: Problem) -> Array:
    """Convolve: y = Σ over rows u of the filter of w[u] · slab from its u-th row on."""
    if goes_by_rows(p):
        return _forward_by_rows(x, weight, p)
    if p.stride[0] != 1:  # rows that one product sees would not lie side by side
        return columns.forward(x, weight, p)
    B, K, Ho, Wo = p.output_shape
    w = _rows_of(weight, p)
    y = np.empty(p.output_shape, x.dtype)

    def multiply(block: Block) -> None:
        out = y[block.images, :, block.rows]
        n, _, m, _ = out.shape
        shape = (p.groups, K // p.groups, m * n * Wo)
        slab = _slab(x[block.images], p, block.rows.start, m)
        # one image's goes straight to where it belongs
        total = out.reshape(shape) if n == 1 else borrow("total", shape, x.dtype)
        np.matmul(w[0], _seen(slab, p, 0, m), out=total)
        more = borrow("more", shape, x.dtype)
        for u in range(1, p.kH):
            np.matmul(w[u], _seen(slab, p, u, m), out=more)
            np.add(total, more, out=total)
        if n > 1:
            np.copyto(out, total.reshape(K, m, n, Wo).transpose(2, 0, 1, 3))

    work = convolution_work(p, x.itemsize)
    work.share(multiply, work.cut(B, Ho, _row_bytes(x, p)))
    return y


def goes_by_rows(p: Problem) -> bool:
    """Tell whether channels are so few that a product for each output row is the fastest."""
    return p.groups == 1 and p.dilation[0] == 1 and p.C * p.kW <= _FEW * p.kH


def _forward_by_rows(x: Array, weight: Array, p: Problem) -> Array:
    """
    Convolve with one product per output row, which sees kH whole rows of its image's slab.

    This is Cho and Brand's own form. The products are small, so that it pays for few channels.
    """
    B, K, Ho, Wo = p.output_shape
    S = p.stride[0]
    w = np.ascontiguousarray(weight.transpose(0, 2, 3, 1)).reshape(K, -1)
    y = np.empty(p.output_shape, x.dtype)
    one_row = replace(p, kH=1, stride=(1, p.stride[1]))  # each row of the image once

    def multiply(block: Block) -> None:
        n, m = block.images.stop - block.images.start, block.rows.stop - block.rows.start
        seen = taps(frame(x[block.images], p, block.rows.start, m), one_row, (m - 1) * S + p.kH)
        slab = borrow("slab", (n, seen.shape[4], p.kW, p.C, Wo), x.dtype)
        np.copyto(slab, seen[:, :, 0].transpose(0, 3, 2, 1, 4))
        image, row, _, _, number = slab.strides
        # output row i sees the rows from i · S on: windows overlap, and nothing is copied
        windows = as_strided(
            slab, (n, m, w.shape[1], Wo), (image, S * row, Wo * number, number), writeable=False
        )
        np.matmul(w, windows, out=y[block.images, :, block.rows].swapaxes(1, 2))

    work = convolution_work(p, x.itemsize)
    work.share(multiply, work.cut(B, Ho, S * _row_bytes(x, p)))
    return y


def grad_x(grad_y: Array, weight: Array, p: Problem) -> Array:
    """Carry the gradient back to x, as a convolution with the flipped filters where stride is 1."""
    if p.stride != (1, 1):
        return columns.grad_x(grad_y, weight, p)
    return forward(grad_y, flipped(weight, p), adjoint(p))


def grad_weight(grad_y: Array, x: Array, p: Problem) -> Array:
    """Carry the gradient back to the weight: row u is grad_y · (slab from its u-th row on)ᵀ."""
    if p.stride[0] != 1:
        return columns.grad_weight(grad_y, x, p)
    B, K, Ho, Wo = p.output_shape
    gy = np.ascontiguousarray(grad_y).reshape(B, p.groups, K // p.groups, Ho, Wo)
    wide = p.kW * p.C // p.groups

    def multiply(block: Block) -> Array:
        g = gy[block.images, ..., block.rows, :].transpose(1, 2, 3, 0, 4)
        merged = borrow("merged", g.shape, gy.dtype)
        np.copyto(merged, g)  # images within rows, as in the slab
        m, n, _ = g.shape[2:]
        slab = _slab(x[block.images], p, block.rows.start, m)
        part = borrow("part", (p.kH, p.groups, K // p.groups, wide), gy.dtype)
        for u in range(p.kH):
            seen = _seen(slab, p, u, m).swapaxes(1, 2)
            np.matmul(merged.reshape(*g.shape[:2], m * n * Wo), seen, out=part[u])
        return part

    work = convolution_work(p, x.itemsize)
    near = max(sharing.NEAR, 2 * p.kH * wide * K * x.itemsize)
    if work.threads == 1 and (few := summands_at_best(wide * K // p.groups)):
        near = few * p.groups * wide * x.itemsize  # threads want few blocks instead
    total = work.add_up(multiply, work.cut(B, Ho, _row_bytes(x, p), near))
    per_row = total.reshape(p.kH, p.groups, K // p.groups, p.kW, p.C // p.groups)
    return np.ascontiguousarray(per_row.transpose(1, 2, 4, 0, 3)).reshape(p.weight_shape)


def flipped(weight: Array, p: Problem) -> Array:
    """Turn filters (K, C / groups, kH, kW) round and exchange input and output channels."""
    per_group = weight.reshape(p.groups, p.K // p.groups, *weight.shape[1:])
    turned = per_group[..., ::-1, ::-1].swapaxes(1, 2)
    return np.ascontiguousarray(turned).reshape(p.C, p.K // p.groups, p.kH, p.kW)


def adjoint(p: Problem) -> Problem:
    """Give the convolution that carries a gradient back at stride 1: (K, Ho, Wo) to (C, H, W)."""
    sides = tuple(
        (d * (f - 1) - before, d * (f - 1) - (m + d * (f - 1) - n - before))
        for n, m, f, d, (before, _) in zip(
            (p.H, p.W), (p.Ho, p.Wo), (p.kH, p.kW), p.dilation, p.padding, strict=True
        )
    )
    return Problem(
        p.B, p.K, p.Ho, p.Wo, p.C, p.kH, p.kW, (1, 1), (sides[0], sides[1]), p.dilation, p.groups
    )


def _rows_of(weight: Array, p: Problem) -> Array:
    """Arrange filters row by row: (kH, groups, K / groups, kW · C / groups)."""
    per_group = weight.reshape(p.groups, p.K // p.groups, *weight.shape[1:])
    rows = np.ascontiguousarray(per_group.transpose(3, 0, 1, 4, 2))
    return rows.reshape(p.kH, p.groups, p.K // p.groups, -1)


def _row_bytes(x: Array, p: Problem) -> int:
    """Count the bytes of slab that one output row takes."""
    return p.C * p.kW * p.Wo * x.itemsize


def _slab(images: Array, p: Problem, first: int, m: int) -> Array:
    """
    Copy the column shifts of images: (groups, kW, C / groups, rows, images, Wo).

    Images lie within rows, so that one product serves all.
    """
    framed = frame(images, p, first, m)
    image, channel, row, column = framed.strides
    per_group = p.C // p.groups
    shape = (p.groups, p.kW, per_group, framed.shape[2], len(images), p.Wo)
    shift, step = p.dilation[1] * column, p.stride[1] * column
    strides = (per_group * channel, shift, channel, row, image, step)
    slab = borrow("slab", shape, images.dtype)
    np.copyto(slab, as_strided(framed, shape, strides, writeable=False))
    return slab


def _seen(slab: Array, p: Problem, u: int, m: int) -> Array:
    """Give what row u of the filters sees: (groups, kW · C / groups, m · images · Wo)."""
    start = u * p.dilation[0]
    *_, n, Wo = slab.shape
    flat = slab.reshape(p.groups, p.kW * (p.C // p.groups), -1)
    return flat[..., start * n * Wo : (start + m) * n * Wo]
