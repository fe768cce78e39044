"""Exercise 9.2: normalise a batch."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .rounded_positives import rounded_positives


def normalise(x, gamma, beta, eps):
    """Batch normalisation of x (B, C, H, W) as in training; gamma and beta are (C,)."""
    mean = x.mean(axis=(0, 2, 3), keepdims=True)  # one number for each channel: (1, C, 1, 1)
    var = ((x - mean) ** 2).mean(axis=(0, 2, 3), keepdims=True)
    x_hat = (x - mean) / np.sqrt(var + eps)
    return gamma[:, None, None] * x_hat + beta[:, None, None]


EXERCISE = Exercise(
    id="09.normalise",
    title="Mean 0, variance 1, then as you like",
    minutes=8,
    difficulty=2,
    reference=normalise,
    cases=[
        Case(
            np.array([[[[1.0]]], [[[5.0]]]]),
            np.array([1.0]),
            np.array([0.0]),
            0.0,
            note="mean 3, deviations −2 and 2, variance 4: −1 and 1",
        ),
        Case(
            np.array([[[[1.0, 5.0]]]]),
            np.array([10.0]),
            np.array([7.0]),
            0.0,
            note="−1 and 1 again, now 10 times that plus 7: −3 and 17",
        ),
        Case(
            np.array([[[[2.0, 2.0]]]]),
            np.array([3.0]),
            np.array([4.0]),
            1.0,
            note="a constant channel has variance 0, and ε saves the division: β = 4 is left",
        ),
        Case(
            np.array([[[[1.0, 5.0]], [[10.0, 90.0]]]]),
            np.array([1.0, 1.0]),
            np.array([0.0, 0.0]),
            0.0,
            note="each channel by itself: −1, 1 and −1, 1",
        ),
        Case(
            np.array([[[[2.0**36 - 1, 2.0**36 + 1]]]]),
            np.array([1.0]),
            np.array([0.0]),
            0.0,
            note="mean 2³⁶, deviations −1 and 1, variance 1: −1 and 1, however large the mean is",
        ),
        Case(
            np.arange(16).reshape(2, 2, 2, 2) % 7,
            np.array([1, 2]),
            np.array([0, -1]),
            0.25,
        ),
        Case(
            *rounded_normals(11, (3, 2, 4, 5), scale=2.0),
            rounded_positives(12, 2),
            rounded_normals(13, (2,), scale=2.0)[0],
            0.5,
        ),
        Case(
            *rounded_normals(14, (4, 3, 2, 3), scale=2.0),
            rounded_positives(15, 3),
            rounded_normals(16, (3,), scale=2.0)[0],
            1e-5,
        ),
    ],
    hints=[
        "One mean for each channel: which of the four axes are averaged over?",
        "axis=(0, 2, 3), and keepdims=True leaves (1, C, 1, 1), which fits beside x.",
        "x_hat = (x - mean) / np.sqrt(var + eps); gamma[:, None, None] has the shape (C, 1, 1).",
    ],
)


def _over_axes(x, gamma, beta, eps, axes, ddof=0):
    with np.errstate(all="ignore"):
        mean = x.mean(axis=axes, keepdims=True)
        var = x.var(axis=axes, keepdims=True, ddof=ddof)
        x_hat = (x - mean) / np.sqrt(var + eps)
        return gamma[:, None, None] * x_hat + beta[:, None, None]


@EXERCISE.misconception(
    "each picture by itself",
    "Mean and variance over (H, W) alone is called instance normalisation. Batch normalisation "
    "takes all pictures of the batch together: axis=(0, 2, 3).",
)
def _(x, gamma, beta, eps):
    return _over_axes(x, gamma, beta, eps, (2, 3))


@EXERCISE.misconception(
    "each pixel by itself",
    "A channel has one mean, over the batch *and* all places: axis=(0, 2, 3).",
)
def _(x, gamma, beta, eps):
    return _over_axes(x, gamma, beta, eps, (0,))


@EXERCISE.misconception(
    "all channels of a picture together",
    "That is layer normalisation. Here each channel has its own mean and variance.",
)
def _(x, gamma, beta, eps):
    return _over_axes(x, gamma, beta, eps, (1, 2, 3))


@EXERCISE.misconception(
    "all channels of the batch together",
    "Each channel has its own mean and variance: every axis but the second.",
)
def _(x, gamma, beta, eps):
    return _over_axes(x, gamma, beta, eps, (0, 1, 2, 3))


@EXERCISE.misconception(
    "across the channels",
    "The channel is the axis that is *kept*; the mean goes over the three others.",
)
def _(x, gamma, beta, eps):
    return _over_axes(x, gamma, beta, eps, (1,))


@EXERCISE.misconception(
    "divided by n − 1",
    "The variance that normalises is the plain mean of squares, divided by n. The n − 1 comes in "
    "the running statistics only.",
)
def _(x, gamma, beta, eps):
    return _over_axes(x, gamma, beta, eps, (0, 2, 3), ddof=1)


def _centred_and_var(x):
    mean = x.mean(axis=(0, 2, 3), keepdims=True)
    return x - mean, x.var(axis=(0, 2, 3), keepdims=True)


@EXERCISE.misconception("ε outside the root", "√(σ² + ε), not √σ² + ε: ε is added to the variance.")
def _(x, gamma, beta, eps):
    centred, var = _centred_and_var(x)
    x_hat = centred / (np.sqrt(var) + eps)
    return gamma[:, None, None] * x_hat + beta[:, None, None]


@EXERCISE.misconception("ε is left out", "A channel that is constant would be divided by zero.")
def _(x, gamma, beta, eps):
    return _over_axes(x, gamma, beta, 0.0, (0, 2, 3))


@EXERCISE.misconception(
    "divided by the variance",
    "Dividing by the standard deviation √(σ² + ε) brings the variance to 1.",
)
def _(x, gamma, beta, eps):
    centred, var = _centred_and_var(x)
    return gamma[:, None, None] * centred / (var + eps) + beta[:, None, None]


@EXERCISE.misconception("not centred", "First the mean is taken away.")
def _(x, gamma, beta, eps):
    _, var = _centred_and_var(x)
    return gamma[:, None, None] * x / np.sqrt(var + eps) + beta[:, None, None]


@EXERCISE.misconception("only centred", "After the mean is taken away, divide by √(σ² + ε).")
def _(x, gamma, beta, eps):
    centred, _ = _centred_and_var(x)
    return gamma[:, None, None] * centred + beta[:, None, None]


@EXERCISE.misconception(
    "γ and β are forgotten", "After x̂ come the channel's scale and shift: y = γ x̂ + β."
)
def _(x, gamma, beta, eps):
    return normalise(x, np.ones_like(gamma), np.zeros_like(beta), eps)


@EXERCISE.misconception("β is forgotten", "y = γ x̂ + β.")
def _(x, gamma, beta, eps):
    return normalise(x, gamma, np.zeros_like(beta), eps)


@EXERCISE.misconception("β is scaled as well", "y = γ x̂ + β, not γ (x̂ + β).")
def _(x, gamma, beta, eps):
    return normalise(x, gamma, gamma * beta, eps)


@EXERCISE.misconception("γ and β exchanged", "γ multiplies, β is added.")
def _(x, gamma, beta, eps):
    return normalise(x, beta, gamma, eps)


@EXERCISE.misconception(
    "the mean square instead of the variance",
    "The variance is the mean square of what is left *after* the mean has been taken away.",
)
def _(x, gamma, beta, eps):
    centred, _ = _centred_and_var(x)
    square = (x**2).mean(axis=(0, 2, 3), keepdims=True)
    return gamma[:, None, None] * centred / np.sqrt(square + eps) + beta[:, None, None]


@EXERCISE.misconception("γ is forgotten", "y = γ x̂ + β.")
def _(x, gamma, beta, eps):
    return normalise(x, np.ones_like(gamma), beta, eps)


@EXERCISE.misconception(
    "γ and β along the last axis",
    "gamma * x_hat lines γ up with W, the last axis. gamma[:, None, None] has the shape (C, 1, "
    "1) and lines up with the channels.",
)
def _(x, gamma, beta, eps):
    x_hat = normalise(x, np.ones_like(gamma), np.zeros_like(beta), eps)
    return gamma * x_hat + beta


def _without_keepdims(x, eps):
    with np.errstate(all="ignore"):
        return (x - x.mean(axis=(0, 2, 3))) / np.sqrt(x.var(axis=(0, 2, 3)) + eps)


@EXERCISE.misconception(
    "mean and variance along the last axis",
    "Without keepdims=True the mean has the shape (C,), and x - mean lines it up with W, the "
    "last axis.",
)
def _(x, gamma, beta, eps):
    x_hat = _without_keepdims(x, eps)
    return gamma[:, None, None] * x_hat + beta[:, None, None]


@EXERCISE.misconception(
    "everything of a channel along the last axis",
    "NumPy lines up a shape (C,) with the last axis, which is W. keepdims=True for mean and "
    "variance, and gamma[:, None, None], line up with the channels.",
)
def _(x, gamma, beta, eps):
    return gamma * _without_keepdims(x, eps) + beta


@EXERCISE.misconception(
    "the fractions are cut off where x holds whole numbers",
    "np.zeros_like(x) is an array of integers where x is one, and cuts off what is written into "
    "it. np.zeros(x.shape) makes floats.",
)
def _(x, gamma, beta, eps):
    y = np.zeros_like(x)
    y[...] = normalise(x, gamma, beta, eps)
    return y


@EXERCISE.misconception(
    "x itself is changed",
    "x -= mean overwrites what the caller passed in, and fails where x holds whole numbers. x - "
    "mean makes a new array.",
)
def _(x, gamma, beta, eps):
    x -= x.mean(axis=(0, 2, 3), keepdims=True)
    var = (x**2).mean(axis=(0, 2, 3), keepdims=True)
    return gamma[:, None, None] * x / np.sqrt(var + eps) + beta[:, None, None]


@EXERCISE.misconception(
    "γ and β along the batch",
    "Three new axes make (C, 1, 1, 1), which lines up with the batch. With two, (C, 1, 1), γ "
    "lines up with the channels.",
)
def _(x, gamma, beta, eps):
    x_hat = normalise(x, np.ones_like(gamma), np.zeros_like(beta), eps)
    return gamma[:, None, None, None] * x_hat + beta[:, None, None, None]


@EXERCISE.misconception(
    "reshaped without moving the channels to the front",
    "x.reshape(C, -1) cuts the numbers as they lie in memory, picture after picture, so a row is "
    "not a channel. First x.transpose(1, 0, 2, 3), or take axis=(0, 2, 3).",
)
def _(x, gamma, beta, eps):
    rows = x.reshape(x.shape[1], -1)
    x_hat = (rows - rows.mean(axis=1, keepdims=True)) / np.sqrt(
        rows.var(axis=1, keepdims=True) + eps
    )
    return (gamma[:, None] * x_hat + beta[:, None]).reshape(x.shape)


@EXERCISE.misconception(
    "the squares are added up, not averaged",
    "The variance is the *mean* of the squared deviations: divide by n = B·H·W.",
)
def _(x, gamma, beta, eps):
    centred, var = _centred_and_var(x)
    squares = var * (x.size / x.shape[1])
    return gamma[:, None, None] * centred / np.sqrt(squares + eps) + beta[:, None, None]


@EXERCISE.misconception(
    "the variance is the mean of the squares minus the square of the mean",
    "On paper that is the same. In floats the mean of the squares and the square of the mean agree "
    "in all their digits where the mean is large, and their difference is lost. Subtract the mean "
    "first, then square, as x.var does.",
)
def _(x, gamma, beta, eps):
    axes = (0, 2, 3)
    mean = x.mean(axis=axes, keepdims=True)
    var = (x**2).mean(axis=axes, keepdims=True) - mean**2
    with np.errstate(all="ignore"):
        return gamma[:, None, None] * (x - mean) / np.sqrt(var + eps) + beta[:, None, None]
