"""The state of ConvArithmeticExplorer and what follows from it: pure functions, no widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils import ops
from course_utils.explorers.conv_arithmetic.sizes import (
    RANGES,
    AxisSize,
    Sizes,
    grid_range,
    left_over,
    other_way,
    output_shape,
    problem,
    span,
    worked_out,
)
from course_utils.explorers.shared.arrays import Array, numbers, short
from course_utils.explorers.shared.option_readers import Pair, pair_of, place_in
from course_utils.explorers.shared.small_maps import MAPS, WEIGHTS, SmallMap, resized

CUSTOM = "custom"  # numbers that are no preset
INPUT, PADDING, BETWEEN = 0, 1, 2  # what a cell of the grid holds

Kinds = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class ConvArithmeticState:
    """
    Everything that ConvArithmeticExplorer shows, as one value.

    ``focus`` is the row and column of the output value that is looked at.
    """

    sizes: Sizes = field(default_factory=Sizes)
    x: Array = field(default_factory=lambda: np.zeros((8, 9)))
    w: Array = field(default_factory=lambda: np.ones((3, 3)))
    x_preset: str = CUSTOM
    w_preset: str = CUSTOM
    focus: Pair = (0, 0)


@dataclass(frozen=True)
class Term:
    """One product of a sum: input cell, place in the kernel as used, the two numbers, product."""

    cell: Pair
    place: Pair
    x: float
    w: float
    product: float


@dataclass(frozen=True, eq=False)
class Convolved:
    """
    What `explain` finds.

    The kernel ``used`` (turned by half a turn in a transposed convolution) slides over ``grid`` in
    steps of ``step``, and its first cell lies at ``start`` for output (0, 0). ``kinds`` says what
    each cell of the grid holds, ``origin`` where the input's first cell lies, ``read`` which cells
    some window reads, ``reached`` which outputs have an input cell in their window.
    """

    grid: Array
    kinds: Kinds
    origin: Pair
    step: Pair
    start: Pair
    read: Mask
    used: Array
    output: Array
    reached: Mask
    terms: tuple[Term, ...]
    total: float
    axes: tuple[AxisSize, AxisSize]
    left: Pair
    unread: int
    notes: tuple[str, ...]
    torch_line: str


def with_changes(state: ConvArithmeticState, changes: Mapping[str, Any]) -> ConvArithmeticState:
    """Apply changes to a state."""
    sizes = state.sizes
    if "transposed" in changes:
        turned = changes["transposed"]
        if not isinstance(turned, bool | np.bool_):
            raise ValueError(f"transposed must be True or False, not {short(turned)}")
        if bool(turned) != sizes.transposed:
            sizes = other_way(sizes)
    asked: dict[str, Any] = {
        name: pair_of(name, changes[name], allowed)
        for name, allowed in RANGES.items()
        if name in changes
    }
    new_x = numbers(changes["x"], "x", 2) if "x" in changes else None
    new_w = numbers(changes["w"], "w", 2) if "w" in changes else None
    if new_x is not None:
        asked["input_size"] = pair_of("the shape of x", new_x.shape, RANGES["input_size"])
    if new_w is not None:
        asked["kernel_size"] = pair_of("the shape of w", new_w.shape, RANGES["kernel_size"])
    sizes = replace(sizes, **asked)
    if "input_size" not in asked and sizes.input_size != state.sizes.input_size:
        pair_of("the size of what would go in", sizes.input_size, RANGES["input_size"])
    reason = problem(sizes)
    if reason:
        raise ValueError(reason)
    x, x_preset = _map("x", state.x, state.x_preset, new_x, sizes.input_size, changes, MAPS)
    w, w_preset = _map("w", state.w, state.w_preset, new_w, sizes.kernel_size, changes, WEIGHTS)
    focus = place_in(changes.get("focus", state.focus), output_shape(sizes))
    return ConvArithmeticState(sizes, x, w, x_preset, w_preset, focus)


def explain(state: ConvArithmeticState) -> Convolved:
    """Convolve, and take the sum at the focus apart.

    Forward, y[i, j] = Σ x̃[S i + d a, S j + d b] w[a, b] with the padded input x̃. Transposed, the
    same sum with steps of 1, the kernel turned by half a turn, and x̃ the input with S − 1 zeros
    between its cells and d (F − 1) − P around it.
    """
    sizes = state.sizes
    x, w = state.x[None, None], state.w[None, None]
    if sizes.transposed:
        output = ops.conv_transpose2d(
            x, w, None, sizes.stride, sizes.padding, sizes.output_padding, 1, sizes.dilation
        )[0, 0]
        used, step = np.ascontiguousarray(state.w[::-1, ::-1]), (1, 1)
    else:
        output = ops.conv2d(x, w, None, sizes.stride, sizes.padding, sizes.dilation)[0, 0]
        used, step = state.w, sizes.stride
    grid, kinds, origin, start = _grid(state)
    read, reached = _reading(sizes, kinds, step, start, output.shape)
    left = (0, 0) if sizes.transposed else left_over(sizes)
    unread = int((~read & (kinds == INPUT)).sum())
    found = Convolved(
        grid=grid,
        kinds=kinds,
        origin=origin,
        step=step,
        start=start,
        read=read,
        used=used,
        output=output,
        reached=reached,
        terms=(),
        total=float(output[state.focus]),
        axes=(worked_out(sizes, 0), worked_out(sizes, 1)),
        left=left,
        unread=unread,
        notes=_notes(sizes, left, unread, int((~reached).sum())),
        torch_line=torch_line(sizes),
    )
    return replace(found, terms=_terms(state, found))


def torch_line(sizes: Sizes) -> str:
    """The line of PyTorch that computes the output, for x (1, 1, H, W) and w (1, 1, kH, kW)."""
    plain = {"stride": 1, "padding": 0, "output_padding": 0, "dilation": 1}
    options = []
    for name, default in plain.items():
        rows, columns = getattr(sizes, name)
        if (rows, columns) != (default, default):
            options.append(f"{name}={rows if rows == columns else (rows, columns)}")
    function = "conv_transpose2d" if sizes.transposed else "conv2d"
    return f"y = F.{function}({', '.join(['x', 'w', *options])})"


def _grid(state: ConvArithmeticState) -> tuple[Array, Kinds, Pair, Pair]:
    """Lay the input into the grid: values, kinds, the input's first cell, the first window."""
    sizes = state.sizes
    (top, bottom), (left, right) = (grid_range(sizes, axis) for axis in (0, 1))
    grid = np.zeros((bottom - top, right - left))
    kinds = np.full(grid.shape, PADDING, dtype=np.int64)
    H, W = state.x.shape
    apart = sizes.stride if sizes.transposed else (1, 1)
    rows = slice(-top, -top + (H - 1) * apart[0] + 1)
    columns = slice(-left, -left + (W - 1) * apart[1] + 1)
    kinds[rows, columns] = BETWEEN
    grid[rows, columns][:: apart[0], :: apart[1]] = state.x
    kinds[rows, columns][:: apart[0], :: apart[1]] = INPUT
    starts = []
    for axis, first in enumerate((top, left)):
        reach = span(sizes.kernel_size[axis], sizes.dilation[axis]) - 1
        window = sizes.padding[axis] - reach if sizes.transposed else -sizes.padding[axis]
        starts.append(window - first)
    return grid, kinds, (-top, -left), (starts[0], starts[1])


