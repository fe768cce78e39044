"""Exercise 7.5: cross-entropy."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .softmax import softmax
from .softmax_parts import one_hot, shares, shifted_exp, unguarded_exp


def cross_entropy(z, target):
    """Mean over the rows of z (B, K) of −log softmax(z) at the right class, target (B,)."""
    shifted = z - z.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=1))  # no log of a probability that became 0
    right = shifted[np.arange(len(z)), target]
    return float(np.mean(log_sum - right))


EXERCISE = Exercise(
    id="07.cross_entropy",
    title="The loss of a wrong answer",
    minutes=10,
    difficulty=2,
    reference=cross_entropy,
    cases=[
        Case(
            np.zeros((2, 4)),
            np.array([0, 3]),
            note="one of four, twice: the mean of log 4 and log 4 is log 4 = 1.3863",
        ),
        Case(
            np.log(np.array([[1.0, 3.0]])),
            np.array([1]),
            note="probability 3/4 for the right class: −log(3/4) = 0.2877",
        ),
        Case(
            np.array([[0.0, 1000.0]]),
            np.array([0]),
            note="quite sure and quite wrong: the loss is 1000, not infinite",
        ),
        Case(
            np.array([[1000.0, 1000.0]]),
            np.array([0]),
            note="one half for each, however large the scores are: log 2 = 0.6931",
        ),
        Case(
            np.log(np.array([[1.0, 3.0], [1.0, 1.0]])),
            np.array([0, 1]),
            note="the mean of −log(1/4) and −log(1/2): (1.3863 + 0.6931)/2 = 1.0397",
        ),
        Case(
            np.array([[1000.0, 1000.0], [0.0, 0.0]]),
            np.array([0, 1]),
            note="one half in each row: the mean of log 2 and log 2, 0.6931",
        ),
        Case(
            np.array([[50_000.0, 50_000.0], [0.0, 0.0]]),
            np.array([0, 1]),
            note="exp(50000) is too large for any kind of float, yet the answer is log 2 = 0.6931",
        ),
        Case(np.array([[2, 0, 1]]), np.array([2])),
        Case(*rounded_normals(31, (5, 3), scale=2.0), np.array([0, 2, 1, 1, 0])),
        Case(*rounded_normals(32, (3, 6), scale=2.0), np.array([5, 0, 2])),
        Case(*rounded_normals(33, (3, 3), scale=2.0), np.array([1, 0, 1])),
    ],
    hints=[
        "−log of exp(z_y) / Σ exp(z) is log Σ exp(z) − z_y. With m taken from every score of the "
        "row it reads log Σ exp(z − m) − (z_y − m): the same number, since log Σ exp(z − m) is "
        "log Σ exp(z) − m.",
        "z[np.arange(len(z)), target] picks from each row the score of its right class.",
        "Return a float: the mean over the rows.",
    ],
)


@EXERCISE.misconception(
    "summed over the batch instead of averaged",
    "With a sum, twice as many examples make the gradient twice as long, and the step size would "
    "have to follow. The mean does not depend on the batch size.",
)
def _(z, target):
    return cross_entropy(z, target) * len(z)


def _log_softmax(z, axis=1):
    shifted = z - z.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def _at(values, target):
    """Pick from each row the value of its right class."""
    return values[np.arange(len(values)), target]


@EXERCISE.misconception(
    "one number for each row", "The loss is a single number: the mean of these."
)
def _(z, target):
    return -_at(_log_softmax(z), target)


def _of_probabilities(p, target):
    """Take minus the logarithm of probabilities, of 0 too."""
    with np.errstate(all="ignore"):
        return float(-np.mean(np.log(_at(p, target))))


@EXERCISE.misconception(
    "the logarithm of a probability that has become zero",
    "exp(−1000) is 0 in float64, and −log 0 is infinite. Take log and exp together: log Σ exp(z) "
    "− z at the right class.",
)
def _(z, target):
    return _of_probabilities(softmax(z), target)


@EXERCISE.misconception(
    "no shift: large scores overflow",
    "exp(1000) is infinite in float64. Subtract each row's largest score first: it changes "
    "nothing in log Σ exp(z) − z at the right class.",
)
def _no_shift(z, target):
    with np.errstate(all="ignore"):
        return float(np.mean(np.log(unguarded_exp(z).sum(axis=1)) - _at(z, target)))


@EXERCISE.misconception(
    "a softmax without shift, and its logarithm",
    "exp(1000) is infinite, and infinity divided by infinity is not a number. Shift each row by "
    "its largest score, and take log and exp together: log Σ exp(z) − z.",
)
def _(z, target):
    return _of_probabilities(shares(unguarded_exp(z)), target)


def _shifted_by(z, target, shift):
    """Shift by something else than each row's largest score."""
    return _no_shift(z - shift, target)


