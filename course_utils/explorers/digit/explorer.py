"""DigitExplorer: draw a digit, watch every layer, and walk back to the pixels that mattered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import traitlets

from course_utils import nn
from course_utils.explorers.base import Explorer
from course_utils.explorers.digit.drawing import SIDE, with_stroke
from course_utils.explorers.digit.explain import PATCH, STEP, Read, explain
from course_utils.explorers.digit.network import Maps
from course_utils.explorers.digit.snapshot import draw_snapshot
from course_utils.explorers.digit.state import (
    OWN,
    SHIPPED,
    WINNER,
    DigitState,
    held_out,
    opening,
    shipped,
    with_changes,
)
from course_utils.explorers.options import ArrayOption, option
from course_utils.explorers.shared.arrays import Array, wire
from course_utils.explorers.shared.number_text import by


class DigitExplorer(Explorer[DigitState, Read]):
    """
    Draw a digit and see what each layer of a network makes of it, and which pixels decided.

    In the page: draw with the pointer, a finger or the keys (arrows move the brush, space puts it
    down and lifts it, Enter makes a dot); take a test digit; choose the digit whose score is asked
    about, and walk its gradient back layer by layer. In Python: set the inputs below or `draw`,
    read `scores`, `answer` and `explain`.

    Raises
    ------
    TypeError
        If the network is not one of `course_utils.nn`.
    ValueError
        If an input or the network does not fit; the message says why.

    Examples
    --------
    >>> explorer = DigitExplorer()
    >>> explorer.clear()
    >>> explorer.draw([(6, 15), (26, 15)])
    >>> explorer.answer
    1
    >>> explorer.explain().gradients[0].shape
    (1, 32, 32)
    """

    network: nn.Module = option(
        default=None,
        kw_only=False,
        fact=False,
        sync=False,
        takes="nn.Module",
        doc="Takes (B, 1, 32, 32) to (B, 10), its layers one after the other; the LeNet-5 that "
        "ships with the course if not given. Change it later by setting ``explorer.network``.",
    )
    ink: ArrayOption = option(
        default=None, ndim=2, sync=False, doc="A drawing (32, 32), from 0 (paper) to 1."
    )
    drawn: bytes = option(default=b"", init=False, fact=False, doc="A drawing from the page.")
    stroke: str = option(default="", init=False, doc="The page's name for its last stroke.")
    sample: int = option(default=OWN, doc="A test digit by its number, -1 for a drawing.")
    target: int = option(
        default=WINNER,
        fact=False,
        doc="The digit whose score is explained; -1 for the one that the network answers.",
    )
    fit: bool = option(
        default=True,
        doc="Whether the drawing is centred and enlarged as the training digits were.",
    )
    back: int = option(
        default=None,
        light=True,
        doc="How many layers the gradient is walked back; after the last come the pixels, where "
        "it is walked if not given.",
    )

    ink_bytes = traitlets.Bytes(b"").tag(sync=True)
    seen_bytes = traitlets.Bytes(b"").tag(sync=True)
    maps_bytes = traitlets.Bytes(b"").tag(sync=True)
    gradient_bytes = traitlets.Bytes(b"").tag(sync=True)
    occlusion_bytes = traitlets.Bytes(b"").tag(sync=True)

    _next = staticmethod(with_changes)
    _explain = staticmethod(explain)
    _draw = staticmethod(draw_snapshot)
    _found_facts = "place scores probabilities answer target"

    @property
    def scores(self) -> Array:
        """One score for each digit (10,)."""
        return self.explain().scores

    @property
    def answer(self) -> int:
        """The digit with the largest score."""
        return self.explain().answer

    def draw(self, points: Sequence[tuple[float, float]], width: float = 3.0) -> None:
        """
        Draw a line through points, as with the pointer.

        Parameters
        ----------
        points : sequence of tuple of float
            Rows and columns, from 0 to 31.
        width : float, optional
            Of the brush, in pixels.

        Raises
        ------
        ValueError
            If there is no point.
        """
        if not points:
            raise ValueError("draw: there is no point to draw through")
        ink = self.state.ink
        for start, end in zip(points, [*points[1:], points[-1]], strict=True):
            ink = with_stroke(ink, start, end, width)
        self.update(ink=ink)

    def clear(self) -> None:
        """Leave the paper empty."""
        self.update(ink=np.zeros((SIDE, SIDE)))

    def reset(self) -> None:
        """Go back to the opening drawing; the network stays."""
        with self._alone:
            now, back = self.state, len(self.state.stages.shown)
            state = replace(self._begin(), stages=now.stages, network_name=now.network_name)
            self._settle(replace(state, back=back), draw=True)

    def _start(self) -> DigitState:
        stages = shipped()
        return DigitState(opening(), stages, SHIPPED, back=len(stages.shown))

    def _version(self) -> int:
        return self.state.stages.checksum()

    def _bytes(self) -> dict[str, Any]:
        state, found = self.state, self.explain()
        return {
            "drawn": b"",  # taken, or none came
            "ink_bytes": wire(state.ink),
            "seen_bytes": wire(found.seen),
            "maps_bytes": _joined(found.maps),
            "gradient_bytes": _joined(found.gradients),
            "occlusion_bytes": wire(found.occlusion),
        }

    def _facts(self) -> dict[str, Any]:
        state, found = self.state, self.explain()
        _, classes = held_out()
        return {
            "side": SIDE,
            "network": state.network_name,
            "samples": len(classes),
            "truth": int(classes[state.sample]) if state.sample != OWN else OWN,
            "empty": not bool(found.seen.any()),
            "stages": [{**vars(stage), "shape": list(stage.shape)} for stage in state.stages.shown],
            "follows": state.target == WINNER,
            "largest": [float(abs(m).max()) for m in found.maps],
            "steepest": [float(abs(g).max()) for g in found.gradients],
            "occlusion_largest": float(abs(found.occlusion).max()),
            "patch": PATCH,
            "patch_step": STEP,
        }

    def _words(self) -> list[str]:
        state, found = self.state, self.explain()
        order = np.argsort(-found.probabilities, kind="stable")[:2]
        guesses = " · ".join(f"{k}: {100 * found.probabilities[k]:.0f} %" for k in order)
        i, j = np.unravel_index(int(abs(found.occlusion).argmax()), found.occlusion.shape)
        rows, columns = (f"{STEP * k}–{STEP * k + PATCH - 1}" for k in (int(i), int(j)))
        score = found.scores[found.target]
        return [
            f"DigitExplorer: {state.source}, read by {state.network_name}",
            f"answer {found.answer} ({guesses})",
            f"score of {found.target}: {score:.1f}; without rows {rows}, "
            f"columns {columns} it is {score - found.occlusion[i, j]:.1f}",
            "layers: " + " → ".join(by(stage.shape) for stage in state.stages.shown),
        ]


def _joined(maps: list[Maps]) -> bytes:
    """One after the other, four bytes a number: the precision that the network computes in."""
    return b"".join(np.ascontiguousarray(m, dtype="<f4").tobytes() for m in maps)
