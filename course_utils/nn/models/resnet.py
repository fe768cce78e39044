"""Residual networks for ImageNet, with torchvision's names.

K. He, X. Zhang, S. Ren and J. Sun, Deep Residual Learning for Image Recognition, CVPR 2016.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.nn.activation import ReLU
from course_utils.nn.convolution import Conv2d
from course_utils.nn.flatten import Flatten
from course_utils.nn.linear import Linear
from course_utils.nn.models.family import member
from course_utils.nn.models.residual_blocks import (
    BasicBlock,
    Bottleneck,
    convolution,
    stages,
    zero_last_scales,
)
from course_utils.nn.models.shortcuts import projection
from course_utils.nn.normalization import BatchNorm2d
from course_utils.nn.pooling import AdaptiveAvgPool2d, MaxPool2d
from course_utils.nn.sequential import Sequential


class ResNet(Sequential):
    """
    A residual network for pictures of about 224 × 224.

    Parameters
    ----------
    block : type
        `BasicBlock` or `Bottleneck`.
    layers : (int, int, int, int)
        Blocks in each of the four stages.
    num_classes : int, default 1000
        Outputs.
    skip_scale : float, default 1.0
        The factor λ of every shortcut.
    zero_init_residual : bool, default False
        Whether each branch starts at zero: the scale of its last normalisation does.
    rng : numpy.random.Generator or None
        Where the initial weights come from; None leaves zeros.
    dtype : dtype, default float32
        float32 or float64.

    Examples
    --------
    >>> ResNet(BasicBlock, (2, 2, 2, 2), rng=None).count_parameters() == 11_689_512  # ResNet-18
    True
    """

    conv1: Conv2d
    maxpool: MaxPool2d
    layer1: Sequential
    layer2: Sequential
    layer3: Sequential
    layer4: Sequential
    avgpool: AdaptiveAvgPool2d
    flatten: Flatten
    fc: Linear

    def __init__(
        self,
        block: type[BasicBlock | Bottleneck],
        layers: tuple[int, int, int, int],
        num_classes: int = 1000,
        skip_scale: float = 1.0,
        zero_init_residual: bool = False,
        *,
        rng: np.random.Generator | None,
        dtype: npt.DTypeLike = np.float32,
    ) -> None:
        def shortcut(C: int, K: int, stride: int) -> Sequential:
            return projection(C, K, stride, rng, dtype)

        super().__init__(
            {
                "conv1": convolution(3, 64, 7, 2, rng, dtype),
                "bn1": BatchNorm2d(64, dtype=dtype),
                "relu": ReLU(),
                "maxpool": MaxPool2d(3, stride=2, padding=1),
                **stages(block, layers, 64, shortcut, skip_scale, rng, dtype),
                "avgpool": AdaptiveAvgPool2d(1),
                "flatten": Flatten(),
                "fc": Linear(512 * block.expansion, num_classes, rng=rng, dtype=dtype),
            }
        )
        if zero_init_residual:
            zero_last_scales(self)


# Each with the number of its parameters, its block, and the blocks of each stage.
resnet18 = member("resnet18", 11_689_512, ResNet, BasicBlock, (2, 2, 2, 2))
resnet34 = member("resnet34", 21_797_672, ResNet, BasicBlock, (3, 4, 6, 3))
resnet50 = member("resnet50", 25_557_032, ResNet, Bottleneck, (3, 4, 6, 3))
resnet101 = member("resnet101", 44_549_160, ResNet, Bottleneck, (3, 4, 23, 3))
resnet152 = member("resnet152", 60_192_808, ResNet, Bottleneck, (3, 8, 36, 3))
