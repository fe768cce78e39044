"""Residual networks for pictures of 32 × 32: section 4.2 of He et al., CVPR 2016."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from course_utils.nn.activation import ReLU
from course_utils.nn.convolution import Conv2d
from course_utils.nn.flatten import Flatten
from course_utils.nn.linear import Linear
from course_utils.nn.models.residual_blocks import (
    BasicBlock,
    PreActivationBlock,
    convolution,
    stages,
    zero_last_scales,
)
from course_utils.nn.models.shortcuts import PadShortcut, projection
from course_utils.nn.module import Module
from course_utils.nn.normalization import BatchNorm2d
from course_utils.nn.pooling import AdaptiveAvgPool2d
from course_utils.nn.sequential import Sequential


class CifarResNet(Sequential):
    """
    A residual network of 6n + 2 layers for pictures of 32 × 32.

    One convolution, then three stages of n blocks with 16, 32 and 64 channels at sides 32, 16
    and 8, then the mean of each map and one linear layer.

    Parameters
    ----------
    depth : int
        Layers with weights (shortcuts not counted): 20, 32, 44, 56, 110 or any other 6n + 2.
    shortcut : {"A", "B"}, default "A"
        Where the shape changes: A pads with zeros and learns nothing, B is a projection.
    num_classes : int, default 10
        Outputs.
    in_channels : int, default 3
        Channels of the pictures.
    skip_scale : float, default 1.0
        The factor λ of every shortcut; 0 makes the network plain.
    pre_activation : bool, default False
        Whether the blocks are `PreActivationBlock`.
    zero_init_residual : bool, default False
        Whether each branch starts at zero.
    rng : numpy.random.Generator or None
        Where the initial weights come from; None leaves zeros.
    dtype : dtype, default float32
        float32 or float64.

    Raises
    ------
    ValueError
        If the depth is not 6n + 2, the shortcut is neither A nor B, or `zero_init_residual` is
        asked of pre-activation blocks, whose branch does not end in a normalisation.

    Examples
    --------
    >>> CifarResNet(20, rng=None).count_parameters()
    269722
    """

    conv1: Conv2d
    layer1: Sequential
    layer2: Sequential
    layer3: Sequential
    avgpool: AdaptiveAvgPool2d
    flatten: Flatten
    fc: Linear

    def __init__(
        self,
        depth: int,
        shortcut: Literal["A", "B"] = "A",
        num_classes: int = 10,
        in_channels: int = 3,
        skip_scale: float = 1.0,
        pre_activation: bool = False,
        zero_init_residual: bool = False,
        *,
        rng: np.random.Generator | None,
        dtype: npt.DTypeLike = np.float32,
    ) -> None:
        n, rest = divmod(depth - 2, 6)
        if n < 1 or rest:
            raise ValueError(f"CifarResNet: depth is {depth}, expected 6n + 2: 8, 14, 20, …")
        if shortcut not in ("A", "B"):
            raise ValueError(f"CifarResNet: shortcut is {shortcut!r}, expected 'A' or 'B'")
        if zero_init_residual and pre_activation:
            raise ValueError(
                "CifarResNet: zero_init_residual needs branches that end in a normalisation, and "
                "with pre_activation they end in a convolution"
            )

        def skip(C: int, K: int, stride: int) -> Module:
            if shortcut == "A":
                return PadShortcut(C, K, stride)
            return projection(C, K, stride, rng, dtype)

        block = PreActivationBlock if pre_activation else BasicBlock
        # Pre-activation blocks bring their own normalisation first, and leave one for the end.
        norm = {"bn1": BatchNorm2d(64 if pre_activation else 16, dtype=dtype), "relu": ReLU()}
        super().__init__(
            {
                "conv1": convolution(in_channels, 16, 3, 1, rng, dtype),
                **({} if pre_activation else norm),
                **stages(block, (n, n, n), 16, skip, skip_scale, rng, dtype),
                **(norm if pre_activation else {}),
                "avgpool": AdaptiveAvgPool2d(1),
                "flatten": Flatten(),
                "fc": Linear(64, num_classes, rng=rng, dtype=dtype),
            }
        )
        if zero_init_residual:
            zero_last_scales(self)
