"""Exercises of lesson 02, filters on images."""

from __future__ import annotations

from collections.abc import Callable

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


def _filter_partly_filled(x: Array, w: Array) -> Array:
    y = np.zeros(x.shape)
    y[: x.shape[0] - w.shape[0] + 1, : x.shape[1] - w.shape[1] + 1] = filter2d(x, w)
    return y


def _filter_zero_padded(x: Array, w: Array) -> Array:
    kH, kW = w.shape
    top, left = (kH - 1) // 2, (kW - 1) // 2
    return filter2d(np.pad(x, ((top, kH - 1 - top), (left, kW - 1 - left))), w)


def _filter_wraps(x: Array, w: Array) -> Array:
    kH, kW = w.shape
    return filter2d(np.pad(x, ((0, kH - 1), (0, kW - 1)), mode="wrap"), w)


def _filter_hangs_over(x: Array, w: Array) -> Array:
    kH, kW = w.shape
    y = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            y[i, j] = np.sum(x[i : i + kH, j : j + kW] * w)
    return y


def _filter_slice_ends_at_size(x: Array, w: Array) -> Array:
    kH, kW = w.shape
    y = np.zeros((x.shape[0] - kH + 1, x.shape[1] - kW + 1))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = np.sum(x[i:kH, j:kW] * w)
    return y


def _filter_last_unfilled(x: Array, w: Array) -> Array:
    y = filter2d(x, w)
    y[-1, :] = y[:, -1] = 0
    return y


def _filter_first_row(x: Array, w: Array) -> Array:
    y = filter2d(x, w)
    y[1:] = 0
    return y


def _filter_first_number(x: Array, w: Array) -> Array:
    y = _filter_first_row(x, w)
    y[0, 1:] = 0
    return y


def _filter_last_product(x: Array, w: Array) -> Array:
    kH, kW = w.shape
    return np.array(x[kH - 1 :, kW - 1 :] * w[-1, -1], dtype=float)


def _filter_sizes_exchanged(x: Array, w: Array, picture: bool, kernel: bool) -> Array:
    """Unpack a shape as width before height, in the picture or in the kernel."""
    H, W = x.shape[::-1] if picture else x.shape
    kH, kW = w.shape[::-1] if kernel else w.shape
    y = np.zeros((H - kH + 1, W - kW + 1))
    for i in range(H - kH + 1):
        for j in range(W - kW + 1):
            y[i, j] = np.sum(x[i : i + kH, j : j + kW] * w)
    return y


