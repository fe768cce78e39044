"""Exercise 6.2: max pooling, backward."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .max_pool import max_pool
from .windows import filled_up_to, to_first_corner, usual_window


def max_pool_backward(g, x, F, S):
    """Gradient of x (H, W) from g (M_H, M_W); among equal values the first, row by row, gets it."""
    grad = np.zeros(x.shape)
    for i in range(g.shape[0]):
        for j in range(g.shape[1]):
            window = x[i * S : i * S + F, j * S : j * S + F]
            a, b = divmod(int(np.argmax(window)), F)  # argmax takes the first, row by row
            grad[i * S + a, j * S + b] += g[i, j]  # += because windows may overlap
    return grad


EXERCISE = Exercise(
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
        Case(
            np.array([[4.0, 9.0]]),
            np.array([[1.0, 1.0 + 2.0**-52, 3.0, 5.0 - 2.0**-50], [0.0, 0.0, 2.0, 5.0]]),
            2,
            2,
            note=(
                "1 and 1 + 2⁻⁵² are nearly equal, and so are 5 − 2⁻⁵⁰ and 5, but the larger wins: "
                "4 goes to row 0, column 1, and 9 to row 1, column 3"
            ),
        ),
        Case(np.array([[0.5, 0.25]]), np.array([[1, 2, 9, 4], [5, 6, 7, 8]]), 2, 2),
        Case(*rounded_normals(21, (2, 3), (5, 7)), 3, 2),
        Case(*rounded_normals(22, (4, 3), (5, 4)), 2, 1),
        Case(*rounded_normals(23, (3, 2), (7, 5)), 2, 2),
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


def _by_share(share):
    """Make a backward pass that gives each value of a window a share of g."""

    def back(g, x, F, S):
        grad = np.zeros(x.shape)
        for i, j in np.ndindex(g.shape):
            seen = x[i * S : i * S + F, j * S : j * S + F]
            grad[i * S : i * S + F, j * S : j * S + F] += g[i, j] * share(seen)
        return grad

    return back


@EXERCISE.misconception(
    "every maximum of a window gets the whole gradient",
    "The output moves by at most g however many values tie. Handing g to each of them multiplies "
    "the gradient. PyTorch gives all of it to the first.",
)
@_by_share
def _(seen):
    return seen == seen.max()


@EXERCISE.misconception(
    "equal values share the gradient",
    "Sharing is a valid choice (a subgradient), but not the one asked for: PyTorch gives "
    "everything to the first maximum, row by row.",
)
@_by_share
def _(seen):
    return (seen == seen.max()) / np.sum(seen == seen.max())


@EXERCISE.misconception(
    "the gradient is shared by the whole window",
    "That is the backward pass of average pooling. Small changes of the values that did not win "
    "leave the output as it is, so their gradient is 0.",
)
@_by_share
def _(seen):
    return 1 / seen.size


@EXERCISE.misconception(
    "every value of the window gets the whole gradient",
    "Small changes of the values that did not win leave the output as it is, so their gradient "
    "is 0. Only the largest gets g.",
)
@_by_share
def _(seen):
    return 1.0


@EXERCISE.misconception(
    "later windows overwrite what earlier ones passed on",
    "A value can win in several windows; what they pass on adds up: += in place of =.",
)
def _(g, x, F, S):
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(g.shape):
        a, b = divmod(int(np.argmax(x[i * S : i * S + F, j * S : j * S + F])), F)
        grad[i * S + a, j * S + b] = g[i, j]
    return grad


def _hand_back(g, x, F, S, choose=None, window=usual_window, start=lambda i, S: i * S):
    """Hand back with another choice in the window, another window, or another start."""
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(g.shape):
        seen = x[window(i, F, S), window(j, F, S)]
        a, b = choose(seen) if choose else divmod(int(np.argmax(seen)), seen.shape[1])
        grad[start(i, S) + a, start(j, S) + b] += g[i, j]
    return grad


@EXERCISE.misconception(
    "the last maximum gets it, not the first",
    "Among equal values the first in row by row order is chosen. In a search of your own a value "
    "takes over only if it is larger: > and not >=.",
)
def _(g, x, F, S):
    def last(seen):
        return divmod(seen.size - 1 - int(np.argmax(seen[::-1, ::-1])), seen.shape[1])

    return _hand_back(g, x, F, S, last)


@EXERCISE.misconception(
    "the first maximum column by column",
    "Windows are searched row by row: (0, 2) comes before (2, 0).",
)
def _(g, x, F, S):
    return _hand_back(g, x, F, S, lambda seen: divmod(int(np.argmax(seen.T)), len(seen))[::-1])


@EXERCISE.misconception(
    "row and column of the winner are exchanged",
    "np.argmax counts row by row: index n in a window of width F is row n // F, column n % F.",
)
def _(g, x, F, S):
    return _hand_back(g, x, F, S, lambda seen: divmod(int(np.argmax(seen)), seen.shape[1])[::-1])


@EXERCISE.misconception(
    "the winner's place is taken apart with S instead of F",
    "np.argmax counts through the window, whose rows are F long: divmod(n, F).",
)
def _(g, x, F, S):
    return _hand_back(g, x, F, S, lambda seen: divmod(int(np.argmax(seen)), S))


@EXERCISE.misconception(
    "the winner's place is taken apart with the width of x",
    "np.argmax counts through the window, whose rows are F long: divmod(n, F).",
)
def _(g, x, F, S):
    return _hand_back(g, x, F, S, lambda seen: divmod(int(np.argmax(seen)), x.shape[1]))


@EXERCISE.misconception(
    "the search for the largest starts at 0",
    "In a window of negative values nothing is larger than 0, and the place found is wrong. "
    "Start with the first value of the window, or use np.argmax.",
)
def _(g, x, F, S):
    def largest_above_0(seen):
        return divmod(int(np.argmax(np.maximum(seen, 0))), seen.shape[1])

    return _hand_back(g, x, F, S, largest_above_0)


@EXERCISE.misconception(
    "the largest magnitude gets it", "The largest value, with its sign: −5 is smaller than 1."
)
def _(g, x, F, S):
    return max_pool_backward(g, np.abs(x), F, S)


@EXERCISE.misconception(
    "the smallest value gets it",
    "The output is the largest value of the window, so that is where the gradient goes.",
)
def _(g, x, F, S):
    return max_pool_backward(g, -x, F, S)


@EXERCISE.misconception(
    "the gradient is multiplied by the value",
    "The output equals the winner, so its derivative with respect to it is 1.",
)
def _(g, x, F, S):
    return max_pool_backward(g * max_pool(x, F, S), x, F, S)


@EXERCISE.misconception(
    "the value itself stands where the gradient belongs",
    "The winner's place is right. What goes there is the gradient that arrives, g[i, j].",
)
def _(g, x, F, S):
    return max_pool_backward(max_pool(x, F, S), x, F, S)


@EXERCISE.misconception(
    "the gradient that arrives is taken to be all ones",
    "The slope is 1 for the winner and 0 for the others; it multiplies g[i, j].",
)
def _(g, x, F, S):
    return max_pool_backward(np.ones(g.shape), x, F, S)


@EXERCISE.misconception(
    "the place in the window is taken for the place in x",
    "np.argmax counts inside the window. Window (i, j) starts at (i·S, j·S), so the winner "
    "stands at row i·S + a, column j·S + b of x.",
)
def _(g, x, F, S):
    return _hand_back(g, x, F, S, start=lambda i, S: 0)


@EXERCISE.misconception(
    "the stride is left out of the winner's place",
    "Window (i, j) starts at (i·S, j·S), so the winner stands at row i·S + a, column j·S + b of x.",
)
def _(g, x, F, S):
    return _hand_back(g, x, F, S, start=lambda i, S: i)


@EXERCISE.misconception(
    "windows start one apart", "Window (i, j) starts at (i·S, j·S), not at (i, j)."
)
def _(g, x, F, S):
    return max_pool_backward(g, x, F, 1)


@EXERCISE.misconception(
    "windows start F apart", "Windows start S apart, which need not be F: at (i·S, j·S)."
)
def _(g, x, F, S):
    return max_pool_backward(g, x, F, F)


@EXERCISE.misconception(
    "windows of S × S instead of F × F",
    "The window has F rows: from i·S to i·S + F. The stride S says where it starts.",
)
def _(g, x, F, S):
    return max_pool_backward(g, x, S, S)


@EXERCISE.misconception(
    "the largest value of the whole input gets everything",
    "Each window has a winner of its own, which gets the gradient of that window.",
)
def _(g, x, F, S):
    grad = np.zeros(x.shape)
    grad[np.unravel_index(int(np.argmax(x)), x.shape)] = g.sum()
    return grad


@EXERCISE.misconception(
    "the last row and column of windows hand nothing back",
    "The windows are 0, …, M_H − 1 downwards, and range(g.shape[0]) already stops there.",
)
def _(g, x, F, S):
    return max_pool_backward(g[:-1, :-1], x, F, S)


@EXERCISE.misconception(
    "only the first row of windows hands back: the return stands inside the loop",
    "The function returns at the end of the first row. Indent return as far as the outer for, so "
    "that it comes after both loops.",
)
def _(g, x, F, S):
    return max_pool_backward(filled_up_to(g, 1, None), x, F, S)


@EXERCISE.misconception(
    "only the first window hands back: the return stands inside the loops",
    "The function returns in the very first round. Indent return as far as the outer for, so "
    "that it comes after both loops.",
)
def _(g, x, F, S):
    return max_pool_backward(filled_up_to(g, 1, 1), x, F, S)


@EXERCISE.misconception(
    "the fractions are cut off where x holds whole numbers",
    "np.zeros_like(x) takes the dtype of x, and an array of integers cannot hold fractions. "
    "np.zeros(x.shape) makes floats.",
)
def _(g, x, F, S):
    grad = np.zeros_like(x)
    for i, j in np.ndindex(g.shape):
        a, b = divmod(int(np.argmax(x[i * S : i * S + F, j * S : j * S + F])), F)
        grad[i * S + a, j * S + b] += g[i, j]
    return grad


@EXERCISE.misconception(
    "the winner is looked for in the whole input",
    "The same value may stand elsewhere in x, outside the window. Look for it in the window, and "
    "add where the window starts: i·S and j·S.",
)
def _(g, x, F, S):
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(*g.shape):
        largest = x[i * S : i * S + F, j * S : j * S + F].max()
        grad[tuple(np.argwhere(x == largest)[0])] += g[i, j]
    return grad


@EXERCISE.misconception(
    "the first value of each window gets the gradient",
    "(i·S, j·S) is where window (i, j) starts. The gradient goes to the largest value in it: row "
    "i·S + a, column j·S + b.",
)
def _(g, x, F, S):
    return to_first_corner(g, len(x), len(x[0]), F, S)
