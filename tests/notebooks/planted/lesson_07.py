"""Errors planted in what the checks of lesson 07 claim to test."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.notebooks.planting import Planted


def scaled(factor: float) -> Any:
    """Make a function's result too large."""
    return lambda real: lambda *arguments, **options: factor * real(*arguments, **options)


def without_shift(_: Any) -> Any:
    def softmax(z: Any) -> Any:
        with np.errstate(all="ignore"):
            e = np.exp(z)
            return e / e.sum(axis=1, keepdims=True)

    return softmax


def bias_averaged(real: Any) -> Any:
    def dense_backward(g: Any, x: Any, weight: Any) -> Any:
        grad_x, grad_weight, _ = real(g, x, weight)
        return grad_x, grad_weight, g.mean(axis=0)

    return dense_backward


def old_gradients_weigh_less(real: Any) -> Any:
    return lambda w, v, g, lr, momentum: real(w, v, g, lr, momentum**2)


def moves_along_the_gradient(real: Any) -> Any:
    return lambda w, v, g, lr, momentum: (w - lr * g, real(w, v, g, lr, momentum)[1])


def without_correction(_: Any) -> Any:
    def adam_step(w: Any, m: Any, s: Any, g: Any, t: int, lr: float = 0.1) -> Any:
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        return w - lr * m / (np.sqrt(s) + 1e-8), m, s

    return adam_step


def summed_over_the_batch(real: Any) -> Any:
    def forward_and_backward(network: Any, x: Any, y: Any) -> Any:
        loss, gradients = real(network, x, y)
        return loss, [len(x) * gradient for gradient in gradients]

    return forward_and_backward


def plain_standard_errors(_: Any) -> Any:
    def interval(right: int, n: int) -> Any:
        share = right / n
        reach = 1.96 * np.sqrt(share * (1 - share) / n)
        return share - reach, share + reach

    return interval


PLANTED = [
    Planted("7.1", "relu", lambda _: np.abs),
    Planted("7.2", "relu_backward", lambda _: lambda g, y: g * (y >= 0)),
    Planted("7.3", "dense", lambda real: lambda x, weight, bias: real(x, weight, 0 * bias)),
    Planted("7.4", "dense_backward", bias_averaged),
    Planted("7.5", "softmax", lambda _: lambda z: np.exp(z - z.max(axis=1, keepdims=True))),
    Planted("7.6", "softmax", without_shift),
    Planted("7.7", "cross_entropy", scaled(6)),
    Planted("7.8", "cross_entropy_backward", scaled(6)),
    Planted("7.9", "momentum_step", old_gradients_weigh_less),
    Planted("7.10", "momentum_step", moves_along_the_gradient),
    Planted("7.11", "adam_step", without_correction),
    Planted("7.12", "forward_and_backward", summed_over_the_batch),
    Planted("7.13", "interval", plain_standard_errors),
]
