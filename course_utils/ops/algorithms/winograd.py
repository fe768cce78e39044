r"""Convolution with fewer multiplications: Winograd's minimal filtering, for 3 × 3 at stride 1.

F(m, 3) finds m outputs of a filter of 3 from m + 2 inputs with m + 2 multiplications instead of 3m.
In two dimensions, with tiles d of (m + 2) × (m + 2) inputs and filters g,

.. math:: Y = A^T \left[ (G g G^T) \odot (B^T d B) \right] A

F(2, 3) needs 2.25 and F(4, 3) 4 times fewer multiplications. Summed over channels, each of the
(m + 2)² places is a product of matrices. The matrices of F(4, 3) hold numbers up to 8, and its
rounding error is five to ten times that of the plain sum. One infinity or NaN spoils its whole
tile.

A. Lavin, S. Gray, "Fast algorithms for convolutional neural networks", 2015.
https://arxiv.org/abs/1509.09308
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import NamedTuple

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array
from course_utils.ops.fast import mec
from course_utils.ops.fast.lines import to_lines
from course_utils.ops.fast.schedule import Block, cut, share_blocks
from course_utils.ops.fast.threads import one_blas_thread
from course_utils.ops.fast.windows import meet
from course_utils.ops.fast.workspace import borrow

_NEAR = 1 << 22  # bytes of tiles in one block
_TILES = 192  # or as many tiles as make it worth while for BLAS to rearrange the filters


class Matrices(NamedTuple):
    """The three matrices of F(m, 3)."""

    B_T: Array
    """(m + 2, m + 2), for the input."""
    G: Array
    """(m + 2, 3), for the filter."""
    A_T: Array
    """(m, m + 2), for the output."""


F2 = Matrices(
    B_T=np.array([[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]], float),
    G=np.array([[2, 0, 0], [1, 1, 1], [1, -1, 1], [0, 0, 2]]) / 2,
    A_T=np.array([[1, 1, 1, 0], [0, 1, -1, -1]], float),
)
"""F(2, 3), from the points 0, 1, −1 and infinity."""

F4 = Matrices(
    B_T=np.array(
        [
            [4, 0, -5, 0, 1, 0],
            [0, -4, -4, 1, 1, 0],
            [0, 4, -4, -1, 1, 0],
            [0, -2, -1, 2, 1, 0],
            [0, 2, -1, -2, 1, 0],
            [0, 4, 0, -5, 0, 1],
        ],
        float,
    ),
    G=np.array([[6, 0, 0], [-4, -4, -4], [-4, 4, -4], [1, 2, 4], [1, -2, 4], [0, 0, 24]]) / 24,
    A_T=np.array(
        [[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]], float
    ),
)
"""F(4, 3), from the points 0, 1, −1, 2, −2 and infinity."""


def suits(p: Problem) -> bool:
    """Tell whether a convolution is of the kind that this file computes."""
    return (p.kH, p.kW, p.stride, p.dilation, p.groups) == (3, 3, (1, 1), (1, 1), 1)


def forward(x: Array, weight: Array, p: Problem, f: Matrices = F2) -> Array:
    """Convolve: transform filters and tiles, multiply place by place, transform back."""
    _check(p)
    m, a = f.A_T.shape  # tiles of a × a inputs give m × m outputs
    B, K, Ho, Wo = p.output_shape
    tall, wide = -(-Ho // m), -(-Wo // m)
    with one_blas_thread():  # threads of BLAS, once woken, would spin beside ours for a while
        U = _filters(weight, f)
    y = np.empty(p.output_shape, x.dtype)

    def some(_: int, block: Block) -> None:
        n, th = block.images.stop - block.images.start, block.rows.stop - block.rows.start
        half = _tile_rows(x[block.images], p, f, m * block.rows.start, th, wide)
        total = borrow("total", (m, a, K, n * th * wide), x.dtype)
        for i in range(a):  # one row of places at a time, so that little is kept
            V = _tile_columns(half[i], f, wide)
            M = borrow("M", (a, K, n * th * wide), x.dtype)
            np.matmul(U[i], V.reshape(a, -1, p.C).swapaxes(1, 2), out=M)
            _add_row(f.A_T[:, : i + 1], M, total)
        _outputs(total, f, y[block.images, :, m * block.rows.start :], th, wide)

    row_bytes = a * a * (p.C + K) * wide * x.itemsize
    near = max(_NEAR, row_bytes // wide * _TILES)
    share_blocks(some, cut(B, tall, row_bytes, near), p)
    return y


def grad_x(grad_y: Array, weight: Array, p: Problem, f: Matrices = F2) -> Array:
    """Carry the gradient back to x, as a convolution with the flipped filters."""
    _check(p)
    return forward(grad_y, mec.flipped(weight, p), mec.adjoint(p), f)


def grad_weight(grad_y: Array, x: Array, p: Problem) -> Array:
    """Carry the gradient back to the weight; not a small filter any more, so by MEC."""
    _check(p)
    return mec.grad_weight(grad_y, x, p)


F4_ALGORITHM = SimpleNamespace(
    forward=lambda x, weight, p: forward(x, weight, p, F4),
    grad_x=lambda grad_y, weight, p: grad_x(grad_y, weight, p, F4),
    grad_weight=grad_weight,
)
"""The same with F(4, 3)."""


def _check(p: Problem) -> None:
    if not suits(p):
        raise ValueError(
            f"winograd: filters of {p.kH} × {p.kW} with stride {p.stride}, dilation {p.dilation} "
            f"and groups={p.groups}, expected 3 × 3 with stride 1, dilation 1 and groups=1"
        )


def _filters(weight: Array, f: Matrices) -> Array:
    """G g Gᵀ for every filter and channel: (a, a, K, C)."""
    K, C, kH, kW = weight.shape
    a = len(f.G)
    both = np.kron(f.G, f.G).astype(weight.dtype)  # (a², 9): rows and columns in one product
    return (both @ np.ascontiguousarray(weight).reshape(K * C, kH * kW).T).reshape(a, a, K, C)


def _tile_rows(images: Array, p: Problem, f: Matrices, first: int, th: int, wide: int) -> Array:
    """Bᵀ d for every tile: (a, n, th, columns, C); channels last, for long runs."""
    m, a = f.A_T.shape
    n, C, H, W = images.shape
    high, broad = m * th + a - m, m * wide + a - m
    rows, columns = meet(first - p.padding[0][0], 1, H, high), meet(-p.padding[1][0], 1, W, broad)
    padded = to_lines(images, (high, broad), rows, columns)
    half = borrow("half", (a, n, th, broad, C), images.dtype)
    _combine(f.B_T, [padded[:, r : r + m * (th - 1) + 1 : m] for r in range(a)], half)
    return half


def _tile_columns(half: Array, f: Matrices, wide: int) -> Array:
    """(Bᵀ d) B for one row of Bᵀ: (a, n, th, wide, C)."""
    m, a = f.A_T.shape
    n, th, _, C = half.shape
    V = borrow("V", (a, n, th, wide, C), half.dtype)
    _combine(f.B_T, [half[:, :, c : c + m * (wide - 1) + 1 : m] for c in range(a)], V)
    return V


def _add_row(A_T: Array, M: Array, total: Array) -> None:
    """Add what the latest row of M, which meets the last column of Aᵀ, has in the sums Aᵀ M."""
    for numbers, target in zip(A_T, total, strict=True):
        *before, number = numbers
        if not any(before):  # the first to come
            np.multiply(M, target.dtype.type(number), out=target)
        elif number:
            if abs(number) != 1:
                scaled = borrow("scaled", M.shape, M.dtype)
                np.multiply(M, target.dtype.type(abs(number)), out=scaled)
            else:
                scaled = M
            (np.add if number > 0 else np.subtract)(target, scaled, out=target)


def _outputs(total: Array, f: Matrices, y: Array, th: int, wide: int) -> None:
    """(Aᵀ M) A for every tile and filter, written where it belongs."""
    m = len(f.A_T)
    n, K = y.shape[:2]
    out = borrow("out", (m, *total.shape[2:]), total.dtype)
    for q in range(m):
        _combine(f.A_T, list(total[q]), out)
        for r in range(m):
            tile = out[r].reshape(K, n, th, wide).swapaxes(0, 1)
            target = y[:, :, q : m * th : m, r::m]  # the last tile may reach beyond the end
            target[...] = tile[..., : target.shape[2], : target.shape[3]]


def _combine(matrix: Array, parts: list[Array], out: Array) -> None:
    """out[i] = Σ over j of matrix[i, j] · parts[j], with additions where the numbers are ±1."""
    for row, target in zip(matrix, out, strict=True):
        (first, one), *rest = sorted(
            ((part, number) for part, number in zip(parts, row, strict=True) if number),
            key=lambda pair: pair[1] != 1,  # begin with one that needs no product
        )
        if one == 1 and rest and abs(rest[0][1]) == 1:
            (second, sign), *rest = rest
            (np.add if sign == 1 else np.subtract)(first, second, out=target)
        else:
            np.multiply(first, target.dtype.type(one), out=target)
        for part, number in rest:
            if abs(number) != 1:
                scaled = borrow("scaled", target.shape, target.dtype)
                part = np.multiply(part, target.dtype.type(abs(number)), out=scaled)  # noqa: PLW2901
            (np.add if number > 0 else np.subtract)(target, part, out=target)
