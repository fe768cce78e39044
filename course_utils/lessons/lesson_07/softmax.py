"""Exercise 7.4: softmax."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .softmax_parts import shares, shifted_exp, unguarded_exp


def softmax(z):
    """Probabilities exp(z_k) / Σ exp(z) in each row of z (B, K); huge scores do no harm."""
    e = np.exp(z - z.max(axis=1, keepdims=True))  # the largest exponent is 0: no overflow
    return e / e.sum(axis=1, keepdims=True)


EXERCISE = Exercise(
    id="07.softmax",
    title="From scores to probabilities",
    minutes=8,
    difficulty=2,
    reference=softmax,
    cases=[
        Case(np.array([[7.0, 7.0]]), note="equal scores: one half each"),
        Case(
            np.log(np.array([[1.0, 2.0, 5.0]])),
            note="exp gives 1, 2, 5, which sum to 8: 1/8, 2/8, 5/8",
        ),
        Case(
            np.array([[1000.0, 1000.0], [0.0, 0.0]]),
            note="exp(1000) is too large for a computer, yet the answer is one half everywhere",
        ),
        Case(
            np.array([[-1000.0, -1000.0]]),
            note="exp(−1000) is 0 for a computer, yet the answer is one half everywhere",
        ),
        Case(
            np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]]),
            note="three examples, two classes each: one half in every row",
        ),
        Case(
            np.array([[1001.0, 1000.0]]),
            note="only the difference counts: e/(e + 1) = 0.7311 and 1/(e + 1) = 0.2689",
        ),
        Case(np.array([[3000.0, 0.0, 0.0]]), note="quite sure of the first: 1, 0, 0"),
        Case(np.array([[0.0, 1000.0]]), note="quite sure of the second: 0, 1"),
        Case(
            np.array([[50_000.0, 50_000.0], [0.0, 0.0]]),
            note="exp(50000) is too large for any kind of float, yet one half is right everywhere",
        ),
        Case(np.array([[0, 1, 2], [3, 1, 0]])),
        Case(*rounded_normals(21, (4, 5), scale=2.0)),
        Case(rounded_normals(22, (2, 3), scale=2.0)[0] + 2000),
        Case(*rounded_normals(23, (3, 3), scale=2.0)),
    ],
    hints=[
        "Add a constant to all scores of a row: what happens to exp(z_k) / Σ exp(z)?",
        "Nothing. So subtract each row's largest score before exp.",
        (
            "z.max(axis=1, keepdims=True) keeps the shape (B, 1), and so does .sum with the same "
            "arguments."
        ),
    ],
)


@EXERCISE.misconception(
    "no shift: large scores overflow",
    "exp(1000) is infinite in float64, and infinity divided by infinity is not a number. "
    "Subtracting the row's largest score changes nothing in the result and keeps every exponent "
    "at 0 or below.",
)
def _(z):
    return shares(unguarded_exp(z))


@EXERCISE.misconception(
    "one shift for the whole batch",
    "A row far below the overall maximum underflows to 0/0. Each row needs its own largest score.",
)
def _(z):
    return shares(unguarded_exp(z - z.max()))


@EXERCISE.misconception(
    "each column is shifted by its own largest score",
    "A shift leaves the result as it is only if it is the same for all scores of a row: "
    "z.max(axis=1, keepdims=True).",
)
def _(z):
    return shares(unguarded_exp(z - z.max(axis=0, keepdims=True)))


@EXERCISE.misconception(
    "shifted by the mean instead of the largest score",
    "A score may lie a thousand above the mean of its row, and its exponential overflows. Only "
    "the largest score makes sure that no exponent is above 0.",
)
def _(z):
    return shares(unguarded_exp(z - z.mean(axis=1, keepdims=True)))


@EXERCISE.misconception(
    "shifted by the smallest score instead of the largest",
    "Subtracting the smallest score keeps every exponent at 0 or *above*, and exp of a large one "
    "overflows. Subtract the largest.",
)
def _(z):
    return shares(unguarded_exp(z - z.min(axis=1, keepdims=True)))


@EXERCISE.misconception(
    "large scores are clipped",
    "Clipping makes 1001 and 1000 equal, though the first is e times as likely. A shift by the "
    "row's largest score loses nothing.",
)
def _(z):
    return shares(unguarded_exp(np.clip(z, -500, 500)))


@EXERCISE.misconception(
    "keepdims is missing in the maximum",
    "z.max(axis=1) has shape (B,), and NumPy lines it up with the columns: an error, or worse, "
    "where B equals K, each column is shifted. keepdims=True keeps (B, 1).",
)
def _(z):
    return shares(unguarded_exp(z - z.max(axis=1)))


@EXERCISE.misconception(
    "keepdims is missing in the sum",
    "e.sum(axis=1) has shape (B,), and NumPy lines it up with the columns: an error, or worse, "
    "where B equals K, each column is divided by another row's sum. keepdims=True keeps (B, 1).",
)
def _(z):
    return shifted_exp(z) / shifted_exp(z).sum(axis=1)


@EXERCISE.misconception(
    "keepdims is missing in maximum and sum",
    "z.max(axis=1) and e.sum(axis=1) have shape (B,), and NumPy lines that up with the columns: "
    "an error, or worse, where B equals K, wrong numbers. keepdims=True keeps (B, 1).",
)
def _(z):
    e = unguarded_exp(z - z.max(axis=1))
    with np.errstate(all="ignore"):
        return e / e.sum(axis=1)


@EXERCISE.misconception(
    "columns instead of rows",
    "Each row is one example: its K probabilities sum to 1, so sum over axis=1.",
)
def _(z):
    return shares(unguarded_exp(z - z.max(axis=0, keepdims=True)), axis=0)


@EXERCISE.misconception(
    "the sum runs down the columns",
    "Each row is one example: its K probabilities sum to 1. The sum runs along the row as the "
    "maximum does: axis=1.",
)
def _(z):
    return shares(shifted_exp(z), axis=0)


@EXERCISE.misconception(
    "the sum runs down the columns, and there is no shift",
    "Each row is one example: its K probabilities sum to 1, so sum over axis=1. And each row's "
    "largest score has to be subtracted first, or exp(1000) is infinite.",
)
def _(z):
    return shares(unguarded_exp(z), axis=0)


@EXERCISE.misconception(
    "everything sums to 1 together", "Each example has its own probabilities: every row sums to 1."
)
def _(z):
    return shares(unguarded_exp(z - z.max()), axis=None)


@EXERCISE.misconception(
    "the sum runs over the whole batch",
    "e.sum() adds up all rows. Each example has its own probabilities: e.sum(axis=1, "
    "keepdims=True), one sum for each row.",
)
def _(z):
    return shares(shifted_exp(z), axis=None)


@EXERCISE.misconception(
    "the sum runs over the whole batch, and there is no shift",
    "e.sum() adds up all rows, where each row has to sum to 1: axis=1, keepdims=True. And each "
    "row's largest score has to be subtracted first, or exp(1000) is infinite.",
)
def _(z):
    return shares(unguarded_exp(z), axis=None)


EXERCISE.misconception(
    "not divided by the sum",
    "The exponentials are positive, but become probabilities only when divided by their sum. "
    "(Dividing by the largest of them changes nothing: it is 1 after the shift.)",
)(shifted_exp)

EXERCISE.misconception(
    "only the exponential",
    "The exponentials are positive, but become probabilities only when divided by their sum. And "
    "the row's largest score has to be subtracted first, or they overflow.",
)(unguarded_exp)


@EXERCISE.misconception("no exponential", "Scores may be negative; exp makes them positive first.")
def _(z):
    return shares(z)


@EXERCISE.misconception(
    "no exponential, but the smallest score subtracted",
    "That makes shares too, but the lowest class never gets any, and equal scores give 0/0. "
    "Softmax takes exponentials.",
)
def _(z):
    return shares(z - z.min(axis=1, keepdims=True))


@EXERCISE.misconception(
    "powers of two instead of e", "Softmax is made with the exponential function: np.exp."
)
def _(z):
    return shares(2.0 ** (z - z.max(axis=1, keepdims=True)))


@EXERCISE.misconception(
    "the sign of the scores is turned round",
    "A larger score means a larger probability: exp(z), not exp(−z).",
)
def _(z):
    return shares(unguarded_exp(z.min(axis=1, keepdims=True) - z))


@EXERCISE.misconception(
    "the logarithm of the probabilities",
    "That is log_softmax, which the loss needs. Asked for are the probabilities themselves.",
)
def _(z):
    shifted = z - z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@EXERCISE.misconception(
    "a sigmoid for each score",
    "Sigmoids answer K separate yes-or-no questions and need not sum to 1.",
)
def _(z):
    with np.errstate(all="ignore"):
        return 1 / (1 + np.exp(-z))


@EXERCISE.misconception(
    "all or nothing", "That is the argmax. Softmax gives every class a share, and has a gradient."
)
def _(z):
    return np.asarray(z == z.max(axis=1, keepdims=True), dtype=float)


@EXERCISE.misconception(
    "the class with the largest score",
    "Asked for are K probabilities for each example, not the most probable class.",
)
def _(z):
    return np.argmax(z, axis=1)


@EXERCISE.misconception(
    "only the first row is filled in: the return stands inside the loop",
    "The function returns in the first round of the loop. Indent return as far as the for, so "
    "that it comes after the loop.",
)
def _(z):
    p = softmax(z)
    p[1:] = 0
    return p


@EXERCISE.misconception(
    "the fractions are cut off where z holds whole numbers",
    "np.zeros_like(z) takes the dtype of z, and an array of integers cannot hold fractions. "
    "np.zeros(z.shape) makes floats.",
)
def _(z):
    return softmax(z).astype(z.dtype)


@EXERCISE.misconception(
    "the shift is taken from the numerator only",
    "The shift cancels only if it stands in numerator and sum alike: e = exp(z − max), and then "
    "e / e.sum(axis=1, keepdims=True).",
)
def _(z):
    with np.errstate(all="ignore"):
        return shifted_exp(z) / np.exp(z).sum(axis=1, keepdims=True)


@EXERCISE.misconception(
    "the shift is taken from the sum only",
    "The shift cancels only if it stands in numerator and sum alike: e = exp(z − max), and then "
    "e / e.sum(axis=1, keepdims=True).",
)
def _(z):
    with np.errstate(all="ignore"):
        return np.exp(z) / shifted_exp(z).sum(axis=1, keepdims=True)


@EXERCISE.misconception(
    "Python's max is taken of the whole table",
    "max(z) compares whole rows, which have no order, and of one row alone it gives that row. "
    "z.max(axis=1, keepdims=True) gives each row's largest score.",
)
def _(z):
    return shares(unguarded_exp(z - max(z)))


@EXERCISE.misconception(
    "only the first row is returned",
    "The function returns in the first round of the loop. Keep the rows, and return all of them "
    "after it.",
)
def _(z):
    return softmax(z)[0]
