"""Exercises of lesson 07, a CNN that learns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils.exercises import Case, Exercise, Misconception

Array = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def _random(seed: int, *shapes: tuple[int, ...], scale: float = 2.0) -> tuple[Array, ...]:
    rng = np.random.default_rng(seed)
    return tuple(np.round(scale * rng.normal(size=shape), 2) for shape in shapes)


# 7.1 the gradient of ReLU


def relu_backward(g: Array, x: Array) -> Array:
    """Gradient of x where y = max(x, 0) and g is the gradient of y; at x = 0 it is 0."""
    return g * (x > 0)


RELU_BACKWARD = Exercise(
    id="07.relu_backward",
    title="Through the kink",
    minutes=3,
    difficulty=1,
    reference=relu_backward,
    cases=[
        Case(
            np.array([10.0, 20.0, -30.0]),
            np.array([1.0, -2.0, 3.0]),
            note="the second value was negative and lets nothing through: 10, 0, −30",
        ),
        Case(np.array([5.0, 5.0]), np.array([0.0, 1.0]), note="at the kink itself: 0, then 5"),
        Case(np.array([1, 2, 3]), np.array([0.5, -0.5, 0.0])),
        Case(*_random(11, (3, 4), (3, 4))),
        Case(*_random(12, (2, 2, 3), (2, 2, 3))),
    ],
    misconceptions=[
        Misconception(
            "at zero the gradient is let through",
            lambda g, x: g * (x >= 0),
            "At 0 any slope from 0 to 1 is a subgradient; PyTorch takes 0, and so do we: x > 0.",
        ),
        Misconception(
            "at zero the gradient is halved",
            lambda g, x: g * np.where(x == 0, 0.5, x > 0),
            "One half is a valid subgradient at 0, but the choice asked for, PyTorch's, is 0.",
        ),
        Misconception(
            "ReLU is applied to the gradient",
            lambda g, x: np.maximum(g, 0),
            "It is the sign of the input x that decides, not the sign of g.",
        ),
        Misconception(
            "negative gradients are stopped as well",
            lambda g, x: g * (x > 0) * (g > 0),
            "Where x > 0 the slope is 1 for gradients of either sign. (Stopping negative ones too "
            "is a trick for pictures, called guided backpropagation, and no gradient.)",
        ),
        Misconception(
            "the gradient is let through where x is negative",
            lambda g, x: g * (x < 0),
            "It is the other way round: where x is positive y follows it, so the slope is 1; "
            "where x is negative y stays 0.",
        ),
        Misconception(
            "the gradient is let through wherever x is not 0",
            lambda g, x: g * (x != 0),
            "Where x is negative y stays 0 whatever x does: nothing flows back. Only x > 0 lets "
            "the gradient through.",
        ),
        Misconception(
            "the upstream gradient is left out",
            lambda g, x: (x > 0).astype(float),
            "The slope, 0 or 1, multiplies g.",
        ),
        Misconception(
            "the comparison itself is returned",
            lambda g, x: x > 0,
            "x > 0 gives True and False, which stand for the slopes 1 and 0. The slope "
            "multiplies g: g * (x > 0).",
        ),
        Misconception(
            "the forward pass is computed",
            lambda g, x: np.maximum(x, 0),
            "max(x, 0) is the output y. Asked for is how the loss depends on x: g times the "
            "slope of max(x, 0).",
        ),
        Misconception(
            "multiplied by the value instead of the slope",
            lambda g, x: g * np.maximum(x, 0),
            "For x > 0 the output is x, whose derivative is 1, not x.",
        ),
        Misconception(
            "multiplied by the sign of x",
            lambda g, x: g * np.sign(x),
            "The slope of max(x, 0) is 0 for negative x, not −1; −1 is the slope of |x|.",
        ),
        Misconception(
            "everything is let through",
            lambda g, x: np.array(g),
            "Where x was negative the output is 0 whatever x does: nothing flows back.",
        ),
        Misconception(
            "a hundredth is let through where x is negative",
            lambda g, x: np.where(x > 0, g, 0.01 * g),
            "That is the leaky ReLU. The slope of max(x, 0) is 0 for negative x.",
        ),
        Misconception(
            "the gradients that are stopped are left out instead of set to 0",
            lambda g, x: g[x > 0],
            "g[x > 0] picks some values and loses their places. The gradient has the shape of x, "
            "with 0 where nothing flows back: g * (x > 0).",
        ),
    ],
    hints=[
        "What is the slope of max(x, 0) for x > 0, and for x < 0?",
        "1 and 0. The chain rule multiplies it by g.",
        "g * (x > 0): a comparison counts as 0 or 1.",
    ],
)


# 7.2 softmax


def softmax(z: Array) -> Array:
    """Probabilities exp(z_k) / Σ exp(z) in each row of z (B, K); huge scores do no harm."""
    e = np.exp(z - z.max(axis=1, keepdims=True))  # the largest exponent is 0: no overflow
    p: Array = e / e.sum(axis=1, keepdims=True)
    return p


def _shares(e: Array, axis: int | None = 1) -> Array:
    """Divide positive numbers by their sum."""
    with np.errstate(all="ignore"):
        return np.asarray(e / e.sum(axis=axis, keepdims=True))


def _exp(z: Array) -> Array:
    """Take exponentials as they come, infinite ones too."""
    with np.errstate(all="ignore"):
        return np.asarray(np.exp(z))


def _shifted_exp(z: Array) -> Array:
    return np.asarray(np.exp(z - z.max(axis=1, keepdims=True)))


def _softmax_linear(z: Array) -> Array:
    return _shares(np.asarray(z, dtype=float))


def _softmax_from_smallest(z: Array) -> Array:
    return _shares(np.asarray(z - z.min(axis=1, keepdims=True), dtype=float))


def _softmax_sigmoid(z: Array) -> Array:
    with np.errstate(all="ignore"):
        return 1 / (1 + np.exp(-z))


def _softmax_logarithm(z: Array) -> Array:
    shifted = z - z.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


def _softmax_first_row(z: Array) -> Array:
    p = softmax(z)
    p[1:] = 0
    return p


def _softmax_flat_maximum(z: Array) -> Array:
    return _shares(_exp(z - z.max(axis=1)))


def _softmax_flat_sum(z: Array) -> Array:
    return np.asarray(_shifted_exp(z) / _shifted_exp(z).sum(axis=1))


def _softmax_flat(z: Array) -> Array:
    e = _exp(z - z.max(axis=1))
    with np.errstate(all="ignore"):
        return np.asarray(e / e.sum(axis=1))


SOFTMAX = Exercise(
    id="07.softmax",
    title="From scores to probabilities",
    minutes=6,
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
        Case(np.array([[0, 1, 2], [3, 1, 0]])),
        Case(*_random(21, (4, 5))),
        Case(_random(22, (2, 3))[0] + 2000),
        Case(*_random(23, (3, 3))),
    ],
    misconceptions=[
        Misconception(
            "no shift: large scores overflow",
            lambda z: _shares(_exp(z)),
            "exp(1000) is infinite in float64, and infinity divided by infinity is not a number. "
            "Subtracting the row's largest score changes nothing in the result and keeps every "
            "exponent at 0 or below.",
        ),
        Misconception(
            "one shift for the whole batch",
            lambda z: _shares(_exp(z - z.max())),
            "A row far below the overall maximum underflows to 0/0. Each row needs its own "
            "largest score.",
        ),
        Misconception(
            "each column is shifted by its own largest score",
            lambda z: _shares(_exp(z - z.max(axis=0, keepdims=True))),
            "A shift leaves the result as it is only if it is the same for all scores of a row: "
            "z.max(axis=1, keepdims=True).",
        ),
        Misconception(
            "shifted by the mean instead of the largest score",
            lambda z: _shares(_exp(z - z.mean(axis=1, keepdims=True))),
            "A score may lie a thousand above the mean of its row, and its exponential overflows. "
            "Only the largest score makes sure that no exponent is above 0.",
        ),
        Misconception(
            "shifted by the smallest score instead of the largest",
            lambda z: _shares(_exp(z - z.min(axis=1, keepdims=True))),
            "Subtracting the smallest score keeps every exponent at 0 or *above*, and exp of a "
            "large one overflows. Subtract the largest.",
        ),
        Misconception(
            "large scores are clipped",
            lambda z: _shares(_exp(np.clip(z, -500, 500))),
            "Clipping makes 1001 and 1000 equal, though the first is e times as likely. A shift "
            "by the row's largest score loses nothing.",
        ),
        Misconception(
            "keepdims is missing in the maximum",
            _softmax_flat_maximum,
            "z.max(axis=1) has shape (B,), and NumPy lines it up with the columns: an error, or "
            "worse, where B equals K, each column is shifted. keepdims=True keeps (B, 1).",
        ),
        Misconception(
            "keepdims is missing in the sum",
            _softmax_flat_sum,
            "e.sum(axis=1) has shape (B,), and NumPy lines it up with the columns: an error, or "
            "worse, where B equals K, each column is divided by another row's sum. keepdims=True "
            "keeps (B, 1).",
        ),
        Misconception(
            "keepdims is missing in maximum and sum",
            _softmax_flat,
            "z.max(axis=1) and e.sum(axis=1) have shape (B,), and NumPy lines that up with the "
            "columns: an error, or worse, where B equals K, wrong numbers. keepdims=True keeps "
            "(B, 1).",
        ),
        Misconception(
            "columns instead of rows",
            lambda z: _shares(_exp(z - z.max(axis=0, keepdims=True)), axis=0),
            "Each row is one example: its K probabilities sum to 1, so sum over axis=1.",
        ),
        Misconception(
            "the sum runs down the columns",
            lambda z: _shares(_shifted_exp(z), axis=0),
            "Each row is one example: its K probabilities sum to 1. The sum runs along the row as "
            "the maximum does: axis=1.",
        ),
        Misconception(
            "the sum runs down the columns, and there is no shift",
            lambda z: _shares(_exp(z), axis=0),
            "Each row is one example: its K probabilities sum to 1, so sum over axis=1. And each "
            "row's largest score has to be subtracted first, or exp(1000) is infinite.",
        ),
        Misconception(
            "everything sums to 1 together",
            lambda z: _shares(_exp(z - z.max()), axis=None),
            "Each example has its own probabilities: every row sums to 1.",
        ),
        Misconception(
            "the sum runs over the whole batch",
            lambda z: _shares(_shifted_exp(z), axis=None),
            "e.sum() adds up all rows. Each example has its own probabilities: "
            "e.sum(axis=1, keepdims=True), one sum for each row.",
        ),
        Misconception(
            "the sum runs over the whole batch, and there is no shift",
            lambda z: _shares(_exp(z), axis=None),
            "e.sum() adds up all rows, where each row has to sum to 1: axis=1, keepdims=True. And "
            "each row's largest score has to be subtracted first, or exp(1000) is infinite.",
        ),
        Misconception(
            "not divided by the sum",
            _shifted_exp,
            "The exponentials are positive, but become probabilities only when divided by their "
            "sum. (Dividing by the largest of them changes nothing: it is 1 after the shift.)",
        ),
        Misconception(
            "only the exponential",
            _exp,
            "The exponentials are positive, but become probabilities only when divided by their "
            "sum. And the row's largest score has to be subtracted first, or they overflow.",
        ),
        Misconception(
            "no exponential",
            _softmax_linear,
            "Scores may be negative; exp makes them positive first.",
        ),
        Misconception(
            "no exponential, but the smallest score subtracted",
            _softmax_from_smallest,
            "That makes shares too, but the lowest class never gets any, and equal scores give "
            "0/0. Softmax takes exponentials.",
        ),
        Misconception(
            "powers of two instead of e",
            lambda z: _shares(2.0 ** (z - z.max(axis=1, keepdims=True))),
            "Softmax is made with the exponential function: np.exp.",
        ),
        Misconception(
            "the sign of the scores is turned round",
            lambda z: _shares(_exp(z.min(axis=1, keepdims=True) - z)),
            "A larger score means a larger probability: exp(z), not exp(−z).",
        ),
        Misconception(
            "the logarithm of the probabilities",
            _softmax_logarithm,
            "That is log_softmax, which the loss needs. Asked for are the probabilities "
            "themselves.",
        ),
        Misconception(
            "a sigmoid for each score",
            _softmax_sigmoid,
            "Sigmoids answer K separate yes-or-no questions and need not sum to 1.",
        ),
        Misconception(
            "all or nothing",
            lambda z: np.asarray(z == z.max(axis=1, keepdims=True), dtype=float),
            "That is the argmax. Softmax gives every class a share, and has a gradient.",
        ),
        Misconception(
            "the class with the largest score",
            lambda z: np.argmax(z, axis=1),
            "Asked for are K probabilities for each example, not the most probable class.",
        ),
        Misconception(
            "only the first row is filled in: the return stands inside the loop",
            _softmax_first_row,
            "The function returns in the first round of the loop. Indent return as far as the "
            "for, so that it comes after the loop.",
        ),
        Misconception(
            "the fractions are cut off where z holds whole numbers",
            lambda z: softmax(z).astype(z.dtype),
            "np.zeros_like(z) takes the dtype of z, and an array of integers cannot hold "
            "fractions. np.zeros(z.shape) makes floats.",
        ),
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


# 7.3 cross-entropy


def cross_entropy(z: Array, target: IntArray) -> float:
    """Mean over the rows of z (B, K) of −log softmax(z) at the right class, target (B,)."""
    shifted = z - z.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=1))  # no log of a probability that became 0
    right = shifted[np.arange(len(z)), target]
    return float(np.mean(log_sum - right))


def _log_softmax(z: Array, axis: int = 1) -> Array:
    shifted = z - z.max(axis=axis, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True)))


def _at(values: Array, target: IntArray) -> Array:
    """Pick from each row the value of its right class."""
    return np.asarray(values[np.arange(len(values)), target])


def _truth(z: Array, target: IntArray) -> Array:
    return np.eye(z.shape[1])[target]


def _entropy_of(p: Array, target: IntArray) -> float:
    """Take minus the logarithm of probabilities, of 0 too."""
    with np.errstate(all="ignore"):
        return float(-np.mean(np.log(_at(p, target))))


def _entropy_of_mean(z: Array, target: IntArray) -> float:
    with np.errstate(all="ignore"):
        return float(-np.log(np.mean(_at(softmax(z), target))))


def _entropy_no_shift(z: Array, target: IntArray) -> float:
    with np.errstate(all="ignore"):
        return float(np.mean(np.log(_exp(z).sum(axis=1)) - _at(z, target)))


def _entropy_whole_columns(z: Array, target: IntArray) -> float:
    return float(-np.mean(_log_softmax(z)[:, target]))


def _entropy_shifted(z: Array, target: IntArray, shift: Array) -> float:
    """Shift by something else than each row's largest score."""
    return _entropy_no_shift(z - shift, target)


