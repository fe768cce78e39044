"""Exercise 1.2: the valid convolution."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def convolve_valid(x, w):
    """Convolution of x (N,) and w (F,), F <= N, complete overlaps only: shape (N - F + 1,)."""
    N, F = len(x), len(w)
    flipped = w[::-1]  # flip once; then each output is a dot product with a window of x
    return np.array([x[s : s + F] @ flipped for s in range(N - F + 1)])


EXERCISE = Exercise(
    id="01.convolve_valid",
    title="Complete overlaps only",
    minutes=6,
    difficulty=1,
    reference=convolve_valid,
    cases=[
        Case(
            np.array([1.0, 2.0, 3.0]),
            np.array([1.0, 10.0]),
            note="2·1 + 1·10 = 12 and 3·1 + 2·10 = 23",
        ),
        Case(
            np.array([1.0, 2.0, 4.0]),
            np.array([1.0, 10.0, 100.0]),
            note="one complete overlap: 4·1 + 2·10 + 1·100 = 124",
        ),
        Case(
            np.array([3, 1, 4, 1, 5]),
            np.array([0.5, 0.25]),
            note="1·0.5 + 3·0.25 = 1.25, 4·0.5 + 1·0.25 = 2.25, 1·0.5 + 4·0.25 = 1.5, "
            "5·0.5 + 1·0.25 = 2.75",
        ),
        Case(*rounded_normals(21, 6, 3)),
        Case(*rounded_normals(22, 7, 4)),
        Case(*rounded_normals(23, 5, 1)),
        Case(*rounded_normals(24, 11, 2)),
    ],
    hints=[
        (
            "A window of F samples that starts at s is x[s : s + F]. Which values of s keep it "
            "inside x?"
        ),
        (
            "In the window that starts at s, the weight w[0] belongs to the latest sample, "
            "x[s + F - 1]. So the window is paired with the kernel reversed."
        ),
        "One line: a dot product x[s : s + F] @ w[::-1] for every s in range(N - F + 1).",
    ],
)


@EXERCISE.misconception(
    "the kernel is not flipped",
    "A window of x times w in the same order is correlation. For a convolution the window meets "
    "the kernel reversed, w[::-1], and reversed once: turning the window round as well undoes "
    "it.",
)
def _(x, w):
    return convolve_valid(x, w[::-1])


@EXERCISE.misconception(
    "x is turned round instead of w",
    "Reversing the whole signal gives the right numbers in reverse order, last window first. "
    "Leave x as it is and reverse w.",
)
def _(x, w):
    return np.convolve(x, w, "valid")[::-1]


@EXERCISE.misconception(
    "the last window is missing",
    "The first window starts at 0 and the last at N − F, both included: that makes N − F + 1 "
    "windows. range(N - F) stops one too early.",
)
def _(x, w):
    return np.convolve(x, w, "valid")[:-1]


@EXERCISE.misconception(
    "the first window is missing",
    "The first window is x[0 : F]; its result stands at t = F − 1 of the full convolution. "
    "Starting with the window at 1, or cutting the full result from F on, leaves it out.",
)
def _(x, w):
    return np.convolve(x, w, "valid")[1:]


@EXERCISE.misconception(
    "the first value is never filled in",
    "y has the right length, but the loop starts at 1 and y[0] stays zero. Python counts from 0: "
    "range(N - F + 1).",
)
def _(x, w):
    return np.append(0.0, convolve_valid(x, w)[1:])


@EXERCISE.misconception(
    "the return stands inside the loop",
    "Only the first window is computed: the function returns in the first round of the loop. "
    "Indent return as far as the for, so that it comes after the loop.",
)
def _(x, w):
    y = convolve_valid(x, w)
    y[1:] = 0
    return y


@EXERCISE.misconception(
    "the products are not added up",
    "window * w[::-1] is a row of F products, one row for each window. An output is their sum: "
    "the dot product @ multiplies and adds.",
)
def _(x, w):
    F = len(w)
    return np.array([x[s : s + F] * w[::-1] for s in range(len(x) - F + 1)])


@EXERCISE.misconception(
    "windows run past the end of x",
    "A slice that runs past the end comes out shorter, and no longer fits w. The last window "
    "that lies inside x starts at N − F, so s runs over range(N - F + 1).",
)
def _(x, w):
    F = len(w)
    return np.array([x[s : s + F] @ w[::-1] for s in range(len(x))])


@EXERCISE.misconception(
    "the window has the wrong length",
    "A slice x[s : e] holds e − s samples. F of them, starting at s, are x[s : s + F]; x[s : F] "
    "gets shorter with s, and x[s : s + F + 1] has one too many.",
)
def _(x, w):
    F = len(w)
    return np.array([x[s : s + F + 1] @ w[::-1] for s in range(len(x) - F + 1)])


@EXERCISE.misconception(
    "as many places as x has, the last of them empty",
    "There are N − F + 1 complete windows, so y has that many places: np.zeros(N - F + 1), not "
    "np.zeros(N).",
)
def _(x, w):
    return np.append(convolve_valid(x, w), np.zeros(len(w) - 1))


EXERCISE.misconception(
    "all overlaps are kept (the mode called full)",
    "The first and last F − 1 values of the full result come from windows that hang over an end "
    "of x. Valid keeps only windows that lie inside.",
)(np.convolve)


@EXERCISE.misconception(
    "as many values as x has (the mode called same)",
    "Same keeps N values, some of them from incomplete windows. Complete windows start at 0, …, "
    "N − F, which makes N − F + 1.",
)
def _(x, w):
    return np.convolve(x, w, "same")


@EXERCISE.misconception(
    "the right number of values, taken from the wrong place",
    "The first N − F + 1 values of the full result include incomplete overlaps. The first "
    "complete one is at t = F − 1.",
)
def _(x, w):
    return np.convolve(x, w)[: len(x) - len(w) + 1]


@EXERCISE.misconception(
    "one incomplete overlap is kept at the end",
    "In the full result, complete overlaps stand at t = F − 1, …, N − 1. A slice leaves out its "
    "end, so it is [F - 1 : N]; [F - 1 : N + 1] takes one more.",
)
def _(x, w):
    return np.convolve(x, w)[len(w) - 1 : len(x) + 1]


@EXERCISE.misconception(
    "nothing is left where F is 1: -(F - 1) is then 0",
    "[F - 1 : -(F - 1)] cuts F − 1 values off each end, except for F = 1: then it is [0 : 0], "
    "which is empty, as −0 is 0. Say where it ends from the front: [F - 1 : N].",
)
def _(x, w):
    F = len(w)
    return np.convolve(x, w)[F - 1 : -(F - 1)]


def _sums(x, w, count, sample, weight):
    """Fill in as many sums as there are windows, with indices that may be wrong."""
    y = np.zeros(len(x) - len(w) + 1)
    for t in count:
        for a in range(len(w)):
            y[t] += x[sample(t, a)] * w[weight(a)]
    return y


@EXERCISE.misconception(
    "t starts at 0, where the kernel still hangs over the beginning",
    "For t < F − 1 some x[t − a] has a negative index, which Python reads from the end of x. The "
    "first complete overlap is at t = F − 1, so y[s] is the sum at t = s + F − 1: it needs "
    "x[s + F - 1 - a].",
)
def _(x, w):
    return _sums(x, w, range(len(x) - len(w) + 1), lambda t, a: t - a, lambda a: a)


@EXERCISE.misconception(
    "t counts the places of y and those of the full result at once",
    "The complete overlaps are at t = F − 1, …, N − 1, but y has the places 0, …, N − F. The sum "
    "at t belongs in y[t - (F - 1)].",
)
def _(x, w):
    return _sums(x, w, range(len(w) - 1, len(x)), lambda t, a: t - a, lambda a: a)


@EXERCISE.misconception(
    "w[F - a] stands in place of w[F - 1 - a]",
    "Read backwards, the weights are w[F − 1], …, w[0]. For a = 0, w[F - a] would be w[F], which "
    "does not exist.",
)
def _(x, w):
    F = len(w)
    return _sums(x, w, range(len(x) - F + 1), lambda t, a: t + a, lambda a: F - a)


@EXERCISE.misconception(
    "w[-a] begins with w[0], not with the last weight",
    "−0 is 0, so for a = 0, 1, 2, … w[-a] is w[0], w[−1], w[−2], …. Read backwards, the weights "
    "are w[F - 1 - a], or w[-1 - a].",
)
def _(x, w):
    return _sums(x, w, range(len(x) - len(w) + 1), lambda t, a: t + a, lambda a: -a)
