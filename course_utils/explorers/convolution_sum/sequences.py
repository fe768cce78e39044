"""The signals and kernels that ConvolutionSumExplorer offers by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from course_utils.explorers.shared.arrays import Array


@dataclass(frozen=True)
class Sequence:
    """
    A named sequence: its label, the size it opens with, and how to make it.

    ``smallest`` is the least size at which it still is what its label says.
    """

    label: str
    size: int
    make: Callable[[int], Array]
    smallest: int = 1


def impulse(n: int) -> Array:
    """One, then zeros a third of the way on: δ, delayed."""
    x = np.zeros(n)
    x[n // 3] = 1.0
    return x


def step(n: int) -> Array:
    """Zeros, then ones."""
    return (np.arange(n) >= n // 3).astype(np.float64)


def hills(n: int) -> Array:
    """A peak, a plateau and a dip, in whole numbers."""
    return np.resize(np.array([0, 1, 3, 1, 0, 2, 2, 2, 0, -1, -2, -1], dtype=np.float64), n)


def ramp(n: int) -> Array:
    """1, 2, 3 and so on."""
    return np.arange(1, n + 1, dtype=np.float64)


def wave(n: int) -> Array:
    """A sine of period 8, rounded to two decimals."""
    return np.asarray(np.round(np.sin(2 * np.pi * np.arange(n) / 8), 2) + 0.0, dtype=np.float64)


def noisy_step(n: int) -> Array:
    """A step with noise added, the same at every call."""
    noise = np.random.default_rng(2).normal(scale=0.3, size=n)
    return np.asarray(np.round(2.0 * (np.arange(n) >= n // 2) + noise, 1) + 0.0)


def echo(n: int) -> Array:
    """1, 1/2, 1/4 and so on: a sound that fades; not symmetric, so that its flip shows."""
    return 0.5 ** np.arange(n, dtype=np.float64)


def mean(n: int) -> Array:
    """The moving average: n weights of 1/n."""
    return np.full(n, 1.0 / n)


def binomial(n: int) -> Array:
    """A row of Pascal's triangle over its sum: a bell."""
    w: Array = np.ones(1)
    for _ in range(n - 1):
        w = np.asarray(np.convolve(w, [0.5, 0.5]), dtype=np.float64)
    return w


def _padded(*values: float) -> Callable[[int], Array]:
    def make(n: int) -> Array:
        return np.array([*values, *[0.0] * n][:n], dtype=np.float64)

    return make


def _delay(n: int) -> Array:
    w = np.zeros(n)
    w[-1] = 1.0
    return w


SIGNALS: dict[str, Sequence] = {
    "hills": Sequence("hills", 12, hills),
    "impulse": Sequence("impulse", 12, impulse),
    "step": Sequence("step", 12, step),
    "ramp": Sequence("ramp", 8, ramp),
    "wave": Sequence("wave", 16, wave),
    "noisy_step": Sequence("noisy step", 16, noisy_step),
}

KERNELS: dict[str, Sequence] = {
    "echo": Sequence("fading echo", 3, echo),
    "identity": Sequence("identity δ", 1, _padded(1.0)),
    "delay": Sequence("delay", 3, _delay),
    "mean": Sequence("moving average", 3, mean),
    "binomial": Sequence("bell", 5, binomial),
    "difference": Sequence("difference", 2, _padded(1.0, -1.0), smallest=2),
    "second": Sequence("second difference", 3, _padded(1.0, -2.0, 1.0), smallest=3),
    "ramp": Sequence("1, 2, 3 …", 3, ramp),
}
