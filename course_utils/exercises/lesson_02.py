"""Exercises of lesson 02, filters on images."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.exercises import Case, Exercise, Misconception

Array = npt.NDArray[np.float64]


def _random(seed: int, *shapes: tuple[int, ...]) -> tuple[Array, ...]:
    """Arrays of the given shapes; no symmetry, so that a flip or a transpose shows."""
    rng = np.random.default_rng(seed)
    return tuple(np.round(rng.normal(size=shape), 2) for shape in shapes)


# The example of the course's source note: a 5×5 picture and a vertical-edge kernel.
_PICTURE = np.array(
    [[1, 2, 0, 3, 1], [4, 5, 6, 7, 8], [1, 0, 1, 2, 1], [0, 1, 3, 4, 0], [3, 4, 5, 1, 2]],
    dtype=float,
)
_EDGE = np.array([[1, 0, -1]] * 3, dtype=float)


# 2.1 the sliding window


def filter2d(x: Array, w: Array) -> Array:
    """Slide w (kH, kW) over x (H, W), no padding, no flip: shape (H - kH + 1, W - kW + 1)."""
    H, W = x.shape
    kH, kW = w.shape
    y = np.zeros((H - kH + 1, W - kW + 1))
    for i in range(H - kH + 1):
        for j in range(W - kW + 1):
            window = x[i : i + kH, j : j + kW]
            y[i, j] = np.sum(window * w)
    return y


def _filter_flipped(x: Array, w: Array) -> Array:
    return filter2d(x, w[::-1, ::-1])


def _filter_sums_window(x: Array, w: Array) -> Array:
    return filter2d(x, np.ones_like(w, dtype=float))


def _filter_rows_for_columns(x: Array, w: Array) -> Array:
    return filter2d(x.T, w)


def _filter_kernel_transposed(x: Array, w: Array) -> Array:
    return filter2d(x, w.T)


def _filter_clamped(x: Array, w: Array) -> Array:
    return np.maximum(filter2d(x, w), 0)


def _filter_normalised(x: Array, w: Array) -> Array:
    return filter2d(x, w) / w.size


def _filter_wraps(x: Array, w: Array) -> Array:
    kH, kW = w.shape
    return filter2d(np.pad(x, ((0, kH - 1), (0, kW - 1)), mode="wrap"), w)


def _filter_zero_padded(x: Array, w: Array) -> Array:
    kH, kW = w.shape
    top, left = (kH - 1) // 2, (kW - 1) // 2
    return filter2d(np.pad(x, ((top, kH - 1 - top), (left, kW - 1 - left))), w)


def _filter_one_window_short(x: Array, w: Array) -> Array:
    return filter2d(x, w)[:-1, :-1]


FILTER2D = Exercise(
    id="02.filter2d",
    title="The sliding window",
    minutes=8,
    difficulty=1,
    reference=filter2d,
    cases=[
        Case(_PICTURE, _EDGE, note="top left: (1 + 4 + 1) − (0 + 6 + 1) = −1"),
        Case(
            np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]),
            np.array([[1.0, 10.0]]),
            note="1 + 20 = 21, 2 + 30 = 32; 4 + 50 = 54, 5 + 60 = 65",
        ),
        Case(
            np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
            np.array([[1.0], [10.0]]),
            note="1 + 30 = 31, 2 + 40 = 42; 3 + 50 = 53, 4 + 60 = 64",
        ),
        Case(np.array([[3, 1, 4, 1], [5, 9, 2, 6], [5, 3, 5, 8]]), np.array([[0.5, 0.25]])),
        Case(*_random(11, (5, 7), (3, 2))),
        Case(*_random(12, (6, 6), (3, 3))),
        Case(*_random(13, (8, 5), (2, 4))),
        Case(*_random(14, (4, 6), (4, 6))),
    ],
    misconceptions=[
        Misconception(
            "the kernel is flipped, which makes it a true convolution",
            _filter_flipped,
            "This task slides the kernel as it is, as networks do. Rotating it by 180 degrees "
            "first gives the convolution of lesson 01 instead.",
        ),
        Misconception(
            "the window is summed without the weights",
            _filter_sums_window,
            "Each pixel of the window is multiplied by its own weight before summing. "
            "Without the weights every filter is the same blur.",
        ),
        Misconception(
            "rows are taken for columns in the picture",
            _filter_rows_for_columns,
            "The first index counts rows downwards (H of them), the second columns to the right "
            "(W). Your result is that of the transposed picture.",
        ),
        Misconception(
            "rows are taken for columns in the kernel",
            _filter_kernel_transposed,
            "w[a, b] belongs to the pixel a rows down and b columns to the right. "
            "Transposing w turns a detector of vertical edges into one of horizontal edges.",
        ),
        Misconception(
            "negative values are clamped to zero",
            _filter_clamped,
            "A filter may answer with negative numbers; they say that the pattern is there with "
            "light and dark exchanged. Clamping (ReLU) is a separate step.",
        ),
        Misconception(
            "the sum is divided by the number of weights",
            _filter_normalised,
            "The sum is taken as it is. A kernel that is meant to average carries the 1/9 in its "
            "weights.",
        ),
        Misconception(
            "the window wraps around the border",
            _filter_wraps,
            "The window has to stay inside the picture. There are H − kH + 1 places for it "
            "vertically and W − kW + 1 horizontally.",
        ),
        Misconception(
            "zeros are added around the picture",
            _filter_zero_padded,
            "Padding keeps the size, but this task asks for complete windows only: "
            "(H − kH + 1, W − kW + 1).",
        ),
        Misconception(
            "the last row and column of windows are missing",
            _filter_one_window_short,
            "The first window starts at row 0 and the last at row H − kH, both included: "
            "H − kH + 1 places. range(H - kH) stops one too early.",
        ),
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


# 2.2 the nearest separable kernel


def nearest_separable(w: Array) -> Array:
    """The outer product of one column and one row that is nearest to w (kH, kW): shape (kH, kW)."""
    U, s, Vt = np.linalg.svd(w)  # w = Σ_r s[r] · outer(U[:, r], Vt[r]), largest s first
    return s[0] * np.outer(U[:, 0], Vt[0])


def _separable_no_scale(w: Array) -> Array:
    U, _, Vt = np.linalg.svd(w)
    return np.outer(U[:, 0], Vt[0])


def _separable_column_of_vt(w: Array) -> Array:
    U, s, Vt = np.linalg.svd(w)
    return s[0] * np.outer(U[:, 0], Vt[:, 0])


def _separable_last(w: Array) -> Array:
    U, s, Vt = np.linalg.svd(w)
    last = len(s) - 1
    return np.asarray(s[last] * np.outer(U[:, last], Vt[last]))


def _separable_all(w: Array) -> Array:
    return np.array(w, dtype=float)


def _separable_means(w: Array) -> Array:
    total = w.sum() or 1.0
    return np.outer(w.sum(axis=1), w.sum(axis=0)) / total


NEAREST_SEPARABLE = Exercise(
    id="02.nearest_separable",
    title="The nearest separable kernel",
    minutes=7,
    difficulty=2,
    reference=nearest_separable,
    cases=[
        Case(
            np.array([[1.0, 2.0], [3.0, 6.0]]),
            note="this kernel is (1, 3)ᵀ times (1, 2): already separable, so it is its own answer",
        ),
        Case(
            np.array([[3.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
            note="two rank-one parts of size 3 and 1: the larger one stays",
        ),
        Case(np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])),
        Case(_random(21, (3, 3))[0]),
        Case(_random(22, (2, 5))[0]),
        Case(_random(23, (5, 3))[0]),
    ],
    misconceptions=[
        Misconception(
            "the singular value is left out",
            _separable_no_scale,
            "U[:, 0] and Vt[0] both have length 1. The size of the part is s[0]; "
            "without it the result always has norm 1.",
        ),
        Misconception(
            "a column of Vt is taken for a row",
            _separable_column_of_vt,
            "np.linalg.svd returns V already transposed: the directions are the rows Vt[0], "
            "Vt[1], …",
        ),
        Misconception(
            "the smallest part is kept instead of the largest",
            _separable_last,
            "The singular values come sorted, largest first. The nearest rank-one matrix keeps "
            "the largest (Eckart and Young, 1936).",
        ),
        Misconception(
            "all parts are kept",
            _separable_all,
            "Adding all parts gives w back. Separable means one column times one row: keep one.",
        ),
        Misconception(
            "row sums times column sums",
            _separable_means,
            "The product of the sums gives a separable kernel, and the right one if w already was "
            "separable (and does not sum to zero), but in general not the nearest.",
        ),
    ],
    hints=[
        "The singular value decomposition writes w as a sum of outer products, sorted by size.",
        "U, s, Vt = np.linalg.svd(w). Part r is s[r] * np.outer(U[:, r], Vt[r]).",
        "Keep part 0, with its factor s[0].",
    ],
)


# 2.3 reflection at the border


def reflect_index(i: int, N: int) -> int:
    """Index in 0 … N - 1 that i (-N < i < 2N - 1) reflects to; the edge is not repeated."""
    if i < 0:
        return -i  # mirror at sample 0: −1 becomes 1
    if i >= N:
        return 2 * (N - 1) - i  # mirror at sample N − 1: N becomes N − 2
    return i


def _reflect_repeats_edge(i: int, N: int) -> int:
    if i < 0:
        return -i - 1
    return 2 * N - 1 - i if i >= N else i


def _reflect_wraps(i: int, N: int) -> int:
    return i % N


def _reflect_clamps(i: int, N: int) -> int:
    return min(max(i, 0), N - 1)


def _reflect_left_only(i: int, N: int) -> int:
    return abs(i) if i < N else i


def _reflect_right_off_by_one(i: int, N: int) -> int:
    if i < 0:
        return -i
    return 2 * N - 1 - i if i >= N else i


REFLECT_INDEX = Exercise(
    id="02.reflect_index",
    title="A mirror at the border",
    minutes=5,
    difficulty=1,
    reference=reflect_index,
    cases=[
        Case(2, 5, note="2 lies inside 0 … 4 and stays"),
        Case(-1, 5, note="one step left of sample 0 shows sample 1"),
        Case(5, 5, note="one step right of sample 4 shows sample 3"),
        Case(0, 5),
        Case(4, 5),
        Case(-4, 5),
        Case(8, 5),
        Case(-2, 3),
        Case(4, 3),
        Case(6, 4),
    ],
    misconceptions=[
        Misconception(
            "the edge sample is repeated (NumPy calls this symmetric)",
            _reflect_repeats_edge,
            "Here the mirror stands on the edge sample, not beside it: −1 shows sample 1, "
            "as in PyTorch's and NumPy's mode 'reflect'.",
        ),
        Misconception(
            "the index wraps around",
            _reflect_wraps,
            "Modulo N continues the signal periodically: that is circular padding. "
            "A mirror reverses the direction.",
        ),
        Misconception(
            "the edge is repeated forever (replicate)",
            _reflect_clamps,
            "Clamping to 0 and N − 1 shows the edge sample again and again: replicate padding. "
            "A mirror shows what lies further in.",
        ),
        Misconception(
            "only the left side is mirrored",
            _reflect_left_only,
            "An index of N or more lies outside as well. Mirrored at N − 1 it becomes "
            "2(N − 1) − i.",
        ),
        Misconception(
            "the right mirror stands half a sample too far out",
            _reflect_right_off_by_one,
            "The mirror stands on sample N − 1: index N − 1 + k shows N − 1 − k. "
            "Adding the two: 2(N − 1).",
        ),
    ],
    hints=[
        "Draw five samples and a mirror standing on sample 0. What does −1 show? And −2?",
        "On the right, the mirror stands on sample N − 1. The index N − 1 + k shows N − 1 − k.",
        "So i becomes −i on the left and 2 * (N - 1) - i on the right.",
    ],
)


# 2.4 template matching


def find_template(x: Array, template: Array) -> tuple[int, int]:
    """Top left corner (row, column) of the window of x (H, W) most like the template (kH, kW)."""
    kH, kW = template.shape
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW)).astype(float)
    windows = windows - windows.mean(axis=(2, 3), keepdims=True)
    pattern = template - template.mean()
    products = np.sum(windows * pattern, axis=(2, 3))
    norms = np.sqrt(np.sum(windows**2, axis=(2, 3))) * np.sqrt(np.sum(pattern**2))
    likeness = products / np.maximum(norms, 1e-12)  # a flat window is like nothing
    row, column = np.unravel_index(np.argmax(likeness), likeness.shape)
    return int(row), int(column)


def _products(x: Array, template: Array) -> Array:
    windows = np.lib.stride_tricks.sliding_window_view(x, template.shape)
    return np.asarray(np.sum(windows * template, axis=(2, 3)), dtype=float)


def _place(score: Array) -> tuple[int, int]:
    row, column = np.unravel_index(np.argmax(score), score.shape)
    return int(row), int(column)


def _match_raw(x: Array, template: Array) -> tuple[int, int]:
    return _place(_products(x, template))


def _match_template_centred_only(x: Array, template: Array) -> tuple[int, int]:
    return _place(_products(x, template - template.mean()))


def _match_not_centred(x: Array, template: Array) -> tuple[int, int]:
    windows = np.lib.stride_tricks.sliding_window_view(x, template.shape).astype(float)
    norms = np.sqrt(np.sum(windows**2, axis=(2, 3)))
    return _place(_products(x, template) / np.maximum(norms, 1e-12))


def _match_column_first(x: Array, template: Array) -> tuple[int, int]:
    row, column = find_template(x, template)
    return column, row


def _match_centre(x: Array, template: Array) -> tuple[int, int]:
    row, column = find_template(x, template)
    return row + template.shape[0] // 2, column + template.shape[1] // 2


def _match_least(x: Array, template: Array) -> tuple[int, int]:
    return find_template(x, -np.asarray(template))


def _match_flipped(x: Array, template: Array) -> tuple[int, int]:
    return find_template(x, template[::-1, ::-1])


def _scene(seed: int, shape: tuple[int, int], size: tuple[int, int], at: tuple[int, int]) -> Case:
    """A noisy scene with a bright block; the template is hidden in it, darker and weaker."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=shape) * 0.3
    template = np.round(rng.normal(size=size), 2) + 1.0
    row, column = at
    x[row : row + size[0], column : column + size[1]] = 0.5 * template - 2.0
    x[-size[0] :, -size[1] :] += 9.0 + rng.normal(size=size)  # bright and busy, but not alike
    return Case(np.round(x, 2), template)


