"""Exercises of lesson 06, pooling."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.exercises import Case, Exercise, Misconception

Array = npt.NDArray[np.float64]


def _random(seed: int, *shapes: int | tuple[int, ...]) -> tuple[Array, ...]:
    rng = np.random.default_rng(seed)
    return tuple(np.round(rng.normal(size=shape), 2) for shape in shapes)


# 6.1 max pooling


def max_pool(x: Array, F: int, S: int) -> Array:
    """Largest value in each F×F window of x (H, W), windows S apart: shape (M_H, M_W)."""
    H, W = x.shape
    M_H, M_W = (H - F) // S + 1, (W - F) // S + 1
    y = np.zeros((M_H, M_W))
    for i in range(M_H):
        for j in range(M_W):
            y[i, j] = x[i * S : i * S + F, j * S : j * S + F].max()
    return y


def _pool_means(x: Array, F: int, S: int) -> Array:
    windows = np.lib.stride_tricks.sliding_window_view(x, (F, F))[::S, ::S]
    return np.asarray(windows.mean(axis=(2, 3)))


def _pool_stride_one(x: Array, F: int, S: int) -> Array:
    del S
    return max_pool(x, F, 1)


def _pool_stride_f(x: Array, F: int, S: int) -> Array:
    del S
    return max_pool(x, F, F)


def _pool_from_zero(x: Array, F: int, S: int) -> Array:
    return np.maximum(max_pool(x, F, S), 0)


def _pool_magnitudes(x: Array, F: int, S: int) -> Array:
    return max_pool(np.abs(x), F, S)


def _pool_last_missing(x: Array, F: int, S: int) -> Array:
    return max_pool(x, F, S)[:-1, :-1]


def _pool_no_stride_in_start(x: Array, F: int, S: int) -> Array:
    H, W = x.shape
    M_H, M_W = (H - F) // S + 1, (W - F) // S + 1
    return np.array([[x[i : i + F, j : j + F].max() for j in range(M_W)] for i in range(M_H)])


def _pool_minima(x: Array, F: int, S: int) -> Array:
    return -max_pool(-x, F, S)


MAX_POOL = Exercise(
    id="06.max_pool",
    title="Max pooling",
    minutes=6,
    difficulty=1,
    reference=max_pool,
    cases=[
        Case(
            np.array([[1.0, 2.0, 5.0, 6.0], [3.0, 4.0, 7.0, 8.0]]),
            2,
            2,
            note="the two windows hold 1, 2, 3, 4 and 5, 6, 7, 8: largest 4 and 8",
        ),
        Case(
            np.array([[-11.0, -12.0], [-13.0, -14.0]]),
            2,
            1,
            note="one window, all negative: its largest value is −11",
        ),
        Case(np.array([[1, 5, 2, 0], [3, 1, 9, 4], [7, 2, 2, 8]]), 2, 1),
        Case(*_random(11, (6, 7)), 2, 2),
        Case(*_random(12, (7, 5)), 3, 2),
        Case(*_random(13, (5, 8)), 3, 1),
        Case(*_random(14, (9, 6)), 2, 3),
    ],
    misconceptions=[
        Misconception(
            "the mean instead of the largest value",
            _pool_means,
            "That is average pooling. Max pooling keeps the largest value of each window.",
        ),
        Misconception(
            "the stride is ignored",
            _pool_stride_one,
            "Windows start S apart: at rows and columns 0, S, 2S, …",
        ),
        Misconception(
            "windows are taken not to overlap",
            _pool_stride_f,
            "Windows are S apart, which need not be F. With S < F they overlap.",
        ),
        Misconception(
            "negative values count as zero",
            _pool_from_zero,
            "In a window of negative values the largest one is negative. If zeros take part, by "
            "padding or by starting a search at 0, it is lost.",
        ),
        Misconception(
            "the largest magnitude",
            _pool_magnitudes,
            "The largest value, with its sign: −5 is smaller than 1.",
        ),
        Misconception(
            "the last row and column of windows are missing",
            _pool_last_missing,
            "There are (H − F) // S + 1 windows downwards: the last start counts too.",
        ),
        Misconception(
            "right number of windows, all starting one apart",
            _pool_no_stride_in_start,
            "Window (i, j) starts at (i·S, j·S), not at (i, j).",
        ),
        Misconception(
            "the smallest value",
            _pool_minima,
            "Max pooling keeps the largest value of each window.",
        ),
    ],
    hints=[
        "How many windows are there downwards, and across? The formula of lesson 03.",
        "Window (i, j) is x[i * S : i * S + F, j * S : j * S + F].",
        "Take .max() of it.",
    ],
)


# 6.2 max pooling, backward


def max_pool_backward(g: Array, x: Array, F: int, S: int) -> Array:
    """Gradient of x (H, W) from g (M_H, M_W); among equal values the first, row by row, gets it."""
    grad = np.zeros(x.shape)
    for i in range(g.shape[0]):
        for j in range(g.shape[1]):
            window = x[i * S : i * S + F, j * S : j * S + F]
            a, b = divmod(int(np.argmax(window)), F)  # argmax takes the first, row by row
            grad[i * S + a, j * S + b] += g[i, j]  # += because windows may overlap
    return grad


def _back_all_maxima(g: Array, x: Array, F: int, S: int) -> Array:
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(g.shape):
        window = x[i * S : i * S + F, j * S : j * S + F]
        grad[i * S : i * S + F, j * S : j * S + F] += g[i, j] * (window == window.max())
    return grad


def _back_split(g: Array, x: Array, F: int, S: int) -> Array:
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(g.shape):
        window = x[i * S : i * S + F, j * S : j * S + F]
        best = window == window.max()
        grad[i * S : i * S + F, j * S : j * S + F] += g[i, j] * best / best.sum()
    return grad


def _back_shared_by_window(g: Array, x: Array, F: int, S: int) -> Array:
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(g.shape):
        grad[i * S : i * S + F, j * S : j * S + F] += g[i, j] / F**2
    return grad


def _back_overwrites(g: Array, x: Array, F: int, S: int) -> Array:
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(g.shape):
        a, b = divmod(int(np.argmax(x[i * S : i * S + F, j * S : j * S + F])), F)
        grad[i * S + a, j * S + b] = g[i, j]
    return grad


def _back_last(g: Array, x: Array, F: int, S: int) -> Array:
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(g.shape):
        window = x[i * S : i * S + F, j * S : j * S + F]
        a, b = divmod(F * F - 1 - int(np.argmax(window[::-1, ::-1])), F)
        grad[i * S + a, j * S + b] += g[i, j]
    return grad


def _back_column_order(g: Array, x: Array, F: int, S: int) -> Array:
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(g.shape):
        b, a = divmod(int(np.argmax(x[i * S : i * S + F, j * S : j * S + F].T)), F)
        grad[i * S + a, j * S + b] += g[i, j]
    return grad


def _back_swapped(g: Array, x: Array, F: int, S: int) -> Array:
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(g.shape):
        b, a = divmod(int(np.argmax(x[i * S : i * S + F, j * S : j * S + F])), F)
        grad[i * S + a, j * S + b] += g[i, j]
    return grad


def _back_from_zero(g: Array, x: Array, F: int, S: int) -> Array:
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(g.shape):
        best, place = 0.0, (0, 0)
        for a, b in np.ndindex(F, F):
            if x[i * S + a, j * S + b] > best:
                best, place = x[i * S + a, j * S + b], (a, b)
        grad[i * S + place[0], j * S + place[1]] += g[i, j]
    return grad


def _back_value(g: Array, x: Array, F: int, S: int) -> Array:
    return max_pool_backward(g * max_pool(x, F, S), x, F, S)


MAX_POOL_BACKWARD = Exercise(
    id="06.max_pool_backward",
    title="Where the gradient goes",
    minutes=9,
    difficulty=2,
    reference=max_pool_backward,
    cases=[
        Case(
            np.array([[10.0]]),
            np.array([[1.0, 4.0], [3.0, 2.0]]),
            2,
            1,
            note="4 is the largest, at row 0, column 1: all of 10 goes there",
        ),
        Case(
            np.array([[1.0, 10.0]]),
            np.array([[0.0, 5.0, 0.0], [0.0, 0.0, 0.0]]),
            2,
            1,
            note="5 wins both windows and gets 1 + 10 = 11",
        ),
        Case(
            np.array([[6.0]]),
            np.array([[0.0, 7.0], [7.0, 7.0]]),
            2,
            2,
            note="three equal values: the first, row by row, is at row 0, column 1",
        ),
        Case(
            np.array([[2.0]]),
            np.array([[1.0, 1.0, 3.0], [1.0, 1.0, 1.0], [3.0, 1.0, 1.0]]),
            3,
            1,
            note="3 stands at (0, 2) and at (2, 0); row by row, (0, 2) comes first",
        ),
        Case(
            np.array([[5.0]]),
            np.array([[-19.0, -14.0], [-16.0, -18.0]]),
            2,
            1,
            note="all negative: −14, at row 0, column 1, is the largest",
        ),
        Case(np.array([[0.5, 0.25]]), np.array([[1, 2, 9, 4], [5, 6, 7, 8]]), 2, 2),
        Case(*_random(21, (2, 3), (5, 7)), 3, 2),
        Case(*_random(22, (4, 3), (5, 4)), 2, 1),
        Case(*_random(23, (3, 2), (7, 5)), 2, 2),
    ],
    misconceptions=[
        Misconception(
            "every maximum of a window gets the whole gradient",
            _back_all_maxima,
            "The output moves by at most g however many values tie. Handing g to each of them "
            "multiplies the gradient. PyTorch gives all of it to the first.",
        ),
        Misconception(
            "equal values share the gradient",
            _back_split,
            "Sharing is a valid choice (a subgradient), but not the one asked for: PyTorch gives "
            "everything to the first maximum, row by row.",
        ),
        Misconception(
            "the gradient is shared by the whole window",
            _back_shared_by_window,
            "That is the backward pass of average pooling. Small changes of the values that did "
            "not win leave the output as it is, so their gradient is 0.",
        ),
        Misconception(
            "later windows overwrite what earlier ones passed on",
            _back_overwrites,
            "A value can win in several windows; what they pass on adds up.",
        ),
        Misconception(
            "the last maximum gets it, not the first",
            _back_last,
            "Among equal values the first in row by row order is chosen.",
        ),
        Misconception(
            "the first maximum column by column",
            _back_column_order,
            "Windows are searched row by row: (0, 2) comes before (2, 0).",
        ),
        Misconception(
            "row and column of the winner are exchanged",
            _back_swapped,
            "np.argmax counts row by row: index n in a window of width F is row n // F, "
            "column n % F.",
        ),
        Misconception(
            "the search for the largest starts at 0",
            _back_from_zero,
            "In a window of negative values nothing is larger than 0, and the place found is "
            "wrong. Start with the first value of the window, or use np.argmax.",
        ),
        Misconception(
            "the gradient is multiplied by the value",
            _back_value,
            "The output equals the winner, so its derivative with respect to it is 1.",
        ),
    ],
    hints=[
        (
            "In each window find the place of the largest value. np.argmax(window) counts row by "
            "row and takes the first."
        ),
        "a, b = divmod(np.argmax(window), F) turns the count into row and column in the window.",
        "grad[i * S + a, j * S + b] += g[i, j], with += because windows may overlap.",
    ],
)


# 6.3 average pooling, backward


def avg_pool_backward(g: Array, H: int, W: int, F: int, S: int) -> Array:
    """Gradient of x (H, W) from g (M_H, M_W) where y is the mean of each F×F window, S apart."""
    grad = np.zeros((H, W))
    for i in range(g.shape[0]):
        for j in range(g.shape[1]):
            grad[i * S : i * S + F, j * S : j * S + F] += g[i, j] / F**2
    return grad


def _average_not_divided(g: Array, H: int, W: int, F: int, S: int) -> Array:
    return avg_pool_backward(g, H, W, F, S) * F**2


def _average_overwrites(g: Array, H: int, W: int, F: int, S: int) -> Array:
    grad = np.zeros((H, W))
    for i, j in np.ndindex(g.shape):
        grad[i * S : i * S + F, j * S : j * S + F] = g[i, j] / F**2
    return grad


def _average_divided_by_side(g: Array, H: int, W: int, F: int, S: int) -> Array:
    return avg_pool_backward(g, H, W, F, S) * F


def _average_corner(g: Array, H: int, W: int, F: int, S: int) -> Array:
    del F
    grad = np.zeros((H, W))
    for i, j in np.ndindex(g.shape):
        grad[i * S, j * S] += g[i, j]
    return grad


def _average_by_count(g: Array, H: int, W: int, F: int, S: int) -> Array:
    count = avg_pool_backward(np.ones_like(g, dtype=float), H, W, F, S)
    return avg_pool_backward(g, H, W, F, S) / np.maximum(count * F**2, 1)


AVG_POOL_BACKWARD = Exercise(
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
        Case(np.array([[3, 18]]), 3, 7, 3, 4, note="3/9 and 18/9; column 3 is in no window: 0"),
        Case(*_random(31, (2, 3)), 5, 7, 3, 2),
        Case(*_random(32, (4, 2)), 6, 4, 3, 1),
        Case(*_random(33, (3, 3)), 7, 6, 2, 2),
    ],
    misconceptions=[
        Misconception(
            "not divided by the number of values",
            _average_not_divided,
            "Each value enters the mean with the factor 1/F², so its derivative is 1/F².",
        ),
        Misconception(
            "divided by F instead of F²",
            _average_divided_by_side,
            "A window has F·F values, not F.",
        ),
        Misconception(
            "later windows overwrite what earlier ones passed on",
            _average_overwrites,
            "Where windows overlap, what they pass on adds up.",
        ),
        Misconception(
            "only the first value of each window gets a gradient",
            _average_corner,
            "All values of the window enter the mean, each with the same factor.",
        ),
        Misconception(
            "divided by the number of windows that see a value",
            _average_by_count,
            "A value in two windows gets both contributions in full: contributions add, they are "
            "not averaged.",
        ),
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


# 6.4 blur before subsampling


def blur_subsample(x: Array, S: int) -> Array:
    """Blur x (N,), taken as a circle, with (1, 2, 1)/4 centred on each sample; keep every S-th."""
    blurred = (np.roll(x, 1) + 2 * x + np.roll(x, -1)) / 4
    return blurred[::S]


def _blur_too_late(x: Array, S: int) -> Array:
    return blur_subsample(x[::S], 1)


def _blur_forgotten(x: Array, S: int) -> Array:
    return np.asarray(x[::S], dtype=float)


def _blur_unnormalised(x: Array, S: int) -> Array:
    return 4 * blur_subsample(x, S)


def _blur_off_centre(x: Array, S: int) -> Array:
    return np.asarray(((x + 2 * np.roll(x, -1) + np.roll(x, -2)) / 4)[::S])


def _blur_box(x: Array, S: int) -> Array:
    return np.asarray(((np.roll(x, 1) + x + np.roll(x, -1)) / 3)[::S])


def _blur_zero_border(x: Array, S: int) -> Array:
    return np.asarray(np.convolve(x, [0.25, 0.5, 0.25], mode="same")[::S])


BLUR_SUBSAMPLE = Exercise(
    id="06.blur_subsample",
    title="Blur, then subsample",
    minutes=5,
    difficulty=2,
    reference=blur_subsample,
    cases=[
        Case(
            np.array([4.0, 0.0, 0.0, 0.0]),
            2,
            note="blurred: 2, 1, 0, 1 (the circle closes); every second: 2, 0",
        ),
        Case(np.array([0.0, 4.0, 0.0, 0.0]), 2, note="blurred: 1, 2, 1, 0; every second: 1, 1"),
        Case(np.array([1, 2, 3, 4, 5, 6]), 3),
        Case(*_random(41, 8), 2),
        Case(*_random(42, 9), 3),
        Case(*_random(43, 7), 1),
        Case(*_random(44, 9), 2),
    ],
    misconceptions=[
        Misconception(
            "subsampled first, then blurred",
            _blur_too_late,
            "After subsampling the fast changes have already been mistaken for slow ones. The "
            "blur has to remove them before.",
        ),
        Misconception(
            "no blur at all",
            _blur_forgotten,
            "Keeping every S-th sample is what a plain stride does. Blur first.",
        ),
        Misconception(
            "the weights sum to 4",
            _blur_unnormalised,
            "(1, 2, 1) has to be divided by 4, or a constant would become four times as large.",
        ),
        Misconception(
            "the blur is not centred",
            _blur_off_centre,
            "The weight 2 belongs to the sample itself, 1 to each of its neighbours.",
        ),
        Misconception(
            "three equal weights",
            _blur_box,
            "The weights are (1, 2, 1)/4: twice as much for the middle.",
        ),
        Misconception(
            "zeros outside instead of a circle",
            _blur_zero_border,
            "On a circle the neighbour before the first sample is the last one.",
        ),
    ],
    hints=[
        (
            "np.roll(x, 1) puts each sample's left neighbour in its place, np.roll(x, -1) the "
            "right one."
        ),
        "The blur is (left + 2 · self + right)/4, for all samples at once.",
        "Then keep every S-th: [::S].",
    ],
)

EXERCISES = [MAX_POOL, MAX_POOL_BACKWARD, AVG_POOL_BACKWARD, BLUR_SUBSAMPLE]
