"""What PoolExplorer says beside the maps: what moving changed, who won, where the gradient went."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.explorers.pool.state import PoolState
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.number_text import MINUS, by, many, rounded

Counts = npt.NDArray[np.int64]


def notes(
    state: PoolState, output: Array, before: Array, tied: Counts, wins: Counts, gradient: Array
) -> tuple[str, ...]:
    """One sentence or two for each subject that is shown."""
    found = [_moving(state, output, before)] if any(state.shift) else []
    if state.kind == "max":
        found.append(_winning(tied, wins))
    if state.backward:
        found.append(_handing_back(state, gradient))
    return tuple(found)


def _moving(state: PoolState, output: Array, before: Array) -> str:
    down, right = state.shift
    ways = [
        f"{many(abs(down), 'row')} {'down' if down > 0 else 'up'}" if down else "",
        f"{many(abs(right), 'column')} {'right' if right > 0 else 'left'}" if right else "",
    ]
    where = " and ".join(way for way in ways if way)
    changed = int((output != before).sum())
    words = f"Moved by {where}: {changed} of {many(output.size, 'output')} changed."
    if down % state.stride[0] or right % state.stride[1]:
        return f"{words} That is not a multiple of the stride {by(state.stride)}."
    places = (down // state.stride[0], right // state.stride[1])
    agree = int((output == np.roll(before, places, axis=(0, 1))).sum())
    rows, columns = (_text(n) for n in places)
    return (
        f"{words} Move the old output by {rows} and {columns} places, "
        f"and {agree} of {output.size} agree."
    )


def _winning(tied: Counts, wins: Counts) -> str:
    ties, most = int((tied > 1).sum()), int(wins.max())
    words = f"{many(ties, 'window')} with a tie." if ties else "No window has a tie."
    if most > 1:
        i, j = np.unravel_index(int(wins.argmax()), wins.shape)
        words += f" x[{i}, {j}] wins {most} windows."
    return words


def _handing_back(state: PoolState, gradient: Array) -> str:
    g, handed = float(state.g.sum()), float(gradient.sum())
    if state.kind == "lp":
        return (
            f"g sums to {_text(g)}, its gradient to {_text(handed)}: "
            "the shares of a norm need not add up to 1."
        )
    if abs(g - handed) < 1e-9 * max(1.0, float(np.abs(state.g).sum())):
        return f"g sums to {_text(g)}, and so does what it hands back."
    return (
        f"g sums to {_text(g)}, what it hands back to {_text(handed)}: "
        "the rest went into the padding."
    )


def _text(value: float) -> str:
    return rounded(value).translate(MINUS)
