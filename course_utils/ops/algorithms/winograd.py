r"""Convolution with fewer multiplications: Winograd's minimal filtering, for 3 × 3 at stride 1.

F(m, 3) finds m outputs of a filter of 3 from m + 2 inputs with m + 2 multiplications instead of 3m.
In two dimensions, with tiles d of (m + 2) × (m + 2) inputs and filters g,

.. math:: Y = A^T M A, \qquad M = U \odot V, \quad U = G g G^T, \quad V = B^T d B

F(2, 3) needs 2.25 and F(4, 3) 4 times fewer multiplications. Summed over channels, M is a product
of matrices at each place of a tile. The way back turns every step round.

A result is the difference of larger ones, so it is rounded more than the plain sum: the matrices of
F(4, 3) hold numbers up to 8. Measured in float32 with 8 and with 64 channels, F(2, 3) is off by 0.9
to 1.7 times as much as the plain sum, and F(4, 3) by 5 to 10 times. The error is relative to the
largest number in the tile and not to the result: a small one beside it is lost, and one infinity or
NaN spoils its whole tile.

A. Lavin, S. Gray, "Fast algorithms for convolutional neural networks", 2015.
https://arxiv.org/abs/1509.09308
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_utils.ops.algorithms.border import crop, pad
from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array


@dataclass(frozen=True)
class Winograd:
    """F(m, 3) in two dimensions. In sums, (i, j) is a place and (h, w) the number of a tile."""

    B_T: Array
    """(m + 2, m + 2), for the input."""
    G: Array
    """(m + 2, 3), for the filter."""
    A_T: Array
    """(m, m + 2), for the output."""

    def forward(self, x: Array, weight: Array, p: Problem) -> Array:
        """Convolve: transform filters and tiles, multiply place by place, transform back."""
        q, A_T = self._whole(p), self.A_T.astype(x.dtype)
        M = self._filters(weight) @ self._tiles(x, q)
        M = M.reshape(*M.shape[:3], p.B, q.Ho // len(A_T), q.Wo // len(A_T))
        y: Array = np.einsum("mi,nj,ijkbhw->bkhmwn", A_T, A_T, M, optimize=True)
        y = y.reshape(q.output_shape)
        return y[..., : p.Ho, : p.Wo].copy()

    def grad_x(self, grad_y: Array, weight: Array, p: Problem) -> Array:
        """Carry the gradient back to x; where tiles overlap, it adds up."""
        q, B_T = self._whole(p), self.B_T.astype(grad_y.dtype)
        m = len(self.A_T)
        V = self._filters(weight).swapaxes(2, 3) @ self._gradient(grad_y, q)
        V = V.reshape(*V.shape[:3], p.B, q.Ho // m, q.Wo // m)
        d = np.einsum("is,jt,ijcbhw->stbchw", B_T, B_T, V, optimize=True)
        padded = np.zeros((p.B, p.C, *q.padded), grad_y.dtype)
        for s, t in np.ndindex(d.shape[:2]):
            padded[..., s : s + q.Ho : m, t : t + q.Wo : m] += d[s, t]
        return crop(padded, q)

    def grad_weight(self, grad_y: Array, x: Array, p: Problem) -> Array:
        """Carry the gradient back to the weight."""
        q, G = self._whole(p), self.G.astype(x.dtype)
        U = self._gradient(grad_y, q) @ self._tiles(x, q).swapaxes(2, 3)
        gw: Array = np.einsum("iu,jv,ijkc->kcuv", G, G, U, optimize=True)
        return gw

    def _whole(self, p: Problem) -> Problem:
        """Widen the border at the end so far that the output consists of whole tiles."""
        if (p.kH, p.kW, p.stride, p.dilation, p.groups) != (3, 3, (1, 1), (1, 1), 1):
            raise ValueError(
                f"winograd: filters of {p.kH} × {p.kW} with stride {p.stride}, dilation "
                f"{p.dilation} and groups={p.groups}, expected 3 × 3 with stride 1, dilation 1 "
                "and groups=1"
            )
        m = len(self.A_T)
        (top, bottom), (left, right) = p.padding
        return replace(p, padding=((top, bottom + -p.Ho % m), (left, right + -p.Wo % m)))

    def _filters(self, weight: Array) -> Array:
        """Transform filters: G g Gᵀ, (m + 2, m + 2, K, C)."""
        G = self.G.astype(weight.dtype)
        U: Array = np.einsum("iu,jv,kcuv->ijkc", G, G, weight, optimize=True)
        return U

    def _tiles(self, x: Array, q: Problem) -> Array:
        """Transform tiles of the input: Bᵀ d B, (m + 2, m + 2, C, tiles)."""
        B_T, (m, a) = self.B_T.astype(x.dtype), self.A_T.shape
        tiles = sliding_window_view(pad(x, q), (a, a), axis=(2, 3))[:, :, ::m, ::m]
        V: Array = np.einsum("is,jt,bchwst->ijcbhw", B_T, B_T, tiles, optimize=True)
        return V.reshape(a, a, q.C, -1)

    def _gradient(self, grad_y: Array, q: Problem) -> Array:
        """Transform tiles of the gradient, as the transpose of Aᵀ M A: (m + 2, m + 2, K, tiles)."""
        A_T, (m, a) = self.A_T.astype(grad_y.dtype), self.A_T.shape
        tiles = np.zeros(q.output_shape, grad_y.dtype)
        tiles[..., : grad_y.shape[2], : grad_y.shape[3]] = grad_y
        tiles = tiles.reshape(q.B, q.K, q.Ho // m, m, q.Wo // m, m)
        M: Array = np.einsum("mi,nj,bkhmwn->ijkbhw", A_T, A_T, tiles, optimize=True)
        return M.reshape(a, a, q.K, -1)


F2 = Winograd(
    B_T=np.array([[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]], float),
    G=np.array([[2, 0, 0], [1, 1, 1], [1, -1, 1], [0, 0, 2]]) / 2,
    A_T=np.array([[1, 1, 1, 0], [0, 1, -1, -1]], float),
)
"""F(2, 3), from the points 0, 1, −1 and infinity."""

F4 = Winograd(
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
