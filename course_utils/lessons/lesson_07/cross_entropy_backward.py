"""Exercise 7.6: the gradient of cross-entropy."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .cross_entropy import cross_entropy
from .softmax import softmax
from .softmax_parts import one_hot, shares, shifted_exp, unguarded_exp


def cross_entropy_backward(z, target):
    """Gradient of the mean cross-entropy with respect to the scores z (B, K): shape (B, K)."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    grad = e / e.sum(axis=1, keepdims=True)  # the probabilities
    grad[np.arange(len(z)), target] -= 1  # minus 1 at the right class
    return grad / len(z)  # the mean over the batch


EXERCISE = Exercise(
    id="07.cross_entropy_backward",
    title="What pushes the scores",
    minutes=8,
    difficulty=2,
    reference=cross_entropy_backward,
    cases=[
        Case(
            np.zeros((2, 2)),
            np.array([0, 1]),
            note="(1/2 − 1, 1/2)/2 and (1/2, 1/2 − 1)/2: −0.25, 0.25 and 0.25, −0.25",
        ),
        Case(
            np.log(np.array([[1.0, 3.0]])),
            np.array([1]),
            note="probabilities 1/4, 3/4; truth 0, 1: 0.25, −0.25",
        ),
        Case(
            np.log(np.array([[1.0, 1.0, 2.0]])),
            np.array([2]),
            note="probabilities 1/4, 1/4, 1/2; truth 0, 0, 1: 0.25, 0.25, −0.5",
        ),
        Case(
            np.array([[1000.0, 1000.0]]),
            np.array([0]),
            note="probabilities 1/2, 1/2, however large the scores are: −0.5, 0.5",
        ),
        Case(
            np.array([[3, 3]]),
            np.array([1]),
            note="probabilities 1/2, 1/2; truth 0, 1: 0.5, −0.5",
        ),
        Case(
            np.array([[1000.0, 1000.0], [0.0, 0.0]]),
            np.array([0, 1]),
            note="probabilities 1/2 everywhere: (−0.5, 0.5)/2 and (0.5, −0.5)/2",
        ),
        Case(
            np.array([[0.0, 1000.0, 0.0]]),
            np.array([0]),
            note="probabilities 0, 1, 0; truth 1, 0, 0: quite sure and quite wrong, −1, 1, 0",
        ),
        Case(
            np.array([[50_000.0, 50_000.0], [0.0, 0.0]]),
            np.array([0, 1]),
            note="exp(50000) is too large for any kind of float; probabilities 1/2 everywhere",
        ),
        Case(*rounded_normals(44, (3, 3), scale=2.0), np.array([1, 0, 1])),
        Case(*rounded_normals(41, (4, 3), scale=2.0), np.array([2, 0, 1, 1])),
        Case(*rounded_normals(42, (3, 5), scale=2.0), np.array([4, 4, 0])),
        Case(*rounded_normals(43, (2, 3), scale=200.0), np.array([0, 1])),
    ],
    hints=[
        "−z_y contains z_k only if k is the right class. So what does it add to p_k?",
        "−1 at the right class and nothing elsewhere: grad[np.arange(len(z)), target] -= 1 does "
        "that for all rows of an array of probabilities.",
        "The loss is a mean over the rows: divide by len(z).",
    ],
)


@EXERCISE.misconception(
    "not divided by the batch size",
    "The loss is the mean over B rows, so each row's gradient has the factor 1/B.",
)
def _(z, target):
    return cross_entropy_backward(z, target) * len(z)


@EXERCISE.misconception(
    "divided by the number of classes", "The mean is over the B rows, not over the K classes."
)
def _(z, target):
    return cross_entropy_backward(z, target) * len(z) / z.shape[1]


@EXERCISE.misconception(
    "divided by the number of all scores",
    "The mean is over the B rows: divide by len(z), not by z.size.",
)
def _(z, target):
    return cross_entropy_backward(z, target) / z.shape[1]


@EXERCISE.misconception(
    "the sign is wrong",
    "It is probability minus truth. Gradient descent subtracts it, which raises the score of the "
    "right class.",
)
def _(z, target):
    return -cross_entropy_backward(z, target)


def _from_probabilities(p, target):
    """Subtract the truth from other probabilities, and average."""
    return (p - one_hot(p, target)) / len(p)


