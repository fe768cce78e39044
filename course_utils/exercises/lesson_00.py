"""The toy exercise of lesson 00, on which the answers are shown."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.exercises import Case, Exercise, Misconception

Array = npt.NDArray[np.float64]


def neighbour_mean(x: Array) -> Array:
    """Mean of each two neighbouring values of x (N,): shape (N - 1,)."""
    return (x[:-1] + x[1:]) / 2


def _sum_of_neighbours(x: Array) -> Array:
    return x[:-1] + x[1:]


def _difference_of_neighbours(x: Array) -> Array:
    return x[1:] - x[:-1]


def _wraps_around(x: Array) -> Array:
    return (x + np.roll(x, -1)) / 2


def _mean_of_all(x: Array) -> Array:
    return np.asarray(np.mean(x))


NEIGHBOUR_MEAN = Exercise(
    id="00.neighbour_mean",
    title="The mean of neighbours",
    minutes=2,
    difficulty=1,
    reference=neighbour_mean,
    cases=[
        Case(np.array([1.0, 3.0, 8.0]), note="(1 + 3)/2 = 2 and (3 + 8)/2 = 5.5"),
        Case(np.array([4.0, 6.0]), note="(4 + 6)/2 = 5"),
        Case(np.array([1, 2, 4, 8])),
        Case(np.random.default_rng(1).normal(size=9).round(2)),
    ],
    misconceptions=[
        Misconception(
            "the sum is not divided",
            _sum_of_neighbours,
            "The mean of two numbers is their sum divided by 2.",
        ),
        Misconception(
            "the difference is taken instead of the mean",
            _difference_of_neighbours,
            "The mean adds the neighbours, and divides by 2.",
        ),
        Misconception(
            "the last value is paired with the first",
            _wraps_around,
            "N values have N − 1 pairs of neighbours; the last value has none to its right.",
        ),
        Misconception(
            "one mean of all values",
            _mean_of_all,
            "Each pair of neighbours has its own mean: N − 1 numbers.",
        ),
    ],
    hints=[
        "x[:-1] is x without its last value, and x[1:] is x without its first.",
        "Laid above each other, those two hold all pairs of neighbours.",
        "Add the two and divide by 2.",
    ],
    seconds=1.0,
)

EXERCISES = [NEIGHBOUR_MEAN]