def _entropy_right_not_shifted(z: Array, target: IntArray) -> float:
    return float(np.mean(np.log(_shifted_exp(z).sum(axis=1)) - _at(z, target)))


def _entropy_one_sum(z: Array, target: IntArray) -> float:
    shifted = z - z.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(shifted).sum()) - _at(shifted, target)))


def _entropy_no_logarithm(z: Array, target: IntArray) -> float:
    shifted = z - z.max(axis=1, keepdims=True)
    return float(np.mean(np.exp(shifted).sum(axis=1) - _at(shifted, target)))


def _entropy_yes_or_no(z: Array, target: IntArray) -> float:
    p, truth = softmax(z), _truth(z, target)
    with np.errstate(all="ignore"):
        each = np.where(truth == 1, np.log(p), np.log(1 - p))
    return float(-np.mean(each.sum(axis=1)))


def _entropy_of_prediction(z: Array, target: IntArray) -> float:
    del target
    return float(-np.mean((softmax(z) * _log_softmax(z)).sum(axis=1)))


def _added_inside(small: str) -> Misconception:
    """Name the mistake of those who add a small number inside the logarithm."""
    return Misconception(
        f"{small} is added inside the logarithm",
        lambda z, target: float(-np.mean(np.log(_at(softmax(z), target) + float(small)))),
        "It avoids the logarithm of 0 and changes the answer: the price can then not exceed "
        f"−log({small}), and has no gradient any more. log Σ exp(z) − z, with the shift inside, "
        "needs no such help.",
    )


