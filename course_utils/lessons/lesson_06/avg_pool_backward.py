"""Exercise 6.3: average pooling, backward."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .windows import filled_up_to, to_first_corner, usual_window


def avg_pool_backward(g, H, W, F, S):
    """Gradient of x (H, W) from g (M_H, M_W) where y is the mean of each F×F window, S apart."""
    grad = np.zeros((H, W))
    for i in range(g.shape[0]):
        for j in range(g.shape[1]):
            grad[i * S : i * S + F, j * S : j * S + F] += g[i, j] / F**2
    return grad


EXERCISE = Exercise(
    id="06.avg_pool_backward",
    title="The gradient of a mean",
    minutes=5,
    difficulty=1,
    reference=avg_pool_backward,
    cases=[
        Case(np.array([[8.0]]), 2, 2, 2, 2, note="each of the four values gets 8/4 = 2"),
        Case(
            np.array([[4.0, 8.0]]),
            2,
            3,
            2,
            1,
            note="the middle column is in both windows: 1, 1 + 2 = 3, 2",
        ),
        Case(np.array([[2.0, 4.0]]), 1, 3, 1, 2, note="windows of one value: 2, nothing, 4"),
        Case(
            np.array([[4.0, 8.0], [12.0, 16.0]]),
            4,
            4,
            2,
            2,
            note="no overlap: quarters of 4, 8, 12 and 16, each four times",
        ),
        Case(
            np.array([[8.0]]),
            3,
            3,
            2,
            2,
            note="each value of the one window gets 2; what is left over gets 0",
        ),
        Case(np.array([[3, 18]]), 3, 7, 3, 4, note="3/9 and 18/9; column 3 is in no window: 0"),
        Case(*rounded_normals(31, (2, 3)), 5, 7, 3, 2),
        Case(*rounded_normals(32, (4, 2)), 6, 4, 3, 1),
        Case(*rounded_normals(33, (3, 3)), 7, 6, 2, 2),
    ],
    hints=[
        (
            "y[i, j] is the sum of its window divided by F². What is its derivative with respect "
            "to one of the values?"
        ),
        "1/F² for each value of the window, 0 for the others.",
        "grad[i * S : i * S + F, j * S : j * S + F] += g[i, j] / F**2.",
    ],
)


@EXERCISE.misconception(
    "not divided by the number of values",
    "Each value enters the mean with the factor 1/F², so its derivative is 1/F².",
)
def _(g, H, W, F, S):
    return avg_pool_backward(g, H, W, F, S) * F**2


@EXERCISE.misconception("divided by F instead of F²", "A window has F·F values, not F.")
def _(g, H, W, F, S):
    return avg_pool_backward(g, H, W, F, S) * F


@EXERCISE.misconception(
    "divided by S² instead of F²",
    "The mean is over the F·F values of a window. How far windows are apart does not enter it.",
)
def _(g, H, W, F, S):
    return avg_pool_backward(g, H, W, F, S) * F**2 / S**2


@EXERCISE.misconception(
    "divided by the number of windows",
    "The mean is over the F·F values of one window, not over the windows.",
)
def _(g, H, W, F, S):
    return avg_pool_backward(g, H, W, F, S) * F**2 / g.size


@EXERCISE.misconception(
    "divided by the number of values of x",
    "The mean is over the F·F values of one window, not over all of x.",
)
def _(g, H, W, F, S):
    return avg_pool_backward(g, H, W, F, S) * F**2 / (H * W)


@EXERCISE.misconception(
    "multiplied by F² instead of divided",
    "Each value enters the mean with the factor 1/F², so its derivative is 1/F².",
)
def _(g, H, W, F, S):
    return avg_pool_backward(g, H, W, F, S) * F**4


@EXERCISE.misconception(
    "divided by F² twice",
    "Each value enters the mean with the factor 1/F², and that factor comes in once.",
)
def _(g, H, W, F, S):
    return avg_pool_backward(g, H, W, F, S) / F**2


@EXERCISE.misconception(
    "later windows overwrite what earlier ones passed on",
    "Where windows overlap, what they pass on adds up.",
)
def _(g, H, W, F, S):
    grad = np.zeros((H, W))
    for i, j in np.ndindex(g.shape):
        grad[i * S : i * S + F, j * S : j * S + F] = g[i, j] / F**2
    return grad


EXERCISE.misconception(
    "only the first value of each window gets a gradient",
    "All values of the window enter the mean, each with the same factor.",
)(to_first_corner)


@EXERCISE.misconception(
    "divided by the number of windows that see a value",
    "A value in two windows gets both contributions in full: contributions add, they are not "
    "averaged.",
)
def _(g, H, W, F, S):
    count = avg_pool_backward(np.ones(g.shape), H, W, F, S)
    return avg_pool_backward(g, H, W, F, S) / np.maximum(count * F**2, 1)


@EXERCISE.misconception(
    "windows start one apart", "Window (i, j) starts at (i·S, j·S), not at (i, j)."
)
def _(g, H, W, F, S):
    return avg_pool_backward(g, H, W, F, 1)


def _hand_back(g, shape, F, S, window=usual_window):
    """Hand back to other windows, or in another shape."""
    grad = np.zeros(shape)
    for i, j in np.ndindex(g.shape):
        grad[window(i, F, S), window(j, F, S)] += g[i, j] / F**2
    return grad


@EXERCISE.misconception(
    "windows start F apart", "Windows start S apart, which need not be F: at (i·S, j·S)."
)
def _(g, H, W, F, S):
    return _hand_back(g, (H, W), F, S, lambda i, F, S: slice(i * F, i * F + F))


@EXERCISE.misconception(
    "windows of S × S instead of F × F",
    "The window has F rows: from i·S to i·S + F. The stride S says where it starts.",
)
def _(g, H, W, F, S):
    return _hand_back(g, (H, W), F, S, lambda i, F, S: slice(i * S, i * S + S))


@EXERCISE.misconception(
    "window and stride are exchanged", "F is the side of a window, S the way from one to the next."
)
def _(g, H, W, F, S):
    return _hand_back(g, (H, W), S, F)


@EXERCISE.misconception(
    "the slices end at F",
    "A slice x[s : e] ends before e, wherever it starts. F rows from row i·S on are [i * S : i * "
    "S + F].",
)
def _(g, H, W, F, S):
    return _hand_back(g, (H, W), F, S, lambda i, F, S: slice(i * S, F))


@EXERCISE.misconception(
    "the gradient is repeated, as if windows stood side by side",
    "Windows are S apart: they may overlap, where contributions add up, or leave gaps, where the "
    "gradient is 0. The result has the shape of x, (H, W).",
)
def _(g, H, W, F, S):
    return np.repeat(np.repeat(g, F, axis=0), F, axis=1) / F**2


@EXERCISE.misconception(
    "height and width are exchanged",
    "x is (H, W), H rows of W values, and its gradient too: np.zeros((H, W)).",
)
def _(g, H, W, F, S):
    return _hand_back(g, (W, H), F, S)


@EXERCISE.misconception(
    "the gradient that arrives is taken to be all ones",
    "g says how the loss depends on each mean: g[i, j] / F**2.",
)
def _(g, H, W, F, S):
    return avg_pool_backward(np.ones(g.shape), H, W, F, S)


@EXERCISE.misconception(
    "the last row and column of windows hand nothing back",
    "The windows are 0, …, M_H − 1 downwards, and range(g.shape[0]) already stops there.",
)
def _(g, H, W, F, S):
    return avg_pool_backward(g[:-1, :-1], H, W, F, S)


@EXERCISE.misconception(
    "only the first row of windows hands back: the return stands inside the loop",
    "The function returns at the end of the first row. Indent return as far as the outer for, so "
    "that it comes after both loops.",
)
def _(g, H, W, F, S):
    return avg_pool_backward(filled_up_to(g, 1, None), H, W, F, S)


@EXERCISE.misconception(
    "only the first window hands back: the return stands inside the loops",
    "The function returns in the very first round. Indent return as far as the outer for, so "
    "that it comes after both loops.",
)
def _(g, H, W, F, S):
    return avg_pool_backward(filled_up_to(g, 1, 1), H, W, F, S)


@EXERCISE.misconception(
    "the fractions are cut off where g holds whole numbers",
    "The gradient has been given the dtype of g, and an array of integers cannot hold fractions. "
    "np.zeros((H, W)) makes floats.",
)
def _(g, H, W, F, S):
    grad = np.zeros((H, W), dtype=g.dtype)
    for i, j in np.ndindex(g.shape):
        for a, b in np.ndindex(F, F):
            grad[i * S + a, j * S + b] += g[i, j] / F**2
    return grad


@EXERCISE.misconception(
    "fractions are put into an array of whole numbers",
    "Where g holds whole numbers, NumPy refuses to put fractions into it, or into an array with "
    "its dtype. np.zeros((H, W)) makes floats; and g / F**2 in place of g /= F**2 leaves g, "
    "which is not yours, as it was.",
)
def _(g, H, W, F, S):
    grad = np.zeros((H, W), dtype=g.dtype)
    for i, j in np.ndindex(g.shape):
        grad[i * S : i * S + F, j * S : j * S + F] += g[i, j] / F**2
    return grad
