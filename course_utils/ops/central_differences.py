"""Differences of a loss about a number: across it, to its two sides, and by smaller steps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Float64Array: TypeAlias = npt.NDArray[np.float64]

Loss: TypeAlias = Callable[[Float64Array], tuple[float, float]]
"""Of a varied argument: L, and the sum of the sizes of its summands, which it is rounded like."""

_SMALLER = 16.0
_ROUNDINGS = 16  # of the sum of sizes, in units of its last digit


class Point(NamedTuple):
    """A number in an argument that the loss depends on."""

    loss: Loss
    x: Float64Array
    place: tuple[int, ...]

    def step(self, step: float) -> float:
        """Give a step that follows the size of the number, which it changes by exactly that."""
        value = float(self.x[self.place])
        return value + step * max(1.0, abs(value)) - value

    def moved(self, h: float) -> tuple[float, float, float]:
        """Change the number by h: what it becomes, and what the loss does."""
        varied = np.array(self.x)
        varied[self.place] += h
        return float(varied[self.place]), *self.loss(varied)

    def across(self, h: float) -> float:
        """Give the slope from h below to h above, divided by the true distance, as rounded."""
        (above, high, _), (below, low, _) = self.moved(h), self.moved(-h)
        return _quotient(high - low, above - below)

    def sides(self, h: float) -> tuple[float, float]:
        """Give the slope to the left and the slope to the right."""
        (above, high, _), (x, middle, _), (below, low, _) = map(self.moved, (h, 0.0, -h))
        return _quotient(middle - low, x - below), _quotient(high - middle, above - x)

    def noise(self, h: float) -> float:
        """Bound what rounding adds to a slope, if the operation rounds as a sum does."""
        return _ROUNDINGS * float(np.finfo(np.float64).eps) * self.moved(0.0)[2] / h


def error(analytic: float, numerical: float) -> float:
    """Give the distance of two slopes, relative where they are beyond 1."""
    return abs(analytic - numerical) / max(1.0, abs(analytic), abs(numerical))


def _smaller_steps(
    point: Point, analytic: float, step: float, tolerance: float
) -> Iterator[tuple[float, float]]:
    """Give steps down to the size of the number times `step`, and slopes by them.

    It ends where rounding would leave a slope too few digits.
    """
    value = abs(float(point.x[point.place]))
    least, h = step * min(1.0, value or 1.0), point.step(step)
    while h > least * (1 + 1e-3):
        h = max(h / _SMALLER, least)
        slope = point.across(h)
        size = np.nanmax([1.0, abs(analytic), abs(slope)])
        if h < step and not 2 * point.noise(h) <= tolerance * size:
            return
        yield h, slope


def by_smaller_steps(point: Point, analytic: float, step: float, tolerance: float) -> float | None:
    """
    Give the slope by the first smaller step that confirms a gradient, or None.

    A loss that does not change at all confirms nothing: its changes may be lost to rounding.
    """
    for _, slope in _smaller_steps(point, analytic, step, tolerance):
        if error(analytic, slope) <= tolerance and slope != 0:
            return slope
    return None


def kink(point: Point, analytic: float, step: float, tolerance: float) -> str:
    """Say in words that there is no derivative at a point; an empty text if that cannot be seen.

    Where it is smooth, the slopes to the two sides differ in proportion to the step.
    """
    first = point.step(step)
    smaller = _smaller_steps(point, analytic, step, tolerance)
    h = min((first, *(h for h, _ in smaller)))
    left, right = point.sides(h)
    further_left, further_right = point.sides(_SMALLER * h)
    gap = abs(right - left)
    seen = max(tolerance * max(1.0, abs(left), abs(right)), 2 * point.noise(h))
    if gap > seen and 4 * gap > abs(further_right - further_left):
        slopes = f"the slope is {left:.6g} to the left and {right:.6g} to the right"
        low, high = sorted((left, right))
        if low - seen <= analytic <= high + seen:
            return (
                f"a kink or a tie: {slopes}, and the gradient {analytic:.6g} is one of them or "
                "between; there is no derivative to compare it with, so check somewhere else"
            )
        return f"the gradient is {analytic:.10g}, but {slopes}, as at a kink or a tie"
    near = first / _SMALLER
    slope = point.across(near)
    if error(analytic, slope) <= tolerance and 2 * point.noise(near) <= tolerance:
        return (
            f"a kink or a tie nearby: the gradient {analytic:.6g} is the slope for a step of "
            f"{near:.1e}, but not for one of {first:.1e}; check somewhere else"
        )
    return ""


def _quotient(change: float, distance: float) -> float:
    return change / distance if distance else math.nan