CROSS_ENTROPY = Exercise(
    id="07.cross_entropy",
    title="The price of a wrong answer",
    minutes=7,
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
            note="quite sure and quite wrong: the price is 1000, not infinite",
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
        Case(np.array([[2, 0, 1]]), np.array([2])),
        Case(*_random(31, (5, 3)), np.array([0, 2, 1, 1, 0])),
        Case(*_random(32, (3, 6)), np.array([5, 0, 2])),
        Case(*_random(33, (3, 3)), np.array([1, 0, 1])),
    ],
    misconceptions=[
        Misconception(
            "summed over the batch instead of averaged",
            lambda z, target: cross_entropy(z, target) * len(z),
            "With a sum, twice as many examples make the gradient twice as long, and the step "
            "size would have to follow. The mean does not depend on the batch size.",
        ),
        Misconception(
            "one number for each row",
            lambda z, target: -_at(_log_softmax(z), target),
            "The loss is a single number: the mean of these.",
        ),
        Misconception(
            "the logarithm of a probability that has become zero",
            lambda z, target: _entropy_of(softmax(z), target),
            "exp(−1000) is 0 in float64, and −log 0 is infinite. Take log and exp together: "
            "log Σ exp(z) − z at the right class.",
        ),
        Misconception(
            "no shift: large scores overflow",
            _entropy_no_shift,
            "exp(1000) is infinite in float64. Subtract each row's largest score first: it "
            "changes nothing in log Σ exp(z) − z at the right class.",
        ),
        Misconception(
            "a softmax without shift, and its logarithm",
            lambda z, target: _entropy_of(_shares(_exp(z)), target),
            "exp(1000) is infinite, and infinity divided by infinity is not a number. Shift each "
            "row by its largest score, and take log and exp together: log Σ exp(z) − z.",
        ),
        Misconception(
            "one shift for the whole batch",
            lambda z, target: _entropy_shifted(z, target, z.max()),
            "In a row far below the overall maximum every exponential becomes 0, and so does "
            "their sum. Each row needs its own largest score.",
        ),
        Misconception(
            "each column is shifted by its own largest score",
            lambda z, target: _entropy_shifted(z, target, z.max(axis=0)),
            "A shift leaves the result as it is only if it is the same for all scores of a row: "
            "z.max(axis=1, keepdims=True).",
        ),
        Misconception(
            "keepdims is missing in the maximum",
            lambda z, target: _entropy_shifted(z, target, z.max(axis=1)),
            "z.max(axis=1) has shape (B,), and NumPy lines it up with the columns: an error, or "
            "worse, where B equals K, each column is shifted. keepdims=True keeps (B, 1).",
        ),
        Misconception(
            "the right score is not shifted",
            _entropy_right_not_shifted,
            "The shift cancels only if it is taken from all scores of a row, from the right one "
            "too: take it from the shifted scores.",
        ),
        Misconception(
            "the exponentials of all rows are summed together",
            _entropy_one_sum,
            "Without axis=1 the sum runs over the whole batch. Each row has its own log Σ exp.",
        ),
        *map(_added_inside, ("1e-8", "1e-9", "1e-10", "1e-12", "1e-15")),
        Misconception(
            "the sign is wrong",
            lambda z, target: -cross_entropy(z, target),
            "A loss is to be made small. Logarithms of probabilities are negative, so it is "
            "minus the logarithm.",
        ),
        Misconception(
            "divided by the number of classes too",
            lambda z, target: cross_entropy(z, target) / z.shape[1],
            "Only the right class of each row enters; the mean is over the B rows.",
        ),
        Misconception(
            "divided by the number of classes instead of the number of rows",
            lambda z, target: cross_entropy(z, target) * len(z) / z.shape[1],
            "The mean is over the B rows, len(z), not over the K classes.",
        ),
        Misconception(
            "logarithm to base two",
            lambda z, target: cross_entropy(z, target) / np.log(2),
            "PyTorch and this course use the natural logarithm.",
        ),
        Misconception(
            "logarithm to base ten",
            lambda z, target: cross_entropy(z, target) / np.log(10),
            "PyTorch and this course use the natural logarithm: np.log.",
        ),
        Misconception(
            "the logarithm of the mean probability",
            _entropy_of_mean,
            "First the logarithm for each row, then the mean: the price of one row does not "
            "depend on the others.",
        ),
        Misconception(
            "one minus the probability",
            lambda z, target: float(np.mean(1 - _at(softmax(z), target))),
            "That price never exceeds 1, and its gradient vanishes where the network is surest "
            "and most wrong. The logarithm keeps pushing.",
        ),
        Misconception(
            "minus the probability, without the logarithm",
            lambda z, target: float(-np.mean(_at(softmax(z), target))),
            "The price of an answer is minus the *logarithm* of the probability given to the "
            "right class.",
        ),
        Misconception(
            "softmax is left out",
            lambda z, target: float(-np.mean(_at(z, target))),
            "Without the log-sum the loss could fall without end by raising all scores.",
        ),
        Misconception(
            "the logarithm of the sum is left out after the shift",
            lambda z, target: float(-np.mean(_at(z - z.max(axis=1, keepdims=True), target))),
            "How far the right score lies below the largest is only one part. "
            "log Σ exp(shifted) belongs to it: without it a tie would cost nothing.",
        ),
        Misconception(
            "the sum stands without its logarithm",
            _entropy_no_logarithm,
            "−log of exp(z_y) / Σ exp(z) is *log* Σ exp(z) − z_y.",
        ),
        Misconception(
            "whole columns are picked instead of one score in each row",
            _entropy_whole_columns,
            "z[:, target] takes those columns in every row, B·B numbers. One for each row is "
            "meant: z[np.arange(len(z)), target].",
        ),
        Misconception(
            "classes are counted from 1",
            lambda z, target: cross_entropy(z, target - 1),
            "Classes are counted from 0, as the columns of z are: target, not target − 1.",
        ),
        Misconception(
            "the class with the largest score takes the place of the right one",
            lambda z, target: cross_entropy(z, np.argmax(z, axis=1)),
            "target says which class is right. With the network's own favourite the price would "
            "be low for every answer given with confidence.",
        ),
        Misconception(
            "columns instead of rows",
            lambda z, target: float(-np.mean(_at(_log_softmax(z, axis=0), target))),
            "Each row is one example: the softmax runs over its K scores, axis=1.",
        ),
        Misconception(
            "only the first row is counted: the return stands inside the loop",
            lambda z, target: cross_entropy(z[:1], target[:1]) / len(z),
            "The function returns in the first round of the loop. Indent return as far as the "
            "for, so that it comes after the loop.",
        ),
        Misconception(
            "each row overwrites the one before",
            lambda z, target: cross_entropy(z[-1:], target[-1:]) / len(z),
            "Only the last row is left. The loss is the mean over all rows: += in place of =.",
        ),
        Misconception(
            "the share of wrong answers",
            lambda z, target: float(np.mean(np.argmax(z, axis=1) != target)),
            "The share of wrong answers does not change in small steps, so it has no gradient to "
            "follow. Cross-entropy stands in for it.",
        ),
        Misconception(
            "the squared error of the probabilities",
            lambda z, target: float(np.mean((softmax(z) - _truth(z, target)) ** 2)),
            "The squared error vanishes where the network is surest and most wrong, and its "
            "gradient with it. Cross-entropy is −log of the right class's probability.",
        ),
        Misconception(
            "a yes-or-no question for each class",
            _entropy_yes_or_no,
            "−log(1 − p) for the wrong classes belongs to K separate yes-or-no questions. Here "
            "one class is right: only its probability enters.",
        ),
        Misconception(
            "the entropy of the prediction",
            _entropy_of_prediction,
            "−Σ p log p says how undecided the network is, whatever is right. Cross-entropy "
            "takes −log p at the right class.",
        ),
    ],
    hints=[
        (
            "−log of exp(z_y) / Σ exp(z) is log Σ exp(z) − z_y. Shift each row by its largest "
            "score first."
        ),
        "z[np.arange(len(z)), target] picks from each row the score of its right class.",
        "Return a float: the mean over the rows.",
    ],
)


