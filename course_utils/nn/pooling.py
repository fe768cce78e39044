"""Pooling layers."""

from __future__ import annotations

from typing import Any

from course_utils import ops
from course_utils.nn.module import Array, Module

_Size = int | tuple[int, int]


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
        kernel_size: _Size,
        stride: _Size | None = None,
        padding: _Size = 0,
        dilation: _Size = 1,
        ceil_mode: bool = False,
    ) -> None:
        super().__init__()
        self.options: dict[str, Any] = {
            "kernel_size": kernel_size,
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "ceil_mode": ceil_mode,
        }

    def forward(self, x: Array) -> Array:
        """The maximum of each window."""
        self._keep(x)
        y: Array = ops.max_pool2d(x, **self.options)
        return y

    def backward(self, grad_output: Array) -> Array:
        """Each gradient goes to the place of its maximum."""
        return ops.max_pool2d_backward(grad_output, self._kept(), **self.options)

    def describe(self) -> str:
        """Window and options."""
        return _describe(self.options)


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
        kernel_size: _Size,
        stride: _Size | None = None,
        padding: _Size = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        divisor_override: int | None = None,
    ) -> None:
        super().__init__()
        self.options: dict[str, Any] = {
            "kernel_size": kernel_size,
            "stride": stride,
            "padding": padding,
            "ceil_mode": ceil_mode,
            "count_include_pad": count_include_pad,
            "divisor_override": divisor_override,
        }

    def forward(self, x: Array) -> Array:
        """The mean of each window."""
        self._keep(x)
        return ops.avg_pool2d(x, **self.options)

    def backward(self, grad_output: Array) -> Array:
        """Each gradient is shared among its window."""
        return ops.avg_pool2d_backward(grad_output, self._kept(), **self.options)

    def describe(self) -> str:
        """Window and options."""
        return _describe(self.options)


class AdaptiveAvgPool2d(Module):
    """
    Means over windows chosen so that the output has a given size: ``torch.nn.AdaptiveAvgPool2d``.

    Parameters
    ----------
    output_size : int or (int, int)
        Height and width of the output.

    Examples
    --------
    >>> import numpy as np
    >>> AdaptiveAvgPool2d(1)(np.arange(16.0).reshape(1, 1, 4, 4))
    array([[[[7.5]]]])
    """

    def __init__(self, output_size: _Size) -> None:
        super().__init__()
        self.output_size = output_size

    def forward(self, x: Array) -> Array:
        """The mean of each window."""
        self._keep(x)
        return ops.adaptive_avg_pool2d(x, self.output_size)

    def backward(self, grad_output: Array) -> Array:
        """Each gradient is shared among its window."""
        return ops.adaptive_avg_pool2d_backward(grad_output, self._kept(), self.output_size)

    def describe(self) -> str:
        """Size of the output."""
        return f"output_size={self.output_size}"


def _describe(options: dict[str, Any]) -> str:
    usual = {
        "stride": None,
        "padding": 0,
        "dilation": 1,
        "ceil_mode": False,
        "count_include_pad": True,
        "divisor_override": None,
    }
    return ", ".join(f"{k}={v}" for k, v in options.items() if k not in usual or v != usual[k])
