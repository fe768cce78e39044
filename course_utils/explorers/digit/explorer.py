"""DigitExplorer: draw a digit, watch every layer, and walk back to the pixels that mattered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils.explorers.base import Explorer
from course_utils.explorers.digit.drawing import SIDE, with_stroke
from course_utils.explorers.digit.network import Maps, Stages
from course_utils.explorers.digit.state import (
    OWN,
    PATCH,
    STEP,
    WINNER,
    DigitState,
    Read,
    explain,
    held_out,
    opening,
    shipped,
    with_changes,
)
from course_utils.explorers.shared import colours
from course_utils.explorers.shared.arrays import Array, ArrayTrait, wire
from course_utils.explorers.shared.bundle import bundle, styles
from course_utils.plotting import INPUT, OUTPUT


class DigitExplorer(Explorer[DigitState]):
    """
    Draw a digit and see what each layer of a network makes of it, and which pixels decided.

    In the page: draw with the pointer, a finger or the keys (arrows move the brush, space puts it
    down and lifts it, Enter makes a dot); take a test digit; choose the digit whose score is asked
    about, and walk its gradient back layer by layer. In Python: set the inputs below or `draw`,
    read `scores`, `answer` and `explain`.

    Parameters
    ----------
    network : nn.Module, optional
        Takes (B, 1, 32, 32) to (B, 10), its layers one after the other; the LeNet-5 that ships
        with the course if not given. Change it later by setting ``explorer.network``.
    ink : array_like, optional
        A drawing (32, 32), from 0 (paper) to 1.
    sample : int, optional
        A test digit by its number, -1 for a drawing of one's own.
    target : int, optional
        The digit whose score is explained; -1 for the one that the network answers.
    fit : bool, optional
        Whether the drawing is centred and enlarged as the training digits were.
    back : int, optional
        How many layers the gradient is walked back; after the last come the pixels.

    Raises
    ------
    TypeError
        If the network is none of `course_utils.nn`.
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

    def __init__(
        self,
        network: Any = None,
        *,
        ink: Any = None,
        sample: int | None = None,
        target: int | None = None,
        fit: bool | None = None,
        back: int | None = None,
    ) -> None:
        self._stages = shipped() if network is None else Stages(network)
        self._network_name = _name(network)
        super().__init__(ink=ink, sample=sample, target=target, fit=fit, back=back)

    inputs = ("ink", "drawn", "stroke", "sample", "target", "fit", "back")
    light = frozenset({"back"})

    _esm = bundle("digit/page.js")
    _css = styles("shared/view.css", "shared/map_sheet.css", "digit/page.css")

    ink = ArrayTrait(2, sync=False)
    drawn = traitlets.Bytes(b"").tag(
        sync=True,  # what arrives from the page is a view of the message's memory
        from_json=lambda value, widget: bytes(value) if isinstance(value, memoryview) else value,
    )
    stroke = traitlets.Unicode("").tag(sync=True)
    sample = traitlets.Any(OWN).tag(sync=True)
    target = traitlets.Any(WINNER).tag(sync=True)
    fit = traitlets.Bool(True).tag(sync=True)
    back = traitlets.Any(0).tag(sync=True)

    ink_bytes = traitlets.Bytes(b"").tag(sync=True)
    seen_bytes = traitlets.Bytes(b"").tag(sync=True)
    maps_bytes = traitlets.Bytes(b"").tag(sync=True)
    gradient_bytes = traitlets.Bytes(b"").tag(sync=True)
    occlusion_bytes = traitlets.Bytes(b"").tag(sync=True)

    @property
    def network(self) -> Any:
        """
        The network that reads.

        Returns
        -------
        nn.Module
            The network; set another one to have that read instead.
        """
        return self.state.stages.network

    @network.setter
    def network(self, network: Any) -> None:
        stages = Stages(network)
        self._stages, self._network_name = stages, _name(network)
        back = min(self.state.back, len(stages.shown))
        state = replace(self.state, stages=stages, network_name=self._network_name, back=back)
        self._settle(state, draw=True)

    @property
    def scores(self) -> Array:
        """
        One score for each digit.

        Returns
        -------
        numpy.ndarray
            Shape (10,), float64.
        """
        return explain(self.state).scores

    @property
    def answer(self) -> int:
        """
        The digit with the largest score.

        Returns
        -------
        int
            From 0 to 9.
        """
        return explain(self.state).answer

    def explain(self) -> Read:
        """
        Give the numbers that are shown.

        Returns
        -------
        Read
            See `course_utils.explorers.digit.state.explain`.
        """
        return explain(self.state)

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

    def summary(self) -> str:
        """
        Say in words and rounded numbers what is shown.

        Returns
        -------
        str
            Four lines.
        """
        state, found = self.state, explain(self.state)
        order = np.argsort(-found.probabilities, kind="stable")[:2]
        guesses = " · ".join(f"{k}: {100 * found.probabilities[k]:.0f} %" for k in order)
        i, j = np.unravel_index(int(abs(found.occlusion).argmax()), found.occlusion.shape)
        rows, columns = (f"{STEP * k}–{STEP * k + PATCH - 1}" for k in (int(i), int(j)))
        return "\n".join(
            [
                f"DigitExplorer: {_source(state)}, read by {state.network_name}",
                f"answer {found.answer} ({guesses})",
                f"score of {found.target}: {found.scores[found.target]:.1f}; without rows {rows}, "
                f"columns {columns} it is {found.scores[found.target] - found.occlusion[i, j]:.1f}",
                "layers: " + " → ".join(_shape(stage.shape) for stage in state.stages.shown),
            ]
        )

    def _begin(self) -> DigitState:
        stages = self._stages
        return DigitState(opening(), stages, self._network_name, back=len(stages.shown))

    def _next(self, state: DigitState, changes: dict[str, Any]) -> DigitState:
        return with_changes(state, changes)

    def _results(self, state: DigitState) -> dict[str, Any]:
        found = explain(state)
        _, classes = held_out()
        return {
            "drawn": b"",  # taken, or none came
            "ink_bytes": wire(state.ink),
            "seen_bytes": wire(found.seen),
            "maps_bytes": _joined(found.maps),
            "gradient_bytes": _joined(found.gradients),
            "occlusion_bytes": wire(found.occlusion),
            "facts": {
                "side": SIDE,
                "stroke": state.stroke,
                "network": state.network_name,
                "samples": len(classes),
                "sample": state.sample,
                "truth": int(classes[state.sample]) if state.sample != OWN else OWN,
                "empty": not bool(found.seen.any()),
                "place": found.place,
                "fit": state.fit,
                "stages": [_plain(stage) for stage in state.stages.shown],
                "scores": found.scores.tolist(),
                "probabilities": found.probabilities.tolist(),
                "answer": found.answer,
                "target": found.target,
                "follows": state.target == WINNER,
                "largest": [float(abs(m).max()) for m in found.maps],
                "steepest": [float(abs(g).max()) for g in found.gradients],
                "occlusion_largest": float(abs(found.occlusion).max()),
                "patch": PATCH,
                "patch_step": STEP,
            },
        }

    def _draw(self, figure: Figure) -> None:
        state, found = self.state, explain(self.state)
        axes = figure.subplots(2, 6, width_ratios=[1, 1, 1, 1, 1, 1.25])
        _paper(axes[0, 0], state.ink, _source(state), INPUT)
        _paper(axes[1, 0], found.seen, "what the network sees", INPUT)
        spatial = [k for k, maps in enumerate(found.maps) if maps.ndim == 3][:4]
        for column, k in enumerate(spatial, start=1):
            stage = state.stages.shown[k]
            _paper(axes[0, column], _mosaic(found.maps[k]), f"{stage.name}\n{_shape(stage.shape)}")
            _signed(axes[1, column], _mosaic(found.gradients[k + 1]), "gradient")
        for ax in axes[:, len(spatial) + 1 : 5].flat:
            ax.axis("off")
        bars = axes[0, 5]
        shades = [OUTPUT if k == found.target else "#999999" for k in range(10)]
        bars.barh(range(10), 100 * found.probabilities, color=shades)
        bars.set(yticks=range(10), xlim=(0, 100), xlabel="probability in %")
        bars.invert_yaxis()
        bars.set_title(f"answer: {found.answer}", color=OUTPUT, fontsize=10)
        bars.tick_params(labelsize=7)
        _signed(axes[1, 5], found.gradients[0][0], f"what moves the score of {found.target}")


