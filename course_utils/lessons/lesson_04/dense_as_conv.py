"""Exercise 4.5: a dense layer is a convolution."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def dense_as_conv(A, C, kH, kW):
    """Filters (K, C, kH, kW) that do what the dense weights A (K, C·kH·kW) do to x.reshape(-1)."""
    return A.reshape(len(A), C, kH, kW)  # x.reshape(-1) runs channel by channel, row by row


EXERCISE = Exercise(
    id="04.dense_as_conv",
    title="A dense layer is a convolution",
    minutes=5,
    difficulty=1,
    reference=dense_as_conv,
    cases=[
        Case(
            np.arange(8.0)[None],
            2,
            2,
            2,
            note="channel 0 takes the weights 0, 1, 2, 3 row by row, channel 1 takes 4, 5, 6, 7",
        ),
        Case(
            np.array([[1.0, 2.0], [3.0, 4.0]]),
            1,
            2,
            1,
            note="two filters of one channel, each a column of two weights: 1, 2 and 3, 4",
        ),
        Case(
            np.array([[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]]),
            1,
            2,
            3,
            note="two rows of three: 0, 1, 2 and 3, 4, 5",
        ),
        Case(
            np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
            2,
            1,
            1,
            note="three filters, each with one weight for channel 0 and one for channel 1",
        ),
        Case(
            np.array([[1, 2, 3], [4, 5, 6]]),
            1,
            1,
            3,
            note="two filters, of one row each: 1, 2, 3 and 4, 5, 6",
        ),
        Case(rounded_normals(41, (3, 12))[0], 2, 2, 3),
        Case(rounded_normals(42, (2, 12))[0], 3, 1, 4),
        Case(rounded_normals(43, (5, 30))[0], 3, 5, 2),
    ],
    hints=[
        "In which order does x.reshape(-1) list the pixels of x (C, H, W)?",
        "Row k of A lists the weights of output k in just this order.",
        "So every row only needs another shape, and K, the number of rows, stays in front.",
    ],
)


@EXERCISE.misconception(
    "channels are taken to run fastest",
    "x has shape (C, H, W), so x.reshape(-1) runs through a whole channel before the next one "
    "begins.",
)
def _(A, C, kH, kW):
    return A.reshape(len(A), kH, kW, C).transpose(0, 3, 1, 2)


@EXERCISE.misconception(
    "the channels are left standing last",
    "Filters have the shape (K, C, kH, kW), the channels right after the filters.",
)
def _(A, C, kH, kW):
    return A.reshape(len(A), kH, kW, C)


@EXERCISE.misconception(
    'the row is read in column order (order="F")',
    'order="F" lets the first index run fastest. x.reshape(-1) lets the last one run fastest, as '
    "NumPy does unless told otherwise.",
)
def _(A, C, kH, kW):
    return A.reshape(len(A), C, kH, kW, order="F")


@EXERCISE.misconception(
    "the filters are taken to run fastest",
    "In memory the rows of A follow one another: all weights of output 0 come first. So the "
    "filters are the slowest axis.",
)
def _(A, C, kH, kW):
    return A.reshape(C, kH, kW, len(A)).transpose(3, 0, 1, 2)


@EXERCISE.misconception(
    "the kernels are flipped",
    "The layer correlates, so the weight of pixel (u, v) stands at w[k, c, u, v].",
)
def _(A, C, kH, kW):
    return A.reshape(len(A), C, kH, kW)[:, :, ::-1, ::-1]


@EXERCISE.misconception(
    "each row of A is read backwards",
    "The layer correlates: nothing is turned round, neither the kernels nor the order of the "
    "channels.",
)
def _(A, C, kH, kW):
    return A[:, ::-1].reshape(len(A), C, kH, kW)


@EXERCISE.misconception(
    "the weight matrix is transposed first", "Row k of A belongs to output k already."
)
def _(A, C, kH, kW):
    return A.T.reshape(len(A), C, kH, kW)


@EXERCISE.misconception(
    "rows are taken for columns",
    "Within a channel, x.reshape(-1) runs row by row: kH rows of kW pixels.",
)
def _(A, C, kH, kW):
    return A.reshape(len(A), C, kW, kH).transpose(0, 1, 3, 2)


@EXERCISE.misconception(
    "height and width are exchanged in the shape",
    "Filters have the shape (K, C, kH, kW), height before width. For a square kernel the mistake "
    "does not show.",
)
def _(A, C, kH, kW):
    return A.reshape(len(A), C, kW, kH)


@EXERCISE.misconception(
    "the kernels are transposed afterwards",
    "After the reshape each weight stands where it belongs. Transposing puts rows in place of "
    "columns again.",
)
def _(A, C, kH, kW):
    return A.reshape(len(A), C, kH, kW).transpose(0, 1, 3, 2)


def _taken_from(A, C, kH, kW, place):
    """Take the weight of channel c, row a, column b from another place of the row of A."""
    w = np.zeros((len(A), C, kH, kW))
    for c, a, b in np.ndindex(C, kH, kW):
        w[:, c, a, b] = A[:, place(c, a, b)]
    return w


@EXERCISE.misconception(
    "a row is taken to be kH long",
    "A row has kW pixels, so the pixel (u, v) of channel c stands at place c·kH·kW + u·kW + v of "
    "the vector.",
)
def _(A, C, kH, kW):
    return _taken_from(A, C, kH, kW, lambda c, a, b: c * kH * kW + a * kH + b)


@EXERCISE.misconception(
    "a channel is taken to be one row long",
    "A channel has kH·kW pixels, so the pixel (u, v) of channel c stands at place c·kH·kW + a·kW "
    "+ b of the vector.",
)
def _(A, C, kH, kW):
    return _taken_from(A, C, kH, kW, lambda c, a, b: c * kW + a * kW + b)


@EXERCISE.misconception(
    "every channel gets the weights of the first",
    "The weights of channel c begin at place c·kH·kW of the row.",
)
def _(A, C, kH, kW):
    return _taken_from(A, C, kH, kW, lambda c, a, b: a * kW + b)


@EXERCISE.misconception(
    "filters and channels are exchanged", "The filter comes first: (K, C, kH, kW)."
)
def _(A, C, kH, kW):
    return A.reshape(C, len(A), kH, kW)


@EXERCISE.misconception(
    "filters and channels are exchanged afterwards",
    "The filter comes first: (K, C, kH, kW). The reshape alone has put it there.",
)
def _(A, C, kH, kW):
    return A.reshape(len(A), C, kH, kW).transpose(1, 0, 2, 3)


@EXERCISE.misconception(
    "filters and channels share one axis",
    "The result has four axes, (K, C, kH, kW): len(A) filters, each with C channels.",
)
def _(A, C, kH, kW):
    return A.reshape(-1, kH, kW)


@EXERCISE.misconception(
    "one axis for all the weights of a channel",
    "The result has four axes, (K, C, kH, kW): rows and columns apart.",
)
def _(A, C, kH, kW):
    return A.reshape(len(A), C, kH * kW)


@EXERCISE.misconception(
    "there is an axis too many, for a batch",
    "The result has four axes, (K, C, kH, kW), and no axis for a batch: weights are the same for "
    "every example.",
)
def _(A, C, kH, kW):
    return A.reshape(1, len(A), C, kH, kW)


@EXERCISE.misconception(
    "only the first filter is made",
    "A has one row for each of the K outputs, and each becomes a filter: (K, C, kH, kW).",
)
def _(A, C, kH, kW):
    return A[0].reshape(C, kH, kW)


@EXERCISE.misconception(
    "A is taken to hold one filter", "A has one row for each of the K outputs, and K is len(A)."
)
def _(A, C, kH, kW):
    return A.reshape(1, C, kH, kW)


@EXERCISE.misconception(
    "A is handed back as it is",
    "A layer that slides wants filters of shape (K, C, kH, kW). The numbers stay, the shape "
    "changes.",
)
def _(A, C, kH, kW):
    return A


@EXERCISE.misconception(
    "the axis of the filters is left out",
    "Every row of A is one filter, so the first axis stays: A.reshape(len(A), C, kH, kW), K "
    "filters in all.",
)
def _(A, C, kH, kW):
    return A.reshape(C, kH, kW)
