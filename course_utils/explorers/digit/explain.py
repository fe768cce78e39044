"""What DigitExplorer computes: the maps, the gradient of a score, and what blanking does to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course_utils import ops
from course_utils.explorers.digit.drawing import SIDE, prepare, window
from course_utils.explorers.digit.network import Maps, Stages
from course_utils.explorers.digit.state import WINNER, DigitState
from course_utils.explorers.shared.arrays import Array

PATCH, STEP = 5, 3  # the square that is blanked, and how far it moves
PLACES = (SIDE - PATCH) // STEP + 1


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
    """How far a score falls when a patch is blanked, for every place of the patch."""
    corners = [STEP * n for n in range(PLACES)]
    windows = [(i, j) for i in corners for j in corners]
    # Blanking a patch without ink changes nothing.
    inked = [n for n, (i, j) in enumerate(windows) if seen[i : i + PATCH, j : j + PATCH].any()]
    falls = np.zeros(PLACES * PLACES)
    if inked:
        batch = np.repeat(seen[None], len(inked), axis=0)
        for picture, n in zip(batch, inked, strict=True):
            i, j = windows[n]
            picture[i : i + PATCH, j : j + PATCH] = 0
        falls[inked] = score - stages.scores(batch)[:, target]
    return falls.reshape(PLACES, PLACES)
