"""Exercise 5.1: the gradient of the input."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .partly_zero import but_one, only_first


def grad_input(g, w):
    """Gradient of x (N,) where y = x ⋆ w (valid) and g (M,) is the gradient of y: shape (N,)."""
    M, F = len(g), len(w)
    grad = np.zeros(M + F - 1)  # N = M + F - 1
    for t in range(M):
        for a in range(F):
            grad[t + a] += g[t] * w[a]  # y[t] holds x[t + a] with the factor w[a]
    return grad


EXERCISE = Exercise(
    id="05.grad_input",
    title="Back to the input",
    minutes=7,
    difficulty=2,
    reference=grad_input,
    cases=[
        Case(
            np.array([1.0, 2.0]),
            np.array([1.0, 10.0]),
            note="y[0] passes on 1·(1, 10), y[1] passes on 2·(1, 10): 1, 10 + 2 = 12, 20",
        ),
        Case(np.array([0.0, 1.0, 0.0]), np.array([5.0, 7.0]), note="0, 5, 7, 0"),
        Case(np.array([3.0]), np.array([1.0, 2.0, 3.0]), note="one output: 3·(1, 2, 3)"),
        Case(np.array([1, 2, 3, 4]), np.array([0.5, 0.25])),
        Case(*rounded_normals(11, 5, 3)),
        Case(*rounded_normals(12, 2, 4)),
        Case(*rounded_normals(13, 6, 6)),
        Case(*rounded_normals(14, 7, 1)),
    ],
    hints=[
        "Which outputs contain x[s], and with which weight? y[t] contains x[t + a] with w[a].",
        "So each g[t] is sent to the places t, …, t + F − 1, multiplied by w[0], …, w[F − 1].",
        "grad = np.zeros(M + F - 1), then grad[t + a] += g[t] * w[a] for all t and a.",
    ],
)


@EXERCISE.misconception(
    "the kernel is turned around",
    "Weight w[a] carried x[t + a] into y[t], so it carries g[t] back to place t + a, with a "
    "running the same way. Forward correlated; backward is the full *convolution* of g and w. "
    "Correlating again turns the kernel around.",
)
def _(g, w):
    return grad_input(g, w[::-1])


@EXERCISE.misconception(
    "the gradient that arrives is turned around",
    "g[t] goes to the places t, …, t + F − 1: early outputs hand back to early samples. Nothing "
    "is reversed.",
)
def _(g, w):
    return grad_input(g[::-1], w)


@EXERCISE.misconception(
    "the result stands reversed",
    "All numbers are right, in the opposite order. The first of them belongs to x[0], which only "
    "y[0] contains.",
)
def _(g, w):
    return grad_input(g, w)[::-1]


@EXERCISE.misconception(
    "g[t] is sent to t − a in place of t + a",
    "y[t] was made from x[t], …, x[t + F − 1], so w[a] carries g[t] back to place t + a. "
    "(Negative indices raise no error in Python: they count from the end.)",
)
def _(g, w):
    grad = np.zeros(len(g) + len(w) - 1)
    for t in range(len(g)):
        for a in range(len(w)):
            grad[t - a] += g[t] * w[a]  # a negative index counts from the end
    return grad


def _gathering(g, w, place, inside):
    """Collect for each sample s the terms g[place(s, a)]·w[a] that a condition lets in."""
    N = len(g) + len(w) - 1
    grad = np.zeros(N)
    for s in range(N):
        for a in range(len(w)):
            if inside(place(s, a)):
                grad[s] += g[place(s, a)] * w[a]
    return grad


@EXERCISE.misconception(
    "sample s collects from g[s + a] in place of g[s − a]",
    "Sample s was x[t + a] for the output t = s − a: so the terms are g[s − a]·w[a].",
)
def _(g, w):
    return _gathering(g, w, lambda s, a: s + a, lambda t: t < len(g))


@EXERCISE.misconception(
    "a negative index wraps around to the end of g",
    "In Python g[-1] is the last value; here there is no output before the first. Terms with s − "
    "a < 0 have to be left out: 0 <= s − a < M.",
)
def _(g, w):
    return _gathering(g, w, lambda s, a: s - a, lambda t: t < len(g))


@EXERCISE.misconception(
    "g is continued periodically: s − a is taken modulo M",
    "There are no outputs before the first and after the last. Terms with s − a outside 0, …, M "
    "− 1 have to be left out.",
)
def _(g, w):
    return _gathering(g, w, lambda s, a: (s - a) % len(g), lambda t: t < len(g))


@EXERCISE.misconception(
    "an index falls outside its array",
    "The gradient has as many places as x: t + a runs up to (M − 1) + (F − 1), which makes N = M "
    "+ F − 1. (If you collect for each sample s: g[s − a] exists only where 0 <= s − a < M.)",
)
def _(g, w):
    if len(w) > 1:
        raise IndexError("there is no such place")
    return grad_input(g, w)


@EXERCISE.misconception(
    "later windows overwrite what earlier ones passed on",
    "A sample takes part in several windows, and what they pass on adds up: += in place of =.",
)
def _(g, w):
    M, F = len(g), len(w)
    grad = np.zeros(M + F - 1)
    for t in range(M):
        grad[t : t + F] = g[t] * w
    return grad


@EXERCISE.misconception(
    "later weights overwrite what earlier ones passed on",
    "A sample met several weights, one in each window that saw it, and what they pass on adds "
    "up: += in place of =.",
)
def _(g, w):
    M, F = len(g), len(w)
    grad = np.zeros(M + F - 1)
    for a in range(F):
        grad[a : a + M] = g * w[a]
    return grad


@EXERCISE.misconception(
    "divided by the number of windows that saw a sample",
    "A sample in two windows moves both outputs, so it gets both contributions in full: they add "
    "up, they are not averaged.",
)
def _(g, w):
    return grad_input(g, w) / grad_input(np.ones(len(g)), np.ones(len(w)))


@EXERCISE.misconception(
    "only complete overlaps are kept",
    "Every sample of x gets a gradient, also those at the ends that few windows see. The result "
    "has N = M + F − 1 values.",
)
def _(g, w):
    return np.convolve(g, w, mode="valid")


@EXERCISE.misconception(
    "g is correlated with w, complete overlaps only",
    "This is the forward operation applied to g. Backward needs its transpose, which lengthens "
    "where forward shortened.",
)
def _(g, w):
    return np.correlate(g, w, mode="valid")


@EXERCISE.misconception(
    "the result is cut by mode='same'",
    "The gradient has the shape of x, which is N = M + F − 1, longer than g: mode='full'.",
)
def _(g, w):
    return np.convolve(g, w, mode="same")


@EXERCISE.misconception(
    "cut off after M values",
    "The gradient has the shape of x, which is longer than y: N = M + F − 1.",
)
def _(g, w):
    return grad_input(g, w)[: len(g)]


@EXERCISE.misconception(
    "one value is missing at the end",
    "The last sample is x[N − 1] with N = M + F − 1: the last output carries g[M − 1]·w[F − 1] "
    "back to it.",
)
def _(g, w):
    return grad_input(g, w)[:-1]


@EXERCISE.misconception(
    "one value too many", "x has N = M + F − 1 samples, and the gradient has its shape."
)
def _(g, w):
    return np.append(grad_input(g, w), 0.0)


@EXERCISE.misconception(
    "the last value is never filled in",
    "The result has the right length, but its last value stays zero. It is g[M − 1]·w[F − 1].",
)
def _(g, w):
    return but_one(grad_input(g, w), -1)


@EXERCISE.misconception(
    "the last weight is left out",
    "The weights are w[0], …, w[F − 1], and range(F) already stops there. range(F - 1) leaves "
    "out the last.",
)
def _(g, w):
    return grad_input(g, but_one(w, -1))


@EXERCISE.misconception(
    "the first weight is left out",
    "Python counts from 0: range(F) begins with w[0], range(1, F) leaves it out.",
)
def _(g, w):
    return grad_input(g, but_one(w, 0))


@EXERCISE.misconception(
    "the last output hands nothing back",
    "The outputs are t = 0, …, M − 1, and range(M) already stops there. range(M - 1) leaves out "
    "the last.",
)
def _(g, w):
    return grad_input(but_one(g, -1), w)


@EXERCISE.misconception(
    "the first output hands nothing back",
    "Python counts from 0: range(M) begins with y[0], range(1, M) leaves it out.",
)
def _(g, w):
    return grad_input(but_one(g, 0), w)


@EXERCISE.misconception(
    "only the first output hands back: the return stands inside the loop",
    "The function returns at the end of the first round. Indent return as far as the outer for, "
    "so that it comes after both loops.",
)
def _(g, w):
    return grad_input(only_first(g), w)


@EXERCISE.misconception(
    "only one product is handed back: the return stands inside the loops",
    "The function returns in the very first round. Indent return as far as the outer for, so "
    "that it comes after both loops.",
)
def _(g, w):
    return grad_input(only_first(g), only_first(w))


@EXERCISE.misconception(
    "every weight is replaced by the sum of the weights",
    "Which weight carries g[t] back depends on the place: w[a] for place t + a.",
)
def _(g, w):
    return grad_input(g, np.full(len(w), w.sum()))


@EXERCISE.misconception(
    "the weights are left out",
    "y[t] contains x[t + a] with the factor w[a], and that factor is the derivative.",
)
def _(g, w):
    return grad_input(g, np.ones(len(w)))


@EXERCISE.misconception(
    "the gradient that arrives is taken to be all ones",
    "g says how the loss depends on each output. Every term has a factor g[t].",
)
def _(g, w):
    return grad_input(np.ones(len(g)), w)


@EXERCISE.misconception(
    "the fractions are cut off where g holds whole numbers",
    "The gradient has been given the dtype of g, and an array of integers cannot hold fractions. "
    "np.zeros(M + F - 1) makes floats.",
)
def _(g, w):
    grad = np.zeros(len(g) + len(w) - 1, dtype=g.dtype)
    for t in range(len(g)):
        for a in range(len(w)):
            grad[t + a] += g[t] * w[a]
    return grad


@EXERCISE.misconception(
    "a negative index wraps around to the end of w",
    "In Python w[-1] is the last weight; here y[t] contains no sample before x[t]. Terms with s "
    "− t < 0 have to be left out: 0 <= s − t < F.",
)
def _(g, w):
    grad = np.zeros(len(g) + len(w) - 1)
    for s in range(len(grad)):
        for t in range(len(g)):
            if s - t < len(w):
                grad[s] += g[t] * w[s - t]
    return grad


@EXERCISE.misconception(
    "w[t − s] in place of w[s − t]",
    "Sample s is x[t + a] for the weight a = s − t. (With t − s the index is negative, and "
    "Python counts from the end.)",
)
def _(g, w):
    turned = np.roll(w[::-1], 1)  # w[0], w[−1], w[−2], …
    return grad_input(g, turned)


@EXERCISE.misconception(
    "everything is handed back to place t",
    "y[t] was made from F samples, and each gets its own share: g[t]·w[a] goes to place t + a.",
)
def _(g, w):
    return np.append(g * w.sum(), np.zeros(len(w) - 1))
