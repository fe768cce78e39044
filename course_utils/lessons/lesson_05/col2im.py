"""Exercise 5.7: columns back to where they came from."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def col2im(columns, shape, kH, kW, S=1):
    """Add columns (C·kH·kW, M_H·M_W) up at the pixels that im2col copied them from: (C, H, W)."""
    C, H, W = shape
    M_H, M_W = (H - kH) // S + 1, (W - kW) // S + 1
    windows = columns.reshape(C, kH, kW, M_H, M_W)
    x = np.zeros(shape)
    for a in range(kH):
        for b in range(kW):
            x[:, a : a + M_H * S : S, b : b + M_W * S : S] += windows[:, a, b]
    return x


EXERCISE = Exercise(
    id="05.col2im",
    title="Columns back to pixels",
    minutes=8,
    difficulty=2,
    reference=col2im,
    cases=[
        Case(
            np.array([[1.0, 2.0], [10.0, 20.0]]),
            (1, 1, 3),
            1,
            2,
            note="the middle pixel is in both windows: 1, 10 + 2 = 12, 20",
        ),
        Case(
            np.array([[1.0, 2.0], [10.0, 20.0]]),
            (1, 1, 5),
            1,
            2,
            2,
            note="windows at 0 and 2 do not overlap: 1, 10, 2, 20, and 0 in no window",
        ),
        Case(
            np.array([[1.0], [2.0], [3.0], [4.0]]),
            (1, 2, 2),
            2,
            2,
            note="one window, row by row: 1, 2 and 3, 4",
        ),
        Case(
            np.array([[1.0, 2.0, 3.0, 4.0]]),
            (1, 2, 2),
            1,
            1,
            note="four windows of one pixel, row by row: 1, 2 and 3, 4",
        ),
        Case(
            np.array([[1, 2], [3, 4]]),
            (2, 1, 2),
            1,
            1,
            note="the first row is channel 0: 1, 2; the second is channel 1: 3, 4",
        ),
        Case(
            np.array([[0.5, 1.5], [1.0, 10.0]]),
            (1, 3, 1),
            2,
            1,
            note="windows below each other: 0.5, 1 + 1.5 = 2.5, 10",
        ),
        Case(*rounded_normals(71, (18, 15)), (3, 5, 6), 3, 2),
        Case(*rounded_normals(72, (12, 12)), (2, 7, 9), 2, 3, 2),
        Case(*rounded_normals(73, (4, 6)), (1, 5, 8), 2, 2, 3),
        Case(*rounded_normals(74, (6, 6)), (2, 6, 5), 1, 3, 2),
    ],
    hints=[
        "Undo the reshape first: columns.reshape(C, kH, kW, M_H, M_W), with M_H and M_W as before.",
        (
            "im2col copied x[:, a : a + M_H * S : S, b : b + M_W * S : S]. The gradients of these "
            "copies go back to the same slice. A pixel that was copied often gets a sum."
        ),
        "x[:, a : a + M_H * S : S, b : b + M_W * S : S] += windows[:, a, b].",
    ],
)


def _split(columns, shape, kH, kW, S):
    """Write the columns with all five axes: (C, kH, kW, M_H, M_W)."""
    C, H, W = shape
    return columns.reshape(C, kH, kW, (H - kH) // S + 1, (W - kW) // S + 1)


def _with_axes(columns, shape, kH, kW, S, order):
    """Read the columns as if their five axes stood in another order."""
    sizes = _split(columns, shape, kH, kW, S).shape
    windows = columns.reshape([sizes[axis] for axis in order]).transpose(np.argsort(order))
    return col2im(windows.reshape(columns.shape), shape, kH, kW, S)


def _overwritten(columns, shape, kH, kW, S):
    """Set each pixel to its last copy."""
    windows = _split(columns, shape, kH, kW, S)
    M_H, M_W = windows.shape[3:]
    x = np.zeros(shape)
    for a, b in np.ndindex(kH, kW):
        x[:, a : a + M_H * S : S, b : b + M_W * S : S] = windows[:, a, b]
    return x


@EXERCISE.misconception(
    "each copy overwrites the one before",
    "A pixel that is in several windows gets the sum of what they hand back: += in place of =.",
)
def _(columns, shape, kH, kW, S=1):
    return _overwritten(columns, shape, kH, kW, S)


@EXERCISE.misconception(
    "later windows overwrite earlier ones",
    "Where windows overlap, what they hand back adds up: += in place of =.",
)
def _(columns, shape, kH, kW, S=1):
    windows = _split(columns, shape, kH, kW, S)
    x = np.zeros(shape)
    for i, j in np.ndindex(windows.shape[3:]):
        x[:, i * S : i * S + kH, j * S : j * S + kW] = windows[..., i, j]
    return x


@EXERCISE.misconception(
    "averaged where windows overlap",
    "The mean of the copies would undo im2col. Here the columns are gradients, and by the chain "
    "rule those of all copies of a pixel add up.",
)
def _(columns, shape, kH, kW, S=1):
    copies = col2im(np.ones(columns.shape), shape, kH, kW, S)
    return col2im(columns, shape, kH, kW, S) / np.maximum(copies, 1)


@EXERCISE.misconception(
    "the stride is ignored",
    "Window (i, j) begins at row i·S and column j·S: the slices go in steps of S.",
)
def _(columns, shape, kH, kW, S=1):
    windows = _split(columns, shape, kH, kW, S)
    M_H, M_W = windows.shape[3:]
    x = np.zeros(shape)
    for a, b in np.ndindex(kH, kW):
        x[:, a : a + M_H, b : b + M_W] += windows[:, a, b]
    return x


@EXERCISE.misconception(
    "the axes are split in the wrong order: places first",
    "Rows of the matrix are (c, a, b), its columns are (i, j): reshape(C, kH, kW, M_H, M_W), and "
    "transpose afterwards if you want another order.",
)
def _(columns, shape, kH, kW, S=1):
    return _with_axes(columns, shape, kH, kW, S, (0, 3, 4, 1, 2))


@EXERCISE.misconception(
    "the rows are taken for the windows",
    "Each *column* is a window: columns[:, 0] is the first. reshape(M_H, M_W, …) reads along the "
    "rows; it is right for columns.T.",
)
def _(columns, shape, kH, kW, S=1):
    return _with_axes(columns, shape, kH, kW, S, (3, 4, 0, 1, 2))


@EXERCISE.misconception(
    "the channel is taken to change fastest within a column",
    "A column begins with all of channel 0: reshape(C, kH, kW, …).",
)
def _(columns, shape, kH, kW, S=1):
    return _with_axes(columns, shape, kH, kW, S, (1, 2, 0, 3, 4))


@EXERCISE.misconception(
    "the window is taken to stand column by column",
    "Within a channel a column has the window row by row: a, then b.",
)
def _(columns, shape, kH, kW, S=1):
    return _with_axes(columns, shape, kH, kW, S, (0, 2, 1, 3, 4))


@EXERCISE.misconception(
    "the windows are taken to be counted column by column",
    "The windows were counted row by row: the last two axes are M_H, then M_W.",
)
def _(columns, shape, kH, kW, S=1):
    return _with_axes(columns, shape, kH, kW, S, (0, 1, 2, 4, 3))


@EXERCISE.misconception(
    "the windows are turned around",
    "Entry (a, b) of a window came from pixel (i·S + a, j·S + b) and goes back there. The flip of "
    "the kernel comes about by itself.",
)
def _(columns, shape, kH, kW, S=1):
    windows = _split(columns, shape, kH, kW, S)[:, ::-1, ::-1]
    return col2im(windows.reshape(columns.shape), shape, kH, kW, S)


@EXERCISE.misconception(
    "the channels are summed",
    "Rows of channel c go back to channel c. The result has the shape (C, H, W).",
)
def _(columns, shape, kH, kW, S=1):
    x = col2im(columns, shape, kH, kW, S)
    return np.repeat(x.sum(axis=0, keepdims=True), len(x), axis=0)


@EXERCISE.misconception(
    "only the first row of each window is handed back: the return stands inside the loop",
    "The function returns at the end of the first round. Indent return as far as the outer for, "
    "so that it comes after both loops.",
)
def _(columns, shape, kH, kW, S=1):
    windows = _split(columns, shape, kH, kW, S).copy()
    windows[:, 1:] = 0
    return col2im(windows.reshape(columns.shape), shape, kH, kW, S)


@EXERCISE.misconception(
    "the fractions are cut off",
    "An array of integers cannot hold fractions. np.zeros(shape) makes floats.",
)
def _(columns, shape, kH, kW, S=1):
    return col2im(np.trunc(columns), shape, kH, kW, S).astype(int)
