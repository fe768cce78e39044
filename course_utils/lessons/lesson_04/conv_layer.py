"""Exercise 4.1: the convolutional layer."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def conv_layer(x, w, b):
    """Slide K filters w (K, C, kH, kW) over x (C, H, W), add b (K,): shape (K, M_H, M_W)."""
    _, H, W = x.shape
    K, _, kH, kW = w.shape
    y = np.zeros((K, H - kH + 1, W - kW + 1))
    for i in range(H - kH + 1):
        for j in range(W - kW + 1):
            window = x[:, i : i + kH, j : j + kW]  # all channels at once
            for k in range(K):
                y[k, i, j] = np.sum(window * w[k]) + b[k]
    return y


EXERCISE = Exercise(
    id="04.conv_layer",
    title="The convolutional layer",
    minutes=12,
    difficulty=2,
    reference=conv_layer,
    cases=[
        Case(
            np.array([[[1.0, 2.0]], [[3.0, 4.0]]]),
            np.array([[[[1.0]], [[10.0]]]]),
            np.array([0.5]),
            note="1·1 + 3·10 + 0.5 = 31.5 and 2·1 + 4·10 + 0.5 = 42.5",
        ),
        Case(
            np.array([[[1.0, 2.0, 3.0]]]),
            np.array([[[[1.0, 10.0]]], [[[1.0, -1.0]]]]),
            np.array([0.0, 100.0]),
            note="two filters, two maps: 21, 32 and 99, 99",
        ),
        Case(
            np.array([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]),
            np.array([[[[1.0, 10.0], [100.0, 1000.0]]]]),
            np.array([0.0]),
            note="1 + 2·10 + 4·100 + 5·1000 = 5421, 2 + 3·10 + 5·100 + 6·1000 = 6532",
        ),
        Case(
            np.array([[[1.0, 3.0]], [[2.0, 0.0]]]),
            np.array([[[[1.0, -1.0]], [[0.0, 0.0]]]]),
            np.array([-5.0]),
            note="1·1 − 3·1 − 5 = −7: a layer may answer with a negative number",
        ),
        Case(
            np.array([[[3, 1, 4]], [[1, 5, 9]]]),
            np.array([[[[0.5, 0.25]], [[0.1, 0.0]]]]),
            np.array([0.0]),
            note="3·0.5 + 1·0.25 + 1·0.1 = 1.85, 1·0.5 + 4·0.25 + 5·0.1 = 2",
        ),
        Case(*rounded_normals(11, (3, 5, 6), (4, 3, 3, 2), (4,))),
        Case(*rounded_normals(12, (2, 4, 7), (3, 2, 1, 3), (3,))),
        Case(*rounded_normals(13, (4, 5, 5), (2, 4, 5, 5), (2,))),
        Case(*rounded_normals(14, (3, 6, 4), (3, 3, 2, 2), (3,))),
    ],
    hints=[
        (
            "A window now has three axes: x[:, i : i + kH, j : j + kW] has shape (C, kH, kW), "
            "and so has each filter w[k]."
        ),
        (
            "For every place (i, j) and every filter k: multiply window and filter element by "
            "element and sum everything."
        ),
        "y[k, i, j] = np.sum(x[:, i : i + kH, j : j + kW] * w[k]) + b[k].",
    ],
)


@EXERCISE.misconception(
    "the channels are averaged",
    "The products of all channels are summed, not averaged. If an average is wanted, the weights "
    "can learn the factor 1/C.",
)
def _(x, w, b):
    return conv_layer(x, w / len(x), b)


@EXERCISE.misconception(
    "the mean of the products instead of their sum",
    "np.mean divides by C·kH·kW. The layer takes the sum as it is: np.sum. If an average is "
    "wanted, the weights can learn that factor.",
)
def _(x, w, b):
    return conv_layer(x, w / w[0].size, b)


@EXERCISE.misconception(
    "one kernel is used for all channels",
    "Every channel has weights of its own: filter k is w[k], with shape (C, kH, kW). Summing the "
    "channels first and sliding w[k, 0] over the sum comes to the same mistake.",
)
def _(x, w, b):
    return conv_layer(x, np.repeat(w[:, :1], len(x), axis=1), b)


@EXERCISE.misconception(
    "only the first channel is seen",
    "A filter always spans the full depth: the window is x[:, i : i + kH, j : j + kW].",
)
def _(x, w, b):
    return conv_layer(x[:1], w[:, :1], b)


@EXERCISE.misconception(
    "each channel overwrites the one before",
    "Only the last channel is left. What the channels contribute adds up: += in place of =, or "
    "one np.sum over all three axes of the window.",
)
def _(x, w, b):
    return conv_layer(x[-1:], w[:, -1:], b)


@EXERCISE.misconception(
    "each product overwrites the one before",
    "y[k, i, j] = … keeps only the last product. The sum needs all of them: y[k, i, j] += …, or "
    "np.sum over the window.",
)
def _(x, w, b):
    kH, kW = w.shape[2:]
    products = x[-1:, kH - 1 :, kW - 1 :] * w[:, -1, -1, -1].reshape(-1, 1, 1)
    return products + b.reshape(-1, 1, 1)


@EXERCISE.misconception(
    "the channels are not summed",
    "Your result has an axis for the channels left. A filter sums over all of them, so it gives "
    "one map: K maps in all, whatever C is.",
)
def _(x, w, b):
    each = [conv_layer(x[c : c + 1], w[:, c : c + 1], b) for c in range(len(x))]
    return np.stack(each, axis=1)


@EXERCISE.misconception(
    "filter k looks at channel k only",
    "k counts filters, c counts channels, and they have nothing to do with each other: every "
    "filter looks at every channel. The window is x[:, …], not x[k, …].",
)
def _(x, w, b):
    if len(w) > len(x):
        raise IndexError("there is no such channel")
    copies = [np.repeat(x[k : k + 1], len(x), axis=0) for k in range(len(w))]
    return np.array([conv_layer(copies[k], w, b)[k] for k in range(len(w))])


@EXERCISE.misconception(
    "every map is made with the first filter", "Map k comes from filter k: w[k], not w[0]."
)
def _(x, w, b):
    return conv_layer(x, np.repeat(w[:1], len(w), axis=0), b)


@EXERCISE.misconception(
    "the bias is added once for each channel",
    "Each filter has one bias, added once to the sum over all channels. Add it after the loop "
    "over the channels.",
)
def _(x, w, b):
    return conv_layer(x, w, b * len(x))


@EXERCISE.misconception(
    "the bias is added to every product",
    "np.sum(window * w[k] + b[k]) adds the bias C·kH·kW times. It belongs after the bracket: "
    "np.sum(window * w[k]) + b[k].",
)
def _(x, w, b):
    return conv_layer(x, w, b * w[0].size)


@EXERCISE.misconception(
    "the bias is left out", "After the sum comes b[k], the same number at every place of map k."
)
def _(x, w, b):
    return conv_layer(x, w, 0 * b)


@EXERCISE.misconception(
    "the bias is subtracted",
    "The bias is added. (A threshold would be subtracted; it is minus the bias.)",
)
def _(x, w, b):
    return conv_layer(x, w, -b)


@EXERCISE.misconception(
    "the bias multiplies",
    "The bias is added to the sum, so that a filter can answer where the window is zero. A "
    "factor could be put into the weights.",
)
def _(x, w, b):
    return conv_layer(x, w, 0 * b) * b.reshape(-1, 1, 1)


@EXERCISE.misconception(
    "every map gets the first bias", "Map k gets the bias of its own filter, b[k]."
)
def _(x, w, b):
    return conv_layer(x, w, np.full(len(b), b[0]))


@EXERCISE.misconception(
    "all the biases are added to every map",
    "Map k gets the bias of its own filter, b[k], and no other.",
)
def _(x, w, b):
    return conv_layer(x, w, np.full(len(b), b.sum()))


@EXERCISE.misconception(
    "the whole vector b is added to one number",
    "b has K numbers, and y[k, i, j] has room for one: add b[k]. With one filter the mistake "
    "does not show.",
)
def _(x, w, b):
    if len(b) > 1:
        raise ValueError("setting an array element with a sequence.")
    return conv_layer(x, w, b)


@EXERCISE.misconception(
    "b is added along the columns",
    "NumPy lines shapes up at the end, so y + b lines (K,) up with the last axis, the columns. "
    "To reach the first axis b needs the shape (K, 1, 1): b[:, None, None].",
)
def _(x, w, b):
    return conv_layer(x, w, 0 * b) + b


@EXERCISE.misconception(
    "b is added along the rows",
    "b[:, None] has shape (K, 1), and NumPy lines shapes up at the end: K meets the rows. To "
    "reach the first axis b needs two more axes: b[:, None, None].",
)
def _(x, w, b):
    return conv_layer(x, w, 0 * b) + b[:, None]


@EXERCISE.misconception(
    "the maps are summed over the filters",
    "The sum runs over channels of the input. The K filters stay apart: each gives a map.",
)
def _(x, w, b):
    y = conv_layer(x, w, b)
    return np.repeat(y.sum(axis=0, keepdims=True), len(y), axis=0)


@EXERCISE.misconception(
    "the filters are summed into one map",
    "The sum runs over channels of the input. The K filters stay apart: the result has shape (K, "
    "M_H, M_W).",
)
def _(x, w, b):
    return conv_layer(x, w, b).sum(axis=0)


@EXERCISE.misconception(
    "the kernels are flipped", "Layers compute the correlation: the kernel slides as it is."
)
def _(x, w, b):
    return conv_layer(x, w[:, :, ::-1, ::-1], b)


@EXERCISE.misconception(
    "the filters are flipped in all three axes",
    "np.flip(w[k]) turns the channels round as well as rows and columns, and so does a true "
    "convolution in three dimensions. A layer flips nothing.",
)
def _(x, w, b):
    return conv_layer(x, w[:, ::-1, ::-1, ::-1], b)


@EXERCISE.misconception(
    "the kernels are flipped top to bottom",
    "Layers compute the correlation: the kernel slides as it is. (And [::-1] on one axis "
    "reverses the rows only.)",
)
def _(x, w, b):
    return conv_layer(x, w[:, :, ::-1], b)


@EXERCISE.misconception(
    "the kernels are flipped left to right",
    "Layers compute the correlation: the kernel slides as it is. (And [..., ::-1] reverses the "
    "columns only.)",
)
def _(x, w, b):
    return conv_layer(x, w[..., ::-1], b)


@EXERCISE.misconception(
    "the channels are paired in reverse order", "w[k, c] belongs to channel c of the input, x[c]."
)
def _(x, w, b):
    return conv_layer(x[::-1], w, b)


def _slid(x, w, b, window, products):
    """Slide the filters, with a window and products that may be wrong."""
    _, H, W = x.shape
    K, _, kH, kW = w.shape
    y = np.zeros((K, H - kH + 1, W - kW + 1))
    for k, i, j in np.ndindex(y.shape):
        y[k, i, j] = np.sum(products(window(i, j, kH, kW), w, k)) + b[k]
    return y


@EXERCISE.misconception(
    "the window takes channels for rows",
    "x[i : i + kH, j : j + kW] cuts channels and rows, for the axes of x are (C, H, W). All "
    "channels, then rows and columns: x[:, i : i + kH, j : j + kW].",
)
def _(x, w, b):
    return _slid(x, w, b, lambda i, j, kH, kW: x[i : i + kH, j : j + kW], lambda v, w, k: v * w[k])


@EXERCISE.misconception(
    "every map gets all filters at once",
    "window * w multiplies the window with all K filters and adds them up. Map k is made with "
    "filter k alone: window * w[k].",
)
def _(x, w, b):
    return _slid(x, w, b, lambda i, j, kH, kW: x[:, i : i + kH, j : j + kW], lambda v, w, k: v * w)


@EXERCISE.misconception(
    "the whole b is added at one place",
    "One place of one map takes one number, the bias of its own filter: + b[k]. b holds all K "
    "of them.",
)
def _(x, w, b):
    y = conv_layer(x, w, np.zeros(len(b)))
    y[0, 0, 0] = y[0, 0, 0] + b
    return y


@EXERCISE.misconception(
    "a filter for one channel is slid over all of them",
    "filter2d of lesson 02 unpacks H, W = x.shape, one picture and one kernel. Here x is (C, H, "
    "W) and w (K, C, kH, kW): the window has all channels, and one map belongs to each filter.",
)
def _(x, w, b):
    H, W = x.shape
    return np.zeros((H, W))