@EXERCISE.misconception(
    "the truth is added",
    "It is probability *minus* truth: at the right class the gradient is negative, so that "
    "descent raises its score.",
)
def _(z, target):
    return _from_probabilities(softmax(z), target) + 2 * one_hot(z, target) / len(z)


@EXERCISE.misconception(
    "the number of the class is subtracted",
    "target holds the numbers of the classes, say 7. The truth is 1 in column 7 and 0 in the "
    "others: subtract 1 at the right class.",
)
def _(z, target):
    return (softmax(z) - target[:, None]) / len(z)


@EXERCISE.misconception(
    "only the truth is divided by the batch size",
    "The mean over the batch divides the whole gradient, the probabilities too: (p − truth) / "
    "len(z).",
)
def _(z, target):
    return softmax(z) - one_hot(z, target) / len(z)


@EXERCISE.misconception(
    "the truth is not subtracted",
    "At the right class 1 is subtracted; without it every score would be pushed down.",
)
def _(z, target):
    return softmax(z) / len(z)


@EXERCISE.misconception(
    "1 is subtracted at every class",
    "The truth is 1 at the right class and 0 at the others: subtract 1 only there.",
)
def _(z, target):
    return (softmax(z) - 1) / len(z)


@EXERCISE.misconception(
    "1 is subtracted in whole columns",
    "grad[:, target] takes those columns in every row. One element of each row is meant: "
    "grad[np.arange(len(z)), target].",
)
def _(z, target):
    grad = softmax(z)
    grad[:, target] -= 1
    return grad / len(z)


@EXERCISE.misconception(
    "1 is subtracted in whole rows",
    "grad[target] takes the *rows* with these numbers. One element of each row is meant: "
    "grad[np.arange(len(z)), target].",
)
def _(z, target):
    grad = softmax(z)
    grad[target] -= 1
    return grad / len(z)


@EXERCISE.misconception(
    "classes are counted from 1",
    "Classes are counted from 0, as the columns of z are: target, not target − 1.",
)
def _(z, target):
    return cross_entropy_backward(z, target - 1)


@EXERCISE.misconception(
    "1 is subtracted where the largest score is",
    "target says which class is right. The network's own favourite would only be confirmed.",
)
def _(z, target):
    return cross_entropy_backward(z, np.argmax(z, axis=1))


@EXERCISE.misconception(
    "only the right class gets a gradient",
    "The other classes' scores enter through the sum in the softmax: they get their probabilities.",
)
def _(z, target):
    return cross_entropy_backward(z, target) * one_hot(z, target)


@EXERCISE.misconception(
    "the gradient with respect to the probabilities",
    "−1/p at the right class is how the loss depends on the probability. The chain goes on "
    "through the softmax to the scores, and ends at p minus truth.",
)
def _(z, target):
    with np.errstate(all="ignore"):
        return np.where(one_hot(z, target) == 1, -1 / softmax(z), 0.0) / len(z)


@EXERCISE.misconception(
    "multiplied by the slope p(1 − p) once more",
    "The derivative of the softmax is already inside: it and the derivative of the logarithm "
    "cancel to p minus truth.",
)
def _(z, target):
    return cross_entropy_backward(z, target) * softmax(z) * (1 - softmax(z))


@EXERCISE.misconception(
    "the slope p(1 − p) alone",
    "p(1 − p) is how one probability depends on its own score. The loss brings in which class is "
    "right: p minus truth.",
)
def _(z, target):
    return softmax(z) * (1 - softmax(z)) / len(z)


@EXERCISE.misconception(
    "the factor 2 of a squared error",
    "The derivative of −log p is p minus truth, without a factor 2.",
)
def _(z, target):
    return 2 * cross_entropy_backward(z, target)


@EXERCISE.misconception(
    "softmax is left out",
    "It is *probability* minus truth: the scores go through the softmax first.",
)
def _(z, target):
    return _from_probabilities(z, target)


@EXERCISE.misconception(
    "the exponentials are not divided by their sum",
    "It is *probability* minus truth, and probabilities sum to 1 in each row.",
)
def _(z, target):
    return _from_probabilities(shifted_exp(z), target)


@EXERCISE.misconception(
    "all or nothing in place of probabilities",
    "Where the favourite is right this is 0, and nothing is learnt any more. Probabilities still "
    "say how much is missing.",
)
def _(z, target):
    return _from_probabilities(one_hot(z, np.argmax(z, axis=1)), target)


