"""An error for each check of lesson 09."""

from typing import Any

import numpy as np

from tests.notebooks.planting import Planted


class Biased:
    """A generator whose normal numbers are half a standard deviation too large."""

    def __init__(self, rng: Any) -> None:
        self.rng = rng

    def __getattr__(self, name: str) -> Any:
        return getattr(self.rng, name)

    def normal(self, loc: Any = 0.0, scale: Any = 1.0, size: Any = None) -> Any:
        return self.rng.normal(loc + 0.5 * np.asarray(scale), scale, size)


def biased(real: Any) -> Any:
    return lambda seed: Biased(real(seed))


def half_weight_gradient(real: Any) -> Any:
    def wrong(*arguments: Any, **options: Any) -> Any:
        grad_x, grad_weight, grad_bias = real(*arguments, **options)
        return grad_x, grad_weight / 2, grad_bias

    return wrong


def repeated_border(real: Any) -> Any:
    def wrong(x: Any, w: Any, b: Any, padding: int) -> Any:
        return real(np.pad(x, ((0, 0), (padding,) * 2, (padding,) * 2), mode="edge"), w, b)

    return wrong


def stride_forgotten(real: Any) -> Any:
    def wrong(*arguments: Any, stride: int = 1, **options: Any) -> Any:
        grad_x, *others = real(*arguments, stride=stride, **options)
        return stride * grad_x, *others

    return wrong


def constants(real: Any) -> Any:
    def wrong(g: Any, x: Any, gamma: Any, eps: float) -> Any:
        _, grad_gamma, grad_beta = real(g, x, gamma, eps)
        std = np.sqrt(x.var(axis=(0, 2, 3)) + eps)
        return g * (gamma / std)[:, None, None], grad_gamma, grad_beta

    return wrong


PLANTED = [
    # weights whose mean is not zero
    Planted("9.1", "numpy.random.default_rng", biased),
    # both halves are kept
    Planted("9.2", "course_utils.ops.relu", lambda real: np.abs),
    # the negative half is only made smaller
    Planted("9.3", "course_utils.ops.relu", lambda real: lambda x: np.where(x > 0, x, x / 2)),
    # without the 2
    Planted("9.4", "he_std", lambda real: lambda shape: real(shape) / np.sqrt(2)),
    # beyond the border the picture goes on
    Planted("9.5", "course_utils.ops.conv2d", repeated_border),
    # weights and gradients whose mean is not zero
    Planted("9.6", "numpy.random.default_rng", biased),
    # an input is counted in too many windows
    Planted("9.7", "course_utils.ops.conv2d_backward", stride_forgotten),
    # another rule
    Planted(
        "9.8",
        "course_utils.nn.init.xavier_normal",
        lambda real: lambda shape, rng, dtype: rng.normal(0, np.sqrt(2 / shape[1]), size=shape),
    ),
    # weights and gradients whose mean is not zero
    Planted("9.9", "numpy.random.default_rng", biased),
    # both halves are kept
    Planted("9.10", "course_utils.ops.relu", lambda real: np.abs),
    # half of a weight's gradient is lost
    Planted("9.11", "course_utils.ops.linear_backward", half_weight_gradient),
    # half of a weight's gradient is lost
    Planted("9.12", "course_utils.ops.conv2d_backward", half_weight_gradient),
    # another function of the same shape
    Planted("9.13", "sigmoid", lambda real: lambda y: (1 + np.tanh(y)) / 2),
    # nothing is cut off
    Planted("9.14", "course_utils.ops.relu", lambda real: lambda x: x),
    # divided by too much
    Planted("9.15", "normalise", lambda real: lambda x, g, b, eps: real(x, g, b, eps + 0.5)),
    # the shift is lost
    Planted("9.16", "normalise", lambda real: lambda x, g, b, eps: real(x, g, 0 * b, eps)),
    # the mean is not subtracted
    Planted(
        "9.17",
        "normalise",
        lambda real: (
            lambda x, g, b, eps: real(x, g, b, eps) + x.mean(axis=(0, 2, 3), keepdims=True)
        ),
    ),
    # the mean of the channel is not subtracted
    Planted("9.18", "hat", lambda real: lambda x: x / np.sqrt(x.var() + 1e-5)),
    # the way through the mean is left out
    Planted(
        "9.19",
        "on_a_graph",
        lambda real: lambda g, x, gamma, eps: real(g, x, gamma, eps) + gamma * g.mean() / x.std(),
    ),
    # both halves are kept
    Planted("9.20", "course_utils.ops.relu", lambda real: np.abs),
    # mean and variance are taken for constants
    Planted("9.21", "normalise_backward", constants),
    # the share of the new value taken for that of the old one
    Planted("9.22", "update_running", lambda real: lambda r, v, x, m: real(r, v, x, 1 - m)),
    # the weights do not decay
    Planted("9.23", "adamw_steps", lambda real: lambda w, gs, rate, kappa: real(w, gs, rate, 0.0)),
    # one group always
    Planted("9.24", "group_norm", lambda real: lambda x, groups, *rest: real(x, 1, *rest)),
]
