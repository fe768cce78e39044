"""Exercise 4.1, mistakes in rows, columns and sizes, and maps that are filled only in part."""

import numpy as np

from .conv_layer import EXERCISE, conv_layer


@EXERCISE.misconception(
    "rows are taken for columns in the kernel",
    "w[k, c, u, v] belongs to the pixel u rows down and v columns to the right.",
)
def _(x, w, b):
    return conv_layer(x, w.transpose(0, 1, 3, 2), b)


@EXERCISE.misconception(
    "the row and the column inside the window are exchanged",
    "The weight in row u, column v meets the pixel u rows down and v columns to the right: w[k, "
    "c, u, v] beside x[c, i + u, j + v]. For a kernel that is not square the exchanged indices "
    "do not even exist.",
)
def _(x, w, b):
    if w.shape[2] != w.shape[3]:
        raise IndexError("there is no such weight, or no such pixel")
    return conv_layer(x, w.transpose(0, 1, 3, 2), b)


@EXERCISE.misconception(
    "rows are taken for columns in the input",
    "x is (C, H, W): after the channel come the rows, then the columns. Your result is that of "
    "the transposed input.",
)
def _(x, w, b):
    return conv_layer(x.transpose(0, 2, 1), w, b)


@EXERCISE.misconception(
    "rows are taken for columns in the result",
    "The numbers are right, but each map stands transposed: y[k, i, j] belongs to the window i "
    "rows down and j columns to the right.",
)
def _(x, w, b):
    return conv_layer(x, w, b).transpose(0, 2, 1)


def _with_sizes(x, w, b, picture, kernel):
    """Run the layer with the sizes H, W and kH, kW as somebody took them to be."""
    (H, W), (kH, kW) = picture, kernel
    y = np.zeros((len(w), H - kH + 1, W - kW + 1))
    for i in range(H - kH + 1):
        for j in range(W - kW + 1):
            for k in range(len(w)):
                y[k, i, j] = np.sum(x[:, i : i + kH, j : j + kW] * w[k]) + b[k]
    return y


@EXERCISE.misconception(
    "the kernel's height and width are exchanged",
    "w.shape is (K, C, kH, kW), height before width. For a square kernel the mistake does not "
    "show.",
)
def _(x, w, b):
    return _with_sizes(x, w, b, x.shape[1:], w.shape[:1:-1])


@EXERCISE.misconception(
    "the kernel's height is used for both sides",
    "A kernel need not be square: rows i to i + kH, columns j to j + kW.",
)
def _(x, w, b):
    return _with_sizes(x, w, b, x.shape[1:], (w.shape[2], w.shape[2]))


@EXERCISE.misconception(
    "the kernel's width is used for both sides",
    "A kernel need not be square: rows i to i + kH, columns j to j + kW.",
)
def _(x, w, b):
    return _with_sizes(x, w, b, x.shape[1:], (w.shape[3], w.shape[3]))


@EXERCISE.misconception(
    "the input's height and width are exchanged",
    "x.shape is (C, H, W), height before width. For a square input the mistake does not show.",
)
def _(x, w, b):
    return _with_sizes(x, w, b, x.shape[:0:-1], w.shape[2:])


@EXERCISE.misconception(
    "M_H is used for both sides of the maps",
    "A map has M_H = H − kH + 1 rows and M_W = W − kW + 1 columns. The two are equal only where "
    "input and kernel are square.",
)
def _(x, w, b):
    return _with_sizes(x, w, b, (x.shape[1], x.shape[1] - w.shape[2] + w.shape[3]), w.shape[2:])


@EXERCISE.misconception(
    "the maps come last", "The result has the layout of the input, channels first: (K, M_H, M_W)."
)
def _(x, w, b):
    return np.moveaxis(conv_layer(x, w, b), 0, -1)


@EXERCISE.misconception(
    "there is room for C maps instead of K",
    "Each filter gives one map, so y has K of them: len(w), not len(x).",
)
def _(x, w, b):
    y = conv_layer(x, w, b)
    if len(w) > len(x):
        raise IndexError("there is no such map")
    return np.concatenate([y, np.zeros((len(x) - len(w), *y.shape[1:]))])


@EXERCISE.misconception(
    "filters and channels are exchanged in the shape of w",
    "w.shape is (K, C, kH, kW): the filters come first.",
)
def _(x, w, b):
    if w.shape[1] > w.shape[0]:
        raise IndexError("there is no such filter")
    return conv_layer(x, w, b)[: w.shape[1]]


