"""The state of ConvolutionSumExplorer, and how a change leads from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course_utils.explorers.convolution_sum.sequences import KERNELS, SIGNALS, Sequence
from course_utils.explorers.convolution_sum.valid_options import (
    LONGEST_KERNEL,
    LONGEST_SIGNAL,
    READERS,
    Mode,
    Operation,
    problem,
)
from course_utils.explorers.shared.arrays import Array, numbers
from course_utils.explorers.shared.option_readers import clipped, one_of, read, whole

CUSTOM = "custom"  # a sequence that has no name


@dataclass(frozen=True, eq=False)
class SumState:
    """
    Everything that ConvolutionSumExplorer shows, as one value.

    What it opens with is declared in ``explorer.py``; the defaults here are a blank start.
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


def first_time(state: SumState, mode: Mode) -> int:
    """Time t of the first output that a mode keeps."""
    F = state.w_size
    start = {"full": 0, "same": (F - 1) // 2, "valid": F - 1}[mode]
    return start - (F - 1 if state.operation == "correlation" else 0)


def last_time(state: SumState, mode: Mode) -> int:
    """Time t of the last output that a mode keeps."""
    N, F = state.x_size, state.w_size
    return first_time(state, mode) + {"full": N + F - 2, "same": N - 1, "valid": N - F}[mode]


def with_changes(state: SumState, changes: Mapping[str, Any]) -> SumState:
    """Apply changes to a state."""
    x, x_preset = _sequence("x", SIGNALS, LONGEST_SIGNAL, state.x, state.x_preset, changes)
    w, w_preset = _sequence("w", KERNELS, LONGEST_KERNEL, state.w, state.w_preset, changes)
    new = replace(state, x=x, w=w, x_preset=x_preset, w_preset=w_preset)
    new = replace(new, **read(READERS, changes))
    if new.operation != state.operation:
        # The kernel stays where it lies: it begins at t − F + 1 in one, at t in the other.
        shift = new.w_size - 1
        new = replace(new, t=new.t + (shift if new.operation == "convolution" else -shift))
    reason = problem(new)
    if reason:
        raise ValueError(reason)
    kept = clipped(first_time(new, new.mode), last_time(new, new.mode))
    return replace(new, t=kept("t", changes.get("t", new.t)))


def _sequence(
    letter: str,
    known: dict[str, Sequence],
    longest: int,
    values: Array,
    name: str,
    changes: Mapping[str, Any],
) -> tuple[Array, str]:
    asked = changes.get(f"{letter}_preset", CUSTOM)
    if asked != CUSTOM:
        name = one_of(known)(f"{letter}_preset", asked)
        values = known[name].make(known[name].size)
    if f"{letter}_size" in changes:
        size = whole(1, longest)(f"the size of {letter}", changes[f"{letter}_size"])
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
