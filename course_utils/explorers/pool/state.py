"""The state of PoolExplorer and what follows from it: pure functions, no widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from course_utils import ops
from course_utils.explorers.shared.arrays import Array, numbers, short
from course_utils.explorers.shared.option_readers import Pair, pair_of, place_in
from course_utils.explorers.shared.small_maps import GRADIENTS, MAPS, resized

Kind = Literal["max", "average", "lp"]
Ties = Literal["first", "split"]
Mask = npt.NDArray[np.bool_]

CUSTOM = "custom"  # numbers that are no preset
KINDS: dict[str, str] = {"max": "largest", "average": "mean", "lp": "Lp norm"}
TIES: dict[str, str] = {"first": "the first", "split": "equal shares"}
RANGES: dict[str, range] = {
    "input_size": range(1, 11),
    "kernel_size": range(1, 6),
    "stride": range(1, 6),
    "padding": range(3),
    "shift": range(-4, 5),
}
EXPONENTS = range(1, 17)
AXES = ("rows", "columns")


@dataclass(frozen=True, eq=False)
class PoolState:
    """
    Everything that PoolExplorer shows, as one value.

    ``shift`` moves the input around in a circle before it is pooled; ``g`` is the upstream
    gradient; ``focus`` the row and column of the output value that is looked at.
    """

    x: Array = field(default_factory=lambda: np.zeros((6, 6)))
    g: Array = field(default_factory=lambda: np.ones((3, 3)))
    x_preset: str = CUSTOM
    g_preset: str = CUSTOM
    kind: Kind = "max"
    p: int = 2
    kernel_size: Pair = (2, 2)
    stride: Pair = (2, 2)
    padding: Pair = (0, 0)
    count_include_pad: bool = True
    ties: Ties = "first"
    shift: Pair = (0, 0)
    backward: bool = True
    focus: Pair = (0, 0)

    @property
    def input_size(self) -> Pair:
        """Rows and columns of the input."""
        return self.x.shape[0], self.x.shape[1]


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
    tied: npt.NDArray[np.int64]
    wins: npt.NDArray[np.int64]
    gradient: Array
    before: Array
    changed: Mask
    notes: tuple[str, ...]
    torch_lines: tuple[str, ...]


def output_shape(state: PoolState) -> Pair:
    """Rows and columns of the output."""
    rows, columns = (
        ops.output_size(
            state.input_size[k], state.kernel_size[k], state.stride[k], state.padding[k]
        )
        for k in (0, 1)
    )
    return rows, columns


def problem(input_size: Pair, kernel_size: Pair, padding: Pair) -> str:
    """Say why sizes do not go together."""
    for k, name in enumerate(AXES):
        n, f, p = input_size[k], kernel_size[k], padding[k]
        if 2 * p > f:
            return (
                f"padding {p} is more than half of the {f} {name} of the window, "
                "which PyTorch refuses"
            )
        if f > n + 2 * p:
            have = f"is padded to {n + 2 * p}" if p else f"has only {n}"
            return f"the window has {f} {name}, but the input {have}"
    return ""


def with_changes(state: PoolState, changes: Mapping[str, Any]) -> PoolState:
    """Apply changes to a state."""
    new = state
    for name in ("kernel_size", "stride", "padding", "shift"):
        if name in changes:
            new = replace(new, **_part(name, pair_of(name, changes[name], RANGES[name])))
    for name, known in (("kind", KINDS), ("ties", TIES)):
        if name in changes:
            chosen = changes[name]
            if not isinstance(chosen, str) or chosen not in known:
                raise ValueError(f"{name} must be one of {', '.join(known)}, not {short(chosen)}")
            new = replace(new, **_part(name, chosen))
    for name in ("count_include_pad", "backward"):
        if name in changes:
            if not isinstance(changes[name], bool | np.bool_):
                raise ValueError(f"{name} must be True or False, not {short(changes[name])}")
            new = replace(new, **_part(name, bool(changes[name])))
    if "p" in changes:
        new = replace(new, p=_exponent(changes["p"]))
    new = _with_input(new, changes)
    reason = problem(new.input_size, new.kernel_size, new.padding)
    if reason:
        raise ValueError(reason)
    new = _with_upstream(new, changes)
    return replace(new, focus=place_in(changes.get("focus", new.focus), output_shape(new)))


def explain(state: PoolState) -> Pooled:
    """Pool, and hand the upstream gradient back.

    ∂L/∂x is Σ g[i, j] ∂y[i, j]/∂x over all windows: of a maximum the winner takes all (ties by
    ``state.ties``), of a mean each cell has 1/F², and of y = (Σ |x|^p)^(1/p) each cell has
    sign(x) (|x|/y)^(p−1).
    """
    moved = np.roll(state.x, state.shift, axis=(0, 1))
    outside = -np.inf if state.kind == "max" else 0.0
    padded = np.pad(moved, [(p, p) for p in state.padding], constant_values=outside)
    windows = _windows(padded, state)
    inside = _windows(np.pad(np.ones(moved.shape), [(p, p) for p in state.padding]), state) > 0
    output = _pool(moved, state)
    before = _pool(state.x, state)
    largest = (windows == windows.max(axis=(2, 3), keepdims=True)) & inside
    shares = _shares(windows, inside, largest, output, state)
    gradient = _backward(moved, shares, state)
    taken = shares if state.kind == "max" else largest
    wins = _hand_back((taken > 0).astype(np.float64), state).astype(np.int64)
    changed = output != before
    found = Pooled(
        moved=moved,
        padded=padded,
        output=output,
        shares=shares,
        tied=largest.sum(axis=(2, 3)),
        wins=wins,
        gradient=gradient,
        before=before,
        changed=changed,
        notes=(),
        torch_lines=torch_lines(state),
    )
    return replace(found, notes=_notes(state, found))


def torch_lines(state: PoolState) -> tuple[str, ...]:
    """The lines of PyTorch that compute the same, for x (1, 1, H, W) and g as large as y.

    `max_pool2d` gives ties to the first, `amax` splits them. `lp_pool2d` raises to the power
    without taking absolute values, so that odd powers of negative numbers cancel, and a root of
    a negative sum is NaN; with an odd p the absolute values are therefore taken before.
    """
    size, stride, padding = (_plain(v) for v in (state.kernel_size, state.stride, state.padding))
    options = [str(size)]
    if state.stride != state.kernel_size:
        options.append(f"stride={stride}")
    (top, left), pads = state.padding, any(state.padding)
    around = f"({left}, {left}, {top}, {top})"
    if state.kind == "max" and state.ties == "split":
        x = f"F.pad(x, {around}, value=-torch.inf)" if pads else "x"
        (a, b), (s, t) = state.kernel_size, state.stride
        line = f"y = {x}.unfold(2, {a}, {s}).unfold(3, {b}, {t}).amax((-2, -1))"
    elif state.kind == "lp":
        x = "x" if state.p % 2 == 0 else "x.abs()"
        x = f"F.pad({x}, {around})" if pads else x
        line = f"y = F.lp_pool2d({', '.join([x, str(float(state.p)), *options])})"
    else:
        if pads:
            options.append(f"padding={padding}")
            if state.kind == "average" and not state.count_include_pad:
                options.append("count_include_pad=False")
        name = "max" if state.kind == "max" else "avg"
        line = f"y = F.{name}_pool2d(x, {', '.join(options)})"
    moved = f"x.roll({state.shift}, (-2, -1))" if any(state.shift) else "x"
    if state.backward:
        return f"x = {moved}.requires_grad_()", line, "y.backward(g)"
    return (f"x = {moved}", line) if any(state.shift) else (line,)


def choices(state: PoolState) -> dict[str, list[list[int]]]:
    """Values that each control may take while the others stay; the page offers no others."""
    now = {name: getattr(state, name) for name in RANGES}

    def fits(name: str, rows: int, columns: int) -> bool:
        sizes = now | {name: (rows, columns)}
        return not problem(sizes["input_size"], sizes["kernel_size"], sizes["padding"])

    return {
        name: [
            [v for v in allowed if fits(name, v, now[name][1])],
            [v for v in allowed if fits(name, now[name][0], v)],
            [v for v in allowed if fits(name, v, v)],
        ]
        for name, allowed in RANGES.items()
    }


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
        windows = np.abs(_windows(np.pad(x, [(p, p) for p in state.padding]), state))
        # Over the largest, so that no power overflows: (Σ vᵖ)^(1/p) = m (Σ (v/m)ᵖ)^(1/p).
        most = windows.max(axis=(2, 3))
        parts = windows / np.where(most > 0, most, 1.0)[..., None, None]
        y = most * (parts**state.p).sum(axis=(2, 3)) ** (1 / state.p)
    return np.asarray(y, dtype=np.float64)


def _shares(windows: Array, inside: Mask, largest: Mask, output: Array, state: PoolState) -> Array:
    """∂y/∂(window) for every window."""
    rows, columns, kH, kW = windows.shape
    if state.kind == "average":
        held = inside.sum(axis=(2, 3), keepdims=True)
        shares = inside / (kH * kW if state.count_include_pad else held)
    elif state.kind == "lp":
        norm = np.where(output > 0, output, 1.0)[..., None, None]
        shares = np.sign(windows) * (np.abs(windows) / norm) ** (state.p - 1)
    elif state.ties == "split":
        shares = largest / largest.sum(axis=(2, 3), keepdims=True)
    else:
        first = largest.reshape(rows, columns, kH * kW).argmax(axis=-1)
        shares = (np.arange(kH * kW) == first[..., None]).reshape(windows.shape)
    return np.asarray(shares, dtype=np.float64)


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


def _notes(state: PoolState, found: Pooled) -> tuple[str, ...]:
    notes = []
    if any(state.shift):
        notes.append(_moving(state, found))
    ties = int((found.tied > 1).sum())
    if state.kind == "max":
        words = "No window has a tie." if not ties else f"{_many(ties, 'window')} with a tie."
        most = int(found.wins.max())
        if most > 1:
            cell = np.unravel_index(int(found.wins.argmax()), found.wins.shape)
            words += f" x[{cell[0]}, {cell[1]}] wins {most} windows."
        notes.append(words)
    if state.backward:
        g, handed = float(state.g.sum()), float(found.gradient.sum())
        if state.kind == "lp":
            notes.append(
                f"g sums to {_number(g)}, its gradient to {_number(handed)}: "
                "the shares of a norm need not add up to 1."
            )
        elif abs(g - handed) < 1e-9 * max(1.0, float(np.abs(state.g).sum())):
            notes.append(f"g sums to {_number(g)}, and so does what it hands back.")
        else:
            notes.append(
                f"g sums to {_number(g)}, what it hands back to {_number(handed)}: "
                "the rest went into the padding."
            )
    return tuple(notes)


def _moving(state: PoolState, found: Pooled) -> str:
    down, right = state.shift
    ways = [
        f"{_many(abs(down), 'row')} {'down' if down > 0 else 'up'}" if down else "",
        f"{_many(abs(right), 'column')} {'right' if right > 0 else 'left'}" if right else "",
    ]
    where = " and ".join(way for way in ways if way)
    words = (
        f"Moved by {where}: {int(found.changed.sum())} of {_many(found.changed.size, 'output')} "
        "changed."
    )
    if down % state.stride[0] or right % state.stride[1]:
        return f"{words} That is not a multiple of the stride {_by(state.stride)}."
    places = (down // state.stride[0], right // state.stride[1])
    along = found.output == np.roll(found.before, places, axis=(0, 1))
    return (
        f"{words} Move the old output by {_number(places[0])} and {_number(places[1])} places, "
        f"and {int(along.sum())} of {along.size} agree."
    )


def _with_input(state: PoolState, changes: Mapping[str, Any]) -> PoolState:
    if "x" in changes:
        x = numbers(changes["x"], "x", 2)
        pair_of("the shape of x", x.shape, RANGES["input_size"])
        return state if np.array_equal(x, state.x) else replace(state, x=x, x_preset=CUSTOM)
    size = state.input_size
    if "input_size" in changes:
        size = pair_of("input_size", changes["input_size"], RANGES["input_size"])
    name = changes.get("x_preset", state.x_preset)
    if isinstance(name, str) and name in MAPS:
        return replace(state, x=numbers(MAPS[name].make(*size), "x", 2), x_preset=name)
    if name != CUSTOM:
        known = ", ".join(MAPS)
        raise ValueError(f"there is no preset {short(name)} for x; choose from {known}")
    return replace(state, x=numbers(resized(state.x, *size), "x", 2), x_preset=CUSTOM)


def _with_upstream(state: PoolState, changes: Mapping[str, Any]) -> PoolState:
    shape = output_shape(state)
    if "g" in changes:
        g = numbers(changes["g"], "g", 2)
        if g.shape != shape:
            raise ValueError(f"g must be as large as the output, {shape}, not {g.shape}")
        return state if np.array_equal(g, state.g) else replace(state, g=g, g_preset=CUSTOM)
    name = changes.get("g_preset", state.g_preset)
    if isinstance(name, str) and name in GRADIENTS:
        return replace(state, g=numbers(GRADIENTS[name].make(*shape), "g", 2), g_preset=name)
    if name != CUSTOM:
        known = ", ".join(GRADIENTS)
        raise ValueError(f"there is no preset {short(name)} for g; choose from {known}")
    return replace(state, g=numbers(resized(state.g, *shape), "g", 2), g_preset=CUSTOM)


def _part(name: str, value: Any) -> dict[str, Any]:
    return {name: value}


def _exponent(value: Any) -> int:
    words = f"p must be a whole number from {EXPONENTS[0]} to {EXPONENTS[-1]}"
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise ValueError(f"{words}, not {short(value)}")
    if value not in EXPONENTS:
        raise ValueError(f"{words}, not {value}")
    return int(value)


def _plain(pair: Pair) -> int | Pair:
    return pair[0] if pair[0] == pair[1] else pair


def _many(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def _by(pair: Pair) -> str:
    return f"{pair[0]} × {pair[1]}"


def _number(value: float) -> str:
    return f"{round(value, 3) + 0.0:g}".replace("-", "−")