@EXERCISE.misconception(
    "one shift for the whole batch",
    "In a row far below the overall maximum every exponential becomes 0, and so does their sum. "
    "Each row needs its own largest score.",
)
def _(z, target):
    return _shifted_by(z, target, z.max())


@EXERCISE.misconception(
    "each column is shifted by its own largest score",
    "A shift leaves the result as it is only if it is the same for all scores of a row: "
    "z.max(axis=1, keepdims=True).",
)
def _(z, target):
    return _shifted_by(z, target, z.max(axis=0))


@EXERCISE.misconception(
    "keepdims is missing in the maximum",
    "z.max(axis=1) has shape (B,), and NumPy lines it up with the columns: an error, or worse, "
    "where B equals K, each column is shifted. keepdims=True keeps (B, 1).",
)
def _(z, target):
    return _shifted_by(z, target, z.max(axis=1))


@EXERCISE.misconception(
    "the right score is not shifted",
    "The shift cancels only if it is taken from all scores of a row, from the right one too: "
    "take it from the shifted scores.",
)
def _(z, target):
    return float(np.mean(np.log(shifted_exp(z).sum(axis=1)) - _at(z, target)))


@EXERCISE.misconception(
    "the exponentials of all rows are summed together",
    "Without axis=1 the sum runs over the whole batch. Each row has its own log Σ exp.",
)
def _(z, target):
    shifted = z - z.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(shifted).sum()) - _at(shifted, target)))


def _added_inside(small):
    return lambda z, target: float(-np.mean(np.log(_at(softmax(z), target) + float(small))))


for _small in ("1e-7", "1e-8", "1e-9", "1e-10", "1e-12", "1e-15"):
    EXERCISE.misconception(
        # so small a number makes no difference where the probability is not 0
        f"{_small} is added inside the logarithm"
        + (", or the probability clipped there" if _small in ("1e-12", "1e-15") else ""),
        "It avoids the logarithm of 0 and changes the answer: the loss can then not exceed "
        f"−log({_small}), and has no gradient any more. log Σ exp(z) − z, with the shift inside, "
        "needs no such help.",
    )(_added_inside(_small))


@EXERCISE.misconception(
    "the sign is wrong",
    "A loss is to be made small. Logarithms of probabilities are negative, so it is minus the "
    "logarithm.",
)
def _(z, target):
    return -cross_entropy(z, target)


@EXERCISE.misconception(
    "divided by the number of classes too",
    "Only the right class of each row enters; the mean is over the B rows.",
)
def _(z, target):
    return cross_entropy(z, target) / z.shape[1]


@EXERCISE.misconception(
    "divided by the number of classes instead of the number of rows",
    "The mean is over the B rows, len(z), not over the K classes.",
)
def _(z, target):
    return cross_entropy(z, target) * len(z) / z.shape[1]


@EXERCISE.misconception(
    "logarithm to base two", "PyTorch and this course use the natural logarithm."
)
def _(z, target):
    return cross_entropy(z, target) / np.log(2)


@EXERCISE.misconception(
    "logarithm to base ten", "PyTorch and this course use the natural logarithm: np.log."
)
def _(z, target):
    return cross_entropy(z, target) / np.log(10)


@EXERCISE.misconception(
    "the logarithm of the mean probability",
    "First the logarithm for each row, then the mean: the loss of one row does not depend on "
    "the others.",
)
def _(z, target):
    with np.errstate(all="ignore"):
        return float(-np.log(np.mean(_at(softmax(z), target))))


@EXERCISE.misconception(
    "one minus the probability",
    "That loss never exceeds 1, and its gradient vanishes where the network is surest and most "
    "wrong. The logarithm keeps pushing.",
)
def _(z, target):
    return float(np.mean(1 - _at(softmax(z), target)))


@EXERCISE.misconception(
    "minus the probability, without the logarithm",
    "The loss of an answer is minus the *logarithm* of the probability given to the right class.",
)
def _(z, target):
    return float(-np.mean(_at(softmax(z), target)))


@EXERCISE.misconception(
    "softmax is left out",
    "Without the log-sum the loss could fall without end by raising all scores.",
)
def _(z, target):
    return float(-np.mean(_at(z, target)))


@EXERCISE.misconception(
    "the logarithm of the sum is left out after the shift",
    "How far the right score lies below the largest is only one part. log Σ exp(shifted) belongs "
    "to it: without it a tie would cost nothing.",
)
def _(z, target):
    return float(-np.mean(_at(z - z.max(axis=1, keepdims=True), target)))


@EXERCISE.misconception(
    "the sum stands without its logarithm", "−log of exp(z_y) / Σ exp(z) is *log* Σ exp(z) − z_y."
)
def _(z, target):
    shifted = z - z.max(axis=1, keepdims=True)
    return float(np.mean(np.exp(shifted).sum(axis=1) - _at(shifted, target)))


