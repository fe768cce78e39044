"""Exercise 6.4: blur before subsampling."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def blur_subsample(x, S):
    """Blur x (N,), taken as a circle, with (1, 2, 1)/4 centred on each sample; keep every S-th."""
    blurred = (np.roll(x, 1) + 2 * x + np.roll(x, -1)) / 4
    return blurred[::S]


EXERCISE = Exercise(
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
        Case(*rounded_normals(41, 8), 2),
        Case(*rounded_normals(42, 9), 3),
        Case(*rounded_normals(43, 7), 1),
        Case(*rounded_normals(44, 9), 2),
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


@EXERCISE.misconception(
    "subsampled first, then blurred",
    "After subsampling the fast changes have already been mistaken for slow ones. The blur has "
    "to remove them before.",
)
def _(x, S):
    return blur_subsample(x[::S], 1)


@EXERCISE.misconception(
    "the neighbours are taken S apart",
    "np.roll(x, S) brings samples S away, which are the neighbours only after subsampling. The "
    "blur has to come before it: np.roll(x, 1) and np.roll(x, -1).",
)
def _(x, S):
    return ((np.roll(x, S) + 2 * x + np.roll(x, -S)) / 4)[::S]


@EXERCISE.misconception(
    "no blur at all", "Keeping every S-th sample is what a plain stride does. Blur first."
)
def _(x, S):
    return x[::S]


@EXERCISE.misconception(
    "nothing is left out", "The blur is right. Then keep every S-th sample: [::S]."
)
def _(x, S):
    return blur_subsample(x, 1)


def _blur(x, S, left, self, right):
    """Blur on the circle with other weights."""
    return (left * np.roll(x, 1) + self * x + right * np.roll(x, -1))[::S]


@EXERCISE.misconception(
    "the weights sum to 4",
    "(1, 2, 1) has to be divided by 4, or a constant would become four times as large.",
)
def _(x, S):
    return _blur(x, S, 1, 2, 1)


@EXERCISE.misconception(
    "divided by 3 instead of 4", "1 + 2 + 1 is 4. Divided by 3, a constant would grow by a third."
)
def _(x, S):
    return _blur(x, S, 1 / 3, 2 / 3, 1 / 3)


@EXERCISE.misconception(
    "divided by 2 instead of 4",
    "1 + 2 + 1 is 4. Divided by 2, a constant would become twice as large.",
)
def _(x, S):
    return _blur(x, S, 1 / 2, 1, 1 / 2)


@EXERCISE.misconception(
    "only the last term is divided",
    "/ binds more tightly than +, so only what stands right before it is divided. Put the sum in "
    "brackets.",
)
def _(x, S):
    return _blur(x, S, 1, 2, 1 / 4)


@EXERCISE.misconception(
    "the sample itself counts once only",
    "The weights are (1, 2, 1)/4: the sample itself counts twice. Yours sum to 3/4.",
)
def _(x, S):
    return _blur(x, S, 1 / 4, 1 / 4, 1 / 4)


@EXERCISE.misconception(
    "three equal weights", "The weights are (1, 2, 1)/4: twice as much for the middle."
)
def _(x, S):
    return _blur(x, S, 1 / 3, 1 / 3, 1 / 3)


@EXERCISE.misconception(
    "the mean of the two neighbours, without the sample itself",
    "The weights are (1, 2, 1)/4: the sample itself counts twice as much as each neighbour.",
)
def _(x, S):
    return _blur(x, S, 1 / 2, 0, 1 / 2)


@EXERCISE.misconception(
    "the mean of the sample and its left neighbour",
    "The weights are (1, 2, 1)/4, the same on both sides. The mean of two moves the signal by "
    "half a sample. (Twice the left neighbour and never the right comes to the same.)",
)
def _(x, S):
    return _blur(x, S, 1 / 2, 1 / 2, 0)


@EXERCISE.misconception(
    "the mean of the sample and its right neighbour",
    "The weights are (1, 2, 1)/4, the same on both sides. The mean of two moves the signal by "
    "half a sample. (Twice the right neighbour and never the left comes to the same.)",
)
def _(x, S):
    return _blur(x, S, 0, 1 / 2, 1 / 2)


@EXERCISE.misconception(
    "the difference to the neighbours instead of the blur",
    "(−1, 2, −1)/4 keeps just the fast changes that the blur is to remove.",
)
def _(x, S):
    return _blur(x, S, -1 / 4, 1 / 2, -1 / 4)


@EXERCISE.misconception(
    "the blur is not centred",
    "The weight 2 belongs to the sample itself, 1 to each of its neighbours.",
)
def _(x, S):
    return ((x + 2 * np.roll(x, -1) + np.roll(x, -2)) / 4)[::S]


@EXERCISE.misconception(
    "the blur looks only back",
    "The weight 2 belongs to the sample itself, 1 to each of its neighbours, left and right.",
)
def _(x, S):
    return ((x + 2 * np.roll(x, 1) + np.roll(x, 2)) / 4)[::S]


def _blur_padded(x, S, mode):
    """Blur with another border."""
    padded = np.pad(x, 1, mode=mode)
    return np.convolve(padded, [0.25, 0.5, 0.25], mode="valid")[::S]


@EXERCISE.misconception(
    "zeros outside instead of a circle",
    "On a circle the neighbour before the first sample is the last one.",
)
def _(x, S):
    return _blur_padded(x, S, "constant")


@EXERCISE.misconception(
    "the border is repeated instead of closed to a circle",
    "On a circle the neighbour before the first sample is the last one, not the first once more.",
)
def _(x, S):
    return _blur_padded(x, S, "edge")


@EXERCISE.misconception(
    "the border is mirrored instead of closed to a circle",
    "On a circle the neighbour before the first sample is the last one, not the second.",
)
def _(x, S):
    return _blur_padded(x, S, "reflect")


@EXERCISE.misconception(
    "the samples at the ends are left out",
    "On a circle every sample has two neighbours, the first and the last as well.",
)
def _(x, S):
    return np.convolve(x, [0.25, 0.5, 0.25], mode="valid")[::S]


@EXERCISE.misconception(
    "the circle is closed at one end only",
    "x[s - 1] finds the last sample for s = 0, because Python counts negative indices from the "
    "end. After the last sample the first one follows: x[(s + 1) % N].",
)
def _(x, S):
    wrapped = np.concatenate([x[-1:], x, np.zeros(1)])
    return np.convolve(wrapped, [0.25, 0.5, 0.25], mode="valid")[::S]


@EXERCISE.misconception(
    "an index runs past the end of x",
    "After the last sample the first one follows: x[(s + 1) % N], or np.roll(x, -1).",
)
def _(x, S):
    return np.array([(x[s - 1] + 2 * x[s] + x[s + 1]) / 4 for s in range(len(x))])[::S]


@EXERCISE.misconception(
    "an index runs past the end of x where the last sample is kept",
    "After the last sample the first one follows: x[(s + 1) % N], or np.roll(x, -1).",
)
def _(x, S):
    return np.array([(x[s - 1] + 2 * x[s] + x[s + 1]) / 4 for s in range(0, len(x), S)])


@EXERCISE.misconception(
    "the blur reads what it has already blurred",
    "Written into the array that it reads from, each result spoils the next one. The blurred "
    "samples need an array of their own.",
)
def _(x, S):
    y, N = np.array(x, dtype=float), len(x)
    for s in range(N):
        y[s] = (y[s - 1] + 2 * y[s] + y[(s + 1) % N]) / 4
    return y[::S]


@EXERCISE.misconception(
    "starts with sample 1 instead of sample 0",
    "Every S-th sample, beginning with the first, which is number 0: [::S].",
)
def _(x, S):
    return blur_subsample(x, 1)[1::S]


@EXERCISE.misconception(
    "starts with sample S − 1 instead of sample 0",
    "Every S-th sample, beginning with the first, which is number 0: [::S].",
)
def _(x, S):
    return blur_subsample(x, 1)[S - 1 :: S]


@EXERCISE.misconception(
    "only N // S samples are kept",
    "Samples 0, S, 2S, … up to the end: where S does not divide N, one more than N // S.",
)
def _(x, S):
    return blur_subsample(x, S)[: len(x) // S]


@EXERCISE.misconception(
    "rounded down by //", "// divides and rounds down. The blur needs the fractions: /."
)
def _(x, S):
    return np.floor(blur_subsample(x, S))


@EXERCISE.misconception(
    "the fractions are cut off where x holds whole numbers",
    "np.zeros_like(x) takes the dtype of x, and an array of integers cannot hold fractions.",
)
def _(x, S):
    return blur_subsample(x, S).astype(x.dtype)


def _blur_inside(x, ends):
    """Blur all samples but the first and the last, which are taken from ends."""
    y = np.array(ends)
    y[1:-1] = (x[:-2] + 2 * x[1:-1] + x[2:]) / 4
    return y


@EXERCISE.misconception(
    "the samples at the ends are not blurred",
    "On a circle every sample has two neighbours: those of x[0] are x[N − 1] and x[1].",
)
def _(x, S):
    return _blur_inside(x, x.astype(float))[::S]


@EXERCISE.misconception(
    "the samples at the ends are never filled in",
    "On a circle every sample has two neighbours: those of x[0] are x[N − 1] and x[1].",
)
def _(x, S):
    return _blur_inside(x, np.zeros(len(x)))[::S]