FIND_TEMPLATE = Exercise(
    id="02.find_template",
    title="Find a pattern whatever the light",
    minutes=10,
    difficulty=3,
    reference=find_template,
    cases=[
        Case(
            np.array([[7.0, 7.0, 9.0, 7.0, 0.0, 1.0, 0.0], [7.0, 7.0, 7.0, 7.0, 0.0, 4.0, 3.0]]),
            np.array([[1.0, 1.0, 3.0]]),
            note="7, 7, 9 has exactly the shape of 1, 1, 3, only brighter: row 0, column 0",
        ),
        _scene(41, (9, 12), (3, 3), (1, 6)),
        _scene(42, (12, 8), (3, 2), (5, 1)),
        _scene(43, (10, 14), (4, 3), (2, 8)),
        _scene(44, (8, 11), (2, 4), (3, 2)),
        _scene(45, (13, 9), (3, 4), (6, 1)),
    ],
    misconceptions=[
        Misconception(
            "plain correlation, which finds the brightest place",
            _match_raw,
            "A bright window has a large product with anything. Subtract the mean of each window "
            "and divide by its norm, and brightness and contrast drop out.",
        ),
        Misconception(
            "windows are not divided by their norm",
            _match_template_centred_only,
            "Subtracting the template's mean removes the brightness, but a window with strong "
            "contrast still wins over one of the right shape. Divide by each window's norm.",
        ),
        Misconception(
            "windows are not centred",
            _match_not_centred,
            "Without subtracting the mean, every window of positive pixels points in nearly the "
            "same direction. Centre the windows and the template first.",
        ),
        Misconception(
            "column before row",
            _match_column_first,
            "Rows come first: np.unravel_index with the shape of the map gives (row, column).",
        ),
        Misconception(
            "the centre of the window is returned",
            _match_centre,
            "Asked for is the top left corner, the index of the window itself.",
        ),
        Misconception(
            "the most unlike window is found",
            _match_least,
            "Likeness is largest at the match: argmax, not argmin. (For squared differences it "
            "would be the smallest.)",
        ),
        Misconception(
            "the template is rotated by 180 degrees",
            _match_flipped,
            "Likeness is a correlation: template and window are compared as they stand. "
            "A convolution would rotate the template first.",
        ),
    ],
    hints=[
        (
            "np.lib.stride_tricks.sliding_window_view(x, template.shape) has the window at (i, j) "
            "as its element [i, j]."
        ),
        (
            "Subtract from each window its mean (axis=(2, 3), keepdims=True), from the template "
            "its own, and divide the sum of products by both norms."
        ),
        (
            "A flat window has norm 0: np.maximum(norms, 1e-12) avoids the division by zero. "
            "np.unravel_index(np.argmax(m), m.shape) gives row and column."
        ),
    ],
)


