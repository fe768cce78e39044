"""The state of ConvolutionSumExplorer and what follows from it: pure functions, no widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, cast, get_args

import numpy as np

from course_utils import ops
from course_utils.explorers.convolution_sum.sequences import KERNELS, SIGNALS, Sequence
from course_utils.explorers.shared.arrays import Array, numbers, short

LONGEST_SIGNAL = 24  # the page shows every sample
LONGEST_KERNEL = 9
CUSTOM = "custom"  # a sequence that has no name

Operation = Literal["convolution", "correlation"]
Mode = Literal["full", "same", "valid"]


class Term(NamedTuple):
    """One product of the sum: x[n] w[a], with x[n] = 0 outside the signal."""

    a: int
    n: int
    x: float
    w: float
    product: float


@dataclass(frozen=True, eq=False)
class SumState:
    """
    Everything that ConvolutionSumExplorer shows, as one value.

    ``t`` is the time in the equation, not the index in the array: the two differ where the first
    output is not y[0].
    """

    x: Array
    w: Array
    x_preset: str = CUSTOM
    w_preset: str = CUSTOM
    operation: Operation = "convolution"
    mode: Mode = "full"
    t: int = 0

    @property
    def x_size(self) -> int:
        """Number of samples, N."""
        return len(self.x)

    @property
    def w_size(self) -> int:
        """Number of weights, F."""
        return len(self.w)


@dataclass(frozen=True, eq=False)
class Summed:
    """What `explain` finds."""

    first: int
    y: Array
    full_first: int
    full: Array
    terms: list[Term]
    total: float
    equation: str
    numpy_line: str
    torch_line: str


def first_time(state: SumState, mode: Mode) -> int:
    """Time t of the first output that a mode keeps."""
    F = state.w_size
    start = {"full": 0, "same": (F - 1) // 2, "valid": F - 1}[mode]
    return start - (F - 1 if state.operation == "correlation" else 0)


def last_time(state: SumState, mode: Mode) -> int:
    """Time t of the last output that a mode keeps."""
    N, F = state.x_size, state.w_size
    return first_time(state, mode) + {"full": N + F - 2, "same": N - 1, "valid": N - F}[mode]


def problem(state: SumState) -> str:
    """Say why the parts of a state do not go together."""
    if state.mode == "valid" and state.w_size > state.x_size:
        return (
            f'"valid" keeps only complete overlaps, and a kernel of {state.w_size} '
            f"never fits into a signal of {state.x_size}"
        )
    return ""


def with_changes(state: SumState, changes: Mapping[str, Any]) -> SumState:
    """Apply changes to a state."""
    new = state
    values, name = _sequence("x", SIGNALS, LONGEST_SIGNAL, state.x, state.x_preset, changes)
    new = replace(new, x=values, x_preset=name)
    values, name = _sequence("w", KERNELS, LONGEST_KERNEL, state.w, state.w_preset, changes)
    new = replace(new, w=values, w_preset=name)
    if "operation" in changes:
        operation = _one_of("operation", changes["operation"], get_args(Operation))
        new = replace(new, operation=cast(Operation, operation))
        if new.operation != state.operation:
            # The kernel stays where it lies: it begins at t − F + 1 in one, at t in the other.
            shift = new.w_size - 1
            new = replace(new, t=new.t - shift if operation == "correlation" else new.t + shift)
    if "mode" in changes:
        mode = _one_of("mode", changes["mode"], get_args(Mode))
        new = replace(new, mode=cast(Mode, mode))
    reason = problem(new)
    if reason:
        raise ValueError(reason)
    t = changes.get("t", new.t)
    if isinstance(t, bool) or not isinstance(t, int | np.integer):
        raise ValueError(f"t must be a whole number, not {short(t)}")
    low, high = first_time(new, new.mode), last_time(new, new.mode)
    return replace(new, t=min(max(int(t), low), high))


def explain(state: SumState) -> Summed:
    """Compute the output, and take the sum at t apart.

    y[t] = Σₐ x[t − a] w[a] for a convolution, y[t] = Σₐ x[t + a] w[a] for a correlation.
    """
    operate = ops.convolve if state.operation == "convolution" else ops.correlate
    sign = -1 if state.operation == "convolution" else 1
    terms = []
    for a, weight in enumerate(state.w.tolist()):
        n = state.t + sign * a
        sample = float(state.x[n]) if 0 <= n < state.x_size else 0.0
        terms.append(Term(a, n, sample, weight, sample * weight))
    first = first_time(state, state.mode)
    y = np.asarray(operate(state.x, state.w, state.mode), dtype=np.float64)
    return Summed(
        first=first,
        y=y,
        full_first=first_time(state, "full"),
        full=np.asarray(operate(state.x, state.w, "full"), dtype=np.float64),
        terms=terms,
        total=float(y[state.t - first]),
        equation=f"y[{state.t}] = " + " + ".join(f"x[{term.n}]·w[{term.a}]" for term in terms),
        numpy_line=numpy_line(state),
        torch_line=torch_line(state),
    )


def numpy_line(state: SumState) -> str:
    """The line of NumPy that computes the output."""
    name = "convolve" if state.operation == "convolution" else "correlate"
    N, F = state.x_size, state.w_size
    if state.mode == "same" and F > N:  # NumPy's "same" has the size of the longer of the two
        start = (F - 1) // 2
        return f'y = np.{name}(x, w, "full")[{start}:{start + N}]'
    if name == "correlate" and F > N and state.mode == "full":
        return 'y = np.correlate(x, w, "full")'
    return f'y = np.{name}(x, w, "{state.mode}")'


def torch_line(state: SumState) -> str:
    """The line of PyTorch that computes the output, for x (1, 1, N) and w (1, 1, F)."""
    size = state.w_size
    w = "w.flip(-1)" if state.operation == "convolution" else "w"
    if state.mode == "valid" or size == 1:
        return f"y = F.conv1d(x, {w})"
    if state.mode == "full":
        return f"y = F.conv1d(x, {w}, padding={size - 1})"
    if size % 2:
        return f'y = F.conv1d(x, {w}, padding="same")'
    # An even kernel has no middle; PyTorch leans the other way.
    return f"y = F.conv1d(F.pad(x, ({size // 2}, {size // 2 - 1})), {w})"


def choices(state: SumState) -> dict[str, list[Any]]:
    """Values that each control may take while the others stay."""

    def fits(**part: Any) -> bool:
        return not problem(replace(state, **part))

    return {
        "mode": [m for m in get_args(Mode) if fits(mode=m)],
        "x_size": [n for n in range(1, LONGEST_SIGNAL + 1) if fits(x=np.zeros(n))],
        "w_size": [n for n in range(1, LONGEST_KERNEL + 1) if fits(w=np.zeros(n))],
    }


def _sequence(
    letter: str,
    known: dict[str, Sequence],
    longest: int,
    values: Array,
    name: str,
    changes: Mapping[str, Any],
) -> tuple[Array, str]:
    asked = changes.get(f"{letter}_preset", name)
    if asked != CUSTOM and f"{letter}_preset" in changes:
        name = _one_of(f"{letter}_preset", asked, tuple(known))
        values = known[name].make(known[name].size)
    if f"{letter}_size" in changes:
        size = _size(letter, changes[f"{letter}_size"], longest)
        if size != len(values):
            if name in known and size >= known[name].smallest:
                values = known[name].make(size)
            else:
                values, name = np.array([*values, *[0.0] * size][:size]), CUSTOM
    if letter in changes:
        typed = numbers(changes[letter], letter, 1)
        if len(typed) > longest:
            raise ValueError(
                f"{letter} has {len(typed)} samples, and the explorer shows at most {longest}: "
                f"give it a part, such as {letter}[:{longest}]"
            )
        if not np.array_equal(typed, values):
            values, name = typed, CUSTOM
    return numbers(values, letter, 1), name


def _size(letter: str, value: Any, longest: int) -> int:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not 1 <= value <= longest:
        raise ValueError(f"the size of {letter} must be from 1 to {longest}, not {short(value)}")
    return int(value)


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {short(value)}")
    return str(value)
