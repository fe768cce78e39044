r"""Columns of a small image in long runs: im2col at stride 1, the image laid out in one row.

In an image whose lines follow each other in memory, what tap (u, v) of the filter meets begins u
lines and v samples later, and that is all: with lines of length Wp it is the image from sample
u · Wp + v on. So a row of the matrix of columns is one long copy in place of Ho short ones. The
price is that windows across the ends of lines are computed too: Wp − Wo in each, read by nobody.

The way back is as plain: a row of the matrix is added to the image from sample u · Wp + v on.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array
from course_utils.ops.fast.schedule import Block, cut, share_blocks
from course_utils.ops.fast.windows import frame, meet
from course_utils.ops.fast.workspace import borrow
from course_utils.ops.memory import aligned

_NEAR = 1 << 23  # bytes of columns in one block
_SMALL = 1 << 21  # bytes of columns of one image up to which this pays


def suits(p: Problem, itemsize: int) -> bool:
    """Tell whether this pays: stride 1, and an image so small that its copies would be short."""
    plain = p.stride == (1, 1) and p.kH * p.kW > 1
    return plain and _row_bytes(p, itemsize) * p.Ho <= _SMALL


def forward(x: Array, weight: Array, p: Problem) -> Array:
    """Convolve: one product per image and group, of which the ends of lines are left out."""
    K, Wp = p.K, p.padded[1]
    w = np.ascontiguousarray(weight).reshape(p.groups, K // p.groups, -1)
    y = aligned(p.output_shape, x.dtype)

    def some(_: int, block: Block) -> None:
        columns = _columns(x[block.images], p)
        n = len(columns)
        wide = borrow("wide", (n, *w.shape[:2], p.Ho * Wp), x.dtype)
        np.matmul(w, columns, out=wide[..., : _length(p)])
        y[block.images] = wide.reshape(n, K, p.Ho, Wp)[..., : p.Wo]

    share_blocks(some, cut(p.B, 1, _row_bytes(p, x.itemsize) * p.Ho, _NEAR), p)
    return y


def grad_x(grad_y: Array, weight: Array, p: Problem) -> Array:
    """Carry the gradient back to x: rows of wᵀ · grad_y, each added where it came from."""
    (top, bottom), (left, right) = p.padding
    Hp, Wp = p.padded
    w = np.ascontiguousarray(weight).reshape(p.groups, p.K // p.groups, -1).swapaxes(1, 2)
    gx = np.empty(p.x_shape, grad_y.dtype)
    exact = (top, bottom, left, right) == (0, 0, 0, 0)

    def some(_: int, block: Block) -> None:
        n = block.images.stop - block.images.start
        g = _widened(grad_y[block.images], p)
        columns = borrow("columns", (n, *w.shape[:2], _length(p)), gx.dtype)
        np.matmul(w, g, out=columns)
        taps = columns.reshape(n, p.C, p.kH, p.kW, -1)
        padded = gx[block.images] if exact else borrow("padded", (n, p.C, Hp, Wp), gx.dtype)
        padded[...] = 0
        flat = padded.reshape(n, p.C, Hp * Wp)
        for u in range(p.kH):
            for v in range(p.kW):
                start = u * p.dilation[0] * Wp + v * p.dilation[1]
                target = flat[:, :, start : start + _length(p)]
                np.add(target, taps[:, :, u, v], out=target)
        if not exact:
            rows, across = meet(-top, 1, p.H, Hp), meet(-left, 1, p.W, Wp)
            target = gx[block.images]
            target[...] = 0  # where padding is negative
            seen = padded[:, :, rows.outputs, across.outputs]
            np.copyto(target[:, :, rows.inputs, across.inputs], seen)

    share_blocks(some, cut(p.B, 1, _row_bytes(p, gx.itemsize) * p.Ho, _NEAR), p)
    return gx


def grad_weight(grad_y: Array, x: Array, p: Problem) -> Array:
    """Carry the gradient back to the weight: Σ over images of grad_y · columnsᵀ."""
    blocks = cut(p.B, 1, _row_bytes(p, x.itemsize) * p.Ho, _NEAR)
    parts = np.empty((len(blocks), *p.weight_shape), x.dtype)

    def some(number: int, block: Block) -> None:
        columns = _columns(x[block.images], p)
        each = _widened(grad_y[block.images], p) @ columns.swapaxes(2, 3)
        np.sum(each, axis=0, out=parts[number].reshape(each.shape[1:]))

    share_blocks(some, blocks, p)
    gw: Array = parts.sum(axis=0)  # in order, whichever thread was first
    return gw


def _row_bytes(p: Problem, itemsize: int) -> int:
    """Count the bytes of columns that one output row takes."""
    return p.C * p.kH * p.kW * p.padded[1] * itemsize


def _length(p: Problem) -> int:
    """Count the windows from the first to the last, those across the ends of lines among them."""
    return (p.Ho - 1) * p.padded[1] + p.Wo


def _columns(images: Array, p: Problem) -> Array:
    """Lay out what each tap meets: (images, groups, C / groups · kH · kW, length)."""
    n, (Hp, Wp) = len(images), p.padded
    whole = replace(p, kH=1, kW=1, dilation=(1, 1))  # which sees all samples, once
    padded = np.ascontiguousarray(frame(images, whole, 0, Hp))
    dH, dW = p.dilation
    taps = np.lib.stride_tricks.as_strided(
        padded,
        (n, p.C, p.kH, p.kW, _length(p)),
        tuple(padded.itemsize * step for step in (p.C * Hp * Wp, Hp * Wp, dH * Wp, dW, 1)),
        writeable=False,
    )
    columns = borrow("columns", taps.shape, images.dtype)
    np.copyto(columns, taps)
    return columns.reshape(n, p.groups, -1, _length(p))


def _widened(grad_y: Array, p: Problem) -> Array:
    """Give each row the length of a padded line: (images, groups, K / groups, length)."""
    n, Wp = len(grad_y), p.padded[1]
    wide = borrow("widened", (n, p.K, p.Ho, Wp), grad_y.dtype)
    wide[..., : p.Wo] = grad_y
    wide[..., p.Wo :] = 0  # windows across the ends of lines are not in the loss
    return wide.reshape(n, p.groups, p.K // p.groups, -1)[..., : _length(p)]
