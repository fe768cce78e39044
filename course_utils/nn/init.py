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

from course_utils.nn.module import Module
from course_utils.nn.options import float_dtype, generator
from course_utils.nn.parameter import Array, Parameter

Mode = Literal["fan_in", "fan_out"]


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """
    Fan in and fan out of a weight.

    Examples
    --------
    >>> fans((64, 3, 7, 7)) == (3 * 49, 64 * 49)
    True
    """
    if len(shape) < 2:
        raise ValueError(f"fans: shape is {shape}, expected a weight of at least two axes")
    K, C, *kernel = shape
    return C * math.prod(kernel), K * math.prod(kernel)


def calculate_gain(nonlinearity: str, param: float = 0.01) -> float:
    """
    Factor g that makes up for a nonlinearity.

    Parameters
    ----------
    nonlinearity : {"linear", "conv2d", "sigmoid", "tanh", "relu", "leaky_relu"}
        What follows the layer.
    param : float, default 0.01
        Slope of the leaky ReLU on the negative side.

    Examples
    --------
    >>> calculate_gain("relu") ** 2
    2.0000000000000004
    """
    known = {
        "linear": 1.0,
        "conv2d": 1.0,
        "sigmoid": 1.0,
        "tanh": 5 / 3,
        "relu": math.sqrt(2),
        "leaky_relu": math.sqrt(2 / (1 + param**2)),
    }
    if nonlinearity not in known:
        raise ValueError(
            f"calculate_gain: nonlinearity is {nonlinearity!r}, expected {', '.join(known)}"
        )
    return known[nonlinearity]


def kaiming_normal(
    shape: tuple[int, ...],
    rng: np.random.Generator,
    a: float = 0.0,
    mode: Mode = "fan_in",
    nonlinearity: str = "relu",
    dtype: npt.DTypeLike = np.float32,
) -> Array:
    """
    Normal weights with σ = g/√fan.

    Parameters
    ----------
    shape : tuple of int
        Shape of the weight, outputs first.
    rng : numpy.random.Generator
        Where the numbers come from.
    a : float, default 0.0
        Slope of a leaky ReLU on the negative side.
    mode : {"fan_in", "fan_out"}, default "fan_in"
        Whether the variance of the signal is kept forward, or that of the gradient backward.
    nonlinearity : str, default "relu"
        What follows, as `calculate_gain` takes it.
    dtype : dtype, default float32
        float32 or float64.

    Notes
    -----
    K. He, X. Zhang, S. Ren and J. Sun, Delving Deep into Rectifiers, ICCV 2015.

    Examples
    --------
    >>> w = kaiming_normal((64, 32, 3, 3), np.random.default_rng(0))
    >>> round(float(w.std() * np.sqrt(32 * 9 / 2)), 2)
    1.0
    """
    return _normal(
        shape, rng, calculate_gain(nonlinearity, a) / math.sqrt(_fan(mode, shape)), dtype
    )


def kaiming_uniform(
    shape: tuple[int, ...],
    rng: np.random.Generator,
    a: float = math.sqrt(5),
    mode: Mode = "fan_in",
    nonlinearity: str = "leaky_relu",
    dtype: npt.DTypeLike = np.float32,
) -> Array:
    """
    Uniform weights with σ = g/√fan, with the arguments of `kaiming_normal`.

    The defaults are those of PyTorch's layers: with the slope √5 the bound is
    √3 · √(2/6) / √fan = 1/√fan.
    """
    sigma = calculate_gain(nonlinearity, a) / math.sqrt(_fan(mode, shape))
    return uniform(shape, rng, math.sqrt(3) * sigma, dtype)


def xavier_normal(
    shape: tuple[int, ...],
    rng: np.random.Generator,
    gain: float = 1.0,
    dtype: npt.DTypeLike = np.float32,
) -> Array:
    """
    Normal weights with σ = g √(2/(fan in + fan out)).

    Parameters
    ----------
    shape : tuple of int
        Shape of the weight, outputs first.
    rng : numpy.random.Generator
        Where the numbers come from.
    gain : float, default 1.0
        The factor g.
    dtype : dtype, default float32
        float32 or float64.

    Notes
    -----
    X. Glorot and Y. Bengio, Understanding the Difficulty of Training Deep Feedforward Neural
    Networks, AISTATS 2010.
    """
    return _normal(shape, rng, gain * math.sqrt(2 / sum(fans(shape))), dtype)


def xavier_uniform(
    shape: tuple[int, ...],
    rng: np.random.Generator,
    gain: float = 1.0,
    dtype: npt.DTypeLike = np.float32,
) -> Array:
    """Uniform weights with σ = g √(2/(fan in + fan out)); see `xavier_normal`."""
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
    """
    Draw all weights of a model anew, and set the biases beside them to zero.

    Parameters
    ----------
    model : Module
        Its convolutions and linear layers are changed; normalisations are left alone.
    rng : numpy.random.Generator
        Where the numbers come from.
    draw : callable, default kaiming_normal
        One of the rules of this module.
    **options
        Passed on to it, such as ``mode="fan_out"``.

    Examples
    --------
    >>> from course_utils import nn
    >>> net = nn.Sequential(nn.Linear(400, 300, rng=None), nn.ReLU())
    >>> reset(net, np.random.default_rng(0))
    >>> round(float(net[0].weight.data.std() / np.sqrt(2 / 400)), 2)
    1.0
    """
    for module in model.modules():
        own = vars(module)
        weight, bias = own.get("weight"), own.get("bias")
        if isinstance(weight, Parameter) and weight.data.ndim >= 2:
            weight.data[...] = draw(weight.shape, rng, dtype=weight.data.dtype, **options)
            if isinstance(bias, Parameter):
                bias.data[...] = 0


def layer_weight(
    layer: str, shape: tuple[int, ...], rng: np.random.Generator | None, dtype: npt.DTypeLike
) -> Parameter:
    """A weight as PyTorch's layers start with it, uniform in ±1/√(fan in), or zeros."""
    dtype, rng = float_dtype(layer, dtype), generator(layer, rng)
    if rng is None:
        return Parameter(np.zeros(shape, dtype))
    return Parameter(kaiming_uniform(shape, rng, dtype=dtype))


def layer_bias(
    weight_shape: tuple[int, ...], rng: np.random.Generator | None, dtype: npt.DTypeLike
) -> Parameter:
    """The bias beside a weight, as PyTorch's layers start with it, or zeros."""
    K = weight_shape[0]
    if rng is None:
        return Parameter(np.zeros(K, dtype))
    return Parameter(uniform((K,), rng, 1 / math.sqrt(fans(weight_shape)[0]), dtype))


def _normal(
    shape: tuple[int, ...], rng: np.random.Generator, sigma: float, dtype: npt.DTypeLike
) -> Array:
    values: Array = rng.normal(0.0, sigma, size=shape).astype(dtype)
    return values


def _fan(mode: Mode, shape: tuple[int, ...]) -> int:
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f"init: mode is {mode!r}, expected 'fan_in' or 'fan_out'")
    return fans(shape)[0 if mode == "fan_in" else 1]
