"""Exercises of lesson 07, a CNN that learns."""

from __future__ import annotations

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


def _relu_kink_one(g: Array, x: Array) -> Array:
    return g * (x >= 0)


def _relu_kink_half(g: Array, x: Array) -> Array:
    return g * np.where(x == 0, 0.5, x > 0)


def _relu_of_gradient(g: Array, x: Array) -> Array:
    del x
    return np.maximum(g, 0)


def _relu_mask_of_gradient(g: Array, x: Array) -> Array:
    return g * (x > 0) * (g > 0)


def _relu_no_upstream(g: Array, x: Array) -> Array:
    del g
    return (x > 0).astype(float)


def _relu_times_x(g: Array, x: Array) -> Array:
    return g * np.maximum(x, 0)


def _relu_all_through(g: Array, x: Array) -> Array:
    del x
    return g.astype(float)


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
            _relu_kink_one,
            "At 0 any slope from 0 to 1 is a subgradient; PyTorch takes 0, and so do we: x > 0.",
        ),
        Misconception(
            "at zero the gradient is halved",
            _relu_kink_half,
            "One half is a valid subgradient at 0, but the choice asked for, PyTorch's, is 0.",
        ),
        Misconception(
            "ReLU is applied to the gradient",
            _relu_of_gradient,
            "It is the sign of the input x that decides, not the sign of g.",
        ),
        Misconception(
            "negative gradients are stopped as well",
            _relu_mask_of_gradient,
            "Where x > 0 the slope is 1 for gradients of either sign. (Stopping negative ones too "
            "is a trick for pictures, called guided backpropagation, and no gradient.)",
        ),
        Misconception(
            "the upstream gradient is left out",
            _relu_no_upstream,
            "The slope, 0 or 1, multiplies g.",
        ),
        Misconception(
            "multiplied by the value instead of the slope",
            _relu_times_x,
            "For x > 0 the output is x, whose derivative is 1, not x.",
        ),
        Misconception(
            "everything is let through",
            _relu_all_through,
            "Where x was negative the output is 0 whatever x does: nothing flows back.",
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


def _softmax_no_shift(z: Array) -> Array:
    with np.errstate(all="ignore"):
        e = np.exp(z)
        return np.asarray(e / e.sum(axis=1, keepdims=True))


def _softmax_global_shift(z: Array) -> Array:
    with np.errstate(all="ignore"):
        e = np.exp(z - z.max())
        return np.asarray(e / e.sum(axis=1, keepdims=True))


def _softmax_columns(z: Array) -> Array:
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return np.asarray(e / e.sum(axis=0, keepdims=True))


def _softmax_all(z: Array) -> Array:
    e = np.exp(z - z.max())
    return np.asarray(e / e.sum())


def _softmax_by_maximum(z: Array) -> Array:
    return np.asarray(np.exp(z - z.max(axis=1, keepdims=True)))


def _softmax_linear(z: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(z / z.sum(axis=1, keepdims=True))


def _softmax_sigmoid(z: Array) -> Array:
    with np.errstate(all="ignore"):
        return 1 / (1 + np.exp(-z))


def _softmax_hard(z: Array) -> Array:
    return np.asarray(z == z.max(axis=1, keepdims=True), dtype=float)


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
        Case(np.array([[0, 1, 2], [3, 1, 0]])),
        Case(*_random(21, (4, 5))),
        Case(*_random(22, (2, 3), scale=300.0)),
        Case(*_random(23, (3, 3))),
    ],
    misconceptions=[
        Misconception(
            "no shift: large scores overflow",
            _softmax_no_shift,
            "exp(1000) is infinite in float64, and infinity divided by infinity is not a number. "
            "Subtracting the row's largest score changes nothing in the result and keeps every "
            "exponent at 0 or below.",
        ),
        Misconception(
            "one shift for the whole batch",
            _softmax_global_shift,
            "A row far below the overall maximum underflows to 0/0. Each row needs its own "
            "largest score.",
        ),
        Misconception(
            "columns instead of rows",
            _softmax_columns,
            "Each row is one example: its K probabilities sum to 1, so sum over axis=1.",
        ),
        Misconception(
            "everything sums to 1 together",
            _softmax_all,
            "Each example has its own probabilities: every row sums to 1.",
        ),
        Misconception(
            "not divided by the sum",
            _softmax_by_maximum,
            "The exponentials are positive, but become probabilities only when divided by their "
            "sum.",
        ),
        Misconception(
            "no exponential",
            _softmax_linear,
            "Scores may be negative; exp makes them positive first.",
        ),
        Misconception(
            "a sigmoid for each score",
            _softmax_sigmoid,
            "Sigmoids answer K separate yes-or-no questions and need not sum to 1.",
        ),
        Misconception(
            "all or nothing",
            _softmax_hard,
            "That is the argmax. Softmax gives every class a share, and has a gradient.",
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


def _entropy_terms(z: Array, target: IntArray) -> Array:
    shifted = z - z.max(axis=1, keepdims=True)
    right = shifted[np.arange(len(z)), target]
    return np.asarray(np.log(np.exp(shifted).sum(axis=1)) - right)


def _entropy_summed(z: Array, target: IntArray) -> float:
    return float(_entropy_terms(z, target).sum())


def _entropy_log_of_zero(z: Array, target: IntArray) -> float:
    with np.errstate(all="ignore"):
        return float(-np.mean(np.log(softmax(z)[np.arange(len(z)), target])))


def _entropy_positive(z: Array, target: IntArray) -> float:
    return -cross_entropy(z, target)


def _entropy_all_classes(z: Array, target: IntArray) -> float:
    return float(cross_entropy(z, target) / z.shape[1])


def _entropy_base_two(z: Array, target: IntArray) -> float:
    return float(cross_entropy(z, target) / np.log(2))


def _entropy_one_minus(z: Array, target: IntArray) -> float:
    return float(np.mean(1 - np.exp(-_entropy_terms(z, target))))


def _entropy_no_softmax(z: Array, target: IntArray) -> float:
    return float(-np.mean(z[np.arange(len(z)), target]))


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
        Case(*_random(31, (5, 3)), np.array([0, 2, 1, 1, 0])),
        Case(*_random(32, (3, 6)), np.array([5, 0, 2])),
    ],
    misconceptions=[
        Misconception(
            "summed over the batch instead of averaged",
            _entropy_summed,
            "With a sum, twice as many examples make the gradient twice as long, and the step "
            "size would have to follow. The mean does not depend on the batch size.",
        ),
        Misconception(
            "the logarithm of a probability that has become zero",
            _entropy_log_of_zero,
            "exp(−1000) is 0 in float64, and −log 0 is infinite. Take log and exp together: "
            "log Σ exp(z) − z at the right class.",
        ),
        Misconception(
            "the sign is wrong",
            _entropy_positive,
            "A loss is to be made small. Logarithms of probabilities are negative, so it is "
            "minus the logarithm.",
        ),
        Misconception(
            "divided by the number of classes too",
            _entropy_all_classes,
            "Only the right class of each row enters; the mean is over the B rows.",
        ),
        Misconception(
            "logarithm to base two",
            _entropy_base_two,
            "PyTorch and this course use the natural logarithm.",
        ),
        Misconception(
            "one minus the probability",
            _entropy_one_minus,
            "That price never exceeds 1, and its gradient vanishes where the network is surest "
            "and most wrong. The logarithm keeps pushing.",
        ),
        Misconception(
            "softmax is left out",
            _entropy_no_softmax,
            "Without the log-sum the loss could fall without end by raising all scores.",
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


def _back_not_averaged(z: Array, target: IntArray) -> Array:
    return cross_entropy_backward(z, target) * len(z)


def _back_sign(z: Array, target: IntArray) -> Array:
    return -cross_entropy_backward(z, target)


def _back_probabilities(z: Array, target: IntArray) -> Array:
    del target
    return softmax(z) / len(z)


def _back_only_right(z: Array, target: IntArray) -> Array:
    grad = np.zeros(z.shape)
    rows = np.arange(len(z))
    grad[rows, target] = cross_entropy_backward(z, target)[rows, target]
    return grad


def _back_by_classes(z: Array, target: IntArray) -> Array:
    return np.asarray(cross_entropy_backward(z, target) * len(z) / z.shape[1])


def _back_sigmoid_slope(z: Array, target: IntArray) -> Array:
    p = softmax(z)
    return cross_entropy_backward(z, target) * p * (1 - p)


def _back_wrong_axis(z: Array, target: IntArray) -> Array:
    grad = softmax(z)
    grad[:, target] -= 1
    return grad / len(z)


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
        Case(*_random(41, (4, 3)), np.array([2, 0, 1, 1])),
        Case(*_random(42, (3, 5)), np.array([4, 4, 0])),
        Case(*_random(43, (2, 3), scale=200.0), np.array([0, 1])),
    ],
    misconceptions=[
        Misconception(
            "not divided by the batch size",
            _back_not_averaged,
            "The loss is the mean over B rows, so each row's gradient has the factor 1/B.",
        ),
        Misconception(
            "the sign is wrong",
            _back_sign,
            "It is probability minus truth. Gradient descent subtracts it, which raises the "
            "score of the right class.",
        ),
        Misconception(
            "the truth is not subtracted",
            _back_probabilities,
            "At the right class 1 is subtracted; without it every score would be pushed down.",
        ),
        Misconception(
            "only the right class gets a gradient",
            _back_only_right,
            "The other classes' scores enter through the sum in the softmax: they get their "
            "probabilities.",
        ),
        Misconception(
            "divided by the number of classes",
            _back_by_classes,
            "The mean is over the B rows, not over the K classes.",
        ),
        Misconception(
            "multiplied by the slope p(1 − p) once more",
            _back_sigmoid_slope,
            "The derivative of the softmax is already inside: it and the derivative of the "
            "logarithm cancel to p minus truth.",
        ),
        Misconception(
            "1 is subtracted in whole columns",
            _back_wrong_axis,
            "grad[:, target] takes those columns in every row. One element of each row is "
            "meant: grad[np.arange(len(z)), target].",
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


def _momentum_old_velocity(
    w: Array, v: Array, grad: Array, lr: float, momentum: float
) -> tuple[Array, Array]:
    return w - lr * v, momentum * v + grad


def _momentum_average(
    w: Array, v: Array, grad: Array, lr: float, momentum: float
) -> tuple[Array, Array]:
    v = momentum * v + (1 - momentum) * grad
    return w - lr * v, v


def _momentum_uphill(
    w: Array, v: Array, grad: Array, lr: float, momentum: float
) -> tuple[Array, Array]:
    v = momentum * v + grad
    return w + lr * v, v


def _momentum_rate_inside(
    w: Array, v: Array, grad: Array, lr: float, momentum: float
) -> tuple[Array, Array]:
    v = momentum * v + lr * grad
    return w - v, v


def _momentum_plain(
    w: Array, v: Array, grad: Array, lr: float, momentum: float
) -> tuple[Array, Array]:
    return w - lr * grad, momentum * v + grad


def _momentum_nesterov(
    w: Array, v: Array, grad: Array, lr: float, momentum: float
) -> tuple[Array, Array]:
    v = momentum * v + grad
    return w - lr * (grad + momentum * v), v


def _momentum_order(
    w: Array, v: Array, grad: Array, lr: float, momentum: float
) -> tuple[Array, Array]:
    v = momentum * v + grad
    return v, w - lr * v


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
        Case(*_random(51, (3,), (3,), (3,)), 0.05, 0.9),
        Case(*_random(52, (2, 2), (2, 2), (2, 2)), 0.3, 0.0),
        Case(*_random(53, (4,), (4,), (4,)), 1.0, 0.99),
    ],
    misconceptions=[
        Misconception(
            "the step uses the old v",
            _momentum_old_velocity,
            "First v is renewed with the gradient, then w moves along the new v.",
        ),
        Misconception(
            "the gradient is weighted by 1 − momentum",
            _momentum_average,
            "That is a running average, as in Adam. Here the gradient enters v in full.",
        ),
        Misconception(
            "uphill",
            _momentum_uphill,
            "The gradient points to where the loss grows: subtract.",
        ),
        Misconception(
            "the learning rate inside v",
            _momentum_rate_inside,
            "With a constant rate w moves alike, but v differs, and with a changing rate w does "
            "too. PyTorch multiplies by lr when it moves w.",
        ),
        Misconception(
            "momentum is remembered but not used",
            _momentum_plain,
            "w has to move along v, not along the gradient alone.",
        ),
        Misconception(
            "Nesterov's variant",
            _momentum_nesterov,
            "grad + momentum·v is the look-ahead direction of Nesterov; asked for is plain "
            "momentum.",
        ),
        Misconception(
            "v is returned before w",
            _momentum_order,
            "The new w first, then the new v.",
        ),
    ],
    hints=[
        "Two lines: first the new v, then the new w.",
        "v = momentum * v + grad.",
        "w - lr * v, with the new v; return both. Make new arrays rather than changing the old.",
    ],
)

EXERCISES = [RELU_BACKWARD, SOFTMAX, CROSS_ENTROPY, CROSS_ENTROPY_BACKWARD, MOMENTUM_STEP]