@EXERCISE.misconception(
    "no shift: large scores overflow",
    "exp(1000) is infinite, and infinity divided by infinity is not a number. Subtract each "
    "row's largest score first.",
)
def _(z, target):
    return _from_probabilities(shares(unguarded_exp(z)), target)


@EXERCISE.misconception(
    "one shift for the whole batch",
    "A row far below the overall maximum underflows to 0/0. Each row needs its own largest score.",
)
def _(z, target):
    return _from_probabilities(shares(unguarded_exp(z - z.max())), target)


@EXERCISE.misconception(
    "each column is shifted by its own largest score",
    "A shift leaves the result as it is only if it is the same for all scores of a row: "
    "z.max(axis=1, keepdims=True).",
)
def _(z, target):
    return _from_probabilities(shares(unguarded_exp(z - z.max(axis=0))), target)


@EXERCISE.misconception(
    "keepdims is missing in the maximum",
    "z.max(axis=1) has shape (B,), and NumPy lines it up with the columns: an error, or worse, "
    "where B equals K, each column is shifted. keepdims=True keeps (B, 1).",
)
def _(z, target):
    return _from_probabilities(shares(unguarded_exp(z - z.max(axis=1))), target)


@EXERCISE.misconception(
    "columns instead of rows",
    "Each row is one example: the softmax runs over its K scores, axis=1.",
)
def _(z, target):
    return _from_probabilities(softmax(z.T).T, target)


@EXERCISE.misconception(
    "everything sums to 1 together",
    "Each example has its own probabilities: every row of them sums to 1.",
)
def _(z, target):
    return _from_probabilities(shares(unguarded_exp(z - z.max()), axis=None), target)


@EXERCISE.misconception(
    "only the first row is filled in: the return stands inside the loop",
    "The function returns in the first round of the loop. Indent return as far as the for, so "
    "that it comes after the loop.",
)
def _(z, target):
    grad = cross_entropy_backward(z, target)
    grad[1:] = 0
    return grad


@EXERCISE.misconception(
    "the fractions are cut off where z holds whole numbers",
    "np.zeros_like(z) takes the dtype of z, and an array of integers cannot hold fractions. "
    "np.zeros(z.shape) makes floats.",
)
def _(z, target):
    return cross_entropy_backward(z, target).astype(z.dtype)


@EXERCISE.misconception(
    "the numbers of the classes are subtracted along the wrong axis",
    "target holds numbers of classes, say 7, and no truth of 0 and 1; and its axis is that of "
    "the rows. Subtract 1 at the right class: grad[np.arange(len(z)), target] -= 1.",
)
def _(z, target):
    return (softmax(z) - target) / len(z)


@EXERCISE.misconception(
    "the classes are compared along the wrong axis",
    "np.arange(K) == target lines target up with the classes. It has one number for each row: "
    "target[:, None].",
)
def _(z, target):
    return (softmax(z) - (np.arange(z.shape[1]) == target)) / len(z)


@EXERCISE.misconception(
    "only the probabilities are divided by the batch size",
    "The mean over the batch divides the whole gradient, the truth too: (p − truth) / len(z).",
)
def _(z, target):
    return softmax(z) / len(z) - one_hot(z, target)


@EXERCISE.misconception(
    "the gradients of the rows are added up",
    "Every row has scores of its own and so a gradient of its own: shape (B, K), and no sum "
    "over the batch.",
)
def _(z, target):
    return cross_entropy_backward(z, target).sum(axis=0)


def _by_differences(h):
    """Differentiate the loss by central differences with the step h."""

    def function(z, target):
        grad = np.zeros(z.shape)
        for place in np.ndindex(z.shape):
            moved = np.zeros(z.shape)
            moved[place] = h
            rise = cross_entropy(z + moved, target) - cross_entropy(z - moved, target)
            grad[place] = rise / (2 * h)
        return grad

    return function


for _h in ("1e-3", "1e-4", "1e-5", "1e-6", "1e-7"):
    EXERCISE.misconception(
        f"central differences with the step {_h}",
        "A good way to check a gradient, but its last digits are wrong, and it computes the loss "
        "twice for every score. The derivative of (7.7) with respect to z_k is exact and costs one "
        "softmax.",
    )(_by_differences(float(_h)))
