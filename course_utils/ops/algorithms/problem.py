"""The sizes of one convolution, checked and worked out once; every algorithm starts from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from course_utils.ops.options import Pair


@dataclass(frozen=True)
class Problem:
    """A two-dimensional convolution without its numbers.

    One-dimensional convolution is the case H = kH = 1.
    """

    B: int
    """Images in the batch."""
    C: int
    """Channels of the input."""
    H: int
    """Height of the input."""
    W: int
    """Width of the input."""
    K: int
    """Filters, which is channels of the output."""
    kH: int  # noqa: N815
    """Height of a filter."""
    kW: int  # noqa: N815
    """Width of a filter."""
    stride: Pair = (1, 1)
    """Step down and across."""
    padding: tuple[Pair, Pair] = ((0, 0), (0, 0))
    """Zeros (above, below) and (left, right); a negative number takes samples away instead."""
    dilation: Pair = (1, 1)
    """Distance between neighbouring samples of the filter, down and across."""
    groups: int = 1
    """Groups of channels that do not see each other."""

    @property
    def x_shape(self) -> tuple[int, int, int, int]:
        """Shape of the input, (B, C, H, W)."""
        return self.B, self.C, self.H, self.W

    @property
    def weight_shape(self) -> tuple[int, int, int, int]:
        """Shape of the filters, (K, C / groups, kH, kW)."""
        return self.K, self.C // self.groups, self.kH, self.kW

    @cached_property
    def padded(self) -> Pair:
        """Height and width of the input with its padding."""
        return self.H + sum(self.padding[0]), self.W + sum(self.padding[1])

    @cached_property
    def Ho(self) -> int:  # noqa: N802
        """Height of the output."""
        return (self.padded[0] - self.dilation[0] * (self.kH - 1) - 1) // self.stride[0] + 1

    @cached_property
    def Wo(self) -> int:  # noqa: N802
        """Width of the output."""
        return (self.padded[1] - self.dilation[1] * (self.kW - 1) - 1) // self.stride[1] + 1

    @cached_property
    def output_shape(self) -> tuple[int, int, int, int]:
        """Shape of the output, (B, K, Ho, Wo)."""
        return self.B, self.K, self.Ho, self.Wo

    @property
    def macs(self) -> int:
        """Multiplications, each with its addition, in the whole batch."""
        return self.B * self.K * self.Ho * self.Wo * (self.C // self.groups) * self.kH * self.kW
