"""What the windows of layers are, and so what the layers of a network see of its input."""

from __future__ import annotations

from collections.abc import Iterable

from course_utils import ops
from course_utils.nn.convolution import Conv2d
from course_utils.nn.module import Module
from course_utils.nn.options import pair
from course_utils.nn.pooling import AvgPool2d, MaxPool2d

Window = tuple[int, int, int, int]


def receptive_field_rows(layers: Iterable[Module]) -> list[Window]:
    """
    Kernel, stride, padding and dilation of each layer, as `ops.receptive_field` takes them.

    Parameters
    ----------
    layers : iterable of Module
        Layers in a row, such as the features of AlexNet or VGG. Those that look at one pixel
        only are left out.

    Returns
    -------
    list of (int, int, int, int)
        One row for each convolution and pool.

    Raises
    ------
    ValueError
        If a layer is not square.

    Examples
    --------
    >>> from course_utils.nn import models
    >>> rows = receptive_field_rows(models.lenet5(rng=None).features)
    >>> rows
    [(5, 1, 0, 1), (2, 2, 0, 1), (5, 1, 0, 1), (2, 2, 0, 1)]
    >>> ops.receptive_field(rows)[-1].size
    16
    """
    found = []
    for layer in layers:
        window = window_of(layer)
        if window is None:
            continue
        down, across = window
        if down != across:
            raise ValueError(f"receptive_field_rows: {layer} is not square")
        found.append(down)
    return found


def window_of(layer: Module) -> tuple[Window, Window] | None:
    """Kernel, stride, padding before, dilation of a layer down and across; None without window."""
    if not isinstance(layer, (Conv2d, MaxPool2d, AvgPool2d)):
        return None
    kernel = pair("window_of", "kernel_size", layer.kernel_size, 1)
    dilation = (1, 1)
    if not isinstance(layer, AvgPool2d):
        dilation = pair("window_of", "dilation", layer.dilation, 1)
    if layer.padding == "same":
        padding = tuple(ops.same_padding(f, d)[0] for f, d in zip(kernel, dilation, strict=True))
    else:
        padding = pair("window_of", "padding", 0 if layer.padding == "valid" else layer.padding, 0)
    stride = pair("window_of", "stride", layer.stride, 1)
    down, across = zip(kernel, stride, padding, dilation, strict=True)
    return down, across