def _name(network: Any) -> str:
    return "LeNet-5 as shipped" if network is None else "your network"


def _source(state: DigitState) -> str:
    return "a drawing" if state.sample == OWN else f"test digit {state.sample}"


def _shape(shape: tuple[int, ...]) -> str:
    return " × ".join(str(n) for n in shape)


def _joined(maps: list[Maps]) -> bytes:
    """One after the other, four bytes a number: the precision that the network computes in."""
    return b"".join(np.ascontiguousarray(m, dtype="<f4").tobytes() for m in maps)


def _plain(stage: Any) -> dict[str, Any]:
    return {**vars(stage), "shape": list(stage.shape)}


def _mosaic(maps: Maps) -> Array:
    """Maps side by side, at most three or four in a row, a line of NaN between them."""
    C, H, W = maps.shape
    columns = 3 if C <= 6 else int(np.ceil(np.sqrt(C)))
    rows = -(-C // columns)
    sheet = np.full((rows * (H + 1) - 1, columns * (W + 1) - 1), np.nan)
    for c in range(C):
        i, j = divmod(c, columns)
        sheet[i * (H + 1) : i * (H + 1) + H, j * (W + 1) : j * (W + 1) + W] = maps[c]
    return sheet


def _paper(axes: Axes, values: Array, title: str, colour: str = "black") -> None:
    largest = float(np.nanmax(abs(values))) or 1.0
    axes.imshow(values, cmap="gray_r", vmin=0, vmax=largest, interpolation="nearest")
    _frame(axes, title, colour)


def _signed(axes: Axes, values: Array, title: str) -> None:
    largest = float(np.nanmax(abs(values))) or 1.0
    shades = colours.pixels(np.nan_to_num(values), colours.Scale(True, -largest, largest))
    axes.imshow(shades, interpolation="nearest")
    _frame(axes, title, "black")


def _frame(axes: Axes, title: str, colour: str) -> None:
    axes.set_title(title, color=colour, fontsize=8)
    axes.set_xticks([])
    axes.set_yticks([])
