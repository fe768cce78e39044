"""Exercise 9.3: backward through batch normalisation."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .rounded_positives import rounded_positives


def normalise_backward(g, x, gamma, eps):
    """Gradients of x, gamma and beta for upstream gradient g, all with x (B, C, H, W)."""
    axes = (0, 2, 3)
    s = np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    x_hat = (x - x.mean(axis=axes, keepdims=True)) / s
    mean_g = g.mean(axis=axes, keepdims=True)
    mean_gx = (g * x_hat).mean(axis=axes, keepdims=True)
    grad_x = gamma[:, None, None] / s * (g - mean_g - x_hat * mean_gx)
    return grad_x, (g * x_hat).sum(axis=axes), g.sum(axis=axes)


EXERCISE = Exercise(
    id="09.normalise_backward",
    title="Backward through mean and variance",
    minutes=12,
    difficulty=3,
    reference=normalise_backward,
    cases=[
        Case(
            np.array([[[[4.0]]], [[[0.0]]], [[[0.0]]], [[[0.0]]]]),
            np.array([[[[1.0]]], [[[1.0]]], [[[3.0]]], [[[3.0]]]]),
            np.array([1.0]),
            0.0,
            note=(
                "mean 2, σ 1, x̂ = −1, −1, 1, 1; mean of g is 1, of g x̂ −1: "
                "g − 1 + x̂ = 2, −2, 0, 0; Σ g x̂ = −4; Σ g = 4"
            ),
        ),
        Case(
            np.array([[[[5.0, 7.0]]]]),
            np.array([[[[1.0, 5.0]]]]),
            np.array([3.0]),
            0.0,
            note=(
                "two numbers always become −1 and 1, so moving them changes nothing: 0, 0; "
                "−5 + 7 = 2; 5 + 7 = 12"
            ),
        ),
        Case(
            np.array([[[[5.0, 7.0, 0.0]]]]),
            np.array([[[[2.0**36 - 1, 2.0**36 + 1, 2.0**36]]]]),
            np.array([1.0]),
            0.0,
            note=(
                "mean 2³⁶, deviations −1, 1 and 0, variance 2/3: however large the mean is, the "
                "answer is that for −1, 1 and 0"
            ),
        ),
        Case(
            np.arange(16).reshape(2, 2, 2, 2) % 5,
            np.arange(16).reshape(2, 2, 2, 2) % 7,
            np.array([1, 2]),
            0.25,
        ),
        Case(
            *rounded_normals(21, (3, 2, 2, 4), (3, 2, 2, 4), scale=2.0),
            rounded_positives(22, 2),
            0.5,
        ),
        Case(
            *rounded_normals(23, (4, 3, 3, 2), (4, 3, 3, 2), scale=2.0),
            rounded_positives(24, 3),
            1e-5,
        ),
    ],
    hints=[
        "Compute s = √(σ² + ε) and x̂ as in the forward pass.",
        "The two means, of g and of g·x̂, over axis=(0, 2, 3) with keepdims=True.",
        "grad_x is γ/s times (g − mean of g − x̂ · mean of g x̂).",
        "γ occurs in every number of its channel with the factor x̂, and β with the factor 1.",
    ],
)


def s_and_x_hat(x, eps):
    """Compute s = √(σ² + ε) and x̂."""
    s = np.sqrt(x.var(axis=(0, 2, 3), keepdims=True) + eps)
    return s, (x - x.mean(axis=(0, 2, 3), keepdims=True)) / s


def _with_terms(g, x, gamma, eps, first, second):
    axes = (0, 2, 3)
    s, hat = s_and_x_hat(x, eps)
    mean_g, mean_gx = (v.mean(axis=axes, keepdims=True) for v in (g, g * hat))
    grad_x = gamma[:, None, None] / s * (g - first * mean_g - second * hat * mean_gx)
    return grad_x, (g * hat).sum(axis=axes), g.sum(axis=axes)


@EXERCISE.misconception(
    "mean and variance taken for constants",
    "That is the gradient in *use*, with running statistics. In training, mean and variance move "
    "with x, and two terms are subtracted.",
)
def _(g, x, gamma, eps):
    return _with_terms(g, x, gamma, eps, 0, 0)


@EXERCISE.misconception(
    "the variance taken for a constant",
    "Each x also moves the variance: subtract x̂ · mean(g x̂) as well.",
)
def _(g, x, gamma, eps):
    return _with_terms(g, x, gamma, eps, 1, 0)


@EXERCISE.misconception(
    "the mean taken for a constant", "Each x also moves the mean: subtract mean(g) as well."
)
def _(g, x, gamma, eps):
    return _with_terms(g, x, gamma, eps, 0, 1)


@EXERCISE.misconception(
    "the variance's term with the wrong sign",
    "Both terms are subtracted: a larger x raises the standard deviation, and x̂ is divided by it.",
)
def _(g, x, gamma, eps):
    return _with_terms(g, x, gamma, eps, 1, -1)


@EXERCISE.misconception(
    "the variance's term twice",
    "∂σ²/∂x has a 2, but the derivative of the root brings a ½: they cancel.",
)
def _(g, x, gamma, eps):
    return _with_terms(g, x, gamma, eps, 1, 2)


@EXERCISE.misconception(
    "sums instead of means in the bracket",
    "∂μ/∂x is 1/n: inside the bracket stand the *means* of g and g x̂.",
)
def _(g, x, gamma, eps):
    n = g.size / g.shape[1]
    return _with_terms(g, x, gamma, eps, n, n)


@EXERCISE.misconception(
    "each picture by itself",
    "Mean and variance tie all pictures of the batch together: axis=(0, 2, 3).",
)
def _(g, x, gamma, eps):
    parts = [normalise_backward(g[n : n + 1], x[n : n + 1], gamma, eps) for n in range(len(x))]
    return (
        np.concatenate([part[0] for part in parts]),
        np.sum([part[1] for part in parts], axis=0),
        np.sum([part[2] for part in parts], axis=0),
    )


def _scaled(g, x, gamma, eps, factor):
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return factor * grad_x, grad_gamma, grad_beta


@EXERCISE.misconception(
    "n times too large",
    "With sums in the bracket, n·g − Σg − x̂ Σ g x̂, a 1/n stands before it: γ/(n s).",
)
def _(g, x, gamma, eps):
    return _scaled(g, x, gamma, eps, g.size / g.shape[1])


@EXERCISE.misconception(
    "both terms are added",
    "The gradient *loses* its mean and its part along x̂: both terms are subtracted.",
)
def _(g, x, gamma, eps):
    return _with_terms(g, x, gamma, eps, -1, -1)


@EXERCISE.misconception(
    "half of the variance's term",
    "The square of x − μ brings a 2, which cancels the ½ of the root: the factor of the term is 1.",
)
def _(g, x, gamma, eps):
    return _with_terms(g, x, gamma, eps, 1, 0.5)


@EXERCISE.misconception(
    "n counts pictures only",
    "A channel has n = B·H·W numbers, and the sums in the bracket are divided by that.",
)
def _(g, x, gamma, eps):
    n, m = g.size / g.shape[1], len(g)
    grad_x, grad_gamma, grad_beta = _with_terms(g, x, gamma, eps, n / m, n / m)
    return grad_x, grad_gamma, grad_beta


def _with_bracket(g, x, gamma, eps, subtracted):
    _, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    grad_x = gamma[:, None, None] / s_and_x_hat(x, eps)[0] * (g - subtracted)
    return grad_x, grad_gamma, grad_beta


def means_of(g, factor):
    """Average g, and g times a factor, over each channel."""
    axes = (0, 2, 3)
    return g.mean(axis=axes, keepdims=True), (g * factor).mean(axis=axes, keepdims=True)


@EXERCISE.misconception(
    "x instead of x̂ before the mean of g x̂",
    "The gradient loses its part along x̂: x̂ stands before the mean of g x̂ and in it.",
)
def _(g, x, gamma, eps):
    mean_g, mean_gx = means_of(g, s_and_x_hat(x, eps)[1])
    return _with_bracket(g, x, gamma, eps, mean_g + x * mean_gx)


@EXERCISE.misconception(
    "the mean of g x instead of g x̂",
    "The part along x̂ is measured with x̂ itself: x̂ · mean(g x̂). Adding a constant to x must "
    "not change it.",
)
def _(g, x, gamma, eps):
    mean_g, mean_gx = means_of(g, x)
    return _with_bracket(g, x, gamma, eps, mean_g + s_and_x_hat(x, eps)[1] * mean_gx)


@EXERCISE.misconception(
    "the mean of g x̂ without x̂ before it",
    "mean(g x̂) is one number for the channel. Each x_j gets its own share of it: x̂_j times "
    "that number.",
)
def _(g, x, gamma, eps):
    mean_g, mean_gx = means_of(g, s_and_x_hat(x, eps)[1])
    return _with_bracket(g, x, gamma, eps, mean_g + mean_gx)


@EXERCISE.misconception(
    "the variance's term is s times too large",
    "x̂ occurs twice in x̂ · mean(g x̂), and each time x − μ is divided by s. On the graph: "
    "∂(c/s)/∂s = −c/s², with s².",
)
def _(g, x, gamma, eps):
    s, hat = s_and_x_hat(x, eps)
    mean_g, mean_gx = means_of(g, hat)
    return _with_bracket(g, x, gamma, eps, mean_g + s * hat * mean_gx)


@EXERCISE.misconception(
    "g x̂ is not averaged",
    "Every x̂ of the channel moves with x_j, not x̂_j alone: x̂_j is multiplied by the *mean* of "
    "g x̂ over the channel.",
)
def _(g, x, gamma, eps):
    hat = s_and_x_hat(x, eps)[1]
    return _with_bracket(g, x, gamma, eps, means_of(g, hat)[0] + g * hat**2)


@EXERCISE.misconception(
    "the mean's term with the wrong sign",
    "A larger x raises μ, and μ is taken away from every number: − mean(g).",
)
def _(g, x, gamma, eps):
    return _with_terms(g, x, gamma, eps, -1, 1)


@EXERCISE.misconception(
    "the sum of g instead of its mean",
    "μ is the sum divided by n, so ∂μ/∂x is 1/n, and in the bracket stands the mean of g.",
)
def _(g, x, gamma, eps):
    return _with_terms(g, x, gamma, eps, g.size / g.shape[1], 1)


@EXERCISE.misconception(
    "the sum of g x̂ instead of its mean",
    "σ² is a mean of squares: ∂σ²/∂x is 2 (x − μ)/n, with the n, and in the bracket stands the "
    "mean of g x̂.",
)
def _(g, x, gamma, eps):
    return _with_terms(g, x, gamma, eps, 1, g.size / g.shape[1])


@EXERCISE.misconception(
    "n counts the pixels of one picture", "Mean and variance are over the whole batch: n = B·H·W."
)
def _(g, x, gamma, eps):
    return _with_terms(g, x, gamma, eps, len(g), len(g))


@EXERCISE.misconception(
    "n counts all channels", "x.size counts the numbers of all channels. A channel has n = B·H·W."
)
def _(g, x, gamma, eps):
    C = g.shape[1]
    return _with_terms(g, x, gamma, eps, 1 / C, 1 / C)


@EXERCISE.misconception(
    "the axes are not kept",
    "Without keepdims=True a mean has the shape (C,) and meets the last axis, W. With it the "
    "shape is (1, C, 1, 1).",
)
def _(g, x, gamma, eps):
    axes = (0, 2, 3)
    with np.errstate(all="ignore"):
        s = np.sqrt(x.var(axis=axes) + eps)
        hat = (x - x.mean(axis=axes)) / s
        inside = g - g.mean(axis=axes) - hat * (g * hat).mean(axis=axes)
        grad_x = gamma[:, None, None] / s * inside
    return grad_x, (g * hat).sum(axis=axes), g.sum(axis=axes)


@EXERCISE.misconception(
    "each picture by itself, and the gradients of γ and β too",
    "Mean, variance and sums are over the whole batch: axis=(0, 2, 3) throughout. One γ serves "
    "all pictures, so its gradient has the shape (C,).",
)
def _(g, x, gamma, eps):
    parts = [normalise_backward(g[n : n + 1], x[n : n + 1], gamma, eps) for n in range(len(x))]
    return (
        np.concatenate([part[0] for part in parts]),
        np.stack([part[1] for part in parts]),
        np.stack([part[2] for part in parts]),
    )


@EXERCISE.misconception(
    "the variance is the mean of the squares minus the square of the mean",
    "On paper that is the same. In floats the mean of the squares and the square of the mean agree "
    "in all their digits where the mean is large, and their difference is lost. Subtract the mean "
    "first, then square, as x.var does.",
)
def _(g, x, gamma, eps):
    axes = (0, 2, 3)
    mean = x.mean(axis=axes, keepdims=True)
    var = (x**2).mean(axis=axes, keepdims=True) - mean**2
    with np.errstate(all="ignore"):
        s = np.sqrt(var + eps)
        hat = (x - mean) / s
        inside = g - g.mean(axis=axes, keepdims=True)
        inside = inside - hat * (g * hat).mean(axis=axes, keepdims=True)
        return gamma[:, None, None] / s * inside, (g * hat).sum(axis=axes), g.sum(axis=axes)
