"""Winograd's filtering by rows, some tiles at a time, which all steps find near."""

from __future__ import annotations

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array, all_finite
from course_utils.ops.fast import sharing
from course_utils.ops.fast.sharing import Block, convolution_work
from course_utils.ops.fast.small_products import rows_at_best
from course_utils.ops.fast.winograd_rows.steps import (
    PLACES,
    Layout,
    filter_gradient,
    transform,
    transform_back,
    transform_gradient,
    transformed_filters,
)
from course_utils.ops.fast.workspace import borrow


def forward(x: Array, weight: Array, p: Problem, y: Array) -> bool:
    """Take some tiles through all three steps while they are near; tell whether all is finite."""
    layout = Layout.of(p)
    sound = []
    U = transformed_filters(weight)

    def filter_tiles(block: Block) -> None:
        images = x[block.images]
        N = len(images) * (block.rows.stop - block.rows.start) * layout.wide
        parts, rows = _products(N, p)
        V = borrow("V", (PLACES, p.kW * parts * rows + p.kW - 1, p.C), x.dtype)
        V[:, N:] = 0  # the windows of the last pixels see some beyond the end
        transform(images, p, block.rows, V)
        M = borrow("M", (PLACES, parts, rows, p.kW, p.K), x.dtype)
        np.matmul(_runs(V, p, parts, rows), U[:, None, None], out=np.moveaxis(M, 3, 1))
        M = M.reshape(PLACES, -1, p.K)[:, :N]
        sound.append(transform_back(M, p, block.rows, layout.wide, y[block.images]))

    work = convolution_work(p, x.itemsize)
    row_bytes = PLACES * layout.wide * (2 * p.C + p.K) * x.itemsize
    work.share(filter_tiles, work.cut(p.B, layout.tall, row_bytes))
    return all(sound)


def grad_weight(grad_y: Array, x: Array, p: Problem, gw: Array) -> bool:
    """Add up the gradient of the filters from block to block; tell whether all is finite."""
    layout = Layout.of(p)

    def correlate_tiles(block: Block) -> Array:
        images = x[block.images]
        N = len(images) * (block.rows.stop - block.rows.start) * layout.wide
        V = borrow("V", (PLACES, N + p.kW - 1, p.C), x.dtype)
        V[:, N:] = 0  # as above
        transform(images, p, block.rows, V)
        W = borrow("W", (PLACES, N, p.K), x.dtype)
        transform_gradient(grad_y[block.images], p, block.rows, W)
        place, pixel, number = V.strides
        strides = (place, pixel, number, pixel)
        shifted = np.ndarray((PLACES, p.kW, p.C, N), V.dtype, V, strides=strides)
        part = borrow("part", (PLACES, p.kW, p.C, p.K), x.dtype)
        np.matmul(shifted, W[:, None], out=part)
        return part

    work = convolution_work(p, x.itemsize)
    row_bytes = PLACES * layout.wide * 2 * (p.C + p.K) * x.itemsize
    total = work.add_up(correlate_tiles, work.cut(p.B, layout.tall, row_bytes, 2 * sharing.NEAR))
    filter_gradient(total, gw)
    return all_finite(total)


def _products(N: int, p: Problem) -> tuple[int, int]:
    """Cut the windows that begin at every kW-th of N pixels: number of products, rows of each."""
    windows = -(-N // p.kW)
    rows = rows_at_best(windows, p.kW * p.C * p.K)
    return -(-windows // rows), rows


def _runs(V: Array, p: Problem, parts: int, rows: int) -> Array:
    """See runs of kW pixels as rows of matrices: (6, kW, parts, rows, kW · C), not copied."""
    place, pixel, number = V.strides
    shape = (PLACES, p.kW, parts, rows, p.kW * p.C)
    strides = (place, pixel, p.kW * rows * pixel, p.kW * pixel, number)
    return np.ndarray(shape, V.dtype, V, strides=strides)
