"""Shortcuts of residual networks where the shape changes: option A pads, option B projects."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.nn.models.residual_blocks import convolution
from course_utils.nn.module import Module
from course_utils.nn.normalization import BatchNorm2d
from course_utils.nn.parameter import Array
from course_utils.nn.sequential import Sequential


class PadShortcut(Module):
    """
    Shortcut A: every second pixel, and zeros for the channels that are new. Nothing to learn.

    Parameters
    ----------
    in_channels, out_channels : int
        Half of the new channels go before the old ones, half behind.
    stride : int
        Every stride-th row and column is kept.

    Examples
    --------
    >>> PadShortcut(1, 3, 2)(np.arange(1.0, 5.0).reshape(1, 1, 2, 2)).ravel()
    array([0., 1., 0.])
    """

    def __init__(self, in_channels: int, out_channels: int, stride: int) -> None:
        super().__init__()
        self.in_channels, self.out_channels, self.stride = in_channels, out_channels, stride
        self.before = (out_channels - in_channels) // 2

    def forward(self, x: Array) -> Array:
        """The old channels, thinned out, between channels of zeros."""
        B, C, _, _ = x.shape
        thinned = x[:, :, :: self.stride, :: self.stride]
        self._keep(x.shape)
        y = np.zeros((B, self.out_channels, *thinned.shape[2:]), x.dtype)
        y[:, self.before : self.before + C] = thinned
        return y

    def backward(self, grad_output: Array) -> Array:
        """The gradient back to the pixels that were kept."""
        shape = self._kept()
        grad = np.zeros(shape, grad_output.dtype)
        C = shape[1]
        grad[:, :, :: self.stride, :: self.stride] = grad_output[:, self.before : self.before + C]
        return grad

    def extra_repr(self) -> str:
        """Channels and stride."""
        return f"{self.in_channels}, {self.out_channels}, stride={self.stride}"


def projection(
    in_channels: int,
    out_channels: int,
    stride: int,
    rng: np.random.Generator | None,
    dtype: npt.DTypeLike,
) -> Sequential:
    """Shortcut B: a 1 × 1 convolution and a normalisation."""
    return Sequential(
        convolution(in_channels, out_channels, 1, stride, rng, dtype),
        BatchNorm2d(out_channels, dtype=dtype),
    )
