"""Exercise 6.1: max pooling."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .windows import filled_up_to, usual_window


def max_pool(x, F, S):
    """Largest value in each F×F window of x (H, W), windows S apart: shape (M_H, M_W)."""
    H, W = x.shape
    M_H, M_W = (H - F) // S + 1, (W - F) // S + 1
    y = np.zeros((M_H, M_W))
    for i in range(M_H):
        for j in range(M_W):
            y[i, j] = x[i * S : i * S + F, j * S : j * S + F].max()
    return y


EXERCISE = Exercise(
    id="06.max_pool",
    title="Max pooling",
    minutes=6,
    difficulty=1,
    reference=max_pool,
    cases=[
        Case(
            np.array([[1.0, 2.0, 5.0, 6.0], [3.0, 4.0, 7.0, 8.0]]),
            2,
            2,
            note="the two windows hold 1, 2, 3, 4 and 5, 6, 7, 8: largest 4 and 8",
        ),
        Case(
            np.array([[-11.0, -12.0], [-13.0, -14.0]]),
            2,
            1,
            note="one window, all negative: its largest value is −11",
        ),
        Case(
            np.array([[1.0, 2.0, 9.0, 3.0, 4.0], [5.0, 6.0, 9.0, 7.0, 8.0]]),
            2,
            3,
            note="windows at columns 0 and 3; column 2 is in none: 6 and 8",
        ),
        Case(
            np.array([[1.0, 2.0, 9.0], [3.0, 4.0, 9.0], [9.0, 9.0, 9.0]]),
            2,
            2,
            note="one window fits: its largest value is 4; the last row and column are left over",
        ),
        Case(
            np.array([[1.0, 3.0, 2.0], [6.0, 5.0, 4.0], [7.0, 9.0, 8.0]]),
            2,
            1,
            note="four windows that overlap: 6, 5 and 9, 9",
        ),
        Case(np.array([[0.5, 9.0, 1.5]]), 1, 2, note="windows of one value, at columns 0 and 2"),
        Case(np.array([[1, 5, 2, 0], [3, 1, 9, 4], [7, 2, 2, 8]]), 2, 1),
        Case(*rounded_normals(11, (6, 7)), 2, 2),
        Case(*rounded_normals(12, (7, 5)), 3, 2),
        Case(*rounded_normals(13, (5, 8)), 3, 1),
        Case(*rounded_normals(14, (9, 6)), 2, 3),
    ],
    hints=[
        "How many windows are there downwards, and across? The formula of lesson 03.",
        "Window (i, j) is x[i * S : i * S + F, j * S : j * S + F].",
        "Take .max() of it.",
    ],
)


def _pooled(x, F, S, window=usual_window, count=None, value=np.max):
    """Pool with other windows, another number of them, or another value of each."""
    H, W = x.shape
    rows, columns = count or ((H - F) // S + 1, (W - F) // S + 1)
    y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            y[i, j] = value(x[window(i, F, S), window(j, F, S)])
    return y


@EXERCISE.misconception(
    "the mean instead of the largest value",
    "That is average pooling. Max pooling keeps the largest value of each window.",
)
def _(x, F, S):
    return _pooled(x, F, S, value=np.mean)


@EXERCISE.misconception(
    "the sum instead of the largest value",
    "Max pooling keeps the largest value of each window, and nothing of the others.",
)
def _(x, F, S):
    return _pooled(x, F, S, value=np.sum)


@EXERCISE.misconception("the smallest value", "Max pooling keeps the largest value of each window.")
def _(x, F, S):
    return _pooled(x, F, S, value=np.min)


@EXERCISE.misconception(
    "the largest magnitude", "The largest value, with its sign: −5 is smaller than 1."
)
def _(x, F, S):
    return max_pool(np.abs(x), F, S)


@EXERCISE.misconception(
    "the place of the largest value instead of the value",
    "np.argmax says where the largest value stands, counting row by row. What it is says .max().",
)
def _(x, F, S):
    return _pooled(x, F, S, value=np.argmax)


@EXERCISE.misconception(
    "negative values count as zero",
    "In a window of negative values the largest one is negative. If zeros take part, by padding "
    "or by starting a search at 0, it is lost.",
)
def _(x, F, S):
    return np.maximum(max_pool(x, F, S), 0)


@EXERCISE.misconception(
    "one maximum for the whole input",
    "Each window has a maximum of its own: M_H rows of M_W values.",
)
def _(x, F, S):
    return x.max()


@EXERCISE.misconception(
    "the stride is ignored", "Windows start S apart: at rows and columns 0, S, 2S, …"
)
def _(x, F, S):
    return max_pool(x, F, 1)


@EXERCISE.misconception(
    "right number of windows, all starting one apart",
    "Window (i, j) starts at (i·S, j·S), not at (i, j).",
)
def _(x, F, S):
    return _pooled(x, F, S, window=lambda i, F, S: slice(i, i + F))


@EXERCISE.misconception(
    "windows are taken not to overlap",
    "Windows are S apart, which need not be F. With S < F they overlap.",
)
def _(x, F, S):
    return max_pool(x, F, F)


@EXERCISE.misconception(
    "right number of windows, but they start F apart",
    "Window (i, j) starts at (i·S, j·S). F says how large it is.",
)
def _(x, F, S):
    return _pooled(x, F, S, window=lambda i, F, S: slice(i * F, i * F + F))


@EXERCISE.misconception(
    "windows of S × S instead of F × F",
    "The window has F rows: from i·S to i·S + F. The stride S says where it starts.",
)
def _(x, F, S):
    return _pooled(x, F, S, window=lambda i, F, S: slice(i * S, i * S + S))


@EXERCISE.misconception(
    "window and stride are exchanged",
    "F is the side of a window, S the way from one to the next: x[i * S : i * S + F, j * S : j * "
    "S + F].",
)
def _(x, F, S):
    return max_pool(x, S, F)


@EXERCISE.misconception(
    "the windows are one row and column too small",
    "A slice ends before its second number, so F rows are x[i * S : i * S + F], without − 1.",
)
def _(x, F, S):
    return _pooled(x, F, S, window=lambda i, F, S: slice(i * S, i * S + F - 1))


@EXERCISE.misconception(
    "the windows are one row and column too large",
    "A slice ends before its second number, and F rows are x[i * S : i * S + F], without + 1.",
)
def _(x, F, S):
    return _pooled(x, F, S, window=lambda i, F, S: slice(i * S, i * S + F + 1))


@EXERCISE.misconception(
    "the slices end at F",
    "A slice x[s : e] ends before e, wherever it starts, so x[i * S : F] soon is empty. F rows "
    "from row i·S on are x[i * S : i * S + F].",
)
def _(x, F, S):
    return _pooled(x, F, S, window=lambda i, F, S: slice(i * S, F))


@EXERCISE.misconception(
    "the stride acts on the rows only",
    "Windows start S apart in both directions: at rows 0, S, 2S, … and at columns 0, S, 2S, ….",
)
def _(x, F, S):
    return max_pool(x, F, 1)[::S]


@EXERCISE.misconception(
    "the stride acts on the columns only",
    "Windows start S apart in both directions: at rows 0, S, 2S, … and at columns 0, S, 2S, ….",
)
def _(x, F, S):
    return max_pool(x, F, 1)[:, ::S]


@EXERCISE.misconception(
    "the last row and column of windows are missing",
    "There are (H − F) // S + 1 windows downwards: the last start counts too.",
)
def _(x, F, S):
    return max_pool(x, F, S)[:-1, :-1]


@EXERCISE.misconception(
    "the last row and column are never filled in",
    "y has the right shape, but its last row and column stay zero. i runs over range(M_H), which "
    "stops at M_H − 1 by itself.",
)
def _(x, F, S):
    y = max_pool(x, F, S)
    y[-1, :] = y[:, -1] = 0
    return y


def _counted(count):
    """Make a pool with another number of windows, from N, F and S."""

    def pool(x, F, S):
        return _pooled(x, F, S, count=(count(x.shape[0], F, S), count(x.shape[1], F, S)))

    return pool


@EXERCISE.misconception(
    "incomplete windows are counted as well",
    "A window that no longer fits is left out: (H − F) // S + 1, rounded down. (PyTorch keeps it "
    "when asked, with ceil_mode=True.)",
)
@_counted
def _(N, F, S):
    return -(-(N - F) // S) + 1


@EXERCISE.misconception(
    "there are taken to be N // S windows",
    "The window's own size takes room: (H − F) // S + 1. Slices that run past the edge raise no "
    "error; they come out smaller.",
)
@_counted
def _(N, F, S):
    return N // S


@EXERCISE.misconception(
    "a window for every pixel",
    "Windows start S apart, and have to fit: (H − F) // S + 1 of them downwards.",
)
@_counted
def _(N, F, S):
    return N


@EXERCISE.misconception(
    "height and width are exchanged",
    "x.shape is (rows, columns), so H, W = x.shape, height first. For a square input the mistake "
    "does not show.",
)
def _(x, F, S):
    W, H = x.shape
    return _pooled(x, F, S, count=((H - F) // S + 1, (W - F) // S + 1))


@EXERCISE.misconception(
    "M_H is used for both sides",
    "M_H = (H − F) // S + 1 and M_W = (W − F) // S + 1. The two are equal only where H and W are.",
)
def _(x, F, S):
    side = (x.shape[0] - F) // S + 1
    return _pooled(x, F, S, count=(side, side))


@EXERCISE.misconception(
    "the result stands transposed",
    "y[i, j] belongs to the window i·S rows down and j·S columns to the right.",
)
def _(x, F, S):
    return max_pool(x, F, S).T


@EXERCISE.misconception(
    "only the first row is filled in: the return stands inside the loop",
    "The function returns at the end of the first row. Indent return as far as the outer for, so "
    "that it comes after both loops.",
)
def _(x, F, S):
    return filled_up_to(max_pool(x, F, S), 1, None)


@EXERCISE.misconception(
    "only the first value is filled in: the return stands inside the loops",
    "The function returns in the very first round. Indent return as far as the outer for, so "
    "that it comes after both loops.",
)
def _(x, F, S):
    return filled_up_to(max_pool(x, F, S), 1, 1)


@EXERCISE.misconception(
    "the fractions are cut off",
    "An array of integers cannot hold fractions. np.zeros((M_H, M_W)) makes floats.",
)
def _(x, F, S):
    return max_pool(x, F, S).astype(int)


@EXERCISE.misconception(
    "the last start is left out: range(0, H - F, S)",
    "The last window that fits starts at H − F, and range stops before its end: range(0, H - F + "
    "1, S).",
)
def _(x, F, S):
    rows, columns = range(0, x.shape[0] - F, S), range(0, x.shape[1] - F, S)
    return np.array([[x[i : i + F, j : j + F].max() for j in columns] for i in rows])
