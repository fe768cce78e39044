r"""Initial weights: variances that keep signals and gradients from fading, and from exploding.

A weight of shape (K, C, kH, kW) has fan in C kH kW (terms in each output) and fan out K kH kW
(outputs that each input goes into); for a weight (K, C) both kernels count as 1. With n the fan
chosen, the standard deviations are

.. math::
    \text{Kaiming: } \sigma = \frac{g}{\sqrt{n}}, \qquad
    \text{Xavier: } \sigma = g \sqrt{\frac{2}{n_\text{in} + n_\text{out}}},

and the uniform forms draw from :math:`[-\sqrt{3}\,\sigma, \sqrt{3}\,\sigma]`. The gain g makes up
for what the nonlinearity takes away: for ReLU, which sets half of the variance to zero, √2.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from course_utils.nn.module import Array, Module, Parameter

Fan = Literal["fan_in", "fan_out"]


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """Fan in and fan out of a weight."""
    if len(shape) < 2:
        raise ValueError(f"fans: shape is {shape}, expected a weight of at least two axes")
    K, C, *kernel = shape
    return C * math.prod(kernel), K * math.prod(kernel)


def gain(nonlinearity: str, slope: float = 0.01) -> float:
    """Factor g that makes up for a nonlinearity: PyTorch's ``calculate_gain``."""
    known = {
        "linear": 1.0,
        "conv2d": 1.0,
        "sigmoid": 1.0,
        "tanh": 5 / 3,
        "relu": math.sqrt(2),
        "leaky_relu": math.sqrt(2 / (1 + slope**2)),
    }
    if nonlinearity not in known:
        raise ValueError(f"gain: nonlinearity is {nonlinearity!r}, expected {', '.join(known)}")
    return known[nonlinearity]


def kaiming_normal(
    shape: tuple[int, ...],
    rng: np.random.Generator,
    fan: Fan = "fan_in",
    nonlinearity: str = "relu",
    slope: float = 0.0,
    dtype: npt.DTypeLike = np.float32,
) -> Array:
    """Normal weights with σ = g/√fan."""
    sigma = gain(nonlinearity, slope) / math.sqrt(_choose(fan, shape))
    return _normal(shape, rng, sigma, dtype)


def kaiming_uniform(
    shape: tuple[int, ...],
    rng: np.random.Generator,
    fan: Fan = "fan_in",
    nonlinearity: str = "leaky_relu",
    slope: float = math.sqrt(5),
    dtype: npt.DTypeLike = np.float32,
) -> Array:
    """Uniform weights with σ = g/√fan; the defaults are those of PyTorch's layers.

    With the slope √5 the bound is √3 · √(2/6) / √fan = 1/√fan.
    """
    sigma = gain(nonlinearity, slope) / math.sqrt(_choose(fan, shape))
    return uniform(shape, rng, math.sqrt(3) * sigma, dtype)


def xavier_normal(
    shape: tuple[int, ...],
    rng: np.random.Generator,
    gain: float = 1.0,
    dtype: npt.DTypeLike = np.float32,
) -> Array:
    """Normal weights with σ = g √(2/(fan in + fan out))."""
    return _normal(shape, rng, gain * math.sqrt(2 / sum(fans(shape))), dtype)


def xavier_uniform(
    shape: tuple[int, ...],
    rng: np.random.Generator,
    gain: float = 1.0,
    dtype: npt.DTypeLike = np.float32,
) -> Array:
    """Uniform weights with σ = g √(2/(fan in + fan out))."""
    return uniform(shape, rng, gain * math.sqrt(6 / sum(fans(shape))), dtype)


def uniform(
    shape: tuple[int, ...],
    rng: np.random.Generator,
    bound: float,
    dtype: npt.DTypeLike = np.float32,
) -> Array:
    """Numbers drawn evenly from [−bound, bound]."""
    # Drawn in float64 and rounded, so that float32 and float64 start from the same numbers.
    values: Array = rng.uniform(-bound, bound, size=shape).astype(dtype)
    return values


def reset(
    model: Module,
    rng: np.random.Generator,
    draw: Callable[..., Array] = kaiming_normal,
    **options: Any,
) -> None:
    """Draw all weights of a model anew, and set the biases beside them to zero."""
    for module in model.modules():
        own = vars(module)
        weight, bias = own.get("weight"), own.get("bias")
        if isinstance(weight, Parameter) and weight.data.ndim >= 2:
            weight.data[...] = draw(weight.shape, rng, dtype=weight.data.dtype, **options)
            if isinstance(bias, Parameter):
                bias.data[...] = 0


def _normal(
    shape: tuple[int, ...], rng: np.random.Generator, sigma: float, dtype: npt.DTypeLike
) -> Array:
    values: Array = rng.normal(0.0, sigma, size=shape).astype(dtype)
    return values


def _choose(fan: Fan, shape: tuple[int, ...]) -> int:
    if fan not in ("fan_in", "fan_out"):
        raise ValueError(f"init: fan is {fan!r}, expected 'fan_in' or 'fan_out'")
    return fans(shape)[0 if fan == "fan_in" else 1]
