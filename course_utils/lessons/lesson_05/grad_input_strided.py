"""Exercise 5.3: the gradient of the input with stride, padding and dilation."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .partly_zero import but_one, only_first


def grad_input_strided(g, w, N, S=1, P=0, d=1):
    """Gradient of x (N,) where y[t] = Σ x[tS + ad − P]·w[a], and g (M,) is the gradient of y."""
    M, F = len(g), len(w)
    padded = np.zeros(N + 2 * P)
    for t in range(M):
        for a in range(F):
            padded[t * S + a * d] += g[t] * w[a]
    return padded[P : P + N]  # what flowed into the padding goes nowhere


EXERCISE = Exercise(
    id="05.grad_input_strided",
    title="Stride, padding and dilation, backward",
    minutes=9,
    difficulty=3,
    reference=grad_input_strided,
    cases=[
        Case(
            np.array([1.0, 2.0]),
            np.array([1.0, 10.0]),
            4,
            2,
            note="windows at 0 and 2 do not overlap: 1, 10, 2, 20",
        ),
        Case(
            np.array([1.0, 2.0, 3.0]),
            np.array([1.0, 10.0]),
            2,
            1,
            1,
            note="1·1 falls into the left zero, 3·10 into the right: 10 + 2 = 12, 20 + 3 = 23",
        ),
        Case(np.array([1.0]), np.array([1.0, 10.0]), 4, 2, 0, 2, note="1, 0, 10, and 0 unused"),
        Case(
            np.array([1.0, 2.0]),
            np.array([1.0, 10.0]),
            6,
            3,
            0,
            2,
            note="windows at 0, 2 and at 3, 5: 1, 0, 10, 2, 0, 20",
        ),
        Case(
            np.array([1.0, 2.0]),
            np.array([1.0, 10.0]),
            5,
            3,
            1,
            note="padded row 1, 10, 0, 2, 20, 0, 0; without its ends 10, 0, 2, 20, 0",
        ),
        Case(
            np.array([1.0, 2.0]),
            np.array([1.0, 10.0, 100.0]),
            4,
            note="they overlap: 1, 10 + 2 = 12, 100 + 20 = 120, 200",
        ),
        Case(
            np.array([2.0]),
            np.array([1.0, 2.0, 3.0, 4.0, 5.0]),
            1,
            1,
            2,
            note="one sample between two zeros on each side: it met the 3, so 2·3 = 6",
        ),
        Case(np.array([1, 2]), np.array([0.5, 0.25]), 3),
        Case(*rounded_normals(51, 4, 3), 8, 2, 1),
        Case(*rounded_normals(52, 3, 2), 9, 3, 1, 2),
        Case(*rounded_normals(53, 5, 3), 10, 2, 1, 1),
        Case(*rounded_normals(54, 3, 3), 8, 2, 2, 3),
        Case(*rounded_normals(55, 6, 4), 6, 1, 3, 2),
    ],
    hints=[
        "Work in the padded row: window t started at t·S, and weight a stood a·d further.",
        "padded = np.zeros(N + 2 * P), then padded[t * S + a * d] += g[t] * w[a].",
        "At the end cut off the padding: padded[P : P + N].",
    ],
)


def _padded(g, w, N, P, place):
    """Hand back in the padded row, to a place that depends on t and a."""
    padded = np.zeros(N + 2 * P)
    for t in range(len(g)):
        for a in range(len(w)):
            padded[place(t, a)] += g[t] * w[a]
    return padded


@EXERCISE.misconception(
    "the padding is left in the gradient",
    "Padding zeros are not part of x and have no gradient: cut P places off both ends.",
)
def _keeps_padding(g, w, N, S=1, P=0, d=1):
    return _padded(g, w, N, P, lambda t, a: t * S + a * d)


@EXERCISE.misconception(
    "cut at the end instead of at both ends",
    "x begins after the P zeros of the left padding: padded[P : P + N].",
)
def _(g, w, N, S=1, P=0, d=1):
    return _keeps_padding(g, w, N, S, P, d)[:N]


@EXERCISE.misconception(
    "the padding is cut off at the left only",
    "There are P zeros on the right as well: padded[P : P + N].",
)
def _(g, w, N, S=1, P=0, d=1):
    return _keeps_padding(g, w, N, S, P, d)[P:]


@EXERCISE.misconception(
    "the padding is cut off at the right only",
    "There are P zeros on the left as well: padded[P : P + N].",
)
def _(g, w, N, S=1, P=0, d=1):
    return _keeps_padding(g, w, N, S, P, d)[: N + P]


@EXERCISE.misconception(
    "nothing is left where P is 0: padded[P : -P]",
    "-0 is 0, so padded[0:-0] is padded[0:0], which is empty. padded[P : P + N] is right for "
    "every P.",
)
def _(g, w, N, S=1, P=0, d=1):
    return _keeps_padding(g, w, N, S, P, d)[P:-P]


@EXERCISE.misconception(
    "the slice ends at N: padded[P : N]",
    "A slice ends before its second number, wherever it starts. N values from place P on are "
    "padded[P : P + N].",
)
def _(g, w, N, S=1, P=0, d=1):
    return _keeps_padding(g, w, N, S, P, d)[P:N]


def _unpadded(g, w, N, place, inside=lambda s: True):
    """Hand back in a row of N places, to those that a condition lets in."""
    grad = np.zeros(N)
    for t in range(len(g)):
        for a in range(len(w)):
            if inside(place(t, a)):
                grad[place(t, a)] += g[t] * w[a]
    return grad


@EXERCISE.misconception(
    "the padding is ignored",
    "Window t started at t·S in the *padded* row, which has N + 2P places. In x itself that is "
    "place t·S − P.",
)
def _(g, w, N, S=1, P=0, d=1):
    return _unpadded(g, w, N, lambda t, a: t * S + a * d)


@EXERCISE.misconception(
    "the padding is counted once",
    "P zeros stood on each side, so the padded row has N + 2P places.",
)
def _(g, w, N, S=1, P=0, d=1):
    return _unpadded(g, w, N + P, lambda t, a: t * S + a * d)[P:]


@EXERCISE.misconception(
    "the padding moves the places the wrong way",
    "With P zeros before x, place t·S + a·d of the padded row is place t·S + a·d − P of x.",
)
def _(g, w, N, S=1, P=0, d=1):
    return _unpadded(g, w, N, lambda t, a: t * S + a * d + P, lambda s: s < N)


@EXERCISE.misconception(
    "a negative index wraps around to the end of the gradient",
    "Place t·S + a·d − P is negative where a weight lay on the left padding, and Python counts "
    "negative indices from the end. Leave such terms out.",
)
def _(g, w, N, S=1, P=0, d=1):
    return _unpadded(g, w, N, lambda t, a: t * S + a * d - P, lambda s: s < N)


@EXERCISE.misconception(
    "places in the padding are not left out",
    "t·S + a·d − P may lie before x or after it, in the padding. Such terms go nowhere: add only "
    "where 0 <= place < N. (Negative indices raise no error in Python.)",
)
def _(g, w, N, S=1, P=0, d=1):
    return _unpadded(g, w, N, lambda t, a: t * S + a * d - P)


@EXERCISE.misconception(
    "the stride is ignored: no zeros inserted",
    "Window t started at t·S, so g[t] flows back from there.",
)
def _(g, w, N, S=1, P=0, d=1):
    return grad_input_strided(g, w, N, 1, P, d)


@EXERCISE.misconception(
    "the dilation is ignored", "Weight a stood a·d places from the start of its window."
)
def _(g, w, N, S=1, P=0, d=1):
    return grad_input_strided(g, w, N, S, P, 1)


@EXERCISE.misconception(
    "stride and dilation are both ignored",
    "Window t started at t·S, and weight a stood a·d further: place t·S + a·d.",
)
def _(g, w, N, S=1, P=0, d=1):
    return grad_input_strided(g, w, N, 1, P, 1)


@EXERCISE.misconception(
    "stride and dilation are exchanged",
    "The stride moves the window, t·S; the dilation spreads its weights, a·d.",
)
def _(g, w, N, S=1, P=0, d=1):
    return grad_input_strided(g, w, N, d, P, S)


@EXERCISE.misconception(
    "the stride spreads the weights as well: (t + a·d)·S",
    "The stride moves the window as a whole. Inside it the weights stand d apart: t·S + a·d.",
)
def _(g, w, N, S=1, P=0, d=1):
    return _padded(g, w, N, P, lambda t, a: (t + a * d) * S)[P : P + N]


@EXERCISE.misconception(
    "later windows overwrite what earlier ones passed on",
    "Where windows overlap, what they pass on adds up: += in place of =.",
)
def _(g, w, N, S=1, P=0, d=1):
    padded = np.zeros(N + 2 * P)
    for t in range(len(g)):
        for a in range(len(w)):
            padded[t * S + a * d] = g[t] * w[a]
    return padded[P : P + N]


@EXERCISE.misconception(
    "later weights overwrite what earlier ones passed on",
    "A sample met several weights, and what they pass on adds up: += in place of =.",
)
def _(g, w, N, S=1, P=0, d=1):
    padded = np.zeros(N + 2 * P)
    for a in range(len(w)):
        for t in range(len(g)):
            padded[t * S + a * d] = g[t] * w[a]
    return padded[P : P + N]


@EXERCISE.misconception(
    "the kernel is turned around",
    "w[a] carried a value from place tS + ad − P, so it carries g[t] back to that place.",
)
def _(g, w, N, S=1, P=0, d=1):
    return grad_input_strided(g, w[::-1], N, S, P, d)


@EXERCISE.misconception(
    "samples that no window saw are left out",
    "They are part of x and get the gradient 0. The result has N values.",
)
def _(g, w, N, S=1, P=0, d=1):
    reached = (len(g) - 1) * S + d * (len(w) - 1) + 1
    return _keeps_padding(g, w, N, S, P, d)[P : reached - P]


@EXERCISE.misconception(
    "the row ends where the last window ends",
    "The padded row has N + 2P places, also where no window reached the last of them. Those get "
    "the gradient 0, and the result has N values.",
)
def _(g, w, N, S=1, P=0, d=1):
    reached = (len(g) - 1) * S + d * (len(w) - 1) + 1
    return _keeps_padding(g, w, N, S, P, d)[:reached][P : P + N]


@EXERCISE.misconception(
    "the weights are left out",
    "y[t] contains a sample with the factor w[a], and that factor is the derivative.",
)
def _(g, w, N, S=1, P=0, d=1):
    return grad_input_strided(g, np.ones(len(w)), N, S, P, d)


@EXERCISE.misconception(
    "the gradient that arrives is taken to be all ones",
    "g says how the loss depends on each output. Every term has a factor g[t].",
)
def _(g, w, N, S=1, P=0, d=1):
    return grad_input_strided(np.ones(len(g)), w, N, S, P, d)


@EXERCISE.misconception(
    "the last weight is left out",
    "The weights are w[0], …, w[F − 1], and range(F) already stops there.",
)
def _(g, w, N, S=1, P=0, d=1):
    return grad_input_strided(g, but_one(w, -1), N, S, P, d)


@EXERCISE.misconception(
    "the last output hands nothing back",
    "The outputs are t = 0, …, M − 1, and range(M) already stops there.",
)
def _(g, w, N, S=1, P=0, d=1):
    return grad_input_strided(but_one(g, -1), w, N, S, P, d)


@EXERCISE.misconception(
    "the first weight is left out",
    "Python counts from 0: range(F) begins with w[0], range(1, F) leaves it out.",
)
def _(g, w, N, S=1, P=0, d=1):
    return grad_input_strided(g, but_one(w, 0), N, S, P, d)


@EXERCISE.misconception(
    "the first output hands nothing back",
    "Python counts from 0: range(M) begins with y[0], range(1, M) leaves it out.",
)
def _(g, w, N, S=1, P=0, d=1):
    return grad_input_strided(but_one(g, 0), w, N, S, P, d)


@EXERCISE.misconception(
    "only the first output hands back: the return stands inside the loop",
    "The function returns at the end of the first round. Indent return as far as the outer for, "
    "so that it comes after both loops.",
)
def _(g, w, N, S=1, P=0, d=1):
    return grad_input_strided(only_first(g), w, N, S, P, d)


@EXERCISE.misconception(
    "the fractions are cut off where g holds whole numbers",
    "The gradient has been given the dtype of g, and an array of integers cannot hold fractions. "
    "np.zeros(N + 2 * P) makes floats.",
)
def _(g, w, N, S=1, P=0, d=1):
    padded = np.zeros(N + 2 * P, dtype=g.dtype)
    for t in range(len(g)):
        for a in range(len(w)):
            padded[t * S + a * d] += g[t] * w[a]
    return padded[P : P + N]


@EXERCISE.misconception(
    "the slice ends at N − P",
    "The padded row has N + 2P places, and x stands in the N of them from P on: padded[P : P + N].",
)
def _(g, w, N, S=1, P=0, d=1):
    return grad_input_strided(g, w, N + 2 * P, S, 0, d)[P : N - P]


@EXERCISE.misconception(
    "the padding is taken away twice",
    "t·S + a·d − P is a place in x, t·S + a·d one in the padded row. Subtract P from the places "
    "or cut it off at the end, not both.",
)
def _(g, w, N, S=1, P=0, d=1):
    padded = np.zeros(N + 2 * P)
    for t in range(len(g)):
        for a in range(len(w)):
            padded[t * S + a * d - P] += g[t] * w[a]
    return padded[P : P + N]
