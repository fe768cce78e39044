"""The state of DigitExplorer, and how a change leads from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils import data, nn
from course_utils.explorers.digit.drawing import SIDE, with_stroke
from course_utils.explorers.digit.network import Stages
from course_utils.explorers.shared.arrays import Array, numbers
from course_utils.explorers.shared.option_readers import read, switch, whole
from course_utils.nn.models.trained import trained_lenet5

OWN = -1  # no test digit: a drawing
WINNER = -1  # the class that is explained is the one with the largest score
SHIPPED, YOURS = "LeNet-5 as shipped", "your network"
# A three whose ends are not far from closing it to an eight.
THREE = (
    (8, 8), (6, 11), (5, 14), (6, 17), (9, 18), (11, 17), (13, 13), (15, 17), (18, 19), (21, 18),
    (24, 15), (25, 12), (24, 9), (22, 7),
)  # fmt: skip
READERS = {"target": whole(WINNER, 9), "fit": switch}


@dataclass(frozen=True, eq=False)
class DigitState:
    """
    Everything that DigitExplorer shows, as one value.

    What it opens with is declared in ``explorer.py``; the defaults here are a blank start.
    ``back`` is the number of layers that the gradient has been walked back. ``stroke`` names the
    last stroke that the page sent.
    """

    ink: Array
    stages: Stages
    network_name: str = YOURS
    sample: int = OWN
    target: int = WINNER
    fit: bool = True
    back: int = 0
    stroke: str = ""

    @property
    def network(self) -> nn.Module:
        """The network that reads."""
        return self.stages.network

    @property
    def source(self) -> str:
        """Where the drawing comes from, in words."""
        return "a drawing" if self.sample == OWN else f"test digit {self.sample}"


@lru_cache(maxsize=1)
def shipped() -> Stages:
    """LeNet-5 with the weights that ship with the course, taken apart."""
    return Stages(trained_lenet5())


@lru_cache(maxsize=1)
def held_out() -> tuple[Array, npt.NDArray[np.int64]]:
    """The digits that no network of the course learns from."""
    digits = data.digits(size=SIDE)
    pictures = np.ascontiguousarray(digits.x_test[:, 0])
    pictures.setflags(write=False)
    return pictures, digits.y_test


def opening() -> Array:
    """Draw what the explorer opens with: a three."""
    ink = np.zeros((SIDE, SIDE))
    for start, end in pairwise(THREE):
        ink = with_stroke(ink, start, end)
    return numbers(ink, "ink", 2)


def with_changes(state: DigitState, changes: Mapping[str, Any]) -> DigitState:
    """Apply changes to a state; of test digit, drawing and stroke the last one stays."""
    new = replace(state, **read(READERS, changes))
    if "network" in changes:
        new = _with_network(new, Stages(changes["network"]))
    if "sample" in changes and changes["sample"] != OWN:
        pictures, _ = held_out()
        sample = whole(OWN, len(pictures) - 1)("sample", changes["sample"])
        new = replace(new, ink=pictures[sample], sample=sample, stroke="")
    if "ink" in changes:
        new = replace(new, ink=_ink(changes["ink"]), sample=OWN, stroke="")
    if changes.get("drawn", b"") != b"":
        ink, stroke = _drawn(changes["drawn"]), str(changes.get("stroke", ""))
        new = replace(new, ink=ink, sample=OWN, stroke=stroke)
    back = whole(0, len(new.stages.shown))("back", changes.get("back", new.back))
    return replace(new, back=back)


def _with_network(state: DigitState, stages: Stages) -> DigitState:
    """Let another network read; what was walked back to the pixels stays there."""
    last = len(stages.shown)
    whole_way = state.back == len(state.stages.shown)
    back = last if whole_way else min(state.back, last)
    return replace(state, stages=stages, network_name=YOURS, back=back)


def _drawn(value: Any) -> Array:
    """A drawing from the page: a byte a pixel."""
    if not isinstance(value, bytes) or len(value) != SIDE * SIDE:
        size = len(value) if isinstance(value, bytes) else "no"
        raise ValueError(f"the drawing is damaged: {size} pixels, not {SIDE * SIDE}")
    return numbers(np.frombuffer(value, np.uint8).reshape(SIDE, SIDE) / 255, "ink", 2)


def _ink(value: Any) -> Array:
    ink = numbers(value, "ink", 2)
    if ink.shape != (SIDE, SIDE):
        raise ValueError(f"ink must have {SIDE} × {SIDE} pixels, but its shape is {ink.shape}")
    if ink.min() < 0 or ink.max() > 1:
        raise ValueError(
            f"ink must lie between 0 (paper) and 1, but it goes from {ink.min():g} to {ink.max():g}"
        )
    return ink
