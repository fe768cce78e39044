"""Exercise 4.2: the layer with stride and padding."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .conv_layer import conv_layer


def strided_layer(x, w, b, S, P):
    """The layer with stride S, and P zeros on each side of x (C, H, W): shape (K, M_H, M_W)."""
    C, H, W = x.shape
    K, _, kH, kW = w.shape
    padded = np.zeros((C, H + 2 * P, W + 2 * P))
    padded[:, P : P + H, P : P + W] = x  # rows and columns get a border, channels do not
    y = np.zeros((K, (H + 2 * P - kH) // S + 1, (W + 2 * P - kW) // S + 1))
    for k, i, j in np.ndindex(y.shape):
        window = padded[:, S * i : S * i + kH, S * j : S * j + kW]
        y[k, i, j] = np.sum(window * w[k]) + b[k]
    return y


EXERCISE = Exercise(
    id="04.strided_layer",
    title="Stride and padding",
    minutes=12,
    difficulty=2,
    reference=strided_layer,
    cases=[
        Case(
            np.array([[[1.0, 2.0, 3.0, 4.0]]]),
            np.array([[[[1.0, 10.0]]]]),
            np.array([0.5]),
            2,
            0,
            note="windows start at columns 0 and 2: 1 + 20 + 0.5 = 21.5 and 3 + 40 + 0.5 = 43.5",
        ),
        Case(
            np.array([[[1.0, 2.0, 3.0]]]),
            np.array([[[[1.0]]]]),
            np.array([0.0]),
            1,
            1,
            note="one zero all round, and a kernel that copies: three rows of five, 0, 1, 2, 3, 0 "
            "in the middle",
        ),
        Case(
            np.array([[[1.0, 2.0], [3.0, 4.0]]]),
            np.array([[[[1.0], [10.0]]]]),
            np.array([0.0]),
            3,
            1,
            note="4 × 4 with its border, windows of 2 × 1 start at row 0 and at columns 0 and 3: "
            "nothing but zeros",
        ),
        Case(
            np.array([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]),
            np.array([[[[1.0, 10.0], [100.0, 1000.0]]]]),
            np.array([7.0]),
            2,
            1,
            note="the top left window is 0, 0 above 0, 1: 1·1000 + 7 = 1007",
        ),
        Case(
            np.array([[[3, 1, 4]], [[1, 5, 9]]]),
            np.array([[[[0.5, 0.25]], [[0.1, 0.0]]]]),
            np.array([0.0]),
            1,
            0,
            note="3·0.5 + 1·0.25 + 1·0.1 = 1.85, 1·0.5 + 4·0.25 + 5·0.1 = 2",
        ),
        Case(*rounded_normals(21, (3, 6, 7), (4, 3, 3, 2), (4,)), 2, 1),
        Case(*rounded_normals(22, (2, 5, 8), (3, 2, 2, 3), (3,)), 3, 2),
        Case(*rounded_normals(23, (3, 7, 5), (2, 3, 3, 3), (2,)), 2, 0),
        Case(*rounded_normals(24, (2, 4, 6), (2, 2, 3, 4), (2,)), 1, 2),
        Case(*rounded_normals(25, (4, 3, 3), (2, 4, 5, 5), (2,)), 2, 1),
        Case(*rounded_normals(26, (1, 2, 3), (2, 1, 3, 3), (2,)), 1, 3),
    ],
    hints=[
        (
            "Make room first: an array of zeros with P more rows and columns on every side, and "
            "x in its middle. The channels get no border."
        ),
        (
            "By lesson 03 there are (H + 2P - kH) // S + 1 windows one below the other. Where "
            "does window i begin?"
        ),
        (
            "y[k, i, j] = np.sum(padded[:, S * i : S * i + kH, S * j : S * j + kW] * w[k]) + b[k], "
            "for all k, i and j."
        ),
    ],
)


def _padded(x, P):
    """Surround the rows and columns with zeros."""
    return np.pad(x, ((0, 0), (P, P), (P, P)))


@EXERCISE.misconception(
    "the stride is ignored",
    "With stride S the window moves S pixels at a time: window (i, j) begins at row S·i, column "
    "S·j, and there are about H/S times W/S of them.",
)
def _(x, w, b, S, P):
    return strided_layer(x, w, b, 1, P)


@EXERCISE.misconception(
    "the windows move by one pixel, though there are as many as for stride S",
    "The size is right, but the windows begin at i and j. Window (i, j) begins at row S·i, "
    "column S·j.",
)
def _(x, w, b, S, P):
    shape = strided_layer(x, w, b, S, P).shape
    return strided_layer(x, w, b, 1, P)[:, : shape[1], : shape[2]]


@EXERCISE.misconception(
    "the stride is taken for the rows only",
    "S is the step in both directions: columns begin at S·j as well.",
)
def _(x, w, b, S, P):
    return strided_layer(x, w, b, 1, P)[:, ::S]


@EXERCISE.misconception(
    "the pixels inside a window are S apart",
    "A window holds neighbouring pixels, padded[:, S * i : S * i + kH, …]; only the places where "
    "windows begin are S apart. Taking every S-th pixel of x first comes to the same mistake.",
)
def _(x, w, b, S, P):
    return conv_layer(_padded(x, P)[:, ::S, ::S], w, b)


@EXERCISE.misconception(
    "the padding is left out",
    "P rows and columns of zeros belong on each side of the picture before the first window is "
    "laid on it.",
)
def _(x, w, b, S, P):
    return strided_layer(x, w, b, S, 0)


@EXERCISE.misconception(
    "the zeros at the bottom and the right are left out",
    "P zeros belong on each of the four sides, which makes H + 2P rows and W + 2P columns: both "
    "in the padded array and in the number of windows, (H + 2P − kH) // S + 1.",
)
def _(x, w, b, S, P):
    return strided_layer(np.pad(x, ((0, 0), (P, 0), (P, 0))), w, b, S, 0)


@EXERCISE.misconception(
    "the zeros at the top and the left are left out",
    "P zeros belong on each of the four sides; the picture begins at row P and column P of the "
    "padded array.",
)
def _(x, w, b, S, P):
    return strided_layer(np.pad(x, ((0, 0), (0, P), (0, P))), w, b, S, 0)


@EXERCISE.misconception(
    "the channels are padded too",
    "np.pad(x, P) adds P channels on either side as well. Name the widths axis by axis: "
    "np.pad(x, ((0, 0), (P, P), (P, P))).",
)
def _(x, w, b, S, P):
    if P and len(x) > 1:
        raise ValueError("more channels than the filters have")
    return strided_layer(x, w, b, S, P)


@EXERCISE.misconception(
    "the result is padded instead of the picture",
    "Zeros around the maps are not what the filter makes of zeros around the picture. Pad x, then "
    "slide.",
)
def _(x, w, b, S, P):
    return _padded(strided_layer(x, w, b, S, 0), P)


@EXERCISE.misconception(
    "the border repeats the edge of the picture",
    "The border is made of zeros; repeating the edge is the mode replicate of lesson 02.",
)
def _(x, w, b, S, P):
    return strided_layer(np.pad(x, ((0, 0), (P, P), (P, P)), mode="edge"), w, b, S, 0)


@EXERCISE.misconception(
    "stride and padding are exchanged",
    "The fourth argument is the stride, the fifth the padding.",
)
def _(x, w, b, S, P):
    return strided_layer(x, w, b, P, S)


def _resized(x, w, b, S, P, rows, columns):
    """Give the maps another size, and fill them as far as the windows go."""
    y = strided_layer(x, w, b, S, P)
    resized = np.zeros((len(w), rows, columns))
    H, W = min(rows, y.shape[1]), min(columns, y.shape[2])
    resized[:, :H, :W] = y[:, :H, :W]
    return resized


@EXERCISE.misconception(
    "the size is that without padding",
    "The padded picture has H + 2P rows: (H + 2P − kH) // S + 1 windows fit.",
)
def _(x, w, b, S, P):
    H, W = x.shape[1] - w.shape[2], x.shape[2] - w.shape[3]
    return _resized(x, w, b, S, P, H // S + 1, W // S + 1)


@EXERCISE.misconception(
    "the + 1 is missing in the size",
    "The first window counts as well: (H + 2P − kH) // S + 1.",
)
def _(x, w, b, S, P):
    return strided_layer(x, w, b, S, P)[:, :-1, :-1]


@EXERCISE.misconception(
    "the stride divides the + 1 as well",
    "(H + 2P − kH + 1) // S counts the places of stride 1 and divides them. The first window "
    "stands apart: (H + 2P − kH) // S + 1.",
)
def _(x, w, b, S, P):
    H, W = x.shape[1] + 2 * P - w.shape[2] + 1, x.shape[2] + 2 * P - w.shape[3] + 1
    return _resized(x, w, b, S, P, H // S, W // S)


@EXERCISE.misconception(
    "the bias is left out", "Each filter adds its own bias, b[k], to every number of its map."
)
def _(x, w, b, S, P):
    return strided_layer(x, w, np.zeros_like(b), S, P)


@EXERCISE.misconception(
    "the kernels are flipped, which makes it a true convolution",
    "The layer slides its filters as they are (lesson 02).",
)
def _(x, w, b, S, P):
    return strided_layer(x, w[:, :, ::-1, ::-1], b, S, P)


@EXERCISE.misconception(
    "one kernel is used for all channels",
    "Every channel has weights of its own: filter k is w[k], with shape (C, kH, kW).",
)
def _(x, w, b, S, P):
    return strided_layer(x, np.repeat(w[:, :1], len(x), axis=1), b, S, P)
