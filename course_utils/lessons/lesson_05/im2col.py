"""Exercise 5.6: windows as columns."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def im2col(x, kH, kW, S=1):
    """Windows of x (C, H, W), S apart, as columns: (C·kH·kW, M_H·M_W), both row by row."""
    C, H, W = x.shape
    M_H, M_W = (H - kH) // S + 1, (W - kW) // S + 1
    columns = np.zeros((C, kH, kW, M_H, M_W))
    for a in range(kH):
        for b in range(kW):
            # what weight (a, b) meets, in all windows at once
            columns[:, a, b] = x[:, a : a + M_H * S : S, b : b + M_W * S : S]
    return columns.reshape(C * kH * kW, M_H * M_W)


EXERCISE = Exercise(
    id="05.im2col",
    title="Windows as columns",
    minutes=10,
    difficulty=3,
    reference=im2col,
    cases=[
        Case(
            np.array([[[1.0, 2.0, 3.0]]]),
            1,
            2,
            note="two windows, (1, 2) and (2, 3), each a column",
        ),
        Case(
            np.array([[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]]),
            2,
            2,
            note="the windows 1, 2, 3, 4 and 3, 4, 5, 6, row by row",
        ),
        Case(
            np.array([[[1.0, 2.0, 3.0, 4.0, 5.0]]]),
            1,
            2,
            2,
            note="windows at 0 and 2: (1, 2) and (3, 4); nothing begins at 4",
        ),
        Case(
            np.array([[[1, 2]], [[3, 4]]]),
            1,
            1,
            note="windows of one pixel: column 0 has it in both channels, (1, 3); then (2, 4)",
        ),
        Case(
            np.array([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]),
            2,
            2,
            note="one window, one column: channel 0 row by row, 1 to 4, then channel 1, 5 to 8",
        ),
        Case(
            np.array([[[1.0, 2.0], [3.0, 4.0]]]),
            1,
            1,
            note="four windows, row by row: 1, 2, 3, 4",
        ),
        Case(*rounded_normals(61, (3, 5, 6)), 3, 2),
        Case(*rounded_normals(62, (2, 7, 9)), 2, 3, 2),
        Case(*rounded_normals(63, (1, 5, 8)), 2, 2, 3),
        Case(*rounded_normals(64, (2, 6, 5)), 1, 3, 2),
    ],
    hints=[
        (
            "The result is an array (C, kH, kW, M_H, M_W) whose first three axes have been merged "
            "into one, and whose last two as well. Fill that one first."
        ),
        (
            "Element [c, a, b, i, j] is x[c, i·S + a, j·S + b]. For fixed (a, b) that is a slice "
            "of x: it starts at a and b, goes in steps of S, and has M_H rows and M_W columns."
        ),
        (
            "columns[:, a, b] = x[:, a : a + M_H * S : S, b : b + M_W * S : S], and at the end "
            "columns.reshape(C * kH * kW, M_H * M_W)."
        ),
    ],
)


def _split(x, kH, kW, S):
    """Write the windows with all five axes: (C, kH, kW, M_H, M_W)."""
    C, H, W = x.shape
    return im2col(x, kH, kW, S).reshape(C, kH, kW, (H - kH) // S + 1, (W - kW) // S + 1)


def _merged(windows):
    """Merge the first three axes, and the others."""
    return windows.reshape(np.prod(windows.shape[:3]), -1)


@EXERCISE.misconception(
    "windows as rows",
    "Each window is a column, so that filters, which are rows, can be multiplied with it: W @ "
    "columns.",
)
def _(x, kH, kW, S=1):
    return im2col(x, kH, kW, S).T


@EXERCISE.misconception(
    "the axes are merged in the order in which they stand",
    "reshape moves nothing: it reads the array row by row. Windows of shape (C, M_H, M_W, kH, kW) "
    "need transpose(0, 3, 4, 1, 2) before it, so that c, a and b come first.",
)
def _(x, kH, kW, S=1):
    windows = _split(x, kH, kW, S).transpose(0, 3, 4, 1, 2)
    return windows.reshape(im2col(x, kH, kW, S).shape)


@EXERCISE.misconception(
    "the channel changes fastest within a column",
    "Weights of shape (K, C, kH, kW) become rows that begin with all of channel 0. The columns "
    "have to be in the same order: c, then a, then b.",
)
def _(x, kH, kW, S=1):
    return _merged(_split(x, kH, kW, S).transpose(1, 2, 0, 3, 4))


@EXERCISE.misconception(
    "the window is read column by column",
    "Within a channel the pixels of a window come row by row, as the weights do: a, then b.",
)
def _(x, kH, kW, S=1):
    return _merged(_split(x, kH, kW, S).transpose(0, 2, 1, 3, 4))


@EXERCISE.misconception(
    "the windows are counted column by column",
    "The windows come row by row: first all with i = 0. Then reshape(K, M_H, M_W) makes maps of "
    "the product.",
)
def _(x, kH, kW, S=1):
    return _merged(_split(x, kH, kW, S).transpose(0, 1, 2, 4, 3))


@EXERCISE.misconception(
    "the windows are turned around",
    "A layer correlates: weight (a, b) meets pixel (i·S + a, j·S + b). Nothing is flipped.",
)
def _(x, kH, kW, S=1):
    return _merged(_split(x, kH, kW, S)[:, ::-1, ::-1])


@EXERCISE.misconception(
    "the stride is ignored",
    "Neighbouring windows begin S pixels apart: window (i, j) at row i·S and column j·S.",
)
def _(x, kH, kW, S=1):
    return im2col(x, kH, kW)


@EXERCISE.misconception(
    "as many windows as the stride asks for, but side by side",
    "There are M_H·M_W windows, and they begin S apart: the slices of x go in steps of S.",
)
def _(x, kH, kW, S=1):
    windows = _split(x, kH, kW, 1)
    M_H, M_W = (x.shape[1] - kH) // S + 1, (x.shape[2] - kW) // S + 1
    return _merged(windows[..., :M_H, :M_W])


@EXERCISE.misconception(
    "the last row and column of windows are missing",
    "(H − kH) // S steps lead from the first window to the last, so there is one window more.",
)
def _(x, kH, kW, S=1):
    return _merged(_split(x, kH, kW, S)[..., :-1, :-1])


@EXERCISE.misconception(
    "only the first channel", "A window spans all channels: x[:, …], and C·kH·kW rows."
)
def _(x, kH, kW, S=1):
    return im2col(x[:1], kH, kW, S)


@EXERCISE.misconception(
    "the channels are summed",
    "The columns only copy. Each channel has weights of its own, and the matrix product sums.",
)
def _(x, kH, kW, S=1):
    return im2col(x.sum(axis=0, keepdims=True), kH, kW, S)


@EXERCISE.misconception(
    "only the first row of each window is copied: the return stands inside the loop",
    "The function returns at the end of the first round. Indent return as far as the outer for, "
    "so that it comes after both loops.",
)
def _(x, kH, kW, S=1):
    windows = _split(x, kH, kW, S)
    windows[:, 1:] = 0
    return _merged(windows)


@EXERCISE.misconception(
    "the five axes are left apart",
    "A matrix has two axes: columns.reshape(C * kH * kW, M_H * M_W).",
)
def _(x, kH, kW, S=1):
    return _split(x, kH, kW, S)