@EXERCISE.misconception(
    "whole columns are picked instead of one score in each row",
    "z[:, target] takes those columns in every row, B·B numbers. One for each row is meant: "
    "z[np.arange(len(z)), target].",
)
def _(z, target):
    return float(-np.mean(_log_softmax(z)[:, target]))


@EXERCISE.misconception(
    "classes are counted from 1",
    "Classes are counted from 0, as the columns of z are: target, not target − 1.",
)
def _(z, target):
    return cross_entropy(z, target - 1)


@EXERCISE.misconception(
    "the class with the largest score takes the place of the right one",
    "target says which class is right. With the network's own favourite the loss would be low "
    "for every answer given with confidence.",
)
def _(z, target):
    return cross_entropy(z, np.argmax(z, axis=1))


@EXERCISE.misconception(
    "columns instead of rows",
    "Each row is one example: the softmax runs over its K scores, axis=1.",
)
def _(z, target):
    return float(-np.mean(_at(_log_softmax(z, axis=0), target)))


@EXERCISE.misconception(
    "only the first row is counted: the return stands inside the loop",
    "The function returns in the first round of the loop. Indent return as far as the for, so "
    "that it comes after the loop.",
)
def _(z, target):
    return cross_entropy(z[:1], target[:1]) / len(z)


@EXERCISE.misconception(
    "each row overwrites the one before",
    "Only the last row is left. The loss is the mean over all rows: += in place of =.",
)
def _(z, target):
    return cross_entropy(z[-1:], target[-1:]) / len(z)


@EXERCISE.misconception(
    "the share of wrong answers",
    "The share of wrong answers does not change in small steps, so it has no gradient to follow. "
    "Cross-entropy stands in for it.",
)
def _(z, target):
    return float(np.mean(np.argmax(z, axis=1) != target))


@EXERCISE.misconception(
    "the squared error of the probabilities",
    "The squared error is largest where the network is surest and wrong, but its gradient all "
    "but vanishes there, so that nothing is learnt. Cross-entropy is −log of the right class's "
    "probability, and keeps pushing.",
)
def _(z, target):
    return float(np.mean((softmax(z) - one_hot(z, target)) ** 2))


@EXERCISE.misconception(
    "a yes-or-no question for each class",
    "−log(1 − p) for the wrong classes belongs to K separate yes-or-no questions. Here one class "
    "is right: only its probability enters.",
)
def _(z, target):
    p, truth = softmax(z), one_hot(z, target)
    with np.errstate(all="ignore"):
        each = np.where(truth == 1, np.log(p), np.log(1 - p))
    return float(-np.mean(each.sum(axis=1)))


@EXERCISE.misconception(
    "the entropy of the prediction",
    "−Σ p log p says how undecided the network is, whatever is right. Cross-entropy takes −log p "
    "at the right class.",
)
def _(z, target):
    return float(-np.mean((softmax(z) * _log_softmax(z)).sum(axis=1)))


def _loss_of(loss):
    """Make a loss of probabilities, some of which have become zero."""

    def function(z, target):
        with np.errstate(all="ignore"):
            return float(loss(softmax(z), target))

    return function


EXERCISE.misconception(
    "the numbers of the classes are multiplied by the logarithms",
    "target holds numbers of classes, say 7, and no truth of 0 and 1. It picks one score of each "
    "row: z[np.arange(len(z)), target].",
)(_loss_of(lambda p, target: -np.mean(target * np.log(p))))

EXERCISE.misconception(
    "whole rows are picked instead of one score in each row",
    "p[target] takes the *rows* with these numbers. One element of each row is meant: "
    "p[np.arange(len(p)), target].",
)(_loss_of(lambda p, target: -np.mean(np.log(p[target]))))

EXERCISE.misconception(
    "logarithm to base ten, of a probability that has become 0 besides",
    "PyTorch and this course use the natural logarithm, np.log. And a probability may become 0 in "
    "floats; log Σ exp(z) − z, with the shift inside, never takes its logarithm.",
)(_loss_of(lambda p, target: -np.mean(np.log10(_at(p, target)))))

EXERCISE.misconception(
    "logarithm to base two, of a probability that has become 0 besides",
    "PyTorch and this course use the natural logarithm, np.log. And a probability may become 0 in "
    "floats; log Σ exp(z) − z, with the shift inside, never takes its logarithm.",
)(_loss_of(lambda p, target: -np.mean(np.log2(_at(p, target)))))


def _clipped(small):
    return _loss_of(lambda p, target: -np.mean(np.log(np.maximum(_at(p, target), float(small)))))


for _small in ("1e-7", "1e-8", "1e-9", "1e-10"):
    EXERCISE.misconception(
        f"probabilities are clipped at {_small}",
        f"It avoids the logarithm of 0, but the loss can then not exceed −log({_small}), and has "
        "no gradient any more. log Σ exp(z) − z, with the shift inside, needs no such help.",
    )(_clipped(_small))