# 7.4 its gradient


def cross_entropy_backward(z: Array, target: IntArray) -> Array:
    """Gradient of the mean cross-entropy with respect to the scores z (B, K): shape (B, K)."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    grad: Array = e / e.sum(axis=1, keepdims=True)  # the probabilities
    grad[np.arange(len(z)), target] -= 1  # minus 1 at the right class
    return grad / len(z)  # the mean over the batch


def _back_from(p: Array, target: IntArray) -> Array:
    """Subtract the truth from other probabilities, and average."""
    return np.asarray((p - _truth(p, target)) / len(p))


def _back_only_right(z: Array, target: IntArray) -> Array:
    return np.asarray(cross_entropy_backward(z, target) * _truth(z, target))


def _back_whole_columns(z: Array, target: IntArray) -> Array:
    grad = softmax(z)
    grad[:, target] -= 1
    return grad / len(z)


def _back_whole_rows(z: Array, target: IntArray) -> Array:
    grad = softmax(z)
    grad[target] -= 1
    return grad / len(z)


def _back_to_probabilities(z: Array, target: IntArray) -> Array:
    with np.errstate(all="ignore"):
        return np.where(_truth(z, target) == 1, -1 / softmax(z), 0.0) / len(z)


def _back_first_row(z: Array, target: IntArray) -> Array:
    grad = cross_entropy_backward(z, target)
    grad[1:] = 0
    return grad


CROSS_ENTROPY_BACKWARD = Exercise(
    id="07.cross_entropy_backward",
    title="Probability minus truth",
    minutes=6,
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
        Case(*_random(44, (3, 3)), np.array([1, 0, 1])),
        Case(*_random(41, (4, 3)), np.array([2, 0, 1, 1])),
        Case(*_random(42, (3, 5)), np.array([4, 4, 0])),
        Case(*_random(43, (2, 3), scale=200.0), np.array([0, 1])),
    ],
    misconceptions=[
        Misconception(
            "not divided by the batch size",
            lambda z, target: cross_entropy_backward(z, target) * len(z),
            "The loss is the mean over B rows, so each row's gradient has the factor 1/B.",
        ),
        Misconception(
            "divided by the number of classes",
            lambda z, target: cross_entropy_backward(z, target) * len(z) / z.shape[1],
            "The mean is over the B rows, not over the K classes.",
        ),
        Misconception(
            "divided by the number of all scores",
            lambda z, target: cross_entropy_backward(z, target) / z.shape[1],
            "The mean is over the B rows: divide by len(z), not by z.size.",
        ),
        Misconception(
            "the sign is wrong",
            lambda z, target: -cross_entropy_backward(z, target),
            "It is probability minus truth. Gradient descent subtracts it, which raises the "
            "score of the right class.",
        ),
        Misconception(
            "the truth is added",
            lambda z, target: _back_from(softmax(z), target) + 2 * _truth(z, target) / len(z),
            "It is probability *minus* truth: at the right class the gradient is negative, so "
            "that descent raises its score.",
        ),
        Misconception(
            "the number of the class is subtracted",
            lambda z, target: (softmax(z) - target[:, None]) / len(z),
            "target holds the numbers of the classes, say 7. The truth is 1 in column 7 and 0 in "
            "the others: subtract 1 at the right class.",
        ),
        Misconception(
            "only the truth is divided by the batch size",
            lambda z, target: softmax(z) - _truth(z, target) / len(z),
            "The mean over the batch divides the whole gradient, the probabilities too: "
            "(p − truth) / len(z).",
        ),
        Misconception(
            "the truth is not subtracted",
            lambda z, target: softmax(z) / len(z),
            "At the right class 1 is subtracted; without it every score would be pushed down.",
        ),
        Misconception(
            "1 is subtracted at every class",
            lambda z, target: (softmax(z) - 1) / len(z),
            "The truth is 1 at the right class and 0 at the others: subtract 1 only there.",
        ),
        Misconception(
            "1 is subtracted in whole columns",
            _back_whole_columns,
            "grad[:, target] takes those columns in every row. One element of each row is "
            "meant: grad[np.arange(len(z)), target].",
        ),
        Misconception(
            "1 is subtracted in whole rows",
            _back_whole_rows,
            "grad[target] takes the *rows* with these numbers. One element of each row is meant: "
            "grad[np.arange(len(z)), target].",
        ),
        Misconception(
            "classes are counted from 1",
            lambda z, target: cross_entropy_backward(z, target - 1),
            "Classes are counted from 0, as the columns of z are: target, not target − 1.",
        ),
        Misconception(
            "1 is subtracted where the largest score is",
            lambda z, target: cross_entropy_backward(z, np.argmax(z, axis=1)),
            "target says which class is right. The network's own favourite would only be "
            "confirmed.",
        ),
        Misconception(
            "only the right class gets a gradient",
            _back_only_right,
            "The other classes' scores enter through the sum in the softmax: they get their "
            "probabilities.",
        ),
        Misconception(
            "the gradient with respect to the probabilities",
            _back_to_probabilities,
            "−1/p at the right class is how the loss depends on the probability. The chain goes "
            "on through the softmax to the scores, and ends at p minus truth.",
        ),
        Misconception(
            "multiplied by the slope p(1 − p) once more",
            lambda z, target: cross_entropy_backward(z, target) * softmax(z) * (1 - softmax(z)),
            "The derivative of the softmax is already inside: it and the derivative of the "
            "logarithm cancel to p minus truth.",
        ),
        Misconception(
            "the slope p(1 − p) alone",
            lambda z, target: softmax(z) * (1 - softmax(z)) / len(z),
            "p(1 − p) is how one probability depends on its own score. The loss brings in which "
            "class is right: p minus truth.",
        ),
        Misconception(
            "the factor 2 of a squared error",
            lambda z, target: 2 * cross_entropy_backward(z, target),
            "The derivative of −log p is p minus truth, without a factor 2.",
        ),
        Misconception(
            "softmax is left out",
            lambda z, target: _back_from(np.asarray(z, dtype=float), target),
            "It is *probability* minus truth: the scores go through the softmax first.",
        ),
        Misconception(
            "the exponentials are not divided by their sum",
            lambda z, target: _back_from(_shifted_exp(z), target),
            "It is *probability* minus truth, and probabilities sum to 1 in each row.",
        ),
        Misconception(
            "all or nothing in place of probabilities",
            lambda z, target: _back_from(_truth(z, np.argmax(z, axis=1)), target),
            "Where the favourite is right this is 0, and nothing is learnt any more. "
            "Probabilities still say how much is missing.",
        ),
        Misconception(
            "no shift: large scores overflow",
            lambda z, target: _back_from(_shares(_exp(z)), target),
            "exp(1000) is infinite, and infinity divided by infinity is not a number. Subtract "
            "each row's largest score first.",
        ),
        Misconception(
            "one shift for the whole batch",
            lambda z, target: _back_from(_shares(_exp(z - z.max())), target),
            "A row far below the overall maximum underflows to 0/0. Each row needs its own "
            "largest score.",
        ),
        Misconception(
            "each column is shifted by its own largest score",
            lambda z, target: _back_from(_shares(_exp(z - z.max(axis=0))), target),
            "A shift leaves the result as it is only if it is the same for all scores of a row: "
            "z.max(axis=1, keepdims=True).",
        ),
        Misconception(
            "keepdims is missing in the maximum",
            lambda z, target: _back_from(_shares(_exp(z - z.max(axis=1))), target),
            "z.max(axis=1) has shape (B,), and NumPy lines it up with the columns: an error, or "
            "worse, where B equals K, each column is shifted. keepdims=True keeps (B, 1).",
        ),
        Misconception(
            "columns instead of rows",
            lambda z, target: _back_from(softmax(z.T).T, target),
            "Each row is one example: the softmax runs over its K scores, axis=1.",
        ),
        Misconception(
            "everything sums to 1 together",
            lambda z, target: _back_from(_shares(_exp(z - z.max()), axis=None), target),
            "Each example has its own probabilities: every row of them sums to 1.",
        ),
        Misconception(
            "only the first row is filled in: the return stands inside the loop",
            _back_first_row,
            "The function returns in the first round of the loop. Indent return as far as the "
            "for, so that it comes after the loop.",
        ),
        Misconception(
            "the fractions are cut off where z holds whole numbers",
            lambda z, target: cross_entropy_backward(z, target).astype(z.dtype),
            "np.zeros_like(z) takes the dtype of z, and an array of integers cannot hold "
            "fractions. np.zeros(z.shape) makes floats.",
        ),
    ],
    hints=[
        "The gradient of each row is its probabilities, minus 1 at the right class.",
        "grad[np.arange(len(z)), target] -= 1 does that for all rows.",
        "The loss is a mean over the rows: divide by len(z).",
    ],
)


# 7.5 momentum


def momentum_step(
    w: Array, v: Array, grad: Array, lr: float, momentum: float
) -> tuple[Array, Array]:
    """One step of SGD with momentum as PyTorch does it: returns the new w and the new v."""
    v = momentum * v + grad  # remember a share of the old direction
    return w - lr * v, v


def _step(
    velocity: Callable[..., Any], move: Callable[..., Any]
) -> Callable[..., tuple[Array, Array]]:
    """Make a step from a rule for v (of v, grad, lr, momentum) and one for w (of w, v, grad …)."""

    def step(w: Array, v: Array, grad: Array, lr: float, momentum: float) -> tuple[Array, Array]:
        new = velocity(v, grad, lr, momentum)
        return np.asarray(move(w, v, new, grad, lr, momentum)), np.asarray(new)

    return step


def _velocity(v: Array, grad: Array, lr: float, momentum: float) -> Array:
    del lr
    return momentum * v + grad


def _move(w: Array, v: Array, new: Array, grad: Array, lr: float, momentum: float) -> Array:
    del v, grad, momentum
    return w - lr * new


MOMENTUM_STEP = Exercise(
    id="07.momentum_step",
    title="A step with memory",
    minutes=5,
    difficulty=1,
    reference=momentum_step,
    cases=[
        Case(
            np.array([1.0]),
            np.array([2.0]),
            np.array([4.0]),
            0.1,
            0.5,
            note="v = 0.5·2 + 4 = 5, w = 1 − 0.1·5 = 0.5",
        ),
        Case(np.array([3.0]), np.array([0.0]), np.array([2.0]), 0.5, 0.9, note="first step: 2, 2"),
        Case(
            np.array([1.0]),
            np.array([1.0]),
            np.array([2.0]),
            0.1,
            0.9,
            note="v = 0.9·1 + 2 = 2.9, w = 1 − 0.1·2.9 = 0.71",
        ),
        Case(
            np.array([2.0, 4.0]),
            np.array([0.0, 2.0]),
            np.array([1, 2]),
            0.5,
            0.25,
            note="v = 1 and 0.25·2 + 2 = 2.5, w = 2 − 0.5·1 = 1.5 and 4 − 0.5·2.5 = 2.75",
        ),
        Case(*_random(51, (3,), (3,), (3,)), 0.05, 0.9),
        Case(*_random(52, (2, 2), (2, 2), (2, 2)), 0.3, 0.0),
        Case(*_random(53, (4,), (4,), (4,)), 1.0, 0.99),
    ],
    misconceptions=[
        Misconception(
            "the step uses the old v",
            _step(_velocity, lambda w, v, new, grad, lr, momentum: w - lr * v),
            "First v is renewed with the gradient, then w moves along the new v.",
        ),
        Misconception(
            "the gradient is weighted by 1 − momentum",
            _step(lambda v, grad, lr, momentum: momentum * v + (1 - momentum) * grad, _move),
            "That is a running average, as in Adam. Here the gradient enters v in full.",
        ),
        Misconception(
            "the shares of old v and gradient are exchanged",
            _step(lambda v, grad, lr, momentum: (1 - momentum) * v + momentum * grad, _move),
            "momentum is the share of the old v that is kept, and the gradient enters in full: "
            "momentum * v + grad.",
        ),
        Misconception(
            "momentum weights the gradient instead of the old v",
            _step(lambda v, grad, lr, momentum: v + momentum * grad, _move),
            "momentum is the share of the old v that is kept: momentum * v + grad. Without it "
            "nothing is ever forgotten.",
        ),
        Misconception(
            "momentum weights the gradient too",
            _step(lambda v, grad, lr, momentum: momentum * (v + grad), _move),
            "momentum is the share of the old v that is kept; the gradient enters in full: "
            "momentum * v + grad.",
        ),
        Misconception(
            "the whole old v is kept",
            _step(lambda v, grad, lr, momentum: v + grad, _move),
            "Only the share `momentum` of the old v is kept: momentum * v + grad. Otherwise all "
            "gradients since the start would pull alike.",
        ),
        Misconception(
            "the old v is forgotten",
            _step(lambda v, grad, lr, momentum: grad, _move),
            "That is plain gradient descent. v keeps a share of the old v: momentum * v + grad.",
        ),
        Misconception(
            "momentum and learning rate are exchanged",
            _step(
                lambda v, grad, lr, momentum: lr * v + grad,
                lambda w, v, new, grad, lr, momentum: w - momentum * new,
            ),
            "momentum is the share of the old v that is kept; lr is the length of the step.",
        ),
        Misconception(
            "uphill",
            _step(_velocity, lambda w, v, new, grad, lr, momentum: w + lr * new),
            "The gradient points to where the loss grows: subtract.",
        ),
        Misconception(
            "v has the opposite sign",
            _step(
                lambda v, grad, lr, momentum: momentum * v - grad,
                lambda w, v, new, grad, lr, momentum: w + lr * new,
            ),
            "Subtracting the gradient in v and adding v to w is a rule of its own. In PyTorch's "
            "v gathers gradients, v = momentum * v + grad, and w − lr·v goes downhill.",
        ),
        Misconception(
            "the gradient is subtracted in v, and v from w",
            _step(lambda v, grad, lr, momentum: momentum * v - grad, _move),
            "The two minus signs make w go uphill. v gathers gradients, momentum * v + grad, and "
            "only w − lr·v has a minus.",
        ),
        Misconception(
            "the learning rate inside v",
            _step(
                lambda v, grad, lr, momentum: momentum * v + lr * grad,
                lambda w, v, new, grad, lr, momentum: w - new,
            ),
            "With a constant rate w moves alike once v began at 0, but v differs, and with a "
            "changing rate w does too. PyTorch multiplies by lr when it moves w.",
        ),
        Misconception(
            "the learning rate inside v, with the opposite sign",
            _step(
                lambda v, grad, lr, momentum: momentum * v - lr * grad,
                lambda w, v, new, grad, lr, momentum: w + new,
            ),
            "That is how some libraries write it (v is then the step itself). In PyTorch's v "
            "gathers gradients, v = momentum * v + grad, and lr comes in when w moves.",
        ),
        Misconception(
            "the learning rate comes in twice",
            _step(lambda v, grad, lr, momentum: momentum * v + lr * grad, _move),
            "lr belongs to the step, w − lr·v, and not into v as well.",
        ),
        Misconception(
            "the learning rate is left out",
            _step(_velocity, lambda w, v, new, grad, lr, momentum: w - new),
            "v says where to go, lr how far: w − lr·v.",
        ),
        Misconception(
            "the learning rate reaches the gradient only",
            _step(
                _velocity,
                lambda w, v, new, grad, lr, momentum: w - lr * grad - momentum * v,
            ),
            "lr multiplies all of the new v, the remembered share as well: w − lr·v.",
        ),
        Misconception(
            "momentum is remembered but not used",
            _step(_velocity, lambda w, v, new, grad, lr, momentum: w - lr * grad),
            "w has to move along v, not along the gradient alone.",
        ),
        Misconception(
            "Nesterov's variant",
            _step(
                _velocity,
                lambda w, v, new, grad, lr, momentum: w - lr * (grad + momentum * new),
            ),
            "grad + momentum·v is the look-ahead direction of Nesterov; asked for is plain "
            "momentum.",
        ),
        Misconception(
            "the old v is returned",
            lambda w, v, grad, lr, momentum: (momentum_step(w, v, grad, lr, momentum)[0], v),
            "w is right. The new v is needed by the next step: return it, not the one that came "
            "in.",
        ),
        Misconception(
            "the old w is returned",
            _step(_velocity, lambda w, v, new, grad, lr, momentum: w),
            "v is right. Then w moves: w − lr·v.",
        ),
        Misconception(
            "the step is returned instead of the new w",
            _step(_velocity, lambda w, v, new, grad, lr, momentum: lr * new),
            "lr·v is what is subtracted. Return what is left: w − lr·v.",
        ),
        Misconception(
            "v is returned before w",
            lambda *arguments: momentum_step(*arguments)[::-1],
            "The new w first, then the new v.",
        ),
        Misconception(
            "only w is returned",
            lambda *arguments: momentum_step(*arguments)[0],
            "The next step needs the new v as well: return w and v.",
        ),
    ],
    hints=[
        "Two lines: first the new v, then the new w.",
        "v = momentum * v + grad.",
        "w - lr * v, with the new v; return both. Make new arrays rather than changing the old.",
    ],
)

EXERCISES = [RELU_BACKWARD, SOFTMAX, CROSS_ENTROPY, CROSS_ENTROPY_BACKWARD, MOMENTUM_STEP]
