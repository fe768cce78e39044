"""Exercise 5.4: the gradient of the weights."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def grad_weight(x, g):
    """Gradient of w (K, C, kH, kW) from x (B, C, H, W) and g (B, K, M_H, M_W), stride 1."""
    B, C, H, W = x.shape
    _, K, M_H, M_W = g.shape
    grad = np.zeros((K, C, H - M_H + 1, W - M_W + 1))
    for a in range(H - M_H + 1):
        for b in range(W - M_W + 1):
            seen = x[:, :, a : a + M_H, b : b + M_W]  # what weight (a, b) was multiplied with
            grad[:, :, a, b] = np.einsum("bkij,bcij->kc", g, seen)
    return grad


EXERCISE = Exercise(
    id="05.grad_weight",
    title="Back to the weights",
    minutes=9,
    difficulty=3,
    reference=grad_weight,
    cases=[
        Case(
            np.array([[[[1.0, 2.0, 3.0]]]]),
            np.array([[[[1.0, 10.0]]]]),
            note="w[0] met 1 and 2: 1·1 + 10·2 = 21; w[1] met 2 and 3: 1·2 + 10·3 = 32",
        ),
        Case(
            np.array([[[[1.0, 2.0]]], [[[3.0, 4.0]]]]),
            np.array([[[[1.0]]], [[[10.0]]]]),
            note="two pictures add up: 1·(1, 2) + 10·(3, 4) = (31, 42)",
        ),
        Case(np.array([[[[1, 2, 3], [4, 5, 6]]]]), np.array([[[[0.5, 0.25]]]])),
        Case(
            np.array([[[[1.0, 2.0], [3.0, 4.0]]]]),
            np.array([[[[10.0]]]]),
            note="one output, made with four weights: 10·1, 10·2, 10·3, 10·4",
        ),
        Case(
            np.array([[[[1.0, 2.0]], [[3.0, 4.0]]]]),
            np.array([[[[1.0, 0.0]], [[0.0, 10.0]]]]),
            note="two filters, two channels: 1·1 = 1 and 1·3 = 3; 10·2 = 20 and 10·4 = 40",
        ),
        Case(*rounded_normals(21, (2, 3, 5, 6), (2, 4, 3, 5))),
        Case(*rounded_normals(22, (3, 2, 4, 4), (3, 2, 3, 2))),
        Case(*rounded_normals(23, (1, 2, 6, 5), (1, 3, 4, 4))),
    ],
    hints=[
        "Weight (k, c, a, b) was multiplied with x[:, c, i + a, j + b] to make y[:, k, i, j].",
        (
            "The kernel has H − M_H + 1 rows and W − M_W + 1 columns. For fixed (a, b) the pixels "
            "are x[:, c, a : a + M_H, b : b + M_W]. Multiply by g[:, k] and sum over the batch and "
            "the places."
        ),
        (
            'np.einsum("bkij,bcij->kc", g, x[:, :, a : a + M_H, b : b + M_W]) does all k and c at '
            "once."
        ),
    ],
)


@EXERCISE.misconception(
    "averaged over the batch",
    "The weights are shared by all pictures, and each of them adds its share. If the loss is a "
    "mean, the factor 1/B is in g already.",
)
def _(x, g):
    return grad_weight(x, g) / len(x)


@EXERCISE.misconception(
    "averaged over the places",
    "The weight is used once at every place, and the contributions add up.",
)
def _(x, g):
    return grad_weight(x, g) / g[0, 0].size


@EXERCISE.misconception(
    "averaged over pictures and places",
    "The weight is used once at every place of every picture, and the contributions add up: a "
    "sum, not a mean.",
)
def _(x, g):
    return grad_weight(x, g) / g[:, 0].size


@EXERCISE.misconception(
    "turned around by 180 degrees",
    "The gradient of w[a, b] pairs g[i, j] with x[i + a, j + b]: x and g run the same way, a "
    "correlation.",
)
def _(x, g):
    return grad_weight(x, g)[:, :, ::-1, ::-1]


@EXERCISE.misconception(
    "convolved instead of correlated: g is turned around",
    "The gradient of w[a, b] pairs g[i, j] with x[i + a, j + b]. In a convolution the two would "
    "run against each other.",
)
def _(x, g):
    return grad_weight(x, g[:, :, ::-1, ::-1])


@EXERCISE.misconception(
    "filters and channels are exchanged",
    "The gradient has the shape of the weights: (K, C, kH, kW).",
)
def _(x, g):
    return grad_weight(x, g).transpose(1, 0, 2, 3)


@EXERCISE.misconception(
    "rows are taken for columns",
    "Element (a, b) belongs to the weight a rows down and b columns to the right.",
)
def _(x, g):
    return grad_weight(x, g).transpose(0, 1, 3, 2)


@EXERCISE.misconception(
    "only the last picture counts: = instead of +=",
    "Each picture adds its share to the gradient of the shared weights.",
)
def _(x, g):
    return grad_weight(x[-1:], g[-1:])


@EXERCISE.misconception(
    "only the first picture counts",
    "All pictures of the batch were made with the same weights: sum over the batch.",
)
def _(x, g):
    return grad_weight(x[:1], g[:1])


@EXERCISE.misconception(
    "each product overwrites the one before",
    "Only the last output of the last picture is left. A weight was used at every place of every "
    "picture, and the contributions add up: += in place of =.",
)
def _(x, g):
    M_H, M_W = g.shape[2:]
    seen = x[-1, :, M_H - 1 :, M_W - 1 :]  # what met the last output of the last picture
    return g[-1, :, -1, -1].reshape(-1, 1, 1, 1) * seen


@EXERCISE.misconception(
    "one gradient for each picture",
    "All pictures share the weights: sum over the batch as well, so that the result has the "
    "shape of the weights, (K, C, kH, kW).",
)
def _(x, g):
    return np.array([grad_weight(x[n : n + 1], g[n : n + 1]) for n in range(len(x))])


def _alike(x, g, axis):
    """Sum over filters (axis 0) or channels (axis 1), and give each of them the sum."""
    grad = grad_weight(x, g)
    return np.repeat(grad.sum(axis=axis, keepdims=True), grad.shape[axis], axis=axis)


@EXERCISE.misconception(
    "the channels are summed",
    "w[k, c] met only channel c of x, so its gradient contains only that channel.",
)
def _(x, g):
    return _alike(x, g, axis=1)


@EXERCISE.misconception(
    "every channel gets the gradient of the first", "w[k, c] met channel c of x, not channel 0."
)
def _(x, g):
    return grad_weight(np.repeat(x[:, :1], x.shape[1], axis=1), g)


@EXERCISE.misconception(
    "the filters are summed", "w[k] made only map k, so its gradient contains only g[:, k]."
)
def _(x, g):
    return _alike(x, g, axis=0)


@EXERCISE.misconception(
    "every filter gets the gradient of the first",
    "w[k] made map k, so its gradient contains g[:, k], not g[:, 0].",
)
def _(x, g):
    return grad_weight(x, np.repeat(g[:, :1], g.shape[1], axis=1))


@EXERCISE.misconception(
    "the gradient that arrives is taken to be all ones",
    "g says how the loss depends on each output. Every term has a factor g.",
)
def _(x, g):
    return grad_weight(x, np.ones(g.shape))


@EXERCISE.misconception(
    "the input is left out",
    "y contains w[k, c, a, b] with the factor x[:, c, i + a, j + b], and that factor is the "
    "derivative.",
)
def _(x, g):
    return grad_weight(np.ones(x.shape), g)


@EXERCISE.misconception(
    "sums are multiplied where products should be summed",
    "Each g[i, j] is multiplied by the one pixel that it met, x[i + a, j + b]; only then comes "
    "the sum over the places.",
)
def _(x, g):
    M_H, M_W = g.shape[2:]
    windows = np.lib.stride_tricks.sliding_window_view(x, (M_H, M_W), axis=(2, 3))
    sums = g.sum(axis=(2, 3)), windows.sum(axis=(4, 5))
    return np.einsum("bk,bcpq->kcpq", *sums)


def _with_sizes(x, g, places, window, shape):
    """Run the reference with other numbers of places, another window, another kernel shape."""
    grad = np.zeros((g.shape[1], x.shape[1], *shape))
    for a in range(places[0]):
        for b in range(places[1]):
            seen = x[:, :, a : a + window[0], b : b + window[1]]
            grad[:, :, a, b] = np.einsum("bkij,bcij->kc", g, seen)
    return grad


def _kernel_shape(x, g):
    return x.shape[2] - g.shape[2] + 1, x.shape[3] - g.shape[3] + 1


@EXERCISE.misconception(
    "the windows have the size of the kernel instead of that of g",
    "For fixed (a, b) there is one pixel for each output: a window of M_H rows and M_W columns, "
    "x[:, :, a : a + M_H, b : b + M_W].",
)
def _(x, g):
    size = _kernel_shape(x, g)
    return _with_sizes(x, g, size, size, size)


@EXERCISE.misconception(
    "the kernel is taken to be square", "kH = H − M_H + 1 and kW = W − M_W + 1 need not be equal."
)
def _(x, g):
    kH, _ = _kernel_shape(x, g)
    return _with_sizes(x, g, (kH, kH), g.shape[2:], (kH, kH))


@EXERCISE.misconception(
    "the last row and column are missing",
    "M_H = H − kH + 1, so kH = H − M_H + 1: the + 1 is needed here as well.",
)
def _(x, g):
    return grad_weight(x, g)[:, :, :-1, :-1]


@EXERCISE.misconception(
    "the last row and column are never filled in",
    "a runs over 0, …, kH − 1, and range(kH) already stops there; kH is H − M_H + 1.",
)
def _(x, g):
    grad = grad_weight(x, g)
    grad[:, :, -1, :] = grad[:, :, :, -1] = 0
    return grad


def _empty_at(x, g, place):
    """Leave a part of the result empty."""
    grad = grad_weight(x, g)
    grad[place] = 0
    return grad


@EXERCISE.misconception(
    "the last row is never filled in",
    "a runs over 0, …, kH − 1, and range(kH) already stops there; kH is H − M_H + 1.",
)
def _(x, g):
    return _empty_at(x, g, (slice(None), slice(None), -1))


@EXERCISE.misconception(
    "the last column is never filled in",
    "b runs over 0, …, kW − 1, and range(kW) already stops there; kW is W − M_W + 1.",
)
def _(x, g):
    return _empty_at(x, g, (..., -1))


def _filled_up_to(x, g, rows, columns):
    grad = np.zeros_like(grad_weight(x, g))
    grad[:, :, :rows, :columns] = grad_weight(x, g)[:, :, :rows, :columns]
    return grad


@EXERCISE.misconception(
    "only the first row is filled in: the return stands inside the loop",
    "The function returns at the end of the first row. Indent return as far as the outer for, so "
    "that it comes after both loops.",
)
def _(x, g):
    return _filled_up_to(x, g, 1, None)


@EXERCISE.misconception(
    "only one place is filled in: the return stands inside the loops",
    "The function returns in the very first round. Indent return as far as the outer for, so "
    "that it comes after both loops.",
)
def _(x, g):
    return _filled_up_to(x, g, 1, 1)


@EXERCISE.misconception(
    "the fractions are cut off where x holds whole numbers",
    "The gradient has been given the dtype of x, and an array of integers cannot hold fractions. "
    "np.zeros(…) makes floats.",
)
def _(x, g):
    return grad_weight(x, g).astype(x.dtype)


@EXERCISE.misconception(
    "the kernel is taken to be as large as g",
    "M_H = H − kH + 1 in the forward layer, so kH = H − M_H + 1, and kW in the same way.",
)
def _(x, g):
    return _with_sizes(x, g, g.shape[2:], g.shape[2:], g.shape[2:])


@EXERCISE.misconception(
    "the slices end at M_H and M_W",
    "A slice x[s : e] ends before e, wherever it starts. M_H rows from row a on are a : a + M_H.",
)
def _(x, g):
    kH, kW = _kernel_shape(x, g)
    M_H, M_W = g.shape[2:]
    grad = np.zeros((g.shape[1], x.shape[1], kH, kW))
    for a in range(kH):
        for b in range(kW):
            grad[:, :, a, b] = np.einsum("bkij,bcij->kc", g, x[:, :, a:M_H, b:M_W])
    return grad