# 2.5 the first learnt filter


def learn_kernel(x: Array, y: Array, kH: int, kW: int) -> Array:
    """Kernel (kH, kW) that turns x into y, its filtered version, with least squared error."""
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW))
    A = windows.reshape(-1, kH * kW)  # one row for each output: the pixels that made it
    w, *_ = np.linalg.lstsq(A, y.reshape(-1))
    return w.reshape(kH, kW)


def _learn_flipped(x: Array, y: Array, kH: int, kW: int) -> Array:
    return learn_kernel(x, y, kH, kW)[::-1, ::-1].copy()


def _learn_transposed(x: Array, y: Array, kH: int, kW: int) -> Array:
    return learn_kernel(x, y, kH, kW).T.copy()


def _learn_reshaped(x: Array, y: Array, kH: int, kW: int) -> Array:
    return learn_kernel(x, y, kH, kW).reshape(kW, kH)


def _learn_column_order(x: Array, y: Array, kH: int, kW: int) -> Array:
    return learn_kernel(x, y, kH, kW).reshape(kH, kW, order="F")


def _learn_unsolved(x: Array, y: Array, kH: int, kW: int) -> Array:
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW)).reshape(-1, kH * kW)
    return np.asarray(windows.T @ y.reshape(-1), dtype=float).reshape(kH, kW)


