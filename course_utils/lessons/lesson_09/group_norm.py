"""Exercise 9.6: normalise each picture by itself."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .rounded_positives import rounded_positives


def group_norm(x, groups, gamma, beta, eps):
    """Normalise each picture of x (B, C, H, W) in groups of C/groups channels; gamma, beta (C,)."""
    B = len(x)
    parts = x.reshape(B, groups, -1)  # neighbouring channels in one row, with all their places
    mean = parts.mean(axis=2, keepdims=True)
    var = parts.var(axis=2, keepdims=True)
    x_hat = ((parts - mean) / np.sqrt(var + eps)).reshape(x.shape)
    return gamma[:, None, None] * x_hat + beta[:, None, None]  # one of each for every channel


EXERCISE = Exercise(
    id="09.group_norm",
    title="Each picture by itself",
    minutes=9,
    difficulty=2,
    reference=group_norm,
    cases=[
        Case(
            np.array([[[[1.0]], [[5.0]]], [[[40.0]], [[20.0]]]]),
            1,
            np.array([1.0, 10.0]),
            np.array([0.0, 7.0]),
            0.0,
            note=(
                "first picture: mean 3, variance 4, so −1 and 1; second: mean 30, so 1 and −1; the "
                "second channel times 10 plus 7"
            ),
        ),
        Case(
            np.array([[[[1.0]], [[5.0]], [[2.0]], [[4.0]]]]),
            2,
            np.ones(4),
            np.zeros(4),
            0.0,
            note="channels 1 and 2 together: mean 3, −1 and 1; then 3 and 4: mean 3 again, −1, 1",
        ),
        Case(
            np.array([[[[1.0, 5.0]], [[10.0, 90.0]]]]),
            2,
            np.array([1.0, 1.0]),
            np.array([0.0, 0.0]),
            0.0,
            note="as many groups as channels: each channel of each picture by itself",
        ),
        Case(
            np.array([[[[2.0, 2.0]]]]),
            1,
            np.array([3.0]),
            np.array([4.0]),
            1.0,
            note="a constant group has variance 0, and ε saves the division: β = 4 is left",
        ),
        Case(np.arange(24).reshape(2, 4, 1, 3) % 7, 2, np.array([1, 2, 3, 4]), np.arange(4), 0.25),
        Case(
            *rounded_normals(61, (3, 6, 4, 5), scale=2.0),
            2,
            rounded_positives(62, 6),
            rounded_normals(63, (6,), scale=2.0)[0],
            0.5,
        ),
        Case(
            *rounded_normals(64, (2, 6, 3, 2), scale=2.0),
            3,
            rounded_positives(65, 6),
            rounded_normals(66, (6,), scale=2.0)[0],
            1e-5,
        ),
        Case(
            np.array([[[[2.0**36 - 1]], [[2.0**36 + 1]]]]),
            1,
            np.array([1.0, 1.0]),
            np.array([0.0, 0.0]),
            0.0,
            note="mean 2³⁶, deviations −1 and 1: −1 and 1, however large the mean is",
        ),
    ],
    hints=[
        "Which numbers share a mean? Those of one picture and one group of C/groups neighbouring "
        "channels, at all places. Bring them into one row.",
        "x.reshape(B, groups, -1) does that; then mean and variance over axis 2, keepdims=True.",
        "Reshape back to x.shape before γ and β: each channel has its own: gamma[:, None, None].",
    ],
)


def _normalised(x, axes, eps):
    mean, var = x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True)
    return (x - mean) / np.sqrt(var + eps)


def _scaled(x_hat, gamma, beta):
    return gamma[:, None, None] * x_hat + beta[:, None, None]


@EXERCISE.misconception(
    "the batch is normalised",
    "That is batch normalisation. Here no picture may see another: the mean runs over the channels "
    "of a group and all places, not over the batch.",
)
def _(x, groups, gamma, beta, eps):
    return _scaled(_normalised(x, (0, 2, 3), eps), gamma, beta)


@EXERCISE.misconception(
    "groups of the whole batch",
    "The groups are right, but the pictures are mixed: each picture has a mean of its own.",
)
def _(x, groups, gamma, beta, eps):
    B, C, H, W = x.shape
    parts = _normalised(x.reshape(B, groups, -1), (0, 2), eps)
    return _scaled(parts.reshape(x.shape), gamma, beta)


@EXERCISE.misconception(
    "one group always", "That is layer normalisation, groups = 1. Cut the channels into groups."
)
def _(x, groups, gamma, beta, eps):
    return group_norm(x, 1, gamma, beta, eps)


@EXERCISE.misconception(
    "each channel by itself always",
    "That is instance normalisation, as many groups as channels. C/groups channels share a mean.",
)
def _(x, groups, gamma, beta, eps):
    return group_norm(x, x.shape[1], gamma, beta, eps)


@EXERCISE.misconception(
    "groups taken for the channels in a group",
    "There are `groups` groups, each of C/groups channels, not C/groups groups.",
)
def _(x, groups, gamma, beta, eps):
    return group_norm(x, x.shape[1] // groups, gamma, beta, eps)


@EXERCISE.misconception(
    "every place by itself",
    "A group's mean runs over all places too. Over channels alone is what transformers call layer "
    "normalisation.",
)
def _(x, groups, gamma, beta, eps):
    B, C, H, W = x.shape
    parts = _normalised(x.reshape(B, groups, C // groups, H, W), 2, eps)
    return _scaled(parts.reshape(x.shape), gamma, beta)


@EXERCISE.misconception(
    "channels of a group are not neighbours",
    "The first C/groups channels are the first group. reshape(B, -1, groups, …) deals them out in "
    "turn.",
)
def _(x, groups, gamma, beta, eps):
    B, C, H, W = x.shape
    parts = _normalised(x.reshape(B, C // groups, groups, H, W), (1, 3, 4), eps)
    return _scaled(parts.reshape(x.shape), gamma, beta)


@EXERCISE.misconception(
    "γ and β are left out", "After the division comes γ x̂ + β, with one of each for every channel."
)
def _(x, groups, gamma, beta, eps):
    return group_norm(x, groups, np.ones_like(gamma), np.zeros_like(beta), eps)


@EXERCISE.misconception("β is left out", "β is added at the end, to each channel its own.")
def _(x, groups, gamma, beta, eps):
    return group_norm(x, groups, gamma, np.zeros_like(beta), eps)


@EXERCISE.misconception(
    "γ is left out", "x̂ is multiplied by γ, each channel by its own, before β is added."
)
def _(x, groups, gamma, beta, eps):
    return group_norm(x, groups, np.ones_like(gamma), beta, eps)


@EXERCISE.misconception("ε is left out", "√(σ² + ε): a constant group would be divided by zero.")
def _(x, groups, gamma, beta, eps):
    return group_norm(x, groups, gamma, beta, 0.0)


@EXERCISE.misconception("ε outside the root", "√(σ² + ε), not √σ² + ε.")
def _(x, groups, gamma, beta, eps):
    parts = x.reshape(len(x), groups, -1)
    mean, std = parts.mean(axis=2, keepdims=True), parts.std(axis=2, keepdims=True)
    return _scaled(((parts - mean) / (std + eps)).reshape(x.shape), gamma, beta)


@EXERCISE.misconception("divided by the variance", "Divide by the *root* of σ² + ε.")
def _(x, groups, gamma, beta, eps):
    parts = x.reshape(len(x), groups, -1)
    mean, var = parts.mean(axis=2, keepdims=True), parts.var(axis=2, keepdims=True)
    return _scaled(((parts - mean) / (var + eps)).reshape(x.shape), gamma, beta)


@EXERCISE.misconception(
    "the variance divided by n − 1", "The variance that normalises is divided by n: x.var() as is."
)
def _(x, groups, gamma, beta, eps):
    parts = x.reshape(len(x), groups, -1)
    n = parts.shape[2]
    mean, var = parts.mean(axis=2, keepdims=True), parts.var(axis=2, keepdims=True)
    x_hat = (parts - mean) / np.sqrt(var * n / max(n - 1, 1) + eps)
    return _scaled(x_hat.reshape(x.shape), gamma, beta)


@EXERCISE.misconception("the mean is not subtracted", "x̂ = (x − μ)/√(σ² + ε).")
def _(x, groups, gamma, beta, eps):
    parts = x.reshape(len(x), groups, -1)
    var = parts.var(axis=2, keepdims=True)
    return _scaled((parts / np.sqrt(var + eps)).reshape(x.shape), gamma, beta)


@EXERCISE.misconception(
    "one γ for each group",
    "Mean and variance belong to a group, but γ and β to a channel: reshape back before them.",
)
def _(x, groups, gamma, beta, eps):
    parts = _normalised(x.reshape(len(x), groups, -1), 2, eps)
    return (gamma[:groups, None] * parts + beta[:groups, None]).reshape(x.shape)


@EXERCISE.misconception(
    "the mean over the groups",
    "After reshape(B, groups, -1) the numbers of one group stand along axis 2; axis 1 counts the "
    "groups.",
)
def _(x, groups, gamma, beta, eps):
    parts = _normalised(x.reshape(len(x), groups, -1), 1, eps)
    return _scaled(parts.reshape(x.shape), gamma, beta)
