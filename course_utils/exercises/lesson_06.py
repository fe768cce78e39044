"""Exercises of lesson 06, pooling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils.exercises import Case, Exercise, Misconception

Array = npt.NDArray[np.float64]
Window = Callable[[int, int, int], slice]  # of the window's number, F and S


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


def _usual(i: int, F: int, S: int) -> slice:
    return slice(i * S, i * S + F)


def _pool(
    x: Array,
    F: int,
    S: int,
    window: Window = _usual,
    count: tuple[int, int] | None = None,
    value: Callable[[Array], Any] = np.max,
) -> Array:
    """Pool with other windows, another number of them, or another value of each."""
    H, W = x.shape
    rows, columns = count or ((H - F) // S + 1, (W - F) // S + 1)
    y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            y[i, j] = value(x[window(i, F, S), window(j, F, S)])
    return y


def _pool_counted(count: Callable[[int, int, int], int]) -> Callable[..., Array]:
    """Make a pool with another number of windows, from N, F and S."""

    def pool(x: Array, F: int, S: int) -> Array:
        return _pool(x, F, S, count=(count(x.shape[0], F, S), count(x.shape[1], F, S)))

    return pool


def _pool_sides_exchanged(x: Array, F: int, S: int) -> Array:
    W, H = x.shape
    return _pool(x, F, S, count=((H - F) // S + 1, (W - F) // S + 1))


def _pool_square(x: Array, F: int, S: int) -> Array:
    side = (x.shape[0] - F) // S + 1
    return _pool(x, F, S, count=(side, side))


def _pool_unfilled(x: Array, F: int, S: int) -> Array:
    y = max_pool(x, F, S)
    y[-1, :] = y[:, -1] = 0
    return y


def _filled_up_to(y: Array, rows: int, columns: int | None) -> Array:
    """Keep the first rows and columns, and zeros in place of the others."""
    kept = np.zeros_like(y)
    kept[:rows, :columns] = y[:rows, :columns]
    return kept


def _pool_last_start(x: Array, F: int, S: int) -> Array:
    rows, columns = range(0, x.shape[0] - F, S), range(0, x.shape[1] - F, S)
    return np.array([[x[i : i + F, j : j + F].max() for j in columns] for i in rows])


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
        Case(
            np.array([[1.0, 2.0, 9.0, 3.0, 4.0], [5.0, 6.0, 9.0, 7.0, 8.0]]),
            2,
            3,
            note="windows at columns 0 and 3; column 2 is in none: 6 and 8",
        ),
        Case(
            np.array([[1.0, 2.0, 9.0], [3.0, 4.0, 9.0], [9.0, 9.0, 9.0]]),
            2,
            2,
            note="one window fits: its largest value is 4; the last row and column are left over",
        ),
        Case(
            np.array([[1.0, 3.0, 2.0], [6.0, 5.0, 4.0], [7.0, 9.0, 8.0]]),
            2,
            1,
            note="four windows that overlap: 6, 5 and 9, 9",
        ),
        Case(np.array([[0.5, 9.0, 1.5]]), 1, 2, note="windows of one value, at columns 0 and 2"),
        Case(np.array([[1, 5, 2, 0], [3, 1, 9, 4], [7, 2, 2, 8]]), 2, 1),
        Case(*_random(11, (6, 7)), 2, 2),
        Case(*_random(12, (7, 5)), 3, 2),
        Case(*_random(13, (5, 8)), 3, 1),
        Case(*_random(14, (9, 6)), 2, 3),
    ],
    misconceptions=[
        Misconception(
            "the mean instead of the largest value",
            lambda x, F, S: _pool(x, F, S, value=np.mean),
            "That is average pooling. Max pooling keeps the largest value of each window.",
        ),
        Misconception(
            "the sum instead of the largest value",
            lambda x, F, S: _pool(x, F, S, value=np.sum),
            "Max pooling keeps the largest value of each window, and nothing of the others.",
        ),
        Misconception(
            "the smallest value",
            lambda x, F, S: _pool(x, F, S, value=np.min),
            "Max pooling keeps the largest value of each window.",
        ),
        Misconception(
            "the largest magnitude",
            lambda x, F, S: max_pool(np.abs(x), F, S),
            "The largest value, with its sign: −5 is smaller than 1.",
        ),
        Misconception(
            "the place of the largest value instead of the value",
            lambda x, F, S: _pool(x, F, S, value=np.argmax),
            "np.argmax says where the largest value stands, counting row by row. What it is says "
            ".max().",
        ),
        Misconception(
            "negative values count as zero",
            lambda x, F, S: np.maximum(max_pool(x, F, S), 0),
            "In a window of negative values the largest one is negative. If zeros take part, by "
            "padding or by starting a search at 0, it is lost.",
        ),
        Misconception(
            "one maximum for the whole input",
            lambda x, F, S: x.max(),
            "Each window has a maximum of its own: M_H rows of M_W values.",
        ),
        Misconception(
            "the stride is ignored",
            lambda x, F, S: max_pool(x, F, 1),
            "Windows start S apart: at rows and columns 0, S, 2S, …",
        ),
        Misconception(
            "right number of windows, all starting one apart",
            lambda x, F, S: _pool(x, F, S, window=lambda i, F, S: slice(i, i + F)),
            "Window (i, j) starts at (i·S, j·S), not at (i, j).",
        ),
        Misconception(
            "windows are taken not to overlap",
            lambda x, F, S: max_pool(x, F, F),
            "Windows are S apart, which need not be F. With S < F they overlap.",
        ),
        Misconception(
            "right number of windows, but they start F apart",
            lambda x, F, S: _pool(x, F, S, window=lambda i, F, S: slice(i * F, i * F + F)),
            "Window (i, j) starts at (i·S, j·S). F says how large it is.",
        ),
        Misconception(
            "windows of S × S instead of F × F",
            lambda x, F, S: _pool(x, F, S, window=lambda i, F, S: slice(i * S, i * S + S)),
            "The window has F rows: from i·S to i·S + F. The stride S says where it starts.",
        ),
        Misconception(
            "window and stride are exchanged",
            lambda x, F, S: max_pool(x, S, F),
            "F is the side of a window, S the way from one to the next: "
            "x[i * S : i * S + F, j * S : j * S + F].",
        ),
        Misconception(
            "the windows are one row and column too small",
            lambda x, F, S: _pool(x, F, S, window=lambda i, F, S: slice(i * S, i * S + F - 1)),
            "A slice ends before its second number, so F rows are x[i * S : i * S + F], without "
            "− 1.",
        ),
        Misconception(
            "the windows are one row and column too large",
            lambda x, F, S: _pool(x, F, S, window=lambda i, F, S: slice(i * S, i * S + F + 1)),
            "A slice ends before its second number, and F rows are x[i * S : i * S + F], without "
            "+ 1.",
        ),
        Misconception(
            "the slices end at F",
            lambda x, F, S: _pool(x, F, S, window=lambda i, F, S: slice(i * S, F)),
            "A slice x[s : e] ends before e, wherever it starts, so x[i * S : F] soon is empty. "
            "F rows from row i·S on are x[i * S : i * S + F].",
        ),
        Misconception(
            "the stride acts on the rows only",
            lambda x, F, S: max_pool(x, F, 1)[::S],
            "Windows start S apart in both directions: at rows 0, S, 2S, … and at columns "
            "0, S, 2S, ….",
        ),
        Misconception(
            "the stride acts on the columns only",
            lambda x, F, S: max_pool(x, F, 1)[:, ::S],
            "Windows start S apart in both directions: at rows 0, S, 2S, … and at columns "
            "0, S, 2S, ….",
        ),
        Misconception(
            "the last row and column of windows are missing",
            lambda x, F, S: max_pool(x, F, S)[:-1, :-1],
            "There are (H − F) // S + 1 windows downwards: the last start counts too.",
        ),
        Misconception(
            "the last row and column are never filled in",
            _pool_unfilled,
            "y has the right shape, but its last row and column stay zero. i runs over "
            "range(M_H), which stops at M_H − 1 by itself.",
        ),
        Misconception(
            "incomplete windows are counted as well",
            _pool_counted(lambda N, F, S: -(-(N - F) // S) + 1),
            "A window that no longer fits is left out: (H − F) // S + 1, rounded down. (PyTorch "
            "keeps it when asked, with ceil_mode=True.)",
        ),
        Misconception(
            "there are taken to be N // S windows",
            _pool_counted(lambda N, F, S: N // S),
            "The window's own size takes room: (H − F) // S + 1. Slices that run past the edge "
            "raise no error; they come out smaller.",
        ),
        Misconception(
            "a window for every pixel",
            _pool_counted(lambda N, F, S: N),
            "Windows start S apart, and have to fit: (H − F) // S + 1 of them downwards.",
        ),
        Misconception(
            "height and width are exchanged",
            _pool_sides_exchanged,
            "x.shape is (rows, columns), so H, W = x.shape, height first. For a square input the "
            "mistake does not show.",
        ),
        Misconception(
            "M_H is used for both sides",
            _pool_square,
            "M_H = (H − F) // S + 1 and M_W = (W − F) // S + 1. The two are equal only where H "
            "and W are.",
        ),
        Misconception(
            "the result stands transposed",
            lambda x, F, S: max_pool(x, F, S).T,
            "y[i, j] belongs to the window i·S rows down and j·S columns to the right.",
        ),
        Misconception(
            "only the first row is filled in: the return stands inside the loop",
            lambda x, F, S: _filled_up_to(max_pool(x, F, S), 1, None),
            "The function returns at the end of the first row. Indent return as far as the outer "
            "for, so that it comes after both loops.",
        ),
        Misconception(
            "only the first value is filled in: the return stands inside the loops",
            lambda x, F, S: _filled_up_to(max_pool(x, F, S), 1, 1),
            "The function returns in the very first round. Indent return as far as the outer for, "
            "so that it comes after both loops.",
        ),
        Misconception(
            "the fractions are cut off",
            lambda x, F, S: max_pool(x, F, S).astype(int),
            "An array of integers cannot hold fractions. np.zeros((M_H, M_W)) makes floats.",
        ),
        Misconception(
            "the last start is left out: range(0, H - F, S)",
            _pool_last_start,
            "The last window that fits starts at H − F, and range stops before its end: "
            "range(0, H - F + 1, S).",
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


def _back(
    g: Array,
    x: Array,
    F: int,
    S: int,
    choose: Callable[[Array], tuple[int, int]] | None = None,
    window: Window = _usual,
    start: Callable[[int, int], int] = lambda i, S: i * S,
) -> Array:
    """Hand back with another choice in the window, another window, or another start."""
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(g.shape):
        seen = x[window(i, F, S), window(j, F, S)]
        a, b = choose(seen) if choose else divmod(int(np.argmax(seen)), seen.shape[1])
        grad[start(i, S) + a, start(j, S) + b] += g[i, j]
    return grad


def _back_by(share: Callable[[Array], Any]) -> Callable[..., Array]:
    """Make a backward pass that gives each value of a window a share of g."""

    def back(g: Array, x: Array, F: int, S: int) -> Array:
        grad = np.zeros(x.shape)
        for i, j in np.ndindex(g.shape):
            seen = x[i * S : i * S + F, j * S : j * S + F]
            grad[i * S : i * S + F, j * S : j * S + F] += g[i, j] * share(seen)
        return grad

    return back


def _back_overwrites(g: Array, x: Array, F: int, S: int) -> Array:
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(g.shape):
        a, b = divmod(int(np.argmax(x[i * S : i * S + F, j * S : j * S + F])), F)
        grad[i * S + a, j * S + b] = g[i, j]
    return grad


def _choose_last(seen: Array) -> tuple[int, int]:
    return divmod(int(seen.size) - 1 - int(np.argmax(seen[::-1, ::-1])), int(seen.shape[1]))


def _choose_column_by_column(seen: Array) -> tuple[int, int]:
    b, a = divmod(int(np.argmax(seen.T)), seen.shape[0])
    return a, b


def _choose_exchanged(seen: Array) -> tuple[int, int]:
    b, a = divmod(int(np.argmax(seen)), seen.shape[1])
    return a, b


def _choose_from_zero(seen: Array) -> tuple[int, int]:
    return divmod(int(np.argmax(np.maximum(seen, 0))), int(seen.shape[1]))


def _back_largest_of_all(g: Array, x: Array, F: int, S: int) -> Array:
    del F, S
    grad = np.zeros(x.shape)
    grad[np.unravel_index(int(np.argmax(x)), x.shape)] = g.sum()
    return grad


def _back_whole_numbers(g: Array, x: Array, F: int, S: int) -> Array:
    grad = np.zeros_like(x)
    for i, j in np.ndindex(g.shape):
        a, b = divmod(int(np.argmax(x[i * S : i * S + F, j * S : j * S + F])), F)
        grad[i * S + a, j * S + b] += g[i, j]
    return grad


def _back_found_in_input(g: Array, x: Array, F: int, S: int) -> Array:
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(*g.shape):
        largest = x[i * S : i * S + F, j * S : j * S + F].max()
        grad[tuple(np.argwhere(x == largest)[0])] += g[i, j]
    return grad


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
        Case(
            np.array([[10.0, 20.0]]),
            np.array([[1.0, 4.0, 9.0, 2.0, 6.0], [3.0, 2.0, 9.0, 5.0, 1.0]]),
            2,
            3,
            note="windows at columns 0 and 3: 4 wins and gets 10, 6 wins and gets 20",
        ),
        Case(
            np.array([[1.0, 2.0], [3.0, 4.0]]),
            np.array([[5.0, 4.0, 6.0], [1.0, 2.0, 3.0], [8.0, 0.0, 7.0]]),
            2,
            1,
            note="the winners are 5, 6, 8 and 7, which get 1, 2, 3 and 4",
        ),
        Case(
            np.array([[3.0]]),
            np.array([[1.0, -9.0], [2.0, 0.0]]),
            2,
            2,
            note="2 is the largest, at row 1, column 0; −9 is only the largest in size",
        ),
        Case(
            np.array([[10.0, 20.0]]),
            np.array([[7.0, 1.0, 0.0, 7.0], [2.0, 3.0, 4.0, 5.0]]),
            2,
            2,
            note="7 is the largest of both windows: the one on the left gets 10, the other 20",
        ),
        Case(np.array([[0.5, 0.25]]), np.array([[1, 2, 9, 4], [5, 6, 7, 8]]), 2, 2),
        Case(*_random(21, (2, 3), (5, 7)), 3, 2),
        Case(*_random(22, (4, 3), (5, 4)), 2, 1),
        Case(*_random(23, (3, 2), (7, 5)), 2, 2),
    ],
    misconceptions=[
        Misconception(
            "every maximum of a window gets the whole gradient",
            _back_by(lambda seen: seen == seen.max()),
            "The output moves by at most g however many values tie. Handing g to each of them "
            "multiplies the gradient. PyTorch gives all of it to the first.",
        ),
        Misconception(
            "equal values share the gradient",
            _back_by(lambda seen: (seen == seen.max()) / np.sum(seen == seen.max())),
            "Sharing is a valid choice (a subgradient), but not the one asked for: PyTorch gives "
            "everything to the first maximum, row by row.",
        ),
        Misconception(
            "the gradient is shared by the whole window",
            _back_by(lambda seen: 1 / seen.size),
            "That is the backward pass of average pooling. Small changes of the values that did "
            "not win leave the output as it is, so their gradient is 0.",
        ),
        Misconception(
            "every value of the window gets the whole gradient",
            _back_by(lambda seen: 1.0),
            "Small changes of the values that did not win leave the output as it is, so their "
            "gradient is 0. Only the largest gets g.",
        ),
        Misconception(
            "later windows overwrite what earlier ones passed on",
            _back_overwrites,
            "A value can win in several windows; what they pass on adds up: += in place of =.",
        ),
        Misconception(
            "the last maximum gets it, not the first",
            lambda g, x, F, S: _back(g, x, F, S, _choose_last),
            "Among equal values the first in row by row order is chosen. In a search of your own "
            "a value takes over only if it is larger: > and not >=.",
        ),
        Misconception(
            "the first maximum column by column",
            lambda g, x, F, S: _back(g, x, F, S, _choose_column_by_column),
            "Windows are searched row by row: (0, 2) comes before (2, 0).",
        ),
        Misconception(
            "row and column of the winner are exchanged",
            lambda g, x, F, S: _back(g, x, F, S, _choose_exchanged),
            "np.argmax counts row by row: index n in a window of width F is row n // F, "
            "column n % F.",
        ),
        Misconception(
            "the winner's place is taken apart with S instead of F",
            lambda g, x, F, S: _back(g, x, F, S, lambda seen: divmod(int(np.argmax(seen)), S)),
            "np.argmax counts through the window, whose rows are F long: divmod(n, F).",
        ),
        Misconception(
            "the winner's place is taken apart with the width of x",
            lambda g, x, F, S: _back(
                g, x, F, S, lambda seen: divmod(int(np.argmax(seen)), x.shape[1])
            ),
            "np.argmax counts through the window, whose rows are F long: divmod(n, F).",
        ),
        Misconception(
            "the search for the largest starts at 0",
            lambda g, x, F, S: _back(g, x, F, S, _choose_from_zero),
            "In a window of negative values nothing is larger than 0, and the place found is "
            "wrong. Start with the first value of the window, or use np.argmax.",
        ),
        Misconception(
            "the largest magnitude gets it",
            lambda g, x, F, S: max_pool_backward(g, np.abs(x), F, S),
            "The largest value, with its sign: −5 is smaller than 1.",
        ),
        Misconception(
            "the smallest value gets it",
            lambda g, x, F, S: max_pool_backward(g, -x, F, S),
            "The output is the largest value of the window, so that is where the gradient goes.",
        ),
        Misconception(
            "the gradient is multiplied by the value",
            lambda g, x, F, S: max_pool_backward(g * max_pool(x, F, S), x, F, S),
            "The output equals the winner, so its derivative with respect to it is 1.",
        ),
        Misconception(
            "the value itself stands where the gradient belongs",
            lambda g, x, F, S: max_pool_backward(max_pool(x, F, S), x, F, S),
            "The winner's place is right. What goes there is the gradient that arrives, g[i, j].",
        ),
        Misconception(
            "the gradient that arrives is taken to be all ones",
            lambda g, x, F, S: max_pool_backward(np.ones(g.shape), x, F, S),
            "The slope is 1 for the winner and 0 for the others; it multiplies g[i, j].",
        ),
        Misconception(
            "the place in the window is taken for the place in x",
            lambda g, x, F, S: _back(g, x, F, S, start=lambda i, S: 0),
            "np.argmax counts inside the window. Window (i, j) starts at (i·S, j·S), so the "
            "winner stands at row i·S + a, column j·S + b of x.",
        ),
        Misconception(
            "the stride is left out of the winner's place",
            lambda g, x, F, S: _back(g, x, F, S, start=lambda i, S: i),
            "Window (i, j) starts at (i·S, j·S), so the winner stands at row i·S + a, column "
            "j·S + b of x.",
        ),
        Misconception(
            "windows start one apart",
            lambda g, x, F, S: max_pool_backward(g, x, F, 1),
            "Window (i, j) starts at (i·S, j·S), not at (i, j).",
        ),
        Misconception(
            "windows start F apart",
            lambda g, x, F, S: max_pool_backward(g, x, F, F),
            "Windows start S apart, which need not be F: at (i·S, j·S).",
        ),
        Misconception(
            "windows of S × S instead of F × F",
            lambda g, x, F, S: max_pool_backward(g, x, S, S),
            "The window has F rows: from i·S to i·S + F. The stride S says where it starts.",
        ),
        Misconception(
            "the largest value of the whole input gets everything",
            _back_largest_of_all,
            "Each window has a winner of its own, which gets the gradient of that window.",
        ),
        Misconception(
            "the last row and column of windows hand nothing back",
            lambda g, x, F, S: max_pool_backward(g[:-1, :-1], x, F, S),
            "The windows are 0, …, M_H − 1 downwards, and range(g.shape[0]) already stops there.",
        ),
        Misconception(
            "only the first row of windows hands back: the return stands inside the loop",
            lambda g, x, F, S: max_pool_backward(_filled_up_to(g, 1, None), x, F, S),
            "The function returns at the end of the first row. Indent return as far as the outer "
            "for, so that it comes after both loops.",
        ),
        Misconception(
            "only the first window hands back: the return stands inside the loops",
            lambda g, x, F, S: max_pool_backward(_filled_up_to(g, 1, 1), x, F, S),
            "The function returns in the very first round. Indent return as far as the outer for, "
            "so that it comes after both loops.",
        ),
        Misconception(
            "the fractions are cut off where x holds whole numbers",
            _back_whole_numbers,
            "np.zeros_like(x) takes the dtype of x, and an array of integers cannot hold "
            "fractions. np.zeros(x.shape) makes floats.",
        ),
        Misconception(
            "the winner is looked for in the whole input",
            _back_found_in_input,
            "The same value may stand elsewhere in x, outside the window. Look for it in the "
            "window, and add where the window starts: i·S and j·S.",
        ),
        Misconception(
            "the first value of each window gets the gradient",
            lambda g, x, F, S: _average_corner(g, len(x), len(x[0]), F, S),
            "(i·S, j·S) is where window (i, j) starts. The gradient goes to the largest value in "
            "it: row i·S + a, column j·S + b.",
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


def _average(
    g: Array,
    shape: tuple[int, int],
    F: int,
    S: int,
    window: Window = _usual,
) -> Array:
    """Hand back to other windows, or in another shape."""
    grad = np.zeros(shape)
    for i, j in np.ndindex(g.shape):
        grad[window(i, F, S), window(j, F, S)] += g[i, j] / F**2
    return grad


def _average_overwrites(g: Array, H: int, W: int, F: int, S: int) -> Array:
    grad = np.zeros((H, W))
    for i, j in np.ndindex(g.shape):
        grad[i * S : i * S + F, j * S : j * S + F] = g[i, j] / F**2
    return grad


def _average_corner(g: Array, H: int, W: int, F: int, S: int) -> Array:
    del F
    grad = np.zeros((H, W))
    for i, j in np.ndindex(g.shape):
        grad[i * S, j * S] += g[i, j]
    return grad


def _average_by_count(g: Array, H: int, W: int, F: int, S: int) -> Array:
    count = avg_pool_backward(np.ones(g.shape), H, W, F, S)
    return avg_pool_backward(g, H, W, F, S) / np.maximum(count * F**2, 1)


def _average_last_left_out(g: Array, H: int, W: int, F: int, S: int) -> Array:
    return avg_pool_backward(g[:-1, :-1], H, W, F, S)


def _average_repeats(g: Array, H: int, W: int, F: int, S: int) -> Array:
    del H, W, S
    return np.repeat(np.repeat(g, F, axis=0), F, axis=1) / F**2


def _average_whole_numbers(g: Array, H: int, W: int, F: int, S: int) -> Array:
    grad = np.zeros((H, W), dtype=g.dtype)
    for i, j in np.ndindex(g.shape):
        for a, b in np.ndindex(F, F):
            grad[i * S + a, j * S + b] += g[i, j] / F**2
    return grad


def _average_does_not_fit(g: Array, H: int, W: int, F: int, S: int) -> Array:
    grad = np.zeros((H, W), dtype=g.dtype)
    for i, j in np.ndindex(g.shape):
        grad[i * S : i * S + F, j * S : j * S + F] += g[i, j] / F**2
    return grad


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
        Case(*_random(31, (2, 3)), 5, 7, 3, 2),
        Case(*_random(32, (4, 2)), 6, 4, 3, 1),
        Case(*_random(33, (3, 3)), 7, 6, 2, 2),
    ],
    misconceptions=[
        Misconception(
            "not divided by the number of values",
            lambda g, H, W, F, S: avg_pool_backward(g, H, W, F, S) * F**2,
            "Each value enters the mean with the factor 1/F², so its derivative is 1/F².",
        ),
        Misconception(
            "divided by F instead of F²",
            lambda g, H, W, F, S: avg_pool_backward(g, H, W, F, S) * F,
            "A window has F·F values, not F.",
        ),
        Misconception(
            "divided by S² instead of F²",
            lambda g, H, W, F, S: avg_pool_backward(g, H, W, F, S) * F**2 / S**2,
            "The mean is over the F·F values of a window. How far windows are apart does not "
            "enter it.",
        ),
        Misconception(
            "divided by the number of windows",
            lambda g, H, W, F, S: avg_pool_backward(g, H, W, F, S) * F**2 / g.size,
            "The mean is over the F·F values of one window, not over the windows.",
        ),
        Misconception(
            "divided by the number of values of x",
            lambda g, H, W, F, S: avg_pool_backward(g, H, W, F, S) * F**2 / (H * W),
            "The mean is over the F·F values of one window, not over all of x.",
        ),
        Misconception(
            "multiplied by F² instead of divided",
            lambda g, H, W, F, S: avg_pool_backward(g, H, W, F, S) * F**4,
            "Each value enters the mean with the factor 1/F², so its derivative is 1/F².",
        ),
        Misconception(
            "divided by F² twice",
            lambda g, H, W, F, S: avg_pool_backward(g, H, W, F, S) / F**2,
            "Each value enters the mean with the factor 1/F², and that factor comes in once.",
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
        Misconception(
            "windows start one apart",
            lambda g, H, W, F, S: avg_pool_backward(g, H, W, F, 1),
            "Window (i, j) starts at (i·S, j·S), not at (i, j).",
        ),
        Misconception(
            "windows start F apart",
            lambda g, H, W, F, S: _average(
                g, (H, W), F, S, lambda i, F, S: slice(i * F, i * F + F)
            ),
            "Windows start S apart, which need not be F: at (i·S, j·S).",
        ),
        Misconception(
            "windows of S × S instead of F × F",
            lambda g, H, W, F, S: _average(
                g, (H, W), F, S, lambda i, F, S: slice(i * S, i * S + S)
            ),
            "The window has F rows: from i·S to i·S + F. The stride S says where it starts.",
        ),
        Misconception(
            "window and stride are exchanged",
            lambda g, H, W, F, S: _average(g, (H, W), S, F),
            "F is the side of a window, S the way from one to the next.",
        ),
        Misconception(
            "the slices end at F",
            lambda g, H, W, F, S: _average(g, (H, W), F, S, lambda i, F, S: slice(i * S, F)),
            "A slice x[s : e] ends before e, wherever it starts. F rows from row i·S on are "
            "[i * S : i * S + F].",
        ),
        Misconception(
            "the gradient is repeated, as if windows stood side by side",
            _average_repeats,
            "Windows are S apart: they may overlap, where contributions add up, or leave gaps, "
            "where the gradient is 0. The result has the shape of x, (H, W).",
        ),
        Misconception(
            "height and width are exchanged",
            lambda g, H, W, F, S: _average(g, (W, H), F, S),
            "x is (H, W), H rows of W values, and its gradient too: np.zeros((H, W)).",
        ),
        Misconception(
            "the gradient that arrives is taken to be all ones",
            lambda g, H, W, F, S: avg_pool_backward(np.ones(g.shape), H, W, F, S),
            "g says how the loss depends on each mean: g[i, j] / F**2.",
        ),
        Misconception(
            "the last row and column of windows hand nothing back",
            _average_last_left_out,
            "The windows are 0, …, M_H − 1 downwards, and range(g.shape[0]) already stops there.",
        ),
        Misconception(
            "only the first row of windows hands back: the return stands inside the loop",
            lambda g, H, W, F, S: avg_pool_backward(_filled_up_to(g, 1, None), H, W, F, S),
            "The function returns at the end of the first row. Indent return as far as the outer "
            "for, so that it comes after both loops.",
        ),
        Misconception(
            "only the first window hands back: the return stands inside the loops",
            lambda g, H, W, F, S: avg_pool_backward(_filled_up_to(g, 1, 1), H, W, F, S),
            "The function returns in the very first round. Indent return as far as the outer for, "
            "so that it comes after both loops.",
        ),
        Misconception(
            "the fractions are cut off where g holds whole numbers",
            _average_whole_numbers,
            "The gradient has been given the dtype of g, and an array of integers cannot hold "
            "fractions. np.zeros((H, W)) makes floats.",
        ),
        Misconception(
            "fractions are put into an array of whole numbers",
            _average_does_not_fit,
            "Where g holds whole numbers, NumPy refuses to put fractions into it, or into an array "
            "with its dtype. np.zeros((H, W)) makes floats; and g / F**2 in place of g /= F**2 "
            "leaves g, which is not yours, as it was.",
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


def _blur(x: Array, S: int, left: float, self: float, right: float) -> Array:
    """Blur on the circle with other weights."""
    return np.asarray(left * np.roll(x, 1) + self * x + right * np.roll(x, -1))[::S]


def _blur_padded(x: Array, S: int, mode: str) -> Array:
    """Blur with another border."""
    padded = np.pad(np.asarray(x, dtype=float), 1, mode=mode)  # type: ignore[call-overload]
    return np.convolve(padded, [0.25, 0.5, 0.25], mode="valid")[::S]


def _blur_one_end(x: Array, S: int) -> Array:
    wrapped = np.concatenate([x[-1:], x, np.zeros(1)])
    return np.convolve(wrapped, [0.25, 0.5, 0.25], mode="valid")[::S]


def _blur_in_place(x: Array, S: int) -> Array:
    y, N = np.array(x, dtype=float), len(x)
    for s in range(N):
        y[s] = (y[s - 1] + 2 * y[s] + y[(s + 1) % N]) / 4
    return y[::S]


def _blur_runs_out(x: Array, S: int) -> Array:
    return np.array([(x[s - 1] + 2 * x[s] + x[s + 1]) / 4 for s in range(len(x))])[::S]


def _blur_runs_out_where_kept(x: Array, S: int) -> Array:
    return np.array([(x[s - 1] + 2 * x[s] + x[s + 1]) / 4 for s in range(0, len(x), S)])


def _blur_inside(x: Array, ends: Array) -> Array:
    """Blur all samples but the first and the last, which are taken from ends."""
    y = np.array(ends)
    y[1:-1] = (x[:-2] + 2 * x[1:-1] + x[2:]) / 4
    return y


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
        Case(
            np.array([0.0, 0.0, 8.0, 0.0, 0.0]),
            1,
            note="stride 1 keeps everything: 0, 2, 4, 2, 0",
        ),
        Case(
            np.array([8.0, 0.0, 0.0, 0.0, 4.0]),
            2,
            note="blurred: 5, 2, 0, 1, 4 (the circle closes); every second: 5, 0, 4",
        ),
        Case(np.array([1, 2, 3, 4, 5, 6]), 3),
        Case(np.array([1, 2, 4, 1]), 1),
        Case(*_random(41, 8), 2),
        Case(*_random(42, 9), 3),
        Case(*_random(43, 7), 1),
        Case(*_random(44, 9), 2),
    ],
    misconceptions=[
        Misconception(
            "subsampled first, then blurred",
            lambda x, S: blur_subsample(x[::S], 1),
            "After subsampling the fast changes have already been mistaken for slow ones. The "
            "blur has to remove them before.",
        ),
        Misconception(
            "the neighbours are taken S apart",
            lambda x, S: ((np.roll(x, S) + 2 * x + np.roll(x, -S)) / 4)[::S],
            "np.roll(x, S) brings samples S away, which are the neighbours only after "
            "subsampling. The blur has to come before it: np.roll(x, 1) and np.roll(x, -1).",
        ),
        Misconception(
            "no blur at all",
            lambda x, S: x[::S],
            "Keeping every S-th sample is what a plain stride does. Blur first.",
        ),
        Misconception(
            "nothing is left out",
            lambda x, S: blur_subsample(x, 1),
            "The blur is right. Then keep every S-th sample: [::S].",
        ),
        Misconception(
            "the weights sum to 4",
            lambda x, S: _blur(x, S, 1, 2, 1),
            "(1, 2, 1) has to be divided by 4, or a constant would become four times as large.",
        ),
        Misconception(
            "divided by 3 instead of 4",
            lambda x, S: _blur(x, S, 1 / 3, 2 / 3, 1 / 3),
            "1 + 2 + 1 is 4. Divided by 3, a constant would grow by a third.",
        ),
        Misconception(
            "divided by 2 instead of 4",
            lambda x, S: _blur(x, S, 1 / 2, 1, 1 / 2),
            "1 + 2 + 1 is 4. Divided by 2, a constant would become twice as large.",
        ),
        Misconception(
            "only the last term is divided",
            lambda x, S: _blur(x, S, 1, 2, 1 / 4),
            "/ binds more tightly than +, so only what stands right before it is divided. Put the "
            "sum in brackets.",
        ),
        Misconception(
            "the sample itself counts once only",
            lambda x, S: _blur(x, S, 1 / 4, 1 / 4, 1 / 4),
            "The weights are (1, 2, 1)/4: the sample itself counts twice. Yours sum to 3/4.",
        ),
        Misconception(
            "three equal weights",
            lambda x, S: _blur(x, S, 1 / 3, 1 / 3, 1 / 3),
            "The weights are (1, 2, 1)/4: twice as much for the middle.",
        ),
        Misconception(
            "the mean of the two neighbours, without the sample itself",
            lambda x, S: _blur(x, S, 1 / 2, 0, 1 / 2),
            "The weights are (1, 2, 1)/4: the sample itself counts twice as much as each "
            "neighbour.",
        ),
        Misconception(
            "the mean of the sample and its left neighbour",
            lambda x, S: _blur(x, S, 1 / 2, 1 / 2, 0),
            "The weights are (1, 2, 1)/4, the same on both sides. The mean of two moves the "
            "signal by half a sample. (Twice the left neighbour and never the right comes to the "
            "same.)",
        ),
        Misconception(
            "the mean of the sample and its right neighbour",
            lambda x, S: _blur(x, S, 0, 1 / 2, 1 / 2),
            "The weights are (1, 2, 1)/4, the same on both sides. The mean of two moves the "
            "signal by half a sample. (Twice the right neighbour and never the left comes to the "
            "same.)",
        ),
        Misconception(
            "the difference to the neighbours instead of the blur",
            lambda x, S: _blur(x, S, -1 / 4, 1 / 2, -1 / 4),
            "(−1, 2, −1)/4 keeps just the fast changes that the blur is to remove.",
        ),
        Misconception(
            "the blur is not centred",
            lambda x, S: ((x + 2 * np.roll(x, -1) + np.roll(x, -2)) / 4)[::S],
            "The weight 2 belongs to the sample itself, 1 to each of its neighbours.",
        ),
        Misconception(
            "the blur looks only back",
            lambda x, S: ((x + 2 * np.roll(x, 1) + np.roll(x, 2)) / 4)[::S],
            "The weight 2 belongs to the sample itself, 1 to each of its neighbours, left and "
            "right.",
        ),
        Misconception(
            "zeros outside instead of a circle",
            lambda x, S: _blur_padded(x, S, "constant"),
            "On a circle the neighbour before the first sample is the last one.",
        ),
        Misconception(
            "the border is repeated instead of closed to a circle",
            lambda x, S: _blur_padded(x, S, "edge"),
            "On a circle the neighbour before the first sample is the last one, not the first "
            "once more.",
        ),
        Misconception(
            "the border is mirrored instead of closed to a circle",
            lambda x, S: _blur_padded(x, S, "reflect"),
            "On a circle the neighbour before the first sample is the last one, not the second.",
        ),
        Misconception(
            "the samples at the ends are left out",
            lambda x, S: np.convolve(x, [0.25, 0.5, 0.25], mode="valid")[::S],
            "On a circle every sample has two neighbours, the first and the last as well.",
        ),
        Misconception(
            "the circle is closed at one end only",
            _blur_one_end,
            "x[s - 1] finds the last sample for s = 0, because Python counts negative indices "
            "from the end. After the last sample the first one follows: x[(s + 1) % N].",
        ),
        Misconception(
            "an index runs past the end of x",
            _blur_runs_out,
            "After the last sample the first one follows: x[(s + 1) % N], or np.roll(x, -1).",
        ),
        Misconception(
            "an index runs past the end of x where the last sample is kept",
            _blur_runs_out_where_kept,
            "After the last sample the first one follows: x[(s + 1) % N], or np.roll(x, -1).",
        ),
        Misconception(
            "the blur reads what it has already blurred",
            _blur_in_place,
            "Written into the array that it reads from, each result spoils the next one. The "
            "blurred samples need an array of their own.",
        ),
        Misconception(
            "starts with sample 1 instead of sample 0",
            lambda x, S: blur_subsample(x, 1)[1::S],
            "Every S-th sample, beginning with the first, which is number 0: [::S].",
        ),
        Misconception(
            "starts with sample S − 1 instead of sample 0",
            lambda x, S: blur_subsample(x, 1)[S - 1 :: S],
            "Every S-th sample, beginning with the first, which is number 0: [::S].",
        ),
        Misconception(
            "only N // S samples are kept",
            lambda x, S: blur_subsample(x, S)[: len(x) // S],
            "Samples 0, S, 2S, … up to the end: where S does not divide N, one more than N // S.",
        ),
        Misconception(
            "rounded down by //",
            lambda x, S: np.floor(blur_subsample(x, S)),
            "// divides and rounds down. The blur needs the fractions: /.",
        ),
        Misconception(
            "the fractions are cut off where x holds whole numbers",
            lambda x, S: blur_subsample(x, S).astype(x.dtype),
            "np.zeros_like(x) takes the dtype of x, and an array of integers cannot hold "
            "fractions.",
        ),
        Misconception(
            "the samples at the ends are not blurred",
            lambda x, S: _blur_inside(x, x.astype(float))[::S],
            "On a circle every sample has two neighbours: those of x[0] are x[N − 1] and x[1].",
        ),
        Misconception(
            "the samples at the ends are never filled in",
            lambda x, S: _blur_inside(x, np.zeros(len(x)))[::S],
            "On a circle every sample has two neighbours: those of x[0] are x[N − 1] and x[1].",
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
