"""Exercise 1.1: the full convolution."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def convolve_full(x, w):
    """Full convolution of x (N,) and w (F,): every y[t] that can be non-zero, (N + F - 1,)."""
    N, F = len(x), len(w)
    y = np.zeros(N + F - 1)  # t runs from 0 + 0 to (N - 1) + (F - 1)
    for t in range(N + F - 1):
        for a in range(F):
            if 0 <= t - a < N:  # outside its N samples, x is zero
                y[t] += x[t - a] * w[a]
    return y


EXERCISE = Exercise(
    id="01.convolve_full",
    title="The full convolution, term by term",
    minutes=8,
    difficulty=1,
    reference=convolve_full,
    cases=[
        Case(
            np.array([1.0, 2.0, 3.0]),
            np.array([1.0, 10.0]),
            note="1·1 = 1, 2·1 + 1·10 = 12, 3·1 + 2·10 = 23, 3·10 = 30",
        ),
        Case(
            np.array([1.0, 0.0, 0.0]),
            np.array([5.0, 7.0]),
            note="an impulse: 1·5 = 5, 0·5 + 1·7 = 7, 0·5 + 0·7 = 0, 0·7 = 0, which is w itself",
        ),
        Case(
            np.array([2.0]),
            np.array([3.0, 4.0, 5.0]),
            note="one sample, three echoes of it: 2·3 = 6, 2·4 = 8, 2·5 = 10",
        ),
        Case(
            np.array([0.0, 2.0, 1.0]),
            np.array([3.0, 4.0]),
            note="0·3 = 0, 2·3 + 0·4 = 6, 1·3 + 2·4 = 11, 1·4 = 4; the 0 at the start counts",
        ),
        Case(
            np.array([1, 2, 3, 4]),
            np.array([0.5, 0.25]),
            note="1·0.5 = 0.5, 2·0.5 + 1·0.25 = 1.25, 3·0.5 + 2·0.25 = 2, "
            "4·0.5 + 3·0.25 = 2.75, 4·0.25 = 1",
        ),
        Case(*rounded_normals(11, 5, 3)),
        Case(*rounded_normals(12, 4, 4)),
        Case(*rounded_normals(13, 2, 5)),
        Case(*rounded_normals(14, 9, 1)),
        Case(*rounded_normals(15, 12, 6)),
    ],
    hints=[
        (
            "Two loops: one over the outputs t, one over the weights a. How many values does t "
            "take? Find the smallest and the largest t for which any term x[t − a]·w[a] can be "
            "non-zero."
        ),
        "Start with y = np.zeros(N + F - 1) and add x[t - a] * w[a] to y[t] in the inner loop.",
        (
            "x[t - a] exists only if 0 <= t - a < N. Guard the term with that condition; "
            "without it, Python reads negative indices from the end."
        ),
    ],
)


@EXERCISE.misconception(
    "the kernel is not flipped",
    "Your sum pairs x and w in the same direction: that is correlation. In a convolution the two "
    "indices run against each other, x[t − a] beside w[a], because the echo that arrives a steps "
    "late was started a steps ago. Flipping w twice ends here as well.",
)
def _(x, w):
    return convolve_full(x, w[::-1])


@EXERCISE.misconception(
    "t + a stands in place of t − a",
    "x[t + a] looks into the future: it pairs w[a] with the sample a steps after t, which is a "
    "correlation. The echo w[a] arrives a steps late, so at time t it belongs to the sample from "
    "a steps before, x[t − a].",
)
def _(x, w):
    N, F = len(x), len(w)
    y = np.zeros(N + F - 1)
    for t in range(N + F - 1):
        for a in range(F):
            if 0 <= t + a < N:
                y[t] += x[t + a] * w[a]
    return y


@EXERCISE.misconception(
    "the last term of the sum is missing",
    "The sum runs over a = 0, …, F − 1, and range(F) already stops at F − 1. range(F - 1) leaves "
    "out the term with w[F − 1].",
)
def _(x, w):
    return np.append(convolve_full(x, w[:-1]), 0.0) if len(w) > 1 else 0.0 * x


@EXERCISE.misconception(
    "the first weight, w[0], never takes part",
    "Python counts from 0: the sum runs over a = 0, …, F − 1, which is range(F). range(1, F) "
    "leaves out the term with w[0].",
)
def _(x, w):
    return convolve_full(x, np.append(0 * w[:1], w[1:]))


@EXERCISE.misconception(
    "the first sample of x never takes part",
    "Index 0 is a sample like any other: the condition is 0 <= t − a, not 0 < t − a.",
)
def _(x, w):
    return convolve_full(np.append(0 * x[:1], x[1:]), w)


@EXERCISE.misconception(
    "the last sample of x never takes part",
    "The last sample is x[N − 1], so t − a may be as large as N − 1: the condition is t − a < N, "
    "not t − a < N − 1.",
)
def _(x, w):
    return convolve_full(np.append(x[:-1], 0 * x[-1:]), w)


@EXERCISE.misconception(
    "an index falls outside its array",
    "t − a runs from −(F − 1) to N + F − 2, but x has the indices 0, …, N − 1 only. Add a term "
    "only where 0 <= t − a < N, with <= on the left and < on the right. (If it is y that ends "
    "too early: it needs N + F − 1 places.)",
)
def _(x, w):
    N, F = len(x), len(w)
    y = np.zeros(N + F - 1)
    for t in range(N + F - 1):
        for a in range(F):
            if t - a >= 0:
                y[t] += x[t - a] * w[a]
    return y


@EXERCISE.misconception(
    "a negative index wraps around to the end of x",
    "In Python x[-1] is the last sample; in the sum x[−1] is zero. Terms with t − a < 0 have to "
    "be left out: 0 <= t − a < N.",
)
def _(x, w):
    N, F = len(x), len(w)
    y = np.zeros(N + F - 1)
    for t in range(N + F - 1):
        for a in range(F):
            if t - a < N:  # x[-1] is the last sample in Python, not zero
                y[t] += x[t - a] * w[a]
    return y


@EXERCISE.misconception(
    "a negative index wraps around, and the tail is cut off",
    "Two things: in Python x[-1] is the last sample, where the sum wants zero, so terms with "
    "t − a < 0 have to be left out; and t runs on to N + F − 2, since echoes still come out after "
    "the last sample has gone in.",
)
def _(x, w):
    return np.array([sum(x[t - a] * w[a] for a in range(len(w))) for t in range(len(x))])


@EXERCISE.misconception(
    "a negative index wraps around, and other errors are passed over",
    "Indices past the end raise an IndexError, which you catch. Negative ones raise nothing: "
    "x[-1] is the last sample in Python, where the sum wants zero. The condition 0 <= t − a < N "
    "covers both ends, without try.",
)
def _(x, w):
    N, F = len(x), len(w)
    y = np.zeros(N + F - 1)
    for t in range(N + F - 1):
        for a in range(F):
            if -N <= t - a < N:  # all that does not raise an IndexError
                y[t] += x[t - a] * w[a]
    return y


@EXERCISE.misconception(
    "one weight too many is asked for",
    "range(F + 1) ends with a = F, but the last weight is w[F − 1]. range(F) gives all F of them.",
)
def _(x, w):
    N, F = len(x), len(w)
    y = np.zeros(N + F - 1)
    for t in range(N + F - 1):
        for a in range(F + 1):
            if 0 <= t - a < N:
                y[t] += x[t - a] * w[a]
    return y


@EXERCISE.misconception(
    "the lengths of x and w are exchanged",
    "N is the length of x and F the length of w. The index t − a belongs to x, so it has to stay "
    "below N; the index a belongs to w, so it runs over range(F).",
)
def _(x, w):
    N, F = len(w), len(x)
    y = np.zeros(N + F - 1)
    for t in range(N + F - 1):
        for a in range(F):
            if 0 <= t - a < N:
                y[t] += x[t - a] * w[a]
    return y


@EXERCISE.misconception(
    "each product overwrites the one before",
    "y[t] = … keeps only the last product of the inner loop. The sum needs all of them: y[t] += ….",
)
def _(x, w):
    N, F = len(x), len(w)
    y = np.zeros(N + F - 1)
    for t in range(N + F - 1):
        for a in range(F):
            if 0 <= t - a < N:
                y[t] = x[t - a] * w[a]
    return y


@EXERCISE.misconception(
    "the sum is not started afresh for each t",
    "Your sum goes on growing from one output to the next, so y[t] holds everything up to t. Set "
    "it back to zero at the start of each round of the outer loop.",
)
def _(x, w):
    return np.cumsum(np.convolve(x, w))


@EXERCISE.misconception(
    "the return stands inside the loop",
    "Only y[0] is computed: the function returns in the first round of the loop. Indent return "
    "as far as the outer for, so that it comes after both loops.",
)
def _(x, w):
    y = np.zeros(len(x) + len(w) - 1)
    y[0] = x[0] * w[0]
    return y


@EXERCISE.misconception(
    "the last value is never filled in",
    "y has the right length, but the loop stops one t too early and the last value stays zero. "
    "It is x[N − 1]·w[F − 1], at t = N + F − 2, so t runs over range(N + F - 1).",
)
def _(x, w):
    return np.append(convolve_full(x, w)[:-1], 0.0)


@EXERCISE.misconception(
    "the first value is never filled in",
    "Python counts from 0: y[0] = x[0]·w[0] is an output like any other. range(1, …) skips it.",
)
def _(x, w):
    return np.append(0.0, convolve_full(x, w)[1:])


@EXERCISE.misconception(
    "one value is missing at the end",
    "The last output pairs the last sample with the last weight, at t = (N − 1) + (F − 1) = N + "
    "F − 2. Counting from t = 0, that makes N + F − 1 values.",
)
def _(x, w):
    return np.convolve(x, w)[:-1]


@EXERCISE.misconception(
    "one value too many",
    "The last t for which anything can meet is (N − 1) + (F − 1) = N + F − 2. Counting from t = "
    "0, that makes N + F − 1 values; the one after it is always zero.",
)
def _(x, w):
    return np.append(np.convolve(x, w), 0.0)


@EXERCISE.misconception(
    "the tail is cut off after N values",
    "After the last sample has gone in, its echoes still come out: t runs on to (N − 1) + (F − "
    "1), which makes N + F − 1 values.",
)
def _(x, w):
    return convolve_full(x, w)[: len(x)]


@EXERCISE.misconception(
    "y is made with zeros_like(x): too short, and of whole numbers where x is",
    "np.zeros_like(x) has N places and the dtype of x, so the last F − 1 values are cut off and, "
    "for whole numbers in x, the fractions as well. np.zeros(N + F - 1) has room for all and "
    "holds fractions.",
)
def _(x, w):
    N, F = len(x), len(w)
    y = np.zeros_like(x)
    for t in range(N):
        for a in range(F):
            if t - a >= 0:
                y[t] += x[t - a] * w[a]
    return y


@EXERCISE.misconception(
    "the result is cut to the size of its input (the mode called same)",
    "Same keeps the middle of the result. The full convolution keeps every y[t] that can be "
    "non-zero; the last one pairs the last sample with the last weight, at t = (N − 1) + (F − "
    "1), so there are N + F − 1.",
)
def _(x, w):
    return np.convolve(x, w, "same")


@EXERCISE.misconception(
    "only complete overlaps are kept (the mode called valid)",
    "Valid keeps only those t for which every weight meets a sample. Full also keeps the F − 1 "
    "values at each end where the kernel hangs over and meets only some.",
)
def _(x, w):
    return np.convolve(x, w, "valid")


@EXERCISE.misconception(
    "circular convolution: t − a is taken modulo N, for N outputs",
    "Taking t − a modulo N glues the end of x to its beginning. That operation exists (section 8 "
    "uses it), but here x is zero outside its N samples.",
)
def _(x, w):
    N, F = len(x), len(w)
    return np.array([sum(x[(t - a) % N] * w[a] for a in range(F)) for t in range(N)], dtype=float)


@EXERCISE.misconception(
    "x is continued periodically: t − a is taken modulo N",
    "With x[(t − a) % N] the signal starts again after its end. In this sum it is zero outside "
    "its N samples: leave such terms out with 0 <= t − a < N.",
)
def _(x, w):
    N, F = len(x), len(w)
    return np.array(
        [sum(x[(t - a) % N] * w[a] for a in range(F)) for t in range(N + F - 1)], dtype=float
    )


@EXERCISE.misconception(
    "everything is added up to one number",
    "Each t has a sum of its own. Make y an array of N + F − 1 zeros and add to y[t].",
)
def _(x, w):
    return float(np.sum(x) * np.sum(w))


@EXERCISE.misconception(
    "only the sum of the last t is kept",
    "y is one number, made anew for each t, and what comes back is its last value. Make y an "
    "array of N + F − 1 zeros and add to y[t].",
)
def _(x, w):
    return x[-1] * w[-1]


@EXERCISE.misconception(
    "x and w are multiplied element by element",
    "x * w pairs sample t with weight t and adds nothing up. Each output of a convolution is a "
    "sum over all weights: y[t] = Σ x[t − a]·w[a] over a.",
)
def _(x, w):
    return x * w


EXERCISE.misconception(
    "leading zeros are dropped, as np.polymul does",
    "A convolution multiplies polynomials, and for polynomials leading zeros mean nothing. For a "
    "signal they are samples: the result always has N + F − 1 values.",
)(np.polymul)
