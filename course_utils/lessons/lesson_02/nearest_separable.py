"""Exercise 2.2: the nearest separable kernel."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def nearest_separable(w):
    """The outer product of one column and one row that is nearest to w (kH, kW): shape (kH, kW)."""
    U, s, Vt = np.linalg.svd(w)  # w = Σ_r s[r] · outer(U[:, r], Vt[r]), largest s first
    return s[0] * np.outer(U[:, 0], Vt[0])


EXERCISE = Exercise(
    id="02.nearest_separable",
    title="The nearest separable kernel",
    minutes=7,
    difficulty=2,
    reference=nearest_separable,
    cases=[
        Case(
            np.array([[1.0, 2.0], [3.0, 6.0]]),
            note="1·(1, 2) = (1, 2) and 3·(1, 2) = (3, 6): this kernel is the column 1, 3 times "
            "the row 1, 2, already separable, and so its own answer",
        ),
        Case(
            np.array([[3.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
            note="two products of a column and a row, of size 3 and 1: keeping the 3 misses "
            "1² = 1, keeping the 1 misses 3² = 9",
        ),
        Case(
            np.array([[0.0, 0.999, 0.0], [1.0, 0.0, 0.0]]),
            note="two products of size 0.999 and 1: however near they are, the 1 is kept alone",
        ),
        Case(np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])),
        Case(rounded_normals(21, (3, 3))[0]),
        Case(rounded_normals(22, (2, 5))[0]),
        Case(rounded_normals(23, (5, 3))[0]),
    ],
    hints=[
        "The singular value decomposition writes w as a sum of outer products, sorted by size.",
        "U, s, Vt = np.linalg.svd(w). Part r is s[r] * np.outer(U[:, r], Vt[r]).",
        "Keep part 0, with its factor s[0].",
    ],
)


@EXERCISE.misconception(
    "the singular value is left out",
    "U[:, 0] and Vt[0] both have length 1. The size of the part is s[0]; without it the result "
    "always has norm 1.",
)
def _(w):
    U, _, Vt = np.linalg.svd(w)
    return np.outer(U[:, 0], Vt[0])


@EXERCISE.misconception(
    "the singular value comes in twice",
    "s[0] is the size of the whole part. Multiply the column by it or the row, not both "
    "(np.sqrt(s[0]) on each would do as well).",
)
def _(w):
    U, s, Vt = np.linalg.svd(w)
    return s[0] ** 2 * np.outer(U[:, 0], Vt[0])


@EXERCISE.misconception(
    "the square root of the singular value comes in once only",
    "np.sqrt(s[0]) on the column and np.sqrt(s[0]) on the row make s[0] together. With one of "
    "them only, the result is too small or too large by a factor of it.",
)
def _(w):
    U, s, Vt = np.linalg.svd(w)
    return np.sqrt(s[0]) * np.outer(U[:, 0], Vt[0])


@EXERCISE.misconception(
    "a column of Vt is taken for a row",
    "np.linalg.svd returns V already transposed: the directions are the rows Vt[0], Vt[1], ….",
)
def _(w):
    U, s, Vt = np.linalg.svd(w)
    return s[0] * np.outer(U[:, 0], Vt[:, 0])


@EXERCISE.misconception(
    "a row of U is taken for a column",
    "Of U the columns are the directions, U[:, 0]; of Vt, which comes transposed, the rows, Vt[0].",
)
def _(w):
    U, s, Vt = np.linalg.svd(w)
    return s[0] * np.outer(U[0], Vt[0])


@EXERCISE.misconception(
    "rows and columns are exchanged in both U and Vt",
    "Of U the columns are the directions, U[:, 0]; of Vt, which comes transposed, the rows, "
    "Vt[0]. You have taken U[0] and Vt[:, 0].",
)
def _(w):
    U, s, Vt = np.linalg.svd(w)
    return s[0] * np.outer(U[0], Vt[:, 0])


@EXERCISE.misconception(
    "the result stands transposed",
    "np.outer(column, row): the first argument runs downwards, kH of them, the second to the "
    "right. So U[:, 0] comes first and Vt[0] second.",
)
def _(w):
    return nearest_separable(w).T


@EXERCISE.misconception(
    "column and row are multiplied to one number (inner product)",
    "@ multiplies the two vectors entry by entry and adds up, to one number. Every entry of the "
    "column times every entry of the row is np.outer.",
)
def _(w):
    U, s, Vt = np.linalg.svd(w)
    return s[0] * (U[:, 0] @ Vt[0])


@EXERCISE.misconception(
    "column and row are multiplied entry by entry",
    "u * v pairs entry 0 with entry 0 and so on. Every entry of the column times every entry of "
    "the row is np.outer.",
)
def _(w):
    U, s, Vt = np.linalg.svd(w)
    return s[0] * U[:, 0] * Vt[0]


@EXERCISE.misconception(
    "the smallest part is kept instead of the largest",
    "The singular values come sorted, largest first. The nearest rank-one matrix keeps the "
    "largest (Eckart and Young, 1936).",
)
def _(w):
    U, s, Vt = np.linalg.svd(w)
    last = len(s) - 1
    return s[last] * np.outer(U[:, last], Vt[last])


@EXERCISE.misconception(
    "the second part is kept instead of the first",
    "The singular values come sorted, largest first, and Python counts from 0: the largest part "
    "is s[0], U[:, 0], Vt[0].",
)
def _(w):
    U, s, Vt = np.linalg.svd(w)
    return s[1] * np.outer(U[:, 1], Vt[1])


@EXERCISE.misconception(
    "two parts are kept",
    "Two parts come nearer to w, but they are a sum of two products. Separable means one column "
    "times one row: keep part 0 only.",
)
def _(w):
    U, s, Vt = np.linalg.svd(w)
    return (U[:, :2] * s[:2]) @ Vt[:2]


@EXERCISE.misconception(
    "all parts are kept",
    "Adding all parts gives w back. Separable means one column times one row: keep one.",
)
def _(w):
    return np.array(w, dtype=float)


@EXERCISE.misconception(
    "row sums times column sums",
    "The product of the sums, divided by the sum of all, gives a separable kernel, and the right "
    "one if w already was separable (and does not sum to zero), but in general not the nearest.",
)
def _(w):
    return np.outer(w.sum(axis=1), w.sum(axis=0)) / (w.sum() or 1.0)


@EXERCISE.misconception(
    "row means times column means",
    "The means keep of each row and column only how bright it is. Even for a separable kernel "
    "the size is not right; the nearest one comes from the singular value decomposition.",
)
def _(w):
    return np.outer(w.mean(axis=1), w.mean(axis=0))


@EXERCISE.misconception(
    "the first column times the first row",
    "This copies the first column and row exactly and pays no heed to the rest (and fails where "
    "w[0, 0] is 0). It is right if w already was separable; the nearest kernel spreads its "
    "errors over all entries.",
)
def _(w):
    return np.outer(w[:, 0], w[0]) / w[0, 0]
