"""Exercise 9.5: folding batch normalisation into a convolution."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .rounded_positives import rounded_positives


def fold(weight, bias, gamma, beta, mean, var, eps):
    """Weight (K, C, kH, kW) and bias (K,) of the convolution that does its own and BN's work."""
    scale = gamma / np.sqrt(var + eps)  # one factor for each filter
    return weight * scale[:, None, None, None], (bias - mean) * scale + beta


EXERCISE = Exercise(
    id="09.fold",
    title="Folding it away",
    minutes=9,
    difficulty=3,
    reference=fold,
    cases=[
        Case(
            np.array([[[[3.0]]]]),
            np.array([5.0]),
            np.array([10.0]),
            np.array([7.0]),
            np.array([1.0]),
            np.array([4.0]),
            0.0,
            note=(
                "3x + 5, less 1, over √4 = 2, times 10, plus 7: 15x + 27, so weight 15 and bias 27"
            ),
        ),
        Case(
            np.array([[[[1.0, 2.0]]], [[[1.0, 2.0]]]]),
            np.array([0.0, 0.0]),
            np.array([1.0, 3.0]),
            np.array([0.0, 0.0]),
            np.array([0.0, 2.0]),
            np.array([0.75, 0.0]),
            0.25,
            note="scales 1/√1 = 1 and 3/√0.25 = 6: weights 1, 2 and 6, 12; biases 0 and −12",
        ),
        Case(
            np.arange(16).reshape(2, 2, 2, 2) % 7,
            np.array([1, 2]),
            np.array([3, 1]),
            np.array([0, -1]),
            np.array([2, 5]),
            np.array([3, 8]),
            1.0,
        ),
        Case(
            *rounded_normals(41, (3, 2, 3, 2), (3,), (3,), (3,), (3,), scale=2.0),
            rounded_positives(42, 3),
            1e-5,
        ),
        Case(
            *rounded_normals(43, (2, 4, 1, 3), (2,), (2,), (2,), (2,), scale=2.0),
            rounded_positives(44, 2),
            0.5,
        ),
    ],
    hints=[
        "Write out γ (w·x + b − mean)/√(σ² + ε) + β and sort by what multiplies x.",
        "What multiplies x is the new weight: w · γ/√(σ² + ε), a factor for each filter.",
        "The rest is the new bias. scale[:, None, None, None] lines up with the first axis.",
    ],
)


@EXERCISE.misconception(
    "the convolution's bias is not scaled",
    "Batch normalisation scales everything that comes out of the convolution, its bias too: "
    "(bias − mean) · scale + β.",
)
def _(weight, bias, gamma, beta, mean, var, eps):
    scale = gamma / np.sqrt(var + eps)
    return weight * scale[:, None, None, None], bias - mean * scale + beta


@EXERCISE.misconception(
    "the convolution's bias is lost",
    "In use, the statistics are fixed numbers, so the bias no longer cancels.",
)
def _(weight, bias, gamma, beta, mean, var, eps):
    return fold(weight, np.zeros_like(bias), gamma, beta, mean, var, eps)


@EXERCISE.misconception("the mean is lost", "The mean is subtracted before the scaling.")
def _(weight, bias, gamma, beta, mean, var, eps):
    return fold(weight, bias, gamma, beta, np.zeros_like(mean), var, eps)


@EXERCISE.misconception("β is lost", "β is added at the end.")
def _(weight, bias, gamma, beta, mean, var, eps):
    return fold(weight, bias, gamma, np.zeros_like(beta), mean, var, eps)


@EXERCISE.misconception("γ is lost", "The scale is γ/√(σ² + ε).")
def _(weight, bias, gamma, beta, mean, var, eps):
    return fold(weight, bias, np.ones_like(gamma), beta, mean, var, eps)


@EXERCISE.misconception("divided by the variance", "The scale is γ over the *root* of σ² + ε.")
def _(weight, bias, gamma, beta, mean, var, eps):
    scale = gamma / (var + eps)
    return weight * scale[:, None, None, None], (bias - mean) * scale + beta


@EXERCISE.misconception("ε is left out", "The layer to replace divides by √(σ² + ε).")
def _(weight, bias, gamma, beta, mean, var, eps):
    return fold(weight, bias, gamma, beta, mean, var, 0.0)


@EXERCISE.misconception("the mean is added", "The mean is subtracted: (bias − mean) · scale + β.")
def _(weight, bias, gamma, beta, mean, var, eps):
    return fold(weight, bias, gamma, beta, -mean, var, eps)


@EXERCISE.misconception("β is scaled", "β is added after the scaling.")
def _(weight, bias, gamma, beta, mean, var, eps):
    scale = gamma / np.sqrt(var + eps)
    return weight * scale[:, None, None, None], (bias - mean + beta) * scale


@EXERCISE.misconception(
    "the weights are left as they were",
    "Every output is multiplied by its scale; multiply the weights that make it.",
)
def _(weight, bias, gamma, beta, mean, var, eps):
    return weight.astype(float), fold(weight, bias, gamma, beta, mean, var, eps)[1]


