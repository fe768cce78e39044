"""Exercise 1.5: the Toeplitz matrix."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def toeplitz_full(w, N):
    """Matrix A with A @ x == full convolution of x (N,) and w (F,): shape (N + F - 1, N)."""
    F = len(w)
    A = np.zeros((N + F - 1, N))
    for s in range(N):
        A[s : s + F, s] = w  # column s: what an impulse at s gives, which is w, s steps down
    return A


EXERCISE = Exercise(
    id="01.toeplitz_full",
    title="The matrix of a convolution",
    minutes=8,
    difficulty=2,
    reference=toeplitz_full,
    cases=[
        Case(
            np.array([1.0, 10.0]),
            3,
            note="3 + 2 − 1 = 4 rows; an impulse at 0 gives the column 1, 10, 0, 0, "
            "at 1 the column 0, 1, 10, 0, at 2 the column 0, 0, 1, 10",
        ),
        Case(
            np.array([4.0]),
            2,
            note="2 + 1 − 1 = 2 rows; each sample is only multiplied by 4: 4, 0 and 0, 4",
        ),
        Case(
            np.array([2, -1, 3]),
            2,
            note="2 + 3 − 1 = 4 rows; the columns are 2, −1, 3, 0 and 0, 2, −1, 3",
        ),
        Case(rounded_normals(51, 3)[0], 4),
        Case(rounded_normals(52, 4)[0], 2),
        Case(rounded_normals(53, 2)[0], 6),
        Case(rounded_normals(54, 5)[0], 5),
        Case(rounded_normals(55, 3)[0], 1),
    ],
    hints=[
        (
            "Column s of any matrix A is A times the vector with a one at position s. "
            "What is the convolution of an impulse at s with w?"
        ),
        (
            "It is w, starting at row s. So column s holds w in rows s to s + F − 1 and zeros "
            "elsewhere."
        ),
        "A = np.zeros((N + F - 1, N)), then A[s : s + F, s] = w for each s.",
    ],
)


@EXERCISE.misconception(
    "the kernel stands in the matrix reversed",
    "Column s is the output for an impulse at s: w read downwards, w[0] first. Read along a row "
    "the kernel does appear reversed; that is the flip.",
)
def _(w, N):
    return toeplitz_full(w[::-1], N)


@EXERCISE.misconception(
    "rows and columns are exchanged",
    "A takes N samples to N + F − 1 outputs, so it has N columns and N + F − 1 rows. The "
    "transpose is useful too: multiplying by it correlates.",
)
def _(w, N):
    return toeplitz_full(w, N).T


@EXERCISE.misconception(
    "rows and columns are exchanged, and the kernel is reversed",
    "A takes N samples to N + F − 1 outputs, so it has N + F − 1 rows and N columns, and in each "
    "column w reads downwards, w[0] first. Writing w reversed along a row is right for the rows "
    "in the middle; the columns are simpler.",
)
def _(w, N):
    return toeplitz_full(w[::-1], N).T


@EXERCISE.misconception(
    "w[s − t] stands in place of w[t − s]",
    "t counts the outputs (rows), s the samples (columns). A sample at s acts at t = s and "
    "later, below the diagonal, with the weight w[t − s]; you have filled the part above, where "
    "the output comes before the sample.",
)
def _(w, N):
    F = len(w)
    A = np.zeros((N + F - 1, N))
    for t in range(N + F - 1):
        for s in range(N):
            if 0 <= s - t < F:
                A[t, s] = w[s - t]
    return A


@EXERCISE.misconception(
    "only the first N rows: the tail is cut off",
    "The full convolution has N + F − 1 outputs, one row for each.",
)
def _(w, N):
    return toeplitz_full(w, N)[:N]


@EXERCISE.misconception(
    "one row too many",
    "The last output is at t = (N − 1) + (F − 1); counting from 0, that makes N + F − 1 rows. "
    "The row after it is always zero.",
)
def _(w, N):
    return np.vstack([toeplitz_full(w, N), np.zeros((1, N))])


@EXERCISE.misconception(
    "a square matrix: columns for samples that do not exist",
    "A has one column for each of the N samples and one row for each of the N + F − 1 outputs. "
    "It is taller than wide.",
)
def _(w, N):
    F = len(w)
    A = np.zeros((N + F - 1, N + F - 1))
    A[:, :N] = toeplitz_full(w, N)
    return A


@EXERCISE.misconception(
    "as many columns as weights",
    "A multiplies x, which has N samples, so it has N columns. The F weights stand inside each "
    "column.",
)
def _(w, N):
    F = len(w)
    A = np.zeros((N + F - 1, F))
    for s in range(F):
        A[s : s + F, s] = w
    return A


@EXERCISE.misconception(
    "the last column stays empty",
    "The samples are s = 0, …, N − 1, which is range(N). range(N - 1) leaves out the last, and "
    "then x[N − 1] has no effect at all.",
)
def _(w, N):
    A = toeplitz_full(w, N)
    A[:, -1] = 0
    return A


@EXERCISE.misconception(
    "w does not fit into its place in A",
    "Column s holds w in rows s, …, s + F − 1, the last of them row N + F − 2. So A needs N + F "
    "− 1 rows, and w goes down a column, A[s : s + F, s]; along a row, A[s, s : s + F], there "
    "are only N places.",
)
def _(w, N):
    F = len(w)
    A = np.zeros((N, N))
    for s in range(N):
        A[s : s + F, s] = w
    return A


def _filled(w, N, lowest, highest):
    """Set A[t, s] = w[t − s] wherever lowest <= t − s < highest."""
    A = np.zeros((N + len(w) - 1, N))
    for t in range(N + len(w) - 1):
        for s in range(N):
            if lowest <= t - s < highest:
                A[t, s] = w[t - s]
    return A


@EXERCISE.misconception(
    "an index runs past the end of w",
    "t − s grows up to N + F − 2, but w has the indices 0, …, F − 1 only. Set A[t, s] only where "
    "0 <= t − s < F; elsewhere it stays zero.",
)
def _(w, N):
    return _filled(w, N, 0, np.inf)


@EXERCISE.misconception(
    "a negative index wraps around to the end of w",
    "In Python w[-1] is the last weight; in (1.12) w[t − s] is zero for t < s, since no sample "
    "acts before it has come. Set A[t, s] only where 0 <= t − s < F.",
)
def _(w, N):
    return _filled(w, N, -np.inf, len(w))


@EXERCISE.misconception(
    "w[0] is missing on the diagonal",
    "Where t = s the weight is w[0], a weight like any other: the condition is 0 <= t − s, not 0 "
    "< t − s.",
)
def _(w, N):
    return _filled(w, N, 1, len(w))


@EXERCISE.misconception(
    "circulant: the kernel wraps around",
    "A weight that would leave at the bottom comes back at the top only if the signal is "
    "periodic. Here it is zero outside its samples, and the matrix has F − 1 more rows.",
)
def _(w, N):
    C = np.zeros((N, N))
    for s in range(N):
        for a in range(len(w)):
            C[(s + a) % N, s] += w[a]
    return C


@EXERCISE.misconception(
    "only the complete overlaps (the mode called valid)",
    "The rows you have are those in which the whole kernel fits, N − F + 1 of them. The full "
    "convolution has F − 1 more at the top and at the bottom.",
)
def _(w, N):
    F = len(w)
    A = np.zeros((N - F + 1, N))
    for t in range(N - F + 1):
        A[t, t : t + F] = w[::-1]
    return A


@EXERCISE.misconception(
    "all rows are one and the same list",
    "[row] * M does not copy the row: it holds the same list M times, so what is written into one "
    "row appears in all of them. np.zeros((N + F - 1, N)) has rows of their own.",
)
def _(w, N):
    return np.full((N + len(w) - 1, N), w[-1])