@EXERCISE.misconception(
    "the last row and column of windows are missing",
    "The first window starts at row 0 and the last at row H − kH, both included: that makes H − "
    "kH + 1 of them.",
)
def _(x, w, b):
    return conv_layer(x, w, b)[:, :-1, :-1]


@EXERCISE.misconception(
    "the last row and column are never filled in",
    "y has the right shape, but the loops stop one too early and its last row and column stay "
    "zero. The last window starts at row H − kH, so i runs over range(H - kH + 1).",
)
def _(x, w, b):
    y = conv_layer(x, w, b)
    y[:, -1, :] = y[:, :, -1] = 0
    return y


def _empty_at(x, w, b, place):
    """Leave a part of the result empty."""
    y = conv_layer(x, w, b)
    y[place] = 0
    return y


@EXERCISE.misconception(
    "the last row is never filled in",
    "The last window starts at row H − kH, so i runs over range(H - kH + 1).",
)
def _(x, w, b):
    return _empty_at(x, w, b, (slice(None), -1))


@EXERCISE.misconception(
    "the last column is never filled in",
    "The last window starts at column W − kW, so j runs over range(W - kW + 1).",
)
def _(x, w, b):
    return _empty_at(x, w, b, (slice(None), slice(None), -1))


@EXERCISE.misconception(
    "the last map is never filled in",
    "The filters are 0, …, K − 1, and range(K) already stops there. range(K - 1) leaves out the "
    "last.",
)
def _(x, w, b):
    return _empty_at(x, w, b, -1)


@EXERCISE.misconception(
    "the first map is never filled in",
    "Python counts from 0: range(K) begins with the first filter, range(1, K) leaves it out.",
)
def _(x, w, b):
    return _empty_at(x, w, b, 0)


@EXERCISE.misconception(
    "windows hang over the edge",
    "A slice that runs past the edge comes out smaller, and no longer fits the kernel. Windows "
    "that lie inside start at rows 0, …, H − kH and columns 0, …, W − kW.",
)
def _(x, w, b):
    return _with_sizes(
        x, w, b, (x.shape[1] + w.shape[2] - 1, x.shape[2] + w.shape[3] - 1), w.shape[2:]
    )


@EXERCISE.misconception(
    "zeros are added around the input",
    "Padding keeps the size, but this task asks for complete windows only: M_H = H − kH + 1 and "
    "M_W = W − kW + 1.",
)
def _(x, w, b):
    kH, kW = w.shape[2:]
    top, left = (kH - 1) // 2, (kW - 1) // 2
    return conv_layer(np.pad(x, ((0, 0), (top, kH - 1 - top), (left, kW - 1 - left))), w, b)


@EXERCISE.misconception(
    "negative values are clamped to zero",
    "The layer's answer may be negative. ReLU is a layer of its own that follows.",
)
def _(x, w, b):
    return np.maximum(conv_layer(x, w, b), 0)


def _filled_up_to(x, w, b, maps, rows):
    y = np.zeros_like(conv_layer(x, w, b))
    y[:maps, :rows] = conv_layer(x, w, b)[:maps, :rows]
    return y


@EXERCISE.misconception(
    "only the first map is filled in: the return stands inside the loop",
    "The function returns at the end of the first round of the loop over the filters. Indent "
    "return as far as the outer for, so that it comes after all loops.",
)
def _(x, w, b):
    return _filled_up_to(x, w, b, 1, None)


@EXERCISE.misconception(
    "only the first row of each map is filled in: the return stands inside the loop",
    "The function returns at the end of the first row. Indent return as far as the outer for, so "
    "that it comes after all loops.",
)
def _(x, w, b):
    return _filled_up_to(x, w, b, None, 1)


@EXERCISE.misconception(
    "only one number is filled in: the return stands inside the loops",
    "The function returns in the very first round. Indent return as far as the outer for, so "
    "that it comes after all loops.",
)
def _(x, w, b):
    y = np.zeros_like(conv_layer(x, w, b))
    y[0, 0, 0] = conv_layer(x, w, b)[0, 0, 0]
    return y


@EXERCISE.misconception(
    "the fractions are cut off where x holds whole numbers",
    "y has been given the dtype of x, and an array of integers cannot hold fractions. "
    "np.zeros((K, M_H, M_W)) makes floats.",
)
def _(x, w, b):
    return conv_layer(x, w, b).astype(x.dtype)