@EXERCISE.misconception(
    "the scale along the last axis of the weights",
    "weight * scale lines the scale up with kW. The scale belongs to the filter, the first axis: "
    "scale[:, None, None, None].",
)
def _(weight, bias, gamma, beta, mean, var, eps):
    scale = gamma / np.sqrt(var + eps)
    return weight * scale, (bias - mean) * scale + beta


@EXERCISE.misconception(
    "the scale along the input channels",
    "The normalised channels are the convolution's *outputs*, the first axis of its weights.",
)
def _(weight, bias, gamma, beta, mean, var, eps):
    scale = gamma / np.sqrt(var + eps)
    return weight * scale[:, None, None], (bias - mean) * scale + beta


@EXERCISE.misconception(
    "the scale along the rows of the kernel",
    "scale[:, None] lines up with kH. The filters stand on the first of four axes: scale[:, "
    "None, None, None].",
)
def _(weight, bias, gamma, beta, mean, var, eps):
    scale = gamma / np.sqrt(var + eps)
    return weight * scale[:, None], (bias - mean) * scale + beta


@EXERCISE.misconception(
    "ε outside the root", "√(σ² + ε), not √σ² + ε: the layer to replace adds ε to the variance."
)
def _(weight, bias, gamma, beta, mean, var, eps):
    scale = gamma / (np.sqrt(var) + eps)
    return weight * scale[:, None, None, None], (bias - mean) * scale + beta


@EXERCISE.misconception(
    "neither bias nor mean is scaled",
    "(bias − mean) goes through the division and through γ like everything else.",
)
def _(weight, bias, gamma, beta, mean, var, eps):
    return fold(weight, bias, gamma, beta, mean, var, eps)[0], bias - mean + beta


@EXERCISE.misconception(
    "the mean is not scaled",
    "The mean is subtracted before the scaling, so it is scaled too: (bias − mean) · scale + β.",
)
def _(weight, bias, gamma, beta, mean, var, eps):
    scale = gamma / np.sqrt(var + eps)
    return weight * scale[:, None, None, None], bias * scale - mean + beta


@EXERCISE.misconception(
    "the bias is left as it was",
    "What batch normalisation adds has to go somewhere: (bias − mean) · scale + β.",
)
def _(weight, bias, gamma, beta, mean, var, eps):
    return fold(weight, bias, gamma, beta, mean, var, eps)[0], bias.astype(float)


@EXERCISE.misconception("multiplied by the standard deviation", "x̂ is *divided* by √(σ² + ε).")
def _(weight, bias, gamma, beta, mean, var, eps):
    scale = gamma * np.sqrt(var + eps)
    return weight * scale[:, None, None, None], (bias - mean) * scale + beta


@EXERCISE.misconception("γ and β exchanged", "γ multiplies, β is added.")
def _(weight, bias, gamma, beta, mean, var, eps):
    return fold(weight, bias, beta, gamma, mean, var, eps)


@EXERCISE.misconception(
    "the weights are overwritten",
    "weight *= … writes into the array that was passed in, and fails where it holds whole "
    "numbers. weight * … makes a new one.",
)
def _(weight, bias, gamma, beta, mean, var, eps):
    scale = gamma / np.sqrt(var + eps)
    weight *= scale[:, None, None, None]
    return weight, (bias - mean) * scale + beta


@EXERCISE.misconception(
    "the fractions of the weights are cut off",
    "An array like weight holds integers where weight does, and cuts off what is written into "
    "it. np.zeros(weight.shape) makes floats.",
)
def _(weight, bias, gamma, beta, mean, var, eps):
    new_weight, new_bias = fold(weight, bias, gamma, beta, mean, var, eps)
    return new_weight.astype(weight.dtype), new_bias


@EXERCISE.misconception(
    "the fractions of weights and bias are cut off",
    "np.zeros_like(weight) and np.zeros_like(bias) are arrays of integers where weight and bias "
    "are. np.zeros(weight.shape) makes floats.",
)
def _(weight, bias, gamma, beta, mean, var, eps):
    new_weight, new_bias = fold(weight, bias, gamma, beta, mean, var, eps)
    return new_weight.astype(weight.dtype), new_bias.astype(bias.dtype)


@EXERCISE.misconception(
    "γ is lost in the bias", "γ multiplies all of x̂, so (bias − mean)/√(σ² + ε) too."
)
def _(weight, bias, gamma, beta, mean, var, eps):
    new_weight, _ = fold(weight, bias, gamma, beta, mean, var, eps)
    return new_weight, (bias - mean) / np.sqrt(var + eps) + beta


@EXERCISE.misconception(
    "γ is lost in the weights", "γ multiplies all of x̂: the weights' factor is γ/√(σ² + ε)."
)
def _(weight, bias, gamma, beta, mean, var, eps):
    _, new_bias = fold(weight, bias, gamma, beta, mean, var, eps)
    return weight / np.sqrt(var + eps)[:, None, None, None], new_bias


@EXERCISE.misconception(
    "the bias is multiplied by γ, but not divided", "All of w·x + b − mean is divided by √(σ² + ε)."
)
def _(weight, bias, gamma, beta, mean, var, eps):
    new_weight, _ = fold(weight, bias, gamma, beta, mean, var, eps)
    return new_weight, (bias - mean) * gamma + beta
