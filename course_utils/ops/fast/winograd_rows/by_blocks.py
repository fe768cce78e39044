"""Winograd's filtering by rows, some tiles at a time, which all steps find near."""

from __future__ import annotations

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array, all_finite
from course_utils.ops.fast.schedule import Block, cut, share_blocks
from course_utils.ops.fast.small_products import rows_at_best
from course_utils.ops.fast.threads import equal_parts, get_num_threads, one_blas_thread
from course_utils.ops.fast.winograd_rows.steps import (
    PLACES,
    Layout,
    filter_gradient,
    transform,
    transform_back,
    transform_gradient,
    transformed_filters,
)
from course_utils.ops.fast.workspace import borrow, borrow_framed

_NEAR = 1 << 22  # bytes of one block


def forward(x: Array, weight: Array, p: Problem, y: Array) -> bool:
    """Take some tiles through all three steps while they are near; tell whether all is finite."""
    layout = Layout.of(p)
    sound = []
    with one_blas_thread():
        U = transformed_filters(weight)

    def some(_: int, block: Block) -> None:
        images = x[block.images]
        N = len(images) * (block.rows.stop - block.rows.start) * layout.wide
        parts, rows = _products(N, p)
        # the windows of the last pixels see some that nobody has written
        V = borrow_framed("V", (PLACES, p.kW * parts * rows + p.kW - 1, p.C), x.dtype, N)
        transform(images, p, block.rows, V)
        M = borrow("M", (PLACES, parts, rows, p.kW, p.K), x.dtype)
        np.matmul(_runs(V, p, parts, rows), U[:, None, None], out=np.moveaxis(M, 3, 1))
        M = M.reshape(PLACES, -1, p.K)[:, :N]
        sound.append(transform_back(M, p, block.rows, layout.wide, y[block.images]))

    row_bytes = PLACES * layout.wide * (2 * p.C + p.K) * x.itemsize
    share_blocks(some, cut(p.B, layout.tall, row_bytes, _NEAR), p)
    return all(sound)


def grad_weight(grad_y: Array, x: Array, p: Problem, gw: Array) -> bool:
    """Add up the gradient of the filters from block to block; tell whether all is finite."""
    layout = Layout.of(p)
    row_bytes = PLACES * layout.wide * 2 * (p.C + p.K) * x.itemsize
    blocks = cut(p.B, layout.tall, row_bytes, 2 * _NEAR)
    # as many sums as threads and not as blocks, each always of the same blocks in the same order
    turns = equal_parts(len(blocks), min(len(blocks), get_num_threads()))
    totals = np.zeros((len(turns), PLACES, p.kW, p.C, p.K), x.dtype)

    def some(turn: int, _: Block) -> None:
        for block in blocks[turns[turn]]:
            images = x[block.images]
            N = len(images) * (block.rows.stop - block.rows.start) * layout.wide
            V = borrow_framed("V", (PLACES, N + p.kW - 1, p.C), x.dtype, N)
            transform(images, p, block.rows, V)
            W = borrow("W", (PLACES, N, p.K), x.dtype)
            transform_gradient(grad_y[block.images], p, block.rows, W)
            place, pixel, number = V.strides
            strides = (place, pixel, number, pixel)
            shifted = np.ndarray((PLACES, p.kW, p.C, N), V.dtype, V, strides=strides)
            part = borrow("part", totals.shape[1:], x.dtype)
            np.matmul(shifted, W[:, None], out=part)
            np.add(totals[turn], part, out=totals[turn])

    share_blocks(some, blocks[: len(turns)], p)
    total = totals.sum(axis=0)
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
