"""Exercise 9.3, mistakes in what multiplies and divides: γ, its gradient and that of β, and s."""

import numpy as np

from .normalise_backward import EXERCISE, means_of, normalise_backward, s_and_x_hat


@EXERCISE.misconception("γ is left out of ∂L/∂x", "y = γ x̂ + β: the gradient of x̂ is γ g.")
def _(g, x, gamma, eps):
    return normalise_backward(g, x, np.ones_like(gamma), eps)


@EXERCISE.misconception(
    "not divided by √(σ² + ε)", "x̂ = (x − μ)/s, so the whole bracket is divided by s."
)
def _(g, x, gamma, eps):
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x * s_and_x_hat(x, eps)[0], grad_gamma, grad_beta


@EXERCISE.misconception(
    "the gradient of γ with x instead of x̂", "γ multiplies x̂: its gradient is Σ g x̂."
)
def _(g, x, gamma, eps):
    grad_x, _, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x, (g * x).sum(axis=(0, 2, 3)), grad_beta


@EXERCISE.misconception(
    "means instead of sums for γ and β",
    "γ and β occur once for every number of the channel, and the contributions add. Any 1/B is "
    "already in g.",
)
def _(g, x, gamma, eps):
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    n = g.size / g.shape[1]
    return grad_x, grad_gamma / n, grad_beta / n


@EXERCISE.misconception(
    "the gradients of γ and β exchanged",
    "The order is that of the arguments: x, γ, β. γ's is Σ g x̂, β's is Σ g.",
)
def _(g, x, gamma, eps):
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x, grad_beta, grad_gamma


@EXERCISE.misconception(
    "ε is left out", "The forward pass divided by s = √(σ² + ε), so the way back does too."
)
def _(g, x, gamma, eps):
    return normalise_backward(g, x, gamma, 0.0)


def _dividing_by(g, x, gamma, s):
    axes = (0, 2, 3)
    hat = (x - x.mean(axis=axes, keepdims=True)) / s
    mean_g, mean_gx = (v.mean(axis=axes, keepdims=True) for v in (g, g * hat))
    grad_x = gamma[:, None, None] / s * (g - mean_g - hat * mean_gx)
    return grad_x, (g * hat).sum(axis=axes), g.sum(axis=axes)


@EXERCISE.misconception("ε outside the root", "s = √(σ² + ε), not √σ² + ε, as in the forward pass.")
def _(g, x, gamma, eps):
    return _dividing_by(g, x, gamma, x.std(axis=(0, 2, 3), keepdims=True) + eps)


@EXERCISE.misconception(
    "divided by n − 1",
    "The forward pass normalised with the variance divided by n, and its x̂ is needed here.",
)
def _(g, x, gamma, eps):
    var = x.var(axis=(0, 2, 3), keepdims=True, ddof=1)
    return _dividing_by(g, x, gamma, np.sqrt(var + eps))


@EXERCISE.misconception(
    "divided by the variance", "x̂ = (x − μ)/s: the bracket is divided by s once, not by s²."
)
def _(g, x, gamma, eps):
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x / s_and_x_hat(x, eps)[0], grad_gamma, grad_beta


@EXERCISE.misconception(
    "the gradient of γ with x − μ instead of x̂",
    "γ multiplies x̂ = (x − μ)/s: its gradient is Σ g x̂.",
)
def _(g, x, gamma, eps):
    grad_x, _, grad_beta = normalise_backward(g, x, gamma, eps)
    centred = x - x.mean(axis=(0, 2, 3), keepdims=True)
    return grad_x, (g * centred).sum(axis=(0, 2, 3)), grad_beta


@EXERCISE.misconception(
    "x − μ instead of x̂ everywhere",
    "x̂ is x − μ *divided by* s, in the bracket and in the gradient of γ.",
)
def _(g, x, gamma, eps):
    axes = (0, 2, 3)
    s, hat = s_and_x_hat(x, eps)
    centred = hat * s
    mean_g, mean_gc = (v.mean(axis=axes, keepdims=True) for v in (g, g * centred))
    grad_x = gamma[:, None, None] / s * (g - mean_g - centred * mean_gc)
    return grad_x, (g * centred).sum(axis=axes), g.sum(axis=axes)


@EXERCISE.misconception(
    "γ in the gradients of γ and β",
    "γ g is the gradient of x̂. Those of γ and β are made of g itself: Σ g x̂ and Σ g.",
)
def _(g, x, gamma, eps):
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x, gamma * grad_gamma, gamma * grad_beta


@EXERCISE.misconception(
    "γ along the last axis",
    "gamma * … lines γ up with W, the last axis. gamma[:, None, None] lines up with the channels.",
)
def _(g, x, gamma, eps):
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, np.ones_like(gamma), eps)
    return gamma * grad_x, grad_gamma, grad_beta


@EXERCISE.misconception(
    "the gradients of γ and β keep four axes",
    "A gradient has the shape of what it belongs to: (C,) for γ and β. Sum without keepdims.",
)
def _(g, x, gamma, eps):
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x, grad_gamma[None, :, None, None], grad_beta[None, :, None, None]


@EXERCISE.misconception(
    "the fractions of ∂L/∂x are cut off",
    "np.zeros_like(x) is an array of integers where x is one, and cuts off what is written into "
    "it. np.zeros(x.shape) makes floats.",
)
def _(g, x, gamma, eps):
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x.astype(x.dtype), grad_gamma, grad_beta


@EXERCISE.misconception(
    "the fractions of all gradients are cut off",
    "np.zeros_like(x) and np.zeros_like(gamma) are arrays of integers where x and gamma are. "
    "np.zeros(x.shape) makes floats.",
)
def _(g, x, gamma, eps):
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    kind = gamma.dtype
    return grad_x.astype(x.dtype), grad_gamma.astype(kind), grad_beta.astype(kind)


@EXERCISE.misconception(
    "γ twice in ∂L/∂x", "γ g is the gradient of x̂. From there on nothing more is multiplied by γ."
)
def _(g, x, gamma, eps):
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return gamma[:, None, None] * grad_x, grad_gamma, grad_beta


@EXERCISE.misconception(
    "γ/s before the first term only",
    "γ/s multiplies all three terms: brackets around g − mean(g) − x̂ · mean(g x̂).",
)
def _(g, x, gamma, eps):
    s, hat = s_and_x_hat(x, eps)
    mean_g, mean_gx = means_of(g, hat)
    _, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    grad_x = gamma[:, None, None] / s * g - mean_g - hat * mean_gx
    return grad_x, grad_gamma, grad_beta


@EXERCISE.misconception(
    "multiplied by s instead of divided",
    "A channel with a large s is scaled *down*, and its gradient with it: γ / s.",
)
def _(g, x, gamma, eps):
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x * s_and_x_hat(x, eps)[0] ** 2, grad_gamma, grad_beta


@EXERCISE.misconception(
    "γ in its own gradient",
    "γ multiplies x̂, and the derivative of γ x̂ with respect to γ is x̂: Σ g x̂, with g itself "
    "and not γ g.",
)
def _(g, x, gamma, eps):
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x, gamma * grad_gamma, grad_beta
