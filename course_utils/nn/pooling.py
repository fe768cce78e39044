"""Pooling layers."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from course_utils import ops
from course_utils.nn.module import Module
from course_utils.nn.options import Size, pair, size
from course_utils.nn.parameter import Array
from course_utils.ops.options import flag, integer


class MaxPool2d(Module):
    """
    The largest number of each window: ``torch.nn.MaxPool2d``.

    Parameters
    ----------
    kernel_size, stride, padding, dilation, ceil_mode
        As `ops.max_pool2d` takes them.

    Examples
    --------
    >>> import numpy as np
    >>> MaxPool2d(2)(np.arange(16.0).reshape(1, 1, 4, 4))
    array([[[[ 5.,  7.],
             [13., 15.]]]])
    """

    def __init__(
        self,
        kernel_size: Size,
        stride: Size | None = None,
        padding: Size = 0,
        dilation: Size = 1,
        ceil_mode: bool = False,
    ) -> None:
        super().__init__()
        self.kernel_size, self.stride, self.padding = _read_window(
            "MaxPool2d", kernel_size, stride, padding
        )
        self.dilation = size("MaxPool2d", "dilation", dilation, 1)
        self.ceil_mode = flag("MaxPool2d", "ceil_mode", ceil_mode)

    @property
    def _options(self) -> tuple[Size, Size, Size, Size, bool]:
        return self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode

    def forward(self, x: Array) -> Array:
        """The maximum of each window."""
        self._keep(x)
        y: Array = ops.max_pool2d(x, *self._options)
        return y

    def backward(self, grad_output: Array) -> Array:
        """Each gradient goes to the place of its maximum."""
        return ops.max_pool2d_backward(grad_output, self._kept(), *self._options)

    def extra_repr(self) -> str:
        """Window and options."""
        return (
            f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}, "
            f"dilation={self.dilation}, ceil_mode={self.ceil_mode}"
        )


class AvgPool2d(Module):
    """
    The mean of each window: ``torch.nn.AvgPool2d``.

    Parameters
    ----------
    kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override
        As `ops.avg_pool2d` takes them.

    Examples
    --------
    >>> import numpy as np
    >>> AvgPool2d(2)(np.arange(16.0).reshape(1, 1, 4, 4))
    array([[[[ 2.5,  4.5],
             [10.5, 12.5]]]])
    """

    def __init__(
        self,
        kernel_size: Size,
        stride: Size | None = None,
        padding: Size = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        divisor_override: int | None = None,
    ) -> None:
        super().__init__()
        self.kernel_size, self.stride, self.padding = _read_window(
            "AvgPool2d", kernel_size, stride, padding
        )
        self.ceil_mode = flag("AvgPool2d", "ceil_mode", ceil_mode)
        self.count_include_pad = flag("AvgPool2d", "count_include_pad", count_include_pad)
        if divisor_override is not None and not integer(
            "AvgPool2d", "divisor_override", divisor_override, -sys.maxsize
        ):
            raise ValueError("AvgPool2d: divisor_override is 0, expected another number or None")
        self.divisor_override = divisor_override

    @property
    def _options(self) -> tuple[Size, Size, Size, bool, bool, int | None]:
        counting = self.ceil_mode, self.count_include_pad, self.divisor_override
        return self.kernel_size, self.stride, self.padding, *counting

    def forward(self, x: Array) -> Array:
        """The mean of each window."""
        self._keep(x)
        return ops.avg_pool2d(x, *self._options)

    def backward(self, grad_output: Array) -> Array:
        """Each gradient is shared among its window."""
        return ops.avg_pool2d_backward(grad_output, self._kept(), *self._options)

    def extra_repr(self) -> str:
        """The window."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class AdaptiveAvgPool2d(Module):
    """
    Means over windows chosen so that the output has a given size: ``torch.nn.AdaptiveAvgPool2d``.

    Parameters
    ----------
    output_size : int or (int or None, int or None)
        Height and width of the output; None in a pair for that of the input.

    Examples
    --------
    >>> import numpy as np
    >>> AdaptiveAvgPool2d(1)(np.arange(16.0).reshape(1, 1, 4, 4))
    array([[[[7.5]]]])
    """

    def __init__(self, output_size: int | Sequence[int | None]) -> None:
        super().__init__()
        if output_size is None:
            raise TypeError(
                "AdaptiveAvgPool2d: output_size is None, expected a whole number or a pair"
            )
        sides = output_size if isinstance(output_size, (tuple, list)) else [output_size] * 2
        if len(sides) != 2:
            raise ValueError(
                f"AdaptiveAvgPool2d: output_size is {output_size!r}, expected one number or two"
            )
        for side in sides:
            if side is not None:
                integer("AdaptiveAvgPool2d", "output_size", side, 0)
        self.output_size = output_size

    def forward(self, x: Array) -> Array:
        """The mean of each window."""
        self._keep(x)
        return ops.adaptive_avg_pool2d(x, self.output_size)

    def backward(self, grad_output: Array) -> Array:
        """Each gradient is shared among its window."""
        return ops.adaptive_avg_pool2d_backward(grad_output, self._kept(), self.output_size)

    def extra_repr(self) -> str:
        """Size of the output."""
        return f"output_size={self.output_size}"


def _read_window(
    layer: str, kernel_size: Size, stride: Size | None, padding: Size
) -> tuple[Size, Size, Size]:
    """Check a window; as in PyTorch the stride is the kernel's size where it is not given."""
    kernel = size(layer, "kernel_size", kernel_size, 1)
    step = kernel if stride is None else size(layer, "stride", stride, 1)
    border = size(layer, "padding", padding, 0)
    sides = zip(
        pair(layer, "padding", border, 0), pair(layer, "kernel_size", kernel, 1), strict=True
    )
    if any(2 * p > k for p, k in sides):
        raise ValueError(
            f"{layer}: padding is {border}, expected at most half of kernel_size {kernel}"
        )
    return kernel, step, border
