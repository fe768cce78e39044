"""Exercise 2.1: the sliding window."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def filter2d(x, w):
    """Slide w (kH, kW) over x (H, W), no padding, no flip: shape (H - kH + 1, W - kW + 1)."""
    H, W = x.shape
    kH, kW = w.shape
    y = np.zeros((H - kH + 1, W - kW + 1))
    for i in range(H - kH + 1):
        for j in range(W - kW + 1):
            window = x[i : i + kH, j : j + kW]
            y[i, j] = np.sum(window * w)
    return y


# The example of the course's source note: a 5×5 picture and a vertical-edge kernel.
_PICTURE = np.array(
    [[1, 2, 0, 3, 1], [4, 5, 6, 7, 8], [1, 0, 1, 2, 1], [0, 1, 3, 4, 0], [3, 4, 5, 1, 2]],
    dtype=float,
)


_EDGE = np.array([[1, 0, -1]] * 3, dtype=float)


EXERCISE = Exercise(
    id="02.filter2d",
    title="The sliding window",
    minutes=12,
    difficulty=1,
    reference=filter2d,
    cases=[
        Case(_PICTURE, _EDGE, note="top left: (1 + 4 + 1) − (0 + 6 + 1) = −1"),
        Case(
            np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]),
            np.array([[1.0, 10.0]]),
            note=(
                "1·1 + 2·10 = 21, 2·1 + 3·10 = 32, 3·1 + 4·10 = 43; 5·1 + 6·10 = 65, "
                "6·1 + 7·10 = 76, 7·1 + 8·10 = 87"
            ),
        ),
        Case(
            np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]),
            np.array([[1.0], [10.0]]),
            note=(
                "1·1 + 3·10 = 31, 2·1 + 4·10 = 42; 3·1 + 5·10 = 53, 4·1 + 6·10 = 64; "
                "5·1 + 7·10 = 75, 6·1 + 8·10 = 86"
            ),
        ),
        Case(
            np.array([[3, 1, 4, 1], [5, 9, 2, 6], [5, 3, 5, 8]]),
            np.array([[0.5, 0.25]]),
            note="top left: 3·0.5 + 1·0.25 = 1.75",
        ),
        Case(
            np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]),
            np.array([[1.0, 10.0], [100.0, 1000.0]]),
            note="1 + 2·10 + 4·100 + 5·1000 = 5421, 2 + 3·10 + 5·100 + 6·1000 = 6532",
        ),
        Case(*rounded_normals(11, (5, 7), (3, 2))),
        Case(*rounded_normals(12, (6, 6), (3, 3))),
        Case(*rounded_normals(13, (8, 5), (2, 4))),
        Case(*rounded_normals(14, (4, 6), (4, 6))),
    ],
    hints=[
        "Two loops over the places (i, j) of the window's top left corner. How many are there?",
        "x[i : i + kH, j : j + kW] is the window at (i, j).",
        (
            "y[i, j] = np.sum(x[i : i + kH, j : j + kW] * w), with y of shape "
            "(H - kH + 1, W - kW + 1)."
        ),
    ],
)


@EXERCISE.misconception(
    "the kernel is flipped, which makes it a true convolution",
    "This task slides the kernel as it is, as networks do. Rotating it by 180 degrees first "
    "gives the convolution of lesson 01 instead.",
)
def _(x, w):
    return filter2d(x, w[::-1, ::-1])


@EXERCISE.misconception(
    "the kernel is flipped top to bottom",
    "w[::-1] reverses the rows. Here the kernel slides as it is; and a true convolution would "
    "reverse both axes, w[::-1, ::-1].",
)
def _(x, w):
    return filter2d(x, w[::-1])


@EXERCISE.misconception(
    "the kernel is flipped left to right",
    "w[:, ::-1] reverses the columns. Here the kernel slides as it is; and a true convolution "
    "would reverse both axes, w[::-1, ::-1].",
)
def _(x, w):
    return filter2d(x, w[:, ::-1])


@EXERCISE.misconception(
    "the window is summed without the weights",
    "Each pixel of the window is multiplied by its own weight before summing. Without the "
    "weights every filter is the same blur.",
)
def _(x, w):
    return filter2d(x, np.ones_like(w, dtype=float))


@EXERCISE.misconception(
    "window and kernel are multiplied as matrices",
    "@ (and np.dot) multiplies rows by columns, and fits only square kernels. Here each pixel "
    "meets the one weight that lies on it: window * w, and then the sum.",
)
def _(x, w):
    kH, kW = w.shape
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW))
    return np.sum(windows @ w, axis=(2, 3))


@EXERCISE.misconception(
    "each product overwrites the one before",
    "y[i, j] = … keeps only the last product, that of w[kH − 1, kW − 1]. The sum needs all of "
    "them: y[i, j] += …, or np.sum over the window.",
)
def _(x, w):
    kH, kW = w.shape
    return np.array(x[kH - 1 :, kW - 1 :] * w[-1, -1], dtype=float)


@EXERCISE.misconception(
    "rows are taken for columns in the picture",
    "The first index counts rows downwards (H of them), the second columns to the right (W). "
    "Your result is that of the transposed picture.",
)
def _(x, w):
    return filter2d(x.T, w)


@EXERCISE.misconception(
    "rows are taken for columns in the kernel",
    "w[a, b] belongs to the pixel a rows down and b columns to the right. Transposing w turns a "
    "detector of vertical edges into one of horizontal edges.",
)
def _(x, w):
    return filter2d(x, w.T)


@EXERCISE.misconception(
    "rows are taken for columns in the result",
    "The numbers are right, but they stand transposed: y[i, j] belongs to the window i rows down "
    "and j columns to the right.",
)
def _(x, w):
    return filter2d(x, w).T


def _sizes_exchanged(x, w, picture, kernel):
    """Unpack a shape as width before height, in the picture or in the kernel."""
    H, W = x.shape[::-1] if picture else x.shape
    kH, kW = w.shape[::-1] if kernel else w.shape
    y = np.zeros((H - kH + 1, W - kW + 1))
    for i in range(H - kH + 1):
        for j in range(W - kW + 1):
            y[i, j] = np.sum(x[i : i + kH, j : j + kW] * w)
    return y


@EXERCISE.misconception(
    "the picture's height and width are exchanged",
    "x.shape is (rows, columns), so H, W = x.shape, height first. For a square picture the "
    "mistake does not show.",
)
def _(x, w):
    return _sizes_exchanged(x, w, picture=True, kernel=False)


@EXERCISE.misconception(
    "the kernel's height and width are exchanged",
    "w.shape is (rows, columns), so kH, kW = w.shape, height first. For a square kernel the "
    "mistake does not show.",
)
def _(x, w):
    return _sizes_exchanged(x, w, picture=False, kernel=True)


@EXERCISE.misconception(
    "negative values are clamped to zero",
    "A filter may answer with negative numbers; they say that the pattern is there with light "
    "and dark exchanged. Clamping (ReLU) is a separate step.",
)
def _(x, w):
    return np.maximum(filter2d(x, w), 0)


@EXERCISE.misconception(
    "negative values lose their sign",
    "A negative answer says that the pattern is there with light and dark exchanged. np.abs "
    "makes it look like the pattern itself.",
)
def _(x, w):
    return np.abs(filter2d(x, w))


@EXERCISE.misconception(
    "the sum is divided by the number of weights",
    "The sum is taken as it is, and np.mean divides it by kH·kW. A kernel that is meant to "
    "average carries the 1/9 in its weights.",
)
def _(x, w):
    return filter2d(x, w) / w.size


@EXERCISE.misconception(
    "the sum is divided by the sum of the weights",
    "The sum is taken as it is. Weights such as 1, 0, −1 add up to zero, so dividing by their "
    "sum is not even possible.",
)
def _(x, w):
    return filter2d(x, w) / np.sum(w)


@EXERCISE.misconception(
    "windows hang over the edge",
    "A slice that runs past the edge comes out smaller, and no longer fits the kernel. Windows "
    "that lie inside start at rows 0, …, H − kH and columns 0, …, W − kW.",
)
def _(x, w):
    kH, kW = w.shape
    y = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            y[i, j] = np.sum(x[i : i + kH, j : j + kW] * w)
    return y


@EXERCISE.misconception(
    "the window is cut from x[i : kH, j : kW]",
    "A slice x[s : e] ends before e, wherever it starts, so x[i : kH] gets smaller with i. kH "
    "rows from row i on are x[i : i + kH], and kW columns from j on [j : j + kW].",
)
def _(x, w):
    kH, kW = w.shape
    y = np.zeros((x.shape[0] - kH + 1, x.shape[1] - kW + 1))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = np.sum(x[i:kH, j:kW] * w)
    return y


@EXERCISE.misconception(
    "the window wraps around the border",
    "The window has to stay inside the picture. There are H − kH + 1 places for it vertically "
    "and W − kW + 1 horizontally.",
)
def _(x, w):
    kH, kW = w.shape
    return filter2d(np.pad(x, ((0, kH - 1), (0, kW - 1)), mode="wrap"), w)


@EXERCISE.misconception(
    "zeros are added around the picture",
    "Padding keeps the size, but this task asks for complete windows only: (H − kH + 1, W − kW + "
    "1).",
)
def _(x, w):
    kH, kW = w.shape
    top, left = (kH - 1) // 2, (kW - 1) // 2
    return filter2d(np.pad(x, ((top, kH - 1 - top), (left, kW - 1 - left))), w)


@EXERCISE.misconception(
    "the result is as large as the picture, its last rows or columns empty",
    "There are only (H − kH + 1) × (W − kW + 1) windows, so y has that shape: np.zeros((H - kH + "
    "1, W - kW + 1)).",
)
def _(x, w):
    y = np.zeros(x.shape)
    y[: x.shape[0] - w.shape[0] + 1, : x.shape[1] - w.shape[1] + 1] = filter2d(x, w)
    return y


@EXERCISE.misconception(
    "the last row and column of windows are missing",
    "The first window starts at row 0 and the last at row H − kH, both included: H − kH + 1 "
    "places. H − kH is one too few.",
)
def _(x, w):
    return filter2d(x, w)[:-1, :-1]


@EXERCISE.misconception(
    "the last row and column are never filled in",
    "y has the right shape, but the loops stop one too early and its last row and column stay "
    "zero. The last window starts at row H − kH, so i runs over range(H - kH + 1).",
)
def _(x, w):
    y = filter2d(x, w)
    y[-1, :] = y[:, -1] = 0
    return y


@EXERCISE.misconception(
    "only the first row is filled in: the return stands inside the loop",
    "The function returns at the end of the first row. Indent return as far as the outer for, so "
    "that it comes after both loops.",
)
def _first_row(x, w):
    y = filter2d(x, w)
    y[1:] = 0
    return y


@EXERCISE.misconception(
    "only the first number is filled in: the return stands inside the loops",
    "The function returns in the first round of the inner loop. Indent return as far as the "
    "outer for, so that it comes after both loops.",
)
def _(x, w):
    y = _first_row(x, w)
    y[0, 1:] = 0
    return y


def _slid(x, w, H, W, kH, kW):
    """Slide w over x with sizes that may be wrong."""
    y = np.zeros((H - kH + 1, W - kW + 1))
    for i in range(H - kH + 1):
        for j in range(W - kW + 1):
            y[i, j] = np.sum(x[i : i + kH, j : j + kW] * w)
    return y


@EXERCISE.misconception(
    "picture and kernel are taken to be square",
    "x.shape[0] is the number of rows, and only for a square picture that of the columns too; "
    "so for the kernel. H, W = x.shape and kH, kW = w.shape take both.",
)
def _(x, w):
    return _slid(x, w, len(x), len(x), len(w), len(w))


@EXERCISE.misconception(
    "the picture is taken to be square",
    "x.shape[0] is the number of rows; that of the columns is x.shape[1]. H, W = x.shape takes "
    "both.",
)
def _(x, w):
    return _slid(x, w, len(x), len(x), *w.shape)


@EXERCISE.misconception(
    "the kernel is taken to be square",
    "w.shape[0] is the number of rows; that of the columns is w.shape[1]. kH, kW = w.shape "
    "takes both.",
)
def _(x, w):
    H, W = x.shape
    return _slid(x, w, H, W, len(w), len(w))


@EXERCISE.misconception(
    "the kernel is taken to be 3×3",
    "A kernel may have any size. kH, kW = w.shape takes it from w, and (H − kH + 1) × (W − kW + "
    "1) windows fit.",
)
def _(x, w):
    H, W = x.shape
    return _slid(x, w, H, W, 3, 3)


@EXERCISE.misconception(
    "the sum is not set back to 0 for each window",
    "A sum that goes on from one window to the next holds all windows so far. `s = 0` belongs "
    "inside both loops, before the sum of a window begins.",
)
def _(x, w):
    y = filter2d(x, w)
    return np.cumsum(y).reshape(y.shape)


@EXERCISE.misconception(
    "the sum is set back to 0 only at the beginning of a row",
    "A sum that goes on from one window to the next holds all windows of the row so far. `s = "
    "0` belongs inside both loops, before the sum of a window begins.",
)
def _(x, w):
    return np.cumsum(filter2d(x, w), axis=1)
