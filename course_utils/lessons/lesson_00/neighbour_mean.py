"""The toy exercise of lesson 00: the mean of two neighbours."""

import numpy as np

from course_utils.exercises import Case, Exercise


def neighbour_mean(x):
    """Mean of each two neighbouring values of x (N,): shape (N - 1,)."""
    return (x[:-1] + x[1:]) / 2


EXERCISE = Exercise(
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
    hints=[
        "x[:-1] is x without its last value, and x[1:] is x without its first.",
        "Laid above each other, those two hold all pairs of neighbours.",
        "Add the two and divide by 2.",
    ],
    seconds=1.0,
)


@EXERCISE.misconception(
    "the sum is not divided", "The mean of two numbers is their sum divided by 2."
)
def _(x):
    return x[:-1] + x[1:]


@EXERCISE.misconception(
    "the difference is taken instead of the mean", "The mean adds the neighbours, and divides by 2."
)
def _(x):
    return x[1:] - x[:-1]


@EXERCISE.misconception(
    "the last value is paired with the first",
    "N values have N − 1 pairs of neighbours; the last value has none to its right.",
)
def _(x):
    return (x + np.roll(x, -1)) / 2


@EXERCISE.misconception(
    "one mean of all values", "Each pair of neighbours has its own mean: N − 1 numbers."
)
def _(x):
    return np.mean(x)


@EXERCISE.misconception(
    "only the second of the two is divided",
    "Division comes before addition, as in a + b/2. Brackets make one sum of it first: (a + b)/2.",
)
def _(x):
    return x[:-1] + x[1:] / 2


@EXERCISE.misconception(
    "as many places as x has, the last of them empty",
    "N values have N − 1 pairs of neighbours, so y has that many places: np.zeros(len(x) - 1).",
)
def _(x):
    return np.append((x[:-1] + x[1:]) / 2, 0.0)


@EXERCISE.misconception(
    "the return stands inside the loop: one number comes back",
    "The function returns in the first round of the loop, with the first mean alone. Keep each "
    "mean in an array, and indent return as far as the for, so that it comes after the loop.",
)
def _(x):
    return (x[0] + x[1]) / 2


@EXERCISE.misconception(
    "the return stands inside the loop: one place is filled",
    "The function returns in the first round of the loop, and the other places are still zero. "
    "Indent return as far as the for, so that it comes after the loop.",
)
def _(x):
    y = np.zeros(len(x) - 1)
    y[0] = (x[0] + x[1]) / 2
    return y


@EXERCISE.misconception(
    "each value is paired with the one before it, the first with the last",
    "x[i - 1] is the last value of x where i is 0. Value i and its neighbour to the right are "
    "x[i] and x[i + 1].",
)
def _(x):
    return (np.roll(x, 1) + x)[:-1] / 2