def _filter_matrix_product(x: Array, w: Array) -> Array:
    kH, kW = w.shape
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW))
    return np.asarray(np.sum(windows @ w, axis=(2, 3)))


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
            note="1·1 + 2·10 = 21, 2·1 + 3·10 = 32; 4·1 + 5·10 = 54, 5·1 + 6·10 = 65",
        ),
        Case(
            np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
            np.array([[1.0], [10.0]]),
            note="1·1 + 3·10 = 31, 2·1 + 4·10 = 42; 3·1 + 5·10 = 53, 4·1 + 6·10 = 64",
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
        Case(*_random(11, (5, 7), (3, 2))),
        Case(*_random(12, (6, 6), (3, 3))),
        Case(*_random(13, (8, 5), (2, 4))),
        Case(*_random(14, (4, 6), (4, 6))),
    ],
    misconceptions=[
        Misconception(
            "the kernel is flipped, which makes it a true convolution",
            lambda x, w: filter2d(x, w[::-1, ::-1]),
            "This task slides the kernel as it is, as networks do. Rotating it by 180 degrees "
            "first gives the convolution of lesson 01 instead.",
        ),
        Misconception(
            "the kernel is flipped top to bottom",
            lambda x, w: filter2d(x, w[::-1]),
            "w[::-1] reverses the rows. Here the kernel slides as it is; and a true convolution "
            "would reverse both axes, w[::-1, ::-1].",
        ),
        Misconception(
            "the kernel is flipped left to right",
            lambda x, w: filter2d(x, w[:, ::-1]),
            "w[:, ::-1] reverses the columns. Here the kernel slides as it is; and a true "
            "convolution would reverse both axes, w[::-1, ::-1].",
        ),
        Misconception(
            "the window is summed without the weights",
            lambda x, w: filter2d(x, np.ones_like(w, dtype=float)),
            "Each pixel of the window is multiplied by its own weight before summing. "
            "Without the weights every filter is the same blur.",
        ),
        Misconception(
            "window and kernel are multiplied as matrices",
            _filter_matrix_product,
            "@ (and np.dot) multiplies rows by columns, and fits only square kernels. Here each "
            "pixel meets the one weight that lies on it: window * w, and then the sum.",
        ),
        Misconception(
            "each product overwrites the one before",
            _filter_last_product,
            "y[i, j] = … keeps only the last product, that of w[kH − 1, kW − 1]. The sum needs "
            "all of them: y[i, j] += …, or np.sum over the window.",
        ),
        Misconception(
            "rows are taken for columns in the picture",
            lambda x, w: filter2d(x.T, w),
            "The first index counts rows downwards (H of them), the second columns to the right "
            "(W). Your result is that of the transposed picture.",
        ),
        Misconception(
            "rows are taken for columns in the kernel",
            lambda x, w: filter2d(x, w.T),
            "w[a, b] belongs to the pixel a rows down and b columns to the right. "
            "Transposing w turns a detector of vertical edges into one of horizontal edges.",
        ),
        Misconception(
            "rows are taken for columns in the result",
            lambda x, w: filter2d(x, w).T,
            "The numbers are right, but they stand transposed: y[i, j] belongs to the window i "
            "rows down and j columns to the right.",
        ),
        Misconception(
            "the picture's height and width are exchanged",
            lambda x, w: _filter_sizes_exchanged(x, w, picture=True, kernel=False),
            "x.shape is (rows, columns), so H, W = x.shape, height first. For a square picture "
            "the mistake does not show.",
        ),
        Misconception(
            "the kernel's height and width are exchanged",
            lambda x, w: _filter_sizes_exchanged(x, w, picture=False, kernel=True),
            "w.shape is (rows, columns), so kH, kW = w.shape, height first. For a square kernel "
            "the mistake does not show.",
        ),
        Misconception(
            "negative values are clamped to zero",
            lambda x, w: np.maximum(filter2d(x, w), 0),
            "A filter may answer with negative numbers; they say that the pattern is there with "
            "light and dark exchanged. Clamping (ReLU) is a separate step.",
        ),
        Misconception(
            "negative values lose their sign",
            lambda x, w: np.abs(filter2d(x, w)),
            "A negative answer says that the pattern is there with light and dark exchanged. "
            "np.abs makes it look like the pattern itself.",
        ),
        Misconception(
            "the sum is divided by the number of weights",
            lambda x, w: filter2d(x, w) / w.size,
            "The sum is taken as it is, and np.mean divides it by kH·kW. A kernel that is meant "
            "to average carries the 1/9 in its weights.",
        ),
        Misconception(
            "the sum is divided by the sum of the weights",
            lambda x, w: filter2d(x, w) / np.sum(w),
            "The sum is taken as it is. Weights such as 1, 0, −1 add up to zero, so dividing by "
            "their sum is not even possible.",
        ),
        Misconception(
            "windows hang over the edge",
            _filter_hangs_over,
            "A slice that runs past the edge comes out smaller, and no longer fits the kernel. "
            "Windows that lie inside start at rows 0, …, H − kH and columns 0, …, W − kW.",
        ),
        Misconception(
            "the window is cut from x[i : kH, j : kW]",
            _filter_slice_ends_at_size,
            "A slice x[s : e] ends before e, wherever it starts, so x[i : kH] gets smaller with i. "
            "kH rows from row i on are x[i : i + kH], and kW columns from j on [j : j + kW].",
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
            "the result is as large as the picture, its last rows or columns empty",
            _filter_partly_filled,
            "There are only (H − kH + 1) × (W − kW + 1) windows, so y has that shape: "
            "np.zeros((H - kH + 1, W - kW + 1)).",
        ),
        Misconception(
            "the last row and column of windows are missing",
            lambda x, w: filter2d(x, w)[:-1, :-1],
            "The first window starts at row 0 and the last at row H − kH, both included: "
            "H − kH + 1 places. H − kH is one too few.",
        ),
        Misconception(
            "the last row and column are never filled in",
            _filter_last_unfilled,
            "y has the right shape, but the loops stop one too early and its last row and column "
            "stay zero. The last window starts at row H − kH, so i runs over range(H - kH + 1).",
        ),
        Misconception(
            "only the first row is filled in: the return stands inside the loop",
            _filter_first_row,
            "The function returns at the end of the first row. Indent return as far as the outer "
            "for, so that it comes after both loops.",
        ),
        Misconception(
            "only the first number is filled in: the return stands inside the loops",
            _filter_first_number,
            "The function returns in the first round of the inner loop. Indent return as far as "
            "the outer for, so that it comes after both loops.",
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
    return s[0] * np.outer(U[:, 0], Vt[0])  # type: ignore[no-any-return]


def _parts(w: Array) -> tuple[Array, Array, Array]:
    U, s, Vt = np.linalg.svd(w)
    return U, s, Vt


def _product(scale: float, column: Array, row: Array) -> Array:
    return np.asarray(scale * np.outer(column, row))


def _separable_no_scale(w: Array) -> Array:
    U, _, Vt = _parts(w)
    return _product(1.0, U[:, 0], Vt[0])


def _separable_scaled_twice(w: Array) -> Array:
    U, s, Vt = _parts(w)
    return _product(s[0] ** 2, U[:, 0], Vt[0])


def _separable_square_root(w: Array) -> Array:
    U, s, Vt = _parts(w)
    return _product(np.sqrt(s[0]), U[:, 0], Vt[0])


def _separable_column_of_vt(w: Array) -> Array:
    U, s, Vt = _parts(w)
    return _product(s[0], U[:, 0], Vt[:, 0])


def _separable_row_of_u(w: Array) -> Array:
    U, s, Vt = _parts(w)
    return _product(s[0], U[0], Vt[0])


def _separable_both_wrong(w: Array) -> Array:
    U, s, Vt = _parts(w)
    return _product(s[0], U[0], Vt[:, 0])


def _separable_inner_product(w: Array) -> Array:
    U, s, Vt = _parts(w)
    return np.asarray(s[0] * (U[:, 0] @ Vt[0]))


def _separable_elementwise(w: Array) -> Array:
    U, s, Vt = _parts(w)
    return np.asarray(s[0] * U[:, 0] * Vt[0])


def _separable_last(w: Array) -> Array:
    U, s, Vt = _parts(w)
    last = len(s) - 1
    return _product(s[last], U[:, last], Vt[last])


def _separable_second(w: Array) -> Array:
    U, s, Vt = _parts(w)
    return _product(s[1], U[:, 1], Vt[1])


def _separable_two(w: Array) -> Array:
    U, s, Vt = _parts(w)
    return (U[:, :2] * s[:2]) @ Vt[:2]


NEAREST_SEPARABLE = Exercise(
    id="02.nearest_separable",
    title="The nearest separable kernel",
    minutes=7,
    difficulty=2,
    reference=nearest_separable,
    cases=[
        Case(
            np.array([[1.0, 2.0], [3.0, 6.0]]),
            note="1·(1, 2) = (1, 2) and 3·(1, 2) = (3, 6): this kernel is the column 1, 3 times "
            "the row 1, 2, already separable, and so its own answer",
        ),
        Case(
            np.array([[3.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
            note="two products of a column and a row, of size 3 and 1: keeping the 3 misses "
            "1² = 1, keeping the 1 misses 3² = 9",
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
            "the singular value comes in twice",
            _separable_scaled_twice,
            "s[0] is the size of the whole part. Multiply the column by it or the row, not both "
            "(np.sqrt(s[0]) on each would do as well).",
        ),
        Misconception(
            "the square root of the singular value comes in once only",
            _separable_square_root,
            "np.sqrt(s[0]) on the column and np.sqrt(s[0]) on the row make s[0] together. "
            "With one of them only, the result is too small or too large by a factor of it.",
        ),
        Misconception(
            "a column of Vt is taken for a row",
            _separable_column_of_vt,
            "np.linalg.svd returns V already transposed: the directions are the rows Vt[0], "
            "Vt[1], ….",
        ),
        Misconception(
            "a row of U is taken for a column",
            _separable_row_of_u,
            "Of U the columns are the directions, U[:, 0]; of Vt, which comes transposed, the "
            "rows, Vt[0].",
        ),
        Misconception(
            "rows and columns are exchanged in both U and Vt",
            _separable_both_wrong,
            "Of U the columns are the directions, U[:, 0]; of Vt, which comes transposed, the "
            "rows, Vt[0]. You have taken U[0] and Vt[:, 0].",
        ),
        Misconception(
            "the result stands transposed",
            lambda w: nearest_separable(w).T,
            "np.outer(column, row): the first argument runs downwards, kH of them, the second to "
            "the right. So U[:, 0] comes first and Vt[0] second.",
        ),
        Misconception(
            "column and row are multiplied to one number (inner product)",
            _separable_inner_product,
            "@ multiplies the two vectors entry by entry and adds up, to one number. Every entry "
            "of the column times every entry of the row is np.outer.",
        ),
        Misconception(
            "column and row are multiplied entry by entry",
            _separable_elementwise,
            "u * v pairs entry 0 with entry 0 and so on. Every entry of the column times every "
            "entry of the row is np.outer.",
        ),
        Misconception(
            "the smallest part is kept instead of the largest",
            _separable_last,
            "The singular values come sorted, largest first. The nearest rank-one matrix keeps "
            "the largest (Eckart and Young, 1936).",
        ),
        Misconception(
            "the second part is kept instead of the first",
            _separable_second,
            "The singular values come sorted, largest first, and Python counts from 0: the "
            "largest part is s[0], U[:, 0], Vt[0].",
        ),
        Misconception(
            "two parts are kept",
            _separable_two,
            "Two parts come nearer to w, but they are a sum of two products. Separable means one "
            "column times one row: keep part 0 only.",
        ),
        Misconception(
            "all parts are kept",
            lambda w: np.array(w, dtype=float),
            "Adding all parts gives w back. Separable means one column times one row: keep one.",
        ),
        Misconception(
            "row sums times column sums",
            lambda w: np.outer(w.sum(axis=1), w.sum(axis=0)) / (w.sum() or 1.0),
            "The product of the sums, divided by the sum of all, gives a separable kernel, and "
            "the right one if w already was separable (and does not sum to zero), but in general "
            "not the nearest.",
        ),
        Misconception(
            "row means times column means",
            lambda w: np.outer(w.mean(axis=1), w.mean(axis=0)),
            "The means keep of each row and column only how bright it is. Even for a separable "
            "kernel the size is not right; the nearest one comes from the singular value "
            "decomposition.",
        ),
        Misconception(
            "the first column times the first row",
            lambda w: np.outer(w[:, 0], w[0]) / w[0, 0],
            "This copies the first column and row exactly and pays no heed to the rest (and fails "
            "where w[0, 0] is 0). It is right if w already was separable; the nearest kernel "
            "spreads its errors over all entries.",
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


def _reflecting(
    left: Callable[[int, int], int | None], right: Callable[[int, int], int | None]
) -> Callable[[int, int], int | None]:
    """Make a rule out of what it does on either side; indices inside stay."""

    def rule(i: int, N: int) -> int | None:
        if i < 0:
            return left(i, N)
        return right(i, N) if i >= N else i

    return rule


def _mirror(i: int, N: int) -> int:
    return -i if i < 0 else 2 * (N - 1) - i


REFLECT_INDEX = Exercise(
    id="02.reflect_index",
    title="A mirror at the border",
    minutes=5,
    difficulty=1,
    reference=reflect_index,
    cases=[
        Case(2, 5, note="0 <= 2 <= 4: it lies inside and stays 2"),
        Case(-1, 5, note="one step left of sample 0 shows one step right of it: 0 + 1 = 1"),
        Case(5, 5, note="one step right of sample 4 shows one step left of it: 4 − 1 = 3"),
        Case(0, 5, note="the mirror stands on sample 0, which shows itself: 0"),
        Case(4, 5, note="the mirror stands on sample 4, which shows itself: 4"),
        Case(-4, 5, note="four steps left of sample 0: 0 + 4 = 4"),
        Case(8, 5, note="four steps right of sample 4: 4 − 4 = 0"),
        Case(-2, 3, note="two steps left of sample 0: 0 + 2 = 2"),
        Case(4, 3, note="two steps right of sample 2: 2 − 2 = 0"),
        Case(6, 4, note="three steps right of sample 3: 3 − 3 = 0"),
        Case(6, 5, note="two steps right of sample 4: 4 − 2 = 2"),
    ],
    misconceptions=[
        Misconception(
            "the edge sample is repeated (NumPy calls this symmetric)",
            _reflecting(lambda i, N: -i - 1, lambda i, N: 2 * N - 1 - i),
            "Here the mirror stands on the edge sample, not beside it: −1 shows sample 1, "
            "as in PyTorch's and NumPy's mode 'reflect'.",
        ),
        Misconception(
            "the left edge sample is repeated",
            _reflecting(lambda i, N: -i - 1, _mirror),
            "The mirror stands on sample 0: one step left of it, at −1, shows one step right of "
            "it, sample 1. So i becomes −i, not −i − 1.",
        ),
        Misconception(
            "the right edge sample is repeated",
            _reflecting(_mirror, lambda i, N: 2 * N - 1 - i),
            "The mirror stands on sample N − 1: index N − 1 + k shows N − 1 − k. "
            "Adding the two gives 2(N − 1), so i becomes 2(N − 1) − i.",
        ),
        Misconception(
            "the right mirror stands one sample too far out",
            _reflecting(_mirror, lambda i, N: 2 * N - i),
            "The mirror stands on the last sample, N − 1, not at N: index N − 1 + k shows "
            "N − 1 − k. Adding the two gives 2(N − 1), so i becomes 2(N − 1) − i.",
        ),
        Misconception(
            "the index wraps around",
            lambda i, N: i % N,
            "Modulo N continues the signal periodically: that is circular padding. "
            "A mirror reverses the direction.",
        ),
        Misconception(
            "the right side wraps around",
            _reflecting(_mirror, lambda i, N: i % N),
            "The left side is a mirror, but i − N (or i % N) starts again from sample 0 on the "
            "right. There i becomes 2(N − 1) − i.",
        ),
        Misconception(
            "the left side wraps around",
            _reflecting(lambda i, N: i + N, _mirror),
            "i + N continues with the samples of the other end. In the mirror, −1 shows sample 1: "
            "i becomes −i.",
        ),
        Misconception(
            "the edge is repeated forever (replicate)",
            lambda i, N: min(max(i, 0), N - 1),
            "Clamping to 0 and N − 1 shows the edge sample again and again: replicate padding. "
            "A mirror shows what lies further in.",
        ),
        Misconception(
            "only the left side is mirrored",
            _reflecting(_mirror, lambda i, N: i),
            "An index of N or more lies outside as well. Mirrored at N − 1 it becomes "
            "2(N − 1) − i.",
        ),
        Misconception(
            "only the right side is mirrored",
            _reflecting(lambda i, N: i, _mirror),
            "A negative index lies outside as well, although Python would take x[-1] for the last "
            "sample. Mirrored at 0 it becomes −i.",
        ),
        Misconception(
            "the index N is taken for one inside",
            lambda i, N: i if i == N else reflect_index(i, N),
            "Counting from 0, the last sample is N − 1, and N lies outside already: "
            "the condition is i >= N, not i > N.",
        ),
        Misconception(
            "an index inside gets no answer",
            lambda i, N: None if 0 <= i < N else reflect_index(i, N),
            "Where neither condition holds, the function comes to its end without a return. "
            "An index inside stays as it is: return i.",
        ),
        Misconception(
            "an index on the right gets no answer",
            _reflecting(_mirror, lambda i, N: None),
            "An index of N or more lies outside as well, and the function comes to its end "
            "without a return. Mirrored at N − 1 it becomes 2(N − 1) − i.",
        ),
        Misconception(
            "the numbers are right, but floats instead of ints",
            lambda i, N: float(reflect_index(i, N)),
            "An index has to be an int: x[1.0] raises an error. Subtracting is enough here; "
            "where a float has come in, int(...) makes a whole number of it.",
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


def _windows(x: Array, template: Array) -> Array:
    return np.lib.stride_tricks.sliding_window_view(x, template.shape).astype(float)


def _sums(windows: Array) -> Array:
    return np.asarray(np.sum(windows, axis=(2, 3)))


def _centred(x: Array, template: Array) -> tuple[Array, Array]:
    windows = _windows(x, template)
    return windows - windows.mean(axis=(2, 3), keepdims=True), template - template.mean()


def _norms(windows: Array) -> Array:
    return np.maximum(np.sqrt(_sums(windows**2)), 1e-12)


def _place(score: Array, shape: tuple[int, ...] | None = None) -> tuple[int, int]:
    row, column = np.unravel_index(np.argmax(score), shape or score.shape)
    return int(row), int(column)


def _likeness(x: Array, template: Array) -> Array:
    windows, pattern = _centred(x, template)
    return _sums(windows * pattern) / _norms(windows)


def _match_not_centred(x: Array, template: Array) -> tuple[int, int]:
    windows = _windows(x, template)
    return _place(_sums(windows * template) / _norms(windows))


def _match_template_centred(x: Array, template: Array) -> tuple[int, int]:
    return _place(_sums(_windows(x, template) * (template - template.mean())))


def _match_norms_not_centred(x: Array, template: Array) -> tuple[int, int]:
    windows, pattern = _centred(x, template)
    return _place(_sums(windows * pattern) / _norms(_windows(x, template)))


def _match_one_mean(x: Array, template: Array) -> tuple[int, int]:
    windows = _windows(x, template) - x.mean()
    return _place(_sums(windows * (template - template.mean())) / _norms(windows))


def _match_squared_norm(x: Array, template: Array) -> tuple[int, int]:
    windows, pattern = _centred(x, template)
    return _place(_sums(windows * pattern) / _norms(windows) ** 2)


def _match_flat_window(x: Array, template: Array) -> tuple[int, int]:
    windows, pattern = _centred(x, template)
    with np.errstate(invalid="ignore"):
        return _place(_sums(windows * pattern) / np.sqrt(_sums(windows**2)))


def _match_squared_difference(x: Array, template: Array) -> tuple[int, int]:
    windows, pattern = _centred(x, template)
    return _place(-_sums((windows - pattern) ** 2))


def _match_column_first(x: Array, template: Array) -> tuple[int, int]:
    row, column = find_template(x, template)
    return column, row


def _match_centre(x: Array, template: Array) -> tuple[int, int]:
    row, column = find_template(x, template)
    return row + template.shape[0] // 2, column + template.shape[1] // 2


def _contrast_scene(seed: int) -> Case:
    """The template four times as strong, with noise, beside its exact opposite."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(9, 13)) * 0.3
    template = np.round(rng.normal(size=(3, 4)), 2)
    x[1:4, 7:11] = 4 * template + 1 + 0.2 * rng.normal(size=(3, 4))
    x[5:8, 2:6] = -2 * template
    return Case(np.round(x, 3), template)


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
        _contrast_scene(46),
    ],
    misconceptions=[
        Misconception(
            "plain correlation, which finds the brightest place",
            lambda x, template: _place(_sums(_windows(x, template) * template)),
            "A bright window has a large product with anything. Subtract the mean of each window "
            "and divide by its norm, and brightness and contrast drop out.",
        ),
        Misconception(
            "windows are not divided by their norm",
            _match_template_centred,
            "Subtracting the mean removes the brightness, but a window with strong contrast still "
            "wins over one of the right shape. Divide by each window's own norm; dividing all by "
            "the same number (the template's norm, or one norm for all windows) changes no order.",
        ),
        Misconception(
            "windows are not centred",
            _match_not_centred,
            "Without subtracting the mean, every window of positive pixels points in nearly the "
            "same direction. Centre the windows and the template first.",
        ),
        Misconception(
            "the norms are those of windows that are not centred",
            _match_norms_not_centred,
            "The centred template takes the brightness out of the products, but a bright window "
            "still has a large norm and so a small quotient. Subtract each window's mean before "
            "its norm is taken.",
        ),
        Misconception(
            "the mean of the whole picture is subtracted, not that of each window",
            _match_one_mean,
            "The light may differ from place to place, so every window has a mean of its own: "
            "windows.mean(axis=(2, 3), keepdims=True).",
        ),
        Misconception(
            "windows are divided by their squared norm",
            _match_squared_norm,
            "Dividing by the sum of squares overshoots: now windows with little contrast win. "
            "The norm is the square root of the sum of squares.",
        ),
        Misconception(
            "a flat window divides 0 by 0",
            _match_flat_window,
            "A window of equal pixels has norm 0, 0/0 is nan, and np.argmax stops at the first "
            "nan. np.maximum(norms, 1e-12) lets a flat window be like nothing.",
        ),
        Misconception(
            "column before row",
            _match_column_first,
            "Rows come first: np.unravel_index with the shape of the map gives (row, column).",
        ),
        Misconception(
            "the place is read off with the shape of the picture",
            lambda x, template: _place(_likeness(x, template), x.shape),
            "np.argmax counts through the map of likenesses, which has (H − kH + 1, W − kW + 1) "
            "numbers. np.unravel_index needs the shape of that map.",
        ),
        Misconception(
            "the centre of the window is returned",
            _match_centre,
            "Asked for is the top left corner, the index of the window itself.",
        ),
        Misconception(
            "the most unlike window is found",
            lambda x, template: find_template(x, -np.asarray(template)),
            "Likeness is largest at the match: argmax, not argmin. (For squared differences it "
            "would be the smallest.)",
        ),
        Misconception(
            "the smallest squared difference of the pixels as they are",
            lambda x, template: _place(-_sums((_windows(x, template) - template) ** 2)),
            "Squared differences ask for the same pixels, and in other light the same pattern has "
            "other pixels. Subtract each window's mean and divide by its norm first.",
        ),
        Misconception(
            "the smallest squared difference, without dividing by the norms",
            _match_squared_difference,
            "Squared differences of centred windows forgive brightness but not contrast: the "
            "same pattern four times as strong is far away. Divide by the norms.",
        ),
        Misconception(
            "the sign of the likeness is thrown away",
            lambda x, template: _place(np.abs(_likeness(x, template))),
            "A likeness of −1 is the exact opposite of the template, light and dark exchanged. "
            "Take the largest value, not the largest magnitude or square.",
        ),
        Misconception(
            "the template is rotated by 180 degrees",
            lambda x, template: find_template(x, template[::-1, ::-1]),
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
    return w.reshape(kH, kW)  # type: ignore[return-value]


def _equations(x: Array, y: Array, kH: int, kW: int) -> tuple[Array, Array]:
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW))
    return windows.reshape(-1, kH * kW), y.reshape(-1)


def _learn_correlated(x: Array, y: Array, kH: int, kW: int) -> Array:
    A, b = _equations(x, y, kH, kW)
    return np.asarray(A.T @ b, dtype=float).reshape(kH, kW)


def _learn_averaged(x: Array, y: Array, kH: int, kW: int) -> Array:
    A, b = _equations(x, y, kH, kW)
    return np.asarray(A.T @ b / len(b), dtype=float).reshape(kH, kW)


def _learn_one_by_one(x: Array, y: Array, kH: int, kW: int) -> Array:
    A, b = _equations(x, y, kH, kW)
    return np.asarray(A.T @ b / np.sum(A**2, axis=0), dtype=float).reshape(kH, kW)


def _learn_with_offset(x: Array, y: Array, kH: int, kW: int) -> Array:
    A, b = _equations(x, y, kH, kW)
    w, *_ = np.linalg.lstsq(np.hstack([A, np.ones((len(b), 1))]), b)
    return np.asarray(w[:-1]).reshape(kH, kW)


def _learn_solves_first(x: Array, y: Array, kH: int, kW: int) -> Array:
    A, b = _equations(x, y, kH, kW)
    return np.asarray(np.linalg.solve(A[: kH * kW], b[: kH * kW])).reshape(kH, kW)


def _learn_window_exchanged(x: Array, y: Array, kH: int, kW: int) -> Array:
    A, b = _equations(x, y, kW, kH)
    w, *_ = np.linalg.lstsq(A, b)
    return np.asarray(w).reshape(kH, kW)


def _learn_answers_by_column(x: Array, y: Array, kH: int, kW: int) -> Array:
    A, _ = _equations(x, y, kH, kW)
    w, *_ = np.linalg.lstsq(A, y.T.reshape(-1))
    return np.asarray(w).reshape(kH, kW)


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
            lambda x, y, kH, kW: learn_kernel(x, y, kH, kW)[::-1, ::-1],
            "Row (i, j) of the system holds the window as it stands, so the solution is the "
            "kernel as it slides. Rotating it gives the kernel of a true convolution.",
        ),
        Misconception(
            "the kernel is transposed",
            lambda x, y, kH, kW: learn_kernel(x, y, kH, kW).T,
            "The unknowns come out in the order in which the window was flattened: row by row. "
            "Reshape to (kH, kW) and leave it there.",
        ),
        Misconception(
            "reshaped to (kW, kH)",
            lambda x, y, kH, kW: learn_kernel(x, y, kH, kW).reshape(kW, kH),
            "The window has kH rows and kW columns; its flattened form goes back with "
            "reshape(kH, kW).",
        ),
        Misconception(
            "the numbers are read back column by column",
            lambda x, y, kH, kW: learn_kernel(x, y, kH, kW).reshape(-1).reshape(kH, kW, order="F"),
            "NumPy flattens row by row unless told otherwise, and the numbers have to be read "
            "back in the same order.",
        ),
        Misconception(
            "the answers y are read column by column",
            _learn_answers_by_column,
            "The windows are listed row by row, and each equation has to stand beside its own "
            "answer: y.reshape(-1), without transposing.",
        ),
        Misconception(
            "the windows have height and width exchanged",
            _learn_window_exchanged,
            "sliding_window_view takes (rows, columns): (kH, kW). With (kW, kH) the number of "
            "windows is not that of the answers; for a square kernel the mistake does not show.",
        ),
        Misconception(
            "correlated with the answer, but not solved",
            _learn_correlated,
            "Aᵀy alone mixes the weights, because neighbouring pixels overlap between windows. "
            "Least squares solves AᵀA w = Aᵀy.",
        ),
        Misconception(
            "the mean of window times answer is taken for the kernel",
            _learn_averaged,
            "Aᵀy, divided by the number of equations, mixes the weights, because neighbouring "
            "pixels overlap between windows. Least squares solves AᵀA w = Aᵀy.",
        ),
        Misconception(
            "each weight is fitted by itself",
            _learn_one_by_one,
            "Dividing Aᵀy by the sums of squares fits every weight as if the others were zero. "
            "They act together: AᵀA has entries beside its diagonal, and the system has to be "
            "solved as a whole.",
        ),
        Misconception(
            "only as many equations are used as there are unknowns",
            _learn_solves_first,
            "Without noise kH·kW equations are enough, but with noise they carry their errors "
            "straight into the weights. np.linalg.lstsq uses all of them.",
        ),
        Misconception(
            "a constant is fitted beside the kernel",
            _learn_with_offset,
            "The column of ones lets the fit add a constant to every output. The filter has no "
            "such term, and where noise is present it takes over part of what the weights "
            "should explain.",
        ),
        Misconception(
            "the kernel is left flat",
            lambda x, y, kH, kW: learn_kernel(x, y, kH, kW).reshape(-1),
            "The numbers are right; give them back the shape of the window with reshape(kH, kW).",
        ),
        Misconception(
            "the kernel is a column of numbers",
            lambda x, y, kH, kW: learn_kernel(x, y, kH, kW).reshape(-1, 1),
            "The numbers are right, but y.reshape(-1, 1) makes a column of the answers and so of "
            "the kernel. Give it the shape of the window with reshape(kH, kW).",
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
