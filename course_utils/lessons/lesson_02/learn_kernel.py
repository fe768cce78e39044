"""Exercise 2.5: the first kernel that is learnt."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .filter2d import filter2d


def learn_kernel(x, y, kH, kW):
    """Kernel (kH, kW) that turns x into y, its filtered version, with least squared error."""
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW))
    A = windows.reshape(-1, kH * kW)  # one row for each output: the pixels that made it
    w, *_ = np.linalg.lstsq(A, y.reshape(-1))
    return w.reshape(kH, kW)


def _filtered(seed, shape, kernel, noise=0.0, mean=0.0):
    x, w = rounded_normals(seed, shape, kernel)
    x = x + mean
    y = filter2d(x, w)
    y = y + noise * np.random.default_rng(seed + 1).normal(size=y.shape)
    return Case(x, y, *kernel)


EXERCISE = Exercise(
    id="02.learn_kernel",
    title="Recover a hidden kernel",
    minutes=13,
    difficulty=3,
    reference=learn_kernel,
    cases=[
        Case(
            np.array([[1.0, 0.0, 2.0, 1.0]]),
            np.array([[1.0, 20.0, 12.0]]),
            1,
            2,
            note="the kernel (1, 10) gives 1·1 + 0·10 = 1, 0·1 + 2·10 = 20, 2·1 + 1·10 = 12",
        ),
        _filtered(51, (7, 8), (2, 3)),
        _filtered(53, (8, 8), (3, 3)),
        _filtered(55, (9, 6), (3, 2)),
        _filtered(57, (12, 12), (3, 3), noise=0.1),
        # bright pixels that hardly differ, as in a photograph: small steps downhill take for ever
        _filtered(59, (9, 11), (2, 3), mean=100.0),
    ],
    hints=[
        (
            "Every output pixel is one linear equation in the kH·kW unknown weights: "
            "window · w = y[i, j]."
        ),
        (
            "sliding_window_view(x, (kH, kW)).reshape(-1, kH * kW) is the matrix of all windows, "
            "one a row, in the order of y.reshape(-1)."
        ),
        "np.linalg.lstsq(A, y.reshape(-1))[0] solves it; reshape the answer to (kH, kW).",
    ],
)


@EXERCISE.misconception(
    "the kernel comes out rotated by 180 degrees",
    "Row (i, j) of the system holds the window as it stands, so the solution is the kernel as it "
    "slides. Rotating it gives the kernel of a true convolution.",
)
def _(x, y, kH, kW):
    return learn_kernel(x, y, kH, kW)[::-1, ::-1]


@EXERCISE.misconception(
    "the kernel is transposed",
    "The unknowns come out in the order in which the window was flattened: row by row. Reshape "
    "to (kH, kW) and leave it there.",
)
def _(x, y, kH, kW):
    return learn_kernel(x, y, kH, kW).T


@EXERCISE.misconception(
    "reshaped to (kW, kH)",
    "The window has kH rows and kW columns; its flattened form goes back with reshape(kH, kW).",
)
def _(x, y, kH, kW):
    return learn_kernel(x, y, kH, kW).reshape(kW, kH)


@EXERCISE.misconception(
    "the numbers are read back column by column",
    "NumPy flattens row by row unless told otherwise, and the numbers have to be read back in "
    "the same order.",
)
def _(x, y, kH, kW):
    return learn_kernel(x, y, kH, kW).reshape(-1).reshape(kH, kW, order="F")


def _equations(x, y, kH, kW):
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW))
    return windows.reshape(-1, kH * kW), y.reshape(-1)


@EXERCISE.misconception(
    "the answers y are read column by column",
    "The windows are listed row by row, and each equation has to stand beside its own answer: "
    "y.reshape(-1), without transposing.",
)
def _(x, y, kH, kW):
    A, _ = _equations(x, y, kH, kW)
    w, *_ = np.linalg.lstsq(A, y.T.reshape(-1))
    return w.reshape(kH, kW)


@EXERCISE.misconception(
    "the windows are not of the kernel's size (kH, kW)",
    "sliding_window_view takes (rows, columns): (kH, kW), which depend on the call. With (kW, kH), "
    "or a fixed (3, 3), the number of windows is not that of the answers; for a kernel of 3×3 the "
    "mistake does not show.",
)
def _(x, y, kH, kW):
    A, b = _equations(x, y, kW, kH)
    w, *_ = np.linalg.lstsq(A, b)
    return w.reshape(kH, kW)


@EXERCISE.misconception(
    "correlated with the answer, but not solved",
    "Aᵀy alone mixes the weights, because neighbouring pixels overlap between windows. Least "
    "squares solves AᵀA w = Aᵀy.",
)
def _(x, y, kH, kW):
    A, b = _equations(x, y, kH, kW)
    return (A.T @ b).reshape(kH, kW)


@EXERCISE.misconception(
    "the mean of window times answer is taken for the kernel",
    "Aᵀy, divided by the number of equations, mixes the weights, because neighbouring pixels "
    "overlap between windows. Least squares solves AᵀA w = Aᵀy.",
)
def _(x, y, kH, kW):
    A, b = _equations(x, y, kH, kW)
    return (A.T @ b / len(b)).reshape(kH, kW)


@EXERCISE.misconception(
    "each weight is fitted by itself",
    "Dividing Aᵀy by the sums of squares fits every weight as if the others were zero. They act "
    "together: AᵀA has entries beside its diagonal, and the system has to be solved as a whole.",
)
def _(x, y, kH, kW):
    A, b = _equations(x, y, kH, kW)
    return (A.T @ b / np.sum(A**2, axis=0)).reshape(kH, kW)


@EXERCISE.misconception(
    "only as many equations are used as there are unknowns",
    "Without noise kH·kW equations are enough, but with noise they carry their errors straight "
    "into the weights. np.linalg.lstsq uses all of them.",
)
def _(x, y, kH, kW):
    A, b = _equations(x, y, kH, kW)
    return np.linalg.solve(A[: kH * kW], b[: kH * kW]).reshape(kH, kW)


@EXERCISE.misconception(
    "a constant is fitted beside the kernel",
    "The column of ones lets the fit add a constant to every output. The filter has no such "
    "term, and where noise is present it takes over part of what the weights should explain.",
)
def _(x, y, kH, kW):
    A, b = _equations(x, y, kH, kW)
    w, *_ = np.linalg.lstsq(np.hstack([A, np.ones((len(b), 1))]), b)
    return w[:-1].reshape(kH, kW)


@EXERCISE.misconception(
    "the kernel is left flat",
    "The numbers are right; give them back the shape of the window with reshape(kH, kW).",
)
def _(x, y, kH, kW):
    return learn_kernel(x, y, kH, kW).reshape(-1)


@EXERCISE.misconception(
    "the kernel is a column of numbers",
    "The numbers are right, but y.reshape(-1, 1) makes a column of the answers and so of the "
    "kernel. Give it the shape of the window with reshape(kH, kW).",
)
def _(x, y, kH, kW):
    return learn_kernel(x, y, kH, kW).reshape(-1, 1)


@EXERCISE.misconception(
    "the matrix of windows is read off in the wrong order",
    "windows.reshape(kH * kW, -1).T cuts the numbers into kH·kW long pieces as they lie in "
    "memory, which mixes the windows. windows.reshape(-1, kH * kW) has one window in each row.",
)
def _(x, y, kH, kW):
    A, b = _equations(x, y, kH, kW)
    w, *_ = np.linalg.lstsq(A.reshape(kH * kW, -1).T, b)
    return w.reshape(kH, kW)
