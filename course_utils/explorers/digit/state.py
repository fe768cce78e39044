"""The state of DigitExplorer and what follows from it: pure functions, no widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils import data, ops
from course_utils.explorers.digit.drawing import SIDE, prepare, window, with_stroke
from course_utils.explorers.digit.network import Maps, Stages
from course_utils.explorers.shared.arrays import Array, numbers, short
from course_utils.nn.models.trained import trained_lenet5

OWN = -1  # no test digit: a drawing
WINNER = -1  # the class that is explained is the one with the largest score
PATCH, STEP = 5, 3  # the square that is blanked, and how far it moves
# A three whose ends are not far from closing it to an eight.
THREE = (
    (8, 8), (6, 11), (5, 14), (6, 17), (9, 18), (11, 17), (13, 13), (15, 17), (18, 19), (21, 18),
    (24, 15), (25, 12), (24, 9), (22, 7),
)  # fmt: skip
PLACES = (SIDE - PATCH) // STEP + 1


@dataclass(frozen=True, eq=False)
class DigitState:
    """
    Everything that DigitExplorer shows, as one value.

    ``back`` is the number of layers that the gradient has been walked back. ``stroke`` names the
    last stroke that the page sent.
    """

    ink: Array
    stages: Stages
    network_name: str
    sample: int = OWN
    target: int = WINNER
    fit: bool = True
    back: int = 0
    stroke: str = ""


@dataclass(frozen=True, eq=False)
class Read:
    """What `explain` finds."""

    seen: Array
    place: tuple[float, float, float] | None
    maps: list[Maps]
    scores: Array
    probabilities: Array
    answer: int
    target: int
    gradients: list[Maps]
    occlusion: Array


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


def explain(state: DigitState) -> Read:
    """Read the drawing, walk one score back to its pixels, and blank it patch by patch.

    The gradient is ∂z_c/∂(output of each layer) and ∂z_c/∂x, from the layers' own backward passes.
    The occlusion map is z_c(x) − z_c(x with a patch of 5 × 5 set to paper), for every third place
    in both directions, all places in one batch.
    """
    seen = prepare(state.ink, state.fit)
    with state.stages.alone:  # a backward belongs to the forward before it
        maps = state.stages.forward(seen)
        scores = maps[-1].astype(np.float64)
        answer = int(scores.argmax())
        target = answer if state.target == WINNER else state.target
        gradients = state.stages.backward(target)
    return Read(
        seen=seen,
        place=window(state.ink) if state.fit else None,
        maps=maps,
        scores=scores,
        probabilities=ops.softmax(scores[None], dim=1)[0],
        answer=answer,
        target=target,
        gradients=gradients,
        occlusion=occlusion(state.stages, seen, scores[target], target),
    )


def occlusion(stages: Stages, seen: Array, score: float, target: int) -> Array:
    """Fall of a score when a patch of the picture is blanked, for every place of the patch."""
    corners = [STEP * n for n in range(PLACES)]
    windows = [(i, j) for i in corners for j in corners]
    # A patch without ink changes nothing, and need not be asked about.
    inked = [n for n, (i, j) in enumerate(windows) if seen[i : i + PATCH, j : j + PATCH].any()]
    falls = np.zeros(PLACES * PLACES)
    if inked:
        batch = np.repeat(seen[None], len(inked), axis=0)
        for picture, n in zip(batch, inked, strict=True):
            i, j = windows[n]
            picture[i : i + PATCH, j : j + PATCH] = 0
        falls[inked] = score - stages.scores(batch)[:, target]
    return falls.reshape(PLACES, PLACES)


def with_changes(state: DigitState, changes: Mapping[str, Any]) -> DigitState:
    """Apply changes to a state."""
    new = state
    if "sample" in changes and changes["sample"] != OWN:
        pictures, _ = held_out()
        sample = _whole("sample", changes["sample"], OWN, len(pictures) - 1)
        new = replace(new, ink=pictures[sample], sample=sample, stroke="")
    if "ink" in changes:
        new = replace(new, ink=_ink(changes["ink"]), sample=OWN, stroke="")
    if changes.get("drawn"):
        raw = np.frombuffer(changes["drawn"], dtype=np.uint8)
        if raw.size != SIDE * SIDE:
            raise ValueError(f"the drawing is damaged: {raw.size} pixels, not {SIDE * SIDE}")
        ink = numbers(raw.reshape(SIDE, SIDE) / 255, "ink", 2)
        new = replace(new, ink=ink, sample=OWN, stroke=str(changes.get("stroke", "")))
    if "target" in changes:
        new = replace(new, target=_whole("target", changes["target"], WINNER, 9))
    if "fit" in changes:
        if not isinstance(changes["fit"], bool | np.bool_):
            raise ValueError(f"fit must be True or False, not {short(changes['fit'])}")
        new = replace(new, fit=bool(changes["fit"]))
    if "back" in changes:
        new = replace(new, back=_whole("back", changes["back"], 0, len(state.stages.shown)))
    return new


def _ink(value: Any) -> Array:
    ink = numbers(value, "ink", 2)
    if ink.shape != (SIDE, SIDE):
        raise ValueError(f"ink must have {SIDE} × {SIDE} pixels, but its shape is {ink.shape}")
    if ink.min() < 0 or ink.max() > 1:
        raise ValueError(
            f"ink must lie between 0 (paper) and 1, but it goes from {ink.min():g} to {ink.max():g}"
        )
    return ink


def _whole(name: str, value: Any, low: int, high: int) -> int:
    words = f"{name} must be a whole number from {low} to {high}"
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise ValueError(f"{words}, not {short(value)}")
    if not low <= value <= high:
        raise ValueError(f"{words}, not {value}")
    return int(value)
