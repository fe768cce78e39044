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
from course_utils.ops.fast import columns
from course_utils.ops.fast.schedule import Block, cut, is_worth_sharing, share_blocks
from course_utils.ops.fast.small_products import summands_at_best
from course_utils.ops.fast.threads import get_num_threads
from course_utils.ops.fast.windows import frame, taps
from course_utils.ops.fast.workspace import borrow
from course_utils.ops.memory import aligned

_NEAR = 1 << 23  # bytes of slab in one block
_FEW = 32  # channels times filters' width up to which a product per output row is the fastest


def forward(x: Array, weight: Array, p: Problem) -> Array:
    """Convolve: y = Σ over rows u of the filter of w[u] · slab from its u-th row on."""
    B, K, Ho, Wo = p.output_shape
    if goes_by_rows(p):
        return _forward_by_rows(x, weight, p)
    w = _rows_of(weight, p)
    y = aligned(p.output_shape, x.dtype)

    def some(_: int, block: Block) -> None:
        n, m = block.images.stop - block.images.start, block.rows.stop - block.rows.start
        shape = (p.groups, K // p.groups, m * n * Wo)
        if n == 1:  # straight to where it belongs
            r = slice(block.rows.start * Wo, block.rows.stop * Wo)
            total = y[block.images.start].reshape(p.groups, K // p.groups, Ho * Wo)[..., r]
        else:
            total = borrow("total", shape, x.dtype)
        slabs = _slabs(x[block.images], p, block.rows.start, m)
        np.matmul(w[0], _seen(slabs, p, 0, m), out=total)
        for u in range(1, p.kH):
            more = np.matmul(w[u], _seen(slabs, p, u, m), out=borrow("more", shape, x.dtype))
            np.add(total, more, out=total)
        if n > 1:
            rows = total.reshape(K, m, n, Wo)
            y[block.images, :, block.rows] = rows.transpose(2, 0, 1, 3)

    share_blocks(some, cut(B, Ho, _row_bytes(x, p), _NEAR), p)
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
    y = aligned(p.output_shape, x.dtype)
    one_row = replace(p, kH=1, stride=(1, p.stride[1]))  # each row of the image once

    def some(_: int, block: Block) -> None:
        n, m = block.images.stop - block.images.start, block.rows.stop - block.rows.start
        seen = taps(frame(x[block.images], p, block.rows.start, m), one_row, (m - 1) * S + p.kH)
        slab = borrow("slabs", (n, seen.shape[4], p.kW, p.C, Wo), x.dtype)
        np.copyto(slab, seen[:, :, 0].transpose(0, 3, 2, 1, 4))
        image, row, _, _, number = slab.strides
        # output row i sees the rows from i · S on: windows overlap, and nothing is copied
        windows = np.lib.stride_tricks.as_strided(
            slab, (n, m, w.shape[1], Wo), (image, S * row, Wo * number, number), writeable=False
        )
        np.matmul(w, windows, out=y[block.images, :, block.rows].swapaxes(1, 2))

    share_blocks(some, cut(B, Ho, p.C * p.kW * S * Wo * x.itemsize, _NEAR >> 1), p)
    return y


def grad_x(grad_y: Array, weight: Array, p: Problem) -> Array:
    """Carry the gradient back to x, as a convolution with the flipped filters where stride is 1."""
    if p.stride != (1, 1):
        return columns.grad_x(grad_y, weight, p)
    return forward(grad_y, flipped(weight, p), adjoint(p))


def grad_weight(grad_y: Array, x: Array, p: Problem) -> Array:
    """Carry the gradient back to the weight: row u is grad_y · (slab from its u-th row on)ᵀ."""
    B, K, Ho, Wo = p.output_shape
    gy = np.ascontiguousarray(grad_y).reshape(B, p.groups, K // p.groups, Ho, Wo)
    wide = p.kW * p.C // p.groups
    near = max(_NEAR, 2 * p.C * p.kW * p.kH * K // p.groups * x.itemsize)
    alone = get_num_threads() == 1 or not is_worth_sharing(p)  # threads want few blocks instead
    if alone and (few := summands_at_best(wide * K // p.groups)):
        near = few * p.groups * wide * p.stride[0] * x.itemsize
    blocks = cut(B, Ho, _row_bytes(x, p), near)
    parts: list[Array | None] = [None] * len(blocks)

    def some(number: int, block: Block) -> None:
        n, m = block.images.stop - block.images.start, block.rows.stop - block.rows.start
        g = gy[block.images, ..., block.rows, :]
        merged = borrow("merged", (*g.shape[1:3], m, n, Wo), gy.dtype)
        merged[...] = g.transpose(1, 2, 3, 0, 4)  # images within rows, as in the slabs
        slabs = _slabs(x[block.images], p, block.rows.start, m)
        part = np.empty((p.kH, p.groups, K // p.groups, p.kW * p.weight_shape[1]), gy.dtype)
        for u in range(p.kH):
            seen = _seen(slabs, p, u, m).swapaxes(1, 2)
            np.matmul(merged.reshape(*g.shape[1:3], m * n * Wo), seen, out=part[u])
        parts[number] = part

    share_blocks(some, blocks, p)
    gw = np.zeros((p.kH, p.groups, K // p.groups, p.kW, p.weight_shape[1]), gy.dtype)
    for part in parts:  # in order, so that the sum does not depend on which thread was first
        if part is not None:
            gw += part.reshape(gw.shape)
    return np.ascontiguousarray(gw.transpose(1, 2, 4, 0, 3)).reshape(p.weight_shape)


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
    return p.C * p.kW * p.stride[0] * p.Wo * x.itemsize


def _slabs(images: Array, p: Problem, first: int, m: int) -> Array:
    """
    Copy the column shifts of images: (stride, groups, kW, C / groups, rows, images, Wo).

    With a stride in height, every stride-th row goes into a slab of its own, so that what an
    output row sees stays side by side. Images lie within rows, so that one product serves all.
    """
    S, n = p.stride[0], len(images)
    length = m + (p.kH - 1) * p.dilation[0] // S
    shape = (S, p.groups, p.kW, p.C // p.groups, length, n, p.Wo)
    slabs = borrow("slabs", shape, images.dtype)
    framed = frame(images, p, first, m)
    image, channel, row, column = framed.strides
    per_group = p.C // p.groups
    strides = (per_group * channel, p.dilation[1] * column, channel, S * row, image)
    for phase in sorted({u * p.dilation[0] % S for u in range(p.kH)}):
        rows = framed[:, :, phase:]
        high = min(length, -(-rows.shape[2] // S))  # below lies what no filter sees
        target = slabs[phase, :, :, :, :high]
        shape = target.shape
        seen = as_strided(rows, shape, (*strides, p.stride[1] * column), writeable=False)
        np.copyto(target, seen)
    return slabs


def _seen(slabs: Array, p: Problem, u: int, m: int) -> Array:
    """Give what row u of the filters sees: (groups, kW · C / groups, m · images · Wo)."""
    start, phase = divmod(u * p.dilation[0], p.stride[0])
    *_, n, Wo = slabs.shape
    flat: Array = slabs[phase].reshape(p.groups, p.kW * (p.C // p.groups), -1)
    seen: Array = flat[..., start * n * Wo : (start + m) * n * Wo]
    return seen