def _reading(
    sizes: Sizes, kinds: Kinds, step: Pair, start: Pair, shape: tuple[int, ...]
) -> tuple[Mask, Mask]:
    """Which cells of the grid some window reads, and which outputs read a cell of the input."""
    taps = [
        start[axis]
        + step[axis] * np.arange(shape[axis])[:, None]
        + sizes.dilation[axis] * np.arange(sizes.kernel_size[axis])
        for axis in (0, 1)
    ]
    read = np.zeros(kinds.shape, dtype=np.bool_)
    read[np.ix_(np.unique(taps[0]), np.unique(taps[1]))] = True
    held = kinds == INPUT
    rows, columns = held.any(axis=1), held.any(axis=0)
    reached = np.outer(rows[taps[0]].any(axis=1), columns[taps[1]].any(axis=1))
    return read, reached


def _terms(state: ConvArithmeticState, found: Convolved) -> tuple[Term, ...]:
    """The products at the focus whose cell belongs to the input."""
    d = state.sizes.dilation
    terms = []
    for place, weight in np.ndenumerate(found.used):
        a, b = place
        p = found.start[0] + found.step[0] * state.focus[0] + d[0] * a
        q = found.start[1] + found.step[1] * state.focus[1] + d[1] * b
        if found.kinds[p, q] == INPUT:
            value = float(found.grid[p, q])
            terms.append(Term((p, q), (a, b), value, float(weight), value * float(weight)))
    return tuple(terms)


def _notes(sizes: Sizes, left: Pair, unread: int, dead: int) -> tuple[str, ...]:
    notes = []
    if any(left):
        parts = [
            f"{_many(left[0], 'row')} at the bottom" if left[0] else "",
            f"{_many(left[1], 'column')} at the right" if left[1] else "",
        ]
        where = " and ".join(part for part in parts if part)
        padded = " of the padded input" if any(sizes.padding) else ""
        verb = "is" if sum(left) == 1 else "are"
        notes.append(f"The floor drops a remainder: {where}{padded} {verb} read by no window.")
    cells = sizes.input_size[0] * sizes.input_size[1]
    if unread:
        notes.append(f"Of the {_many(cells, 'input cell')}, {unread} take part in no output.")
    else:
        notes.append("Every input cell takes part in the output.")
    if dead:
        verb = "has" if dead == 1 else "have"
        notes.append(f"{_many(dead, 'output cell')} {verb} no input cell below the kernel: zero.")
    return tuple(notes)


def _many(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def _map(
    letter: str,
    now: Array,
    preset: str,
    given: Array | None,
    size: Pair,
    changes: Mapping[str, Any],
    known: Mapping[str, SmallMap],
) -> tuple[Array, str]:
    name = changes.get(f"{letter}_preset", preset)
    if given is not None:
        same = given.shape == now.shape and np.array_equal(given, now)
        return (now, preset) if same else (given, CUSTOM)
    if isinstance(name, str) and name in known:
        made = known[name].make(*size)
        return numbers(made, letter, 2), name
    if name != CUSTOM:
        raise ValueError(
            f"there is no preset {short(name)} for {letter}; choose from {', '.join(known)}"
        )
    return numbers(resized(now, *size), letter, 2), CUSTOM
