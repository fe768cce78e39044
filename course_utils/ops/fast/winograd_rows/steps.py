"""The three steps of Winograd's filtering by rows, and those of its gradient."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array
from course_utils.ops.fast.windows import Meeting, meet
from course_utils.ops.fast.workspace import borrow

PLACES = 6  # rows of input that belong together, and products in place of theirs
_POINTS = (0, 3 / 4, -3 / 4, 3 / 2, -3 / 2)  # and infinity


class Matrices(NamedTuple):
    """The three matrices of F(m, r), m + r = 7."""

    B_T: Array
    """(6, 6), for the input."""
    G: Array
    """(6, r), for the filter."""
    A_T: Array
    """(m, 6), for the output."""


@cache
def matrices(r: int, dtype: np.dtype[np.floating[Any]]) -> Matrices:
    """
    Give Aᵀ, G and Bᵀ of F(7 − r, r), by interpolation at the points (Toom and Cook).

    A filter and the outputs' gradient are polynomials. Their product has degree 5 and is known from
    its values at five points p and its leading number, the value at infinity: six products of
    values. Bᵀ holds Lagrange's polynomials, G and A the powers of the points. To filter is the
    transposed map, and F(2, 5), F(3, 4), F(4, 3), F(5, 2) have one Bᵀ.
    """
    m, p = PLACES + 1 - r, np.array(_POINTS)
    others = [np.delete(p, q) for q in range(len(p))]
    B_T = np.zeros((PLACES, PLACES))
    for q, roots in enumerate(others):
        B_T[q, :-1] = np.poly(roots)[::-1]
    B_T[-1] = np.poly(p)[::-1]
    A, G = (np.vstack([np.vander(p, n, increasing=True), np.eye(n)[-1]]) for n in (m, r))
    G[:-1] /= [[np.prod(p[q] - roots)] for q, roots in enumerate(others)]
    return Matrices(*(matrix.astype(dtype) for matrix in (B_T, G, A.T)))


class Layout(NamedTuple):
    """How the lines of some images follow each other."""

    tile: int
    """Rows of output that belong together."""
    tall: int
    """Tiles down one image."""
    wide: int
    """Pixels from one line to the next."""

    @classmethod
    def of(cls, p: Problem) -> Layout:
        """Lay out the images of a convolution."""
        left, right = p.padding[1]
        # zeros at the end of a line serve as those at the beginning of the next
        shared = max(0, min(left, right, p.kW - 1))
        tile = PLACES + 1 - p.kH
        return cls(tile, -(-p.Ho // tile), p.Wo + p.kW - 1 - shared)


def transformed_filters(weight: Array) -> Array:
    """Σ over u of G[q, u] w[:, :, u]: (6, kW · C, K), columns before channels."""
    K, C, kH, kW = weight.shape
    last = np.ascontiguousarray(weight.reshape(K, -1).T).reshape(C, kH, kW, K)
    U = np.empty((PLACES, kW, C, K), weight.dtype)
    np.matmul(matrices(kH, weight.dtype).G, last.swapaxes(1, 2), out=U.transpose(2, 1, 0, 3))
    return U.reshape(PLACES, kW * C, K)


def transform(images: Array, p: Problem, tiles: slice, V: Array) -> None:
    """Write Σ over r of Bᵀ[q, r] d[r] for some tiles of rows: (6, pixels, C)."""
    (n, C, H, W), (tile, _, wide) = images.shape, Layout.of(p)
    th = tiles.stop - tiles.start
    high = tile * (th - 1) + PLACES
    rows = meet(tile * tiles.start - p.padding[0][0], 1, H, high)
    d = _lines(images, (high, wide), rows, meet(-p.padding[1][0], 1, W, wide))
    image, row, _, number = d.strides
    shape, strides = (n, th, PLACES, wide * C), (image, tile * row, row, number)
    seen = np.ndarray(shape, d.dtype, d, strides=strides)
    out = V[:, : n * th * wide].reshape(PLACES, n, th, wide * C)
    np.matmul(matrices(p.kH, d.dtype).B_T, seen, out=out.transpose(1, 2, 0, 3))


def transform_back(M: Array, p: Problem, tiles: slice, wide: int, y: Array) -> bool:
    """Write Σ over q of Aᵀ[i, q] M[q] where it belongs; tell whether all of it is finite."""
    (n, K, Ho, Wo), tile = y.shape, Layout.of(p).tile
    th = tiles.stop - tiles.start
    out = borrow("out", (n, th, tile, wide * K), M.dtype)
    seen = M.reshape(PLACES, n, th, wide * K).transpose(1, 2, 0, 3)
    np.matmul(matrices(p.kH, M.dtype).A_T, seen, out=out)
    first, last = tile * tiles.start, min(tile * tiles.stop, Ho)
    lines = out.reshape(n, tile * th, wide, K)[:, : last - first, :Wo]
    np.copyto(y[:, :, first:last], lines.transpose(0, 3, 1, 2))
    flat = out.reshape(-1)
    return bool(np.isfinite(np.dot(flat, flat)))  # one sum, and BLAS is the fastest at it


def transform_gradient(grad_y: Array, p: Problem, tiles: slice, W: Array) -> None:
    """Write Σ over i of A[q, i] grad_y[i] for some tiles of rows: (6, pixels, K)."""
    (n, K, Ho, Wo), (tile, _, wide) = grad_y.shape, Layout.of(p)
    th = tiles.stop - tiles.start
    rows = meet(tile * tiles.start, 1, Ho, tile * th)
    lines = _lines(grad_y, (tile * th, wide), rows, meet(0, 1, Wo, wide))
    out = W.reshape(PLACES, n, th, wide * K).transpose(1, 2, 0, 3)
    np.matmul(matrices(p.kH, W.dtype).A_T.T, lines.reshape(n, th, tile, wide * K), out=out)


def filter_gradient(total: Array, grad_weight: Array) -> None:
    """Carry Gᵀ over the gradient of some transformed filters: (6, kW, C, K) to (K, C, kH, kW)."""
    kH, kW = grad_weight.shape[2:]
    G = matrices(kH, total.dtype).G
    for v in range(kW):
        rows: Array = np.matmul(G.T, total[:, v].reshape(PLACES, -1))
        grad_weight[..., v] = rows.reshape(kH, *total.shape[2:]).transpose(2, 1, 0)


def _lines(images: Array, size: tuple[int, int], rows: Meeting, pixels: Meeting) -> Array:
    """Lay images out as lines of pixels, channels last, zero where that is the border."""
    lines = borrow("lines", (len(images), *size, images.shape[1]), images.dtype)
    lines[...] = 0
    seen = images[:, :, rows.inputs, pixels.inputs]
    np.copyto(lines[:, rows.outputs, pixels.outputs], seen.transpose(0, 2, 3, 1))
    return lines