def _learn_flat(x: Array, y: Array, kH: int, kW: int) -> Array:
    return learn_kernel(x, y, kH, kW).reshape(-1)


def _filtered(
    seed: int, shape: tuple[int, int], kernel: tuple[int, int], noise: float = 0.0
) -> Case:
    x, w = _random(seed, shape, kernel)
    y = filter2d(x, w)
    y = y + noise * np.random.default_rng(seed + 1).normal(size=y.shape)
    return Case(x, y, *kernel)


LEARN_KERNEL = Exercise(
    id="02.learn_kernel",
    title="Recover a hidden kernel",
    minutes=10,
    difficulty=3,
    reference=learn_kernel,
    cases=[
        Case(
            np.array([[1.0, 0.0, 2.0, 1.0]]),
            np.array([[1.0, 20.0, 12.0]]),
            1,
            2,
            note="the kernel (1, 10) gives 1·1 + 0·10 = 1, 0·1 + 2·10 = 20, 2·1 + 1·10 = 12",
        ),
        _filtered(51, (7, 8), (2, 3)),
        _filtered(53, (8, 8), (3, 3)),
        _filtered(55, (9, 6), (3, 2)),
        _filtered(57, (12, 12), (3, 3), noise=0.1),
    ],
    misconceptions=[
        Misconception(
            "the kernel comes out rotated by 180 degrees",
            _learn_flipped,
            "Row (i, j) of the system holds the window as it stands, so the solution is the "
            "kernel as it slides. Rotating it gives the kernel of a true convolution.",
        ),
        Misconception(
            "the kernel is transposed",
            _learn_transposed,
            "The unknowns come out in the order in which the window was flattened: row by row. "
            "Reshape to (kH, kW) and leave it there.",
        ),
        Misconception(
            "reshaped to (kW, kH)",
            _learn_reshaped,
            "The window has kH rows and kW columns; its flattened form goes back with "
            "reshape(kH, kW).",
        ),
        Misconception(
            "the numbers are read back column by column",
            _learn_column_order,
            "NumPy flattens row by row unless told otherwise, and the numbers have to be read "
            "back in the same order.",
        ),
        Misconception(
            "correlated with the answer, but not solved",
            _learn_unsolved,
            "Aᵀy alone mixes the weights, because neighbouring pixels overlap between windows. "
            "Least squares solves AᵀA w = Aᵀy.",
        ),
        Misconception(
            "the kernel is left flat",
            _learn_flat,
            "The numbers are right; give them back the shape of the window with reshape(kH, kW).",
        ),
    ],
    hints=[
        (
            "Every output pixel is one linear equation in the kH·kW unknown weights: "
            "window · w = y[i, j]."
        ),
        (
            "sliding_window_view(x, (kH, kW)).reshape(-1, kH * kW) is the matrix of all windows, "
            "one a row, in the order of y.reshape(-1)."
        ),
        "np.linalg.lstsq(A, y.reshape(-1))[0] solves it; reshape the answer to (kH, kW).",
    ],
)

EXERCISES = [FILTER2D, NEAREST_SEPARABLE, REFLECT_INDEX, FIND_TEMPLATE, LEARN_KERNEL]
