"""What a pool accepts, where its windows lie, and the border of −∞ or zeros around its planes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, float_array
from course_utils.ops.fast.workspace import borrow
from course_utils.ops.options import Ints, Pair, flag, integers, is_given
from course_utils.ops.output_sizes import output_size


@dataclass(frozen=True)
class Windows:
    """The windows of a pool over planes (N, H, W), one plane per image and channel."""

    H: int
    """Height of a plane."""
    W: int
    """Width of a plane."""
    kernel: Pair
    """Height and width of a window, in samples."""
    stride: Pair
    """Step down and across."""
    padding: Pair
    """Border above and below, and left and right."""
    dilation: Pair
    """Distance between neighbouring samples of a window."""
    size: Pair
    """Number of windows down and across."""
    result_shape: tuple[int, ...]
    """Shape of the result in the caller's axes."""

    @property
    def extent(self) -> Pair:
        """Height and width from the first window's first sample to the last window's last."""
        return tuple(  # type: ignore[return-value]
            (m - 1) * s + d * (k - 1) + 1
            for m, s, d, k in zip(self.size, self.stride, self.dilation, self.kernel, strict=True)
        )

    def pad(self, planes: Array, value: float) -> Array:
        """Cut or extend planes to the extent of the windows, with a border of one value."""
        (top, left), (high, wide) = self.padding, self.extent
        if (top, left) == (0, 0) and high <= self.H and wide <= self.W:
            return planes[:, :high, :wide]
        padded = np.full((len(planes), high, wide), value, planes.dtype)
        inside = self.inside(padded)
        inside[...] = planes[:, : inside.shape[1], : inside.shape[2]]
        return padded

    def inside(self, padded: Array) -> Array:
        """Give the part of padded planes that holds the planes."""
        top, left = self.padding
        return padded[:, top : top + self.H, left : left + self.W]

    def taps(self, padded: Array) -> Iterator[tuple[Pair, Array]]:
        """Give what all windows see at each sample (u, v) of a window, in row-major order."""
        for u in range(self.kernel[0]):
            rows = self.rows(padded, u)
            for v in range(self.kernel[1]):
                yield (u, v), self.columns(rows, v)

    @property
    def phase_size(self) -> Pair:
        """Height and width of each of the planes that `split` gives."""
        (high, wide), (sH, sW) = self.extent, self.stride
        return -(-high // sH), -(-wide // sW)

    def split(self, planes: Array, value: float) -> Array:
        """
        Sort the samples of padded planes by their place in the stride: (sH, sW, N, qH, qW).

        What one sample of all windows meets then lies side by side in one of these phases.
        """
        padded = self.pad(planes, value)
        if self.stride == (1, 1):
            return np.ascontiguousarray(padded)[None, None]
        sH, sW = self.stride
        phases = borrow("phases", (sH, sW, len(planes), *self.phase_size), planes.dtype)
        for a in range(sH):
            for b in range(sW):
                seen = padded[:, a::sH, b::sW]
                phases[a, b, :, : seen.shape[1], : seen.shape[2]] = seen
        return phases

    def join(self, phases: Array, padded: Array) -> None:
        """Put samples that were sorted by `split` back into their places in padded planes."""
        sH, sW = self.stride
        for a in range(sH):
            for b in range(sW):
                target = padded[:, a::sH, b::sW]
                target[...] = phases[a, b, :, : target.shape[1], : target.shape[2]]

    def phase_taps(self) -> list[tuple[Pair, int]]:
        """Give the phase of each sample of a window, in row-major order, and its start there."""
        found = []
        for u in range(self.kernel[0]):
            q, a = divmod(u * self.dilation[0], self.stride[0])
            for v in range(self.kernel[1]):
                r, b = divmod(v * self.dilation[1], self.stride[1])
                found.append(((a, b), q * self.phase_size[1] + r))
        return found

    def asked(self, grid: Array) -> Array:
        """Give the windows of the pool among those that begin at every sample of a phase."""
        return grid[:, : self.size[0], : self.size[1]]

    def rows(self, padded: Array, u: int) -> Array:
        """Give the rows that the u-th sample of each window meets."""
        start, step = u * self.dilation[0], self.stride[0]
        return padded[:, start : start + (self.size[0] - 1) * step + 1 : step]

    def columns(self, padded: Array, v: int) -> Array:
        """Give the columns that the v-th sample of each window meets."""
        start, step = v * self.dilation[1], self.stride[1]
        return padded[:, :, start : start + (self.size[1] - 1) * step + 1 : step]


def read_pool(
    operation: str,
    axes: int,
    x: npt.ArrayLike,
    kernel_size: Ints,
    stride: Ints | None,
    padding: Ints,
    dilation: Ints,
    ceil_mode: bool,
) -> tuple[Array, Windows]:
    """Check the arguments of a pool; give its planes (N, H, W), H = 1 for signals, and windows."""
    x = float_array(operation, "x", x)
    kernel = integers(operation, "kernel_size", kernel_size, axes, 1)
    strides = integers(operation, "stride", stride, axes, 1) if is_given(stride) else kernel
    paddings = integers(operation, "padding", padding, axes, 0)
    dilations = integers(operation, "dilation", dilation, axes, 1)
    check_channels_and_space(operation, x, axes)
    if any(2 * p > k for p, k in zip(paddings, kernel, strict=True)):
        raise ValueError(
            f"{operation}: padding is {padding!r}, "
            f"expected at most half of kernel_size {kernel_size!r}"
        )
    flag(operation, "ceil_mode", ceil_mode)
    try:
        sizes = tuple(
            output_size(n, k, s, p, d, ceil_mode)
            for n, k, s, p, d in zip(
                x.shape[-axes:], kernel, strides, paddings, dilations, strict=True
            )
        )
    except ValueError:
        raise ValueError(
            f"{operation}: kernel_size {kernel_size!r} with dilation {dilation!r} and padding "
            f"{padding!r} does not fit into x {x.shape}"
        ) from None
    H, W = x.shape[-2:] if axes == 2 else (1, x.shape[-1])
    windows = Windows(
        H,
        W,
        _two(kernel, 1),
        _two(strides, 1),
        _two(paddings, 0),
        _two(dilations, 1),
        _two(sizes, 1),
        (*x.shape[:-axes], *sizes),
    )
    return x.reshape(-1 if x.size else 0, H, W), windows


def check_channels_and_space(operation: str, x: Array, axes: int) -> None:
    """Refuse an input that has the wrong number of axes, or an empty one other than the batch."""
    space = "L" if axes == 1 else "H, W"
    if x.ndim not in (axes + 1, axes + 2):
        raise ValueError(f"{operation}: x is {x.shape}, expected (B, C, {space}) or (C, {space})")
    if 0 in x.shape[-axes - 1 :]:
        raise ValueError(
            f"{operation}: x is {x.shape}, expected at least one channel and one sample in each "
            "axis (only the batch may be empty)"
        )


def _two(numbers: tuple[int, ...], fill: int) -> Pair:
    """Put a first axis before a single one."""
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (fill, numbers[0])
