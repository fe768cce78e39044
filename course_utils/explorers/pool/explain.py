"""What PoolExplorer computes: the output, each cell's share of it, and the gradient handed back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from course_utils import ops
from course_utils.explorers.pool.notes import notes
from course_utils.explorers.pool.state import PoolState
from course_utils.explorers.pool.ties import shares_of_the_largest
from course_utils.explorers.pool.torch_lines import torch_lines
from course_utils.explorers.shared.arrays import Array

Mask = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Pooled:
    """
    What `explain` finds.

    ``shares[i, j]`` is ∂y[i, j] / ∂(its window), (kH, kW); ``tied[i, j]`` counts the cells of the
    window that equal its largest value; ``wins`` how many windows each cell of the input won,
    shared wins included; ``before`` the output of the input that has not moved.
    """

    moved: Array
    padded: Array
    output: Array
    shares: Array
    tied: Counts
    wins: Counts
    gradient: Array
    before: Array
    changed: Mask
    notes: tuple[str, ...]
    torch_lines: tuple[str, ...]


def explain(state: PoolState) -> Pooled:
    """Pool, and hand the upstream gradient back.

    ∂L/∂x is Σ g[i, j] ∂y[i, j]/∂x over all windows: of a maximum the winner takes all (ties by
    ``state.ties``), of a mean each cell has 1/F², and of y = (Σ |x|^p)^(1/p) each cell has
    sign(x) (|x|/y)^(p−1).
    """
    moved = np.roll(state.x, state.shift, axis=(0, 1))
    padded = _padded(moved, state, -np.inf if state.kind == "max" else 0.0)
    windows = _windows(padded, state)
    inside = _windows(_padded(np.ones(moved.shape), state), state) > 0
    output, before = _pool(moved, state), _pool(state.x, state)
    largest = (windows == windows.max(axis=(2, 3), keepdims=True)) & inside
    shares = _shares(windows, inside, largest, output, state)
    gradient = _backward(moved, shares, state)
    taken = shares if state.kind == "max" else largest
    wins = _hand_back((taken > 0).astype(np.float64), state).astype(np.int64)
    tied, changed = largest.sum(axis=(2, 3)), output != before
    return Pooled(
        moved=moved,
        padded=padded,
        output=output,
        shares=shares,
        tied=tied,
        wins=wins,
        gradient=gradient,
        before=before,
        changed=changed,
        notes=notes(state, output, before, tied, wins, gradient),
        torch_lines=torch_lines(state),
    )


def _padded(x: Array, state: PoolState, outside: float = 0.0) -> Array:
    return np.pad(x, [(p, p) for p in state.padding], constant_values=outside)


def _windows(padded: Array, state: PoolState) -> Array:
    """All windows, (rows, columns, kH, kW)."""
    s, t = state.stride
    return sliding_window_view(padded, state.kernel_size)[::s, ::t]


def _pool(x: Array, state: PoolState) -> Array:
    arguments = (x[None], state.kernel_size, state.stride, state.padding)
    if state.kind == "max":
        y = ops.max_pool2d(*arguments)[0]
    elif state.kind == "average":
        y = ops.avg_pool2d(*arguments, count_include_pad=state.count_include_pad)[0]
    else:
        windows = np.abs(_windows(_padded(x, state), state))
        # Over the largest, so that no power overflows: (Σ vᵖ)^(1/p) = m (Σ (v/m)ᵖ)^(1/p).
        most = windows.max(axis=(2, 3))
        parts = windows / np.where(most > 0, most, 1.0)[..., None, None]
        y = most * (parts**state.p).sum(axis=(2, 3)) ** (1 / state.p)
    return np.asarray(y, dtype=np.float64)


def _shares(windows: Array, inside: Mask, largest: Mask, output: Array, state: PoolState) -> Array:
    """∂y/∂(window) for every window."""
    if state.kind == "max":
        return shares_of_the_largest(largest, state.ties)
    if state.kind == "average":
        held = inside.sum(axis=(2, 3), keepdims=True)
        F, G = state.kernel_size
        return np.asarray(inside / (F * G if state.count_include_pad else held))
    norm = np.where(output > 0, output, 1.0)[..., None, None]
    return np.asarray(np.sign(windows) * (np.abs(windows) / norm) ** (state.p - 1))


def _backward(moved: Array, shares: Array, state: PoolState) -> Array:
    arguments = (state.g[None], moved[None], state.kernel_size, state.stride, state.padding)
    if state.kind == "max" and state.ties == "first":
        gradient = ops.max_pool2d_backward(*arguments)[0]
    elif state.kind == "average":
        include = state.count_include_pad
        gradient = ops.avg_pool2d_backward(*arguments, count_include_pad=include)[0]
    else:
        gradient = _hand_back(state.g[..., None, None] * shares, state)
    return np.asarray(gradient, dtype=np.float64)


def _hand_back(parts: Array, state: PoolState) -> Array:
    """Add up what all windows, (rows, columns, kH, kW), hand to each cell of the input."""
    (H, W), (P, Q), (s, t) = state.input_size, state.padding, state.stride
    rows, columns, kH, kW = parts.shape
    padded = np.zeros((H + 2 * P, W + 2 * Q))
    for a in range(kH):
        for b in range(kW):
            seen = padded[a : a + s * rows : s, b : b + t * columns : t]
            seen[:rows, :columns] += parts[:, :, a, b]
    return padded[P : P + H, Q : Q + W]
