"""Exercise 10.4: what the paths of each length bring."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def paths_by_length(g, jacobians, scale):
    """Row k: sum of all paths through k of L branches; jacobians (L, n, n), g (n,): (L + 1, n)."""
    sums = np.zeros((len(jacobians) + 1, len(g)))
    sums[0] = g  # before any block there is one path, and it has crossed no branch
    for J in jacobians[::-1]:  # the last block is passed first
        by_branch = sums[:-1] @ J  # all of these have crossed one branch more
        sums *= scale  # the others take the skip
        sums[1:] += by_branch
    return sums


EXERCISE = Exercise(
    id="10.paths_by_length",
    title="All the paths, sorted by length",
    minutes=12,
    difficulty=3,
    reference=paths_by_length,
    cases=[
        Case(
            np.array([1.0, 0.0]),
            np.array([[[0.0, 2.0], [0.0, 0.0]]]),
            3.0,
            note="one block, two paths: by the skip 3g = 3, 0, by the branch g J = 0, 2",
        ),
        Case(
            np.array([1.0]),
            np.array([[[10.0]], [[100.0]]]),
            2.0,
            note=(
                "four paths: two skips 2·2 = 4; one branch and one skip, 10·2 + 2·100 = 220; both "
                "branches 1000"
            ),
        ),
        Case(
            np.array([1, -1]),
            np.array([[[1, 2], [0, 1]], [[0, 1], [3, 0]]]),
            2.0,
        ),
        Case(
            np.array([1.0]),
            np.ones((3, 1, 1)),
            0.5,
            note="eight paths, those through k branches alike: 1·0.5³, 3·0.5², 3·0.5, 1",
        ),
        Case(*rounded_normals(41, (3,), (4, 3, 3)), 0.5),
        Case(*rounded_normals(42, (4,), (3, 4, 4)), 1.1),
        Case(*rounded_normals(43, (2,), (5, 2, 2)), 1.0),
        Case(*rounded_normals(44, (3,), (2, 3, 3)), 0.0),
        Case(np.array([2.0, -1.0]), np.zeros((0, 2, 2)), 3.0, note="no block at all: one path, g"),
    ],
    hints=[
        "Keep L + 1 rows, one for each number of branches crossed so far. At the start all of g "
        "stands in row 0.",
        "At a block every path splits in two. By the skip it stays in its row, times λ; by the "
        "branch it becomes row @ J, and moves to the next row.",
        "So for each J, from the last block to the first, the new row k is "
        "scale * sums[k] + sums[k - 1] @ J, with the *old* rows on the right.",
    ],
)


@EXERCISE.misconception(
    "the blocks in forward order", "On the way back the last block comes first: jacobians[::-1]."
)
def _(g, jacobians, scale):
    return paths_by_length(g, jacobians[::-1], scale)


@EXERCISE.misconception(
    "the Jacobian is not transposed",
    "∂L/∂x[s] = Σ_t g[t] J[t, s]: that is g @ J, or J.T @ g. J @ g would be the way forward.",
)
def _(g, jacobians, scale):
    return paths_by_length(g, jacobians.transpose(0, 2, 1), scale)


@EXERCISE.misconception(
    "not transposed, and in forward order",
    "Back through a product means the transposed factors in the opposite order.",
)
def _(g, jacobians, scale):
    return paths_by_length(g, jacobians.transpose(0, 2, 1)[::-1], scale)


@EXERCISE.misconception("λ is left out", "Each of the L − k skips on a path multiplies it by λ.")
def _(g, jacobians, scale):
    return paths_by_length(g, jacobians, 1.0)


@EXERCISE.misconception(
    "λ at the branches instead of the skips",
    "λ belongs to the skip: a path through k branches has the factor λ^(L − k), not λ^k.",
)
def _(g, jacobians, scale):
    return paths_by_length(g, scale * jacobians, 1.0)


@EXERCISE.misconception(
    "λ at both ways",
    "λ belongs to the skip alone: first multiply the old rows by λ, then add what comes by the "
    "branch, not the other way round.",
)
def _(g, jacobians, scale):
    return paths_by_length(g, scale * jacobians, scale)


@EXERCISE.misconception(
    "a block is crossed more than once",
    "The row above was already the new one when it was used, so its paths cross this branch "
    "twice. Compute all new rows from the old ones, or go from the last row to the first.",
)
def _(g, jacobians, scale):
    sums = np.zeros((len(jacobians) + 1, len(g)))
    sums[0] = g
    for J in jacobians[::-1]:
        for k in range(len(sums)):
            sums[k] = scale * sums[k] + (sums[k - 1] @ J if k else 0)
    return sums


@EXERCISE.misconception(
    "the rows are changed from the front",
    "Row k − 1 was already the new one when row k used it, so its paths cross this branch twice. "
    "Go from the last row to the first, or compute all new rows from the old ones.",
)
def _(g, jacobians, scale):
    sums = np.zeros((len(jacobians) + 1, len(g)))
    sums[0] = g
    for J in jacobians[::-1]:
        for k in range(1, len(sums)):
            sums[k] = scale * sums[k] + sums[k - 1] @ J
        sums[0] = scale * sums[0]
    return sums


@EXERCISE.misconception(
    "the skip leaves its row as it was",
    "By the skip a path stays in its row, but it is multiplied by λ. Where the row is then "
    "added to, λ must not act on what comes by the branch.",
)
def _(g, jacobians, scale):
    sums = np.zeros((len(jacobians) + 1, len(g)))
    sums[0] = g
    for J in jacobians[::-1]:
        sums[1:] += sums[:-1] @ J
    return sums * scale


@EXERCISE.misconception(
    "sorted by the number of skips",
    "Row k belongs to the paths through k *branches*; the one through skips only comes first.",
)
def _(g, jacobians, scale):
    return paths_by_length(g, jacobians, scale)[::-1]


@EXERCISE.misconception(
    "everything is added up",
    "The sum over all rows is the gradient. Asked for are the L + 1 rows, one for each length.",
)
def _(g, jacobians, scale):
    return paths_by_length(g, jacobians, scale).sum(axis=0)


@EXERCISE.misconception(
    "the path through no branch is left out", "k begins at 0: one path takes every skip."
)
def _(g, jacobians, scale):
    return paths_by_length(g, jacobians, scale)[1:]


@EXERCISE.misconception(
    "the path through every branch is left out",
    "One path crosses all L branches, so there are L + 1 rows.",
)
def _(g, jacobians, scale):
    return paths_by_length(g, jacobians, scale)[: max(len(jacobians), 1)]


@EXERCISE.misconception(
    "only the two outermost paths",
    "All branches, or all skips: those are two paths of 2^L. Between them lie all the others.",
)
def _(g, jacobians, scale):
    sums = paths_by_length(g, jacobians, scale)
    sums[1:-1] = 0
    return sums


@EXERCISE.misconception(
    "one path for each length",
    "Many paths cross k branches: the k can be any of the L. This takes the last k blocks only.",
)
def _(g, jacobians, scale):
    L = len(jacobians)
    rows, path = [scale**L * g], g
    for k, J in enumerate(jacobians[::-1], start=1):
        path = path @ J
        rows.append(scale ** (L - k) * path)
    return np.array(rows, dtype=float)


@EXERCISE.misconception(
    "paths through at most k branches", "Row k has the paths through *exactly* k branches."
)
def _(g, jacobians, scale):
    return paths_by_length(g, jacobians, scale).cumsum(axis=0)


@EXERCISE.misconception(
    "divided by the number of paths", "Nothing is averaged: contributions along paths add."
)
def _(g, jacobians, scale):
    return paths_by_length(g, jacobians, scale) / 2 ** len(jacobians)


@EXERCISE.misconception(
    "norms instead of gradients", "Row k is itself a gradient, with n numbers. Norms come later."
)
def _(g, jacobians, scale):
    return np.linalg.norm(paths_by_length(g, jacobians, scale), axis=1)


@EXERCISE.misconception(
    "the first block is left out", "All L blocks are passed, down to the one with index 0."
)
def _(g, jacobians, scale):
    sums = np.zeros((len(jacobians) + 1, len(g)))
    sums[: max(len(jacobians), 1)] = paths_by_length(g, jacobians[1:], scale)
    return sums


@EXERCISE.misconception(
    "the fractions are cut off",
    "np.zeros_like of an array of integers, or dtype=int, cuts off what is written into it. "
    "np.zeros((L + 1, n)) makes floats.",
)
def _(g, jacobians, scale):
    return paths_by_length(g, jacobians, scale).astype(int)
