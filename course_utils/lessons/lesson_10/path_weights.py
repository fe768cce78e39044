"""Exercise 10.4: how many paths, and how heavy."""

from math import comb, factorial

import numpy as np

from course_utils.exercises import Case, Exercise


def path_weights(L, scale):
    """For k = 0 … L: how many paths go through k of L branches, times scale for each skip."""
    from math import comb  # comb(L, k): ways to choose k of L

    return np.array([comb(L, k) * scale ** (L - k) for k in range(L + 1)], dtype=float)


EXERCISE = Exercise(
    id="10.path_weights",
    title="How many paths, and how heavy",
    minutes=5,
    difficulty=2,
    reference=path_weights,
    cases=[
        Case(
            2, 3.0, note="9 for two skips, 2·3 for one skip, in either block, 1 for none: 9, 6, 1"
        ),
        Case(1, 0.5, note="the skip or the branch: 0.5, 1"),
        Case(3, 1.0, note="1, 3, 3, 1: eight paths"),
        Case(4, 0.5),
        Case(7, 1.5),
        Case(3, 0.0),
        Case(0, 3.0, note="no block at all: one path, which takes no skip: 1"),
    ],
    hints=[
        "A path that goes through k branches takes the skip in the other L − k blocks.",
        "In how many ways can k of L blocks be chosen? comb(L, k) of the module math counts them.",
        "An array of comb(L, k) * scale ** (L - k) for k from 0 to L, both included.",
    ],
)


@EXERCISE.misconception("λ is left out", "Each of the L − k skips on a path multiplies it by λ.")
def _(L, scale):
    return np.array([comb(L, k) for k in range(L + 1)], dtype=float)


@EXERCISE.misconception(
    "paths are not counted",
    "There are L!/(k!(L − k)!) ways to choose the k branches among L blocks.",
)
def _(L, scale):
    return np.array([scale ** (L - k) for k in range(L + 1)], dtype=float)


@EXERCISE.misconception(
    "λ for each branch instead of each skip",
    "k counts branches; the other L − k blocks are passed by their skips, with λ each.",
)
def _(L, scale):
    return path_weights(L, scale)[::-1]


@EXERCISE.misconception(
    "the path through no branch is left out", "k begins at 0: one path takes every skip."
)
def _(L, scale):
    return path_weights(L, scale)[1:]


@EXERCISE.misconception("λ^L for every path", "A path through k branches takes L − k skips, not L.")
def _(L, scale):
    return np.array([comb(L, k) * scale**L for k in range(L + 1)], dtype=float)


@EXERCISE.misconception(
    "λ times the number of skips", "The factors multiply: λ^(L − k), not λ·(L − k)."
)
def _(L, scale):
    return np.array([comb(L, k) * scale * (L - k) for k in range(L + 1)], dtype=float)


@EXERCISE.misconception(
    "the order of the branches is counted",
    "The blocks stand in a fixed order, so a path is a *set* of branches: divide by k!.",
)
def _(L, scale):
    result, count = [], 1
    for k in range(L + 1):
        result.append(count * scale ** (L - k))
        count *= L - k
    return np.array(result, dtype=float)


@EXERCISE.misconception(
    "2^k paths", "2^L paths in all; those through exactly k branches are L!/(k!(L − k)!)."
)
def _(L, scale):
    return np.array([2**k * scale ** (L - k) for k in range(L + 1)], dtype=float)


@EXERCISE.misconception(
    "divided by the number of paths", "Nothing is averaged: contributions along paths add."
)
def _(L, scale):
    return path_weights(L, scale) / 2**L


@EXERCISE.misconception(
    "the path through every branch is left out",
    "range(L) ends at L − 1. One path goes through all L branches, so there are L + 1 terms.",
)
def _(L, scale):
    return path_weights(L, scale)[:-1]


@EXERCISE.misconception(
    "the terms are added up",
    "(1 + λ)^L is their sum. Asked for are the L + 1 terms, one for each k.",
)
def _(L, scale):
    return float(path_weights(L, scale).sum())


@EXERCISE.misconception(
    "λ once for every path", "A path takes L − k skips, and each multiplies it by λ: λ^(L − k)."
)
def _(L, scale):
    return np.array([comb(L, k) * scale for k in range(L + 1)], dtype=float)


@EXERCISE.misconception(
    "the fractions are cut off",
    "An array of integers cuts off what is written into it. np.zeros(L + 1) makes floats.",
)
def _(L, scale):
    return path_weights(L, scale).astype(int)


@EXERCISE.misconception(
    "λ squared",
    "These are the weights of the paths themselves, λ^(L − k). Squares come in where norms are "
    "added.",
)
def _(L, scale):
    return path_weights(L, scale**2)


@EXERCISE.misconception(
    "L!/k! paths", "The skips have no order either: divide by (L − k)! as well."
)
def _(L, scale):
    return np.array([factorial(L) * scale ** (L - k) / factorial(k) for k in range(L + 1)])
