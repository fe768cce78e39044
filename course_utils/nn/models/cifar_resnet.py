"""Residual networks for pictures of 32 × 32: section 4.2 of He et al., CVPR 2016."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from course_utils.nn.activation import ReLU
from course_utils.nn.linear import Flatten, Linear
from course_utils.nn.models.residual_blocks import (
    BasicBlock,
    ResidualBlock,
    convolution,
    projection,
    zero_last_scales,
)
from course_utils.nn.module import Array, Module, Sequential
from course_utils.nn.normalization import BatchNorm2d
from course_utils.nn.pooling import AdaptiveAvgPool2d


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
        self.before = (out_channels - in_channels) // 2
        self.out_channels, self.stride = out_channels, stride

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


class PreActivationBlock(ResidualBlock):
    """
    Normalisation and ReLU before each convolution, and nothing after the sum.

    The shortcut is then a clean path: through L blocks the gradient reaches the input times λ^L,
    whatever the branches do. K. He, X. Zhang, S. Ren and J. Sun, Identity Mappings in Deep
    Residual Networks, ECCV 2016.

    Parameters
    ----------
    in_channels : int
        Channels of the input.
    channels : int
        Channels of the output.
    stride : int, default 1
        Stride of the first convolution.
    downsample : Module, optional
        The shortcut, needed where the shape changes.
    skip_scale : float, default 1.0
        The factor λ of the shortcut.
    rng : numpy.random.Generator or None
        Where the initial weights come from; None leaves zeros.
    dtype : dtype, default float32
        float32 or float64.

    Examples
    --------
    >>> block = PreActivationBlock(2, 2, rng=None, dtype=np.float64)
    >>> float(block(np.full((1, 2, 3, 3), -1.0)).max())  # the branch is zero, no ReLU follows
    -1.0
    """

    def __init__(
        self,
        in_channels: int,
        channels: int,
        stride: int = 1,
        downsample: Module | None = None,
        skip_scale: float = 1.0,
        *,
        rng: np.random.Generator | None,
        dtype: npt.DTypeLike = np.float32,
    ) -> None:
        super().__init__(downsample, skip_scale)
        self.bn1 = BatchNorm2d(in_channels, dtype=dtype)
        self.relu1 = ReLU()
        self.conv1 = convolution(in_channels, channels, 3, stride, rng, dtype)
        self.bn2 = BatchNorm2d(channels, dtype=dtype)
        self.relu2 = ReLU()
        self.conv2 = convolution(channels, channels, 3, 1, rng, dtype)

    def branch(self, x: Array) -> Array:
        """F(x) = conv2(relu(bn2(conv1(relu(bn1(x))))))."""
        x = self.conv1(self.relu1(self.bn1(x)))
        return self.conv2(self.relu2(self.bn2(x)))

    def branch_backward(self, grad_output: Array) -> Array:
        """The same way back."""
        grad = self.bn2.backward(self.relu2.backward(self.conv2.backward(grad_output)))
        return self.bn1.backward(self.relu1.backward(self.conv1.backward(grad)))

    def forward(self, x: Array) -> Array:
        """The output y = F(x) + λ s(x)."""
        return self.add_shortcut(self.branch(x), x)

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x: what came through the branch and what came through the shortcut."""
        return self.branch_backward(grad_output) + self.shortcut_backward(grad_output)


class CifarResNet(Module):
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
        Whether each branch starts at zero (not with `pre_activation`, whose branch ends in a
        convolution).
    rng : numpy.random.Generator or None
        Where the initial weights come from; None leaves zeros.
    dtype : dtype, default float32
        float32 or float64.

    Raises
    ------
    ValueError
        If the depth is not 6n + 2, or the shortcut is neither A nor B.

    Examples
    --------
    >>> CifarResNet(20, rng=None).count_parameters()
    269722
    """

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
        super().__init__()
        n, rest = divmod(depth - 2, 6)
        if n < 1 or rest:
            raise ValueError(f"CifarResNet: depth is {depth}, expected 6n + 2: 8, 14, 20, …")
        if shortcut not in ("A", "B"):
            raise ValueError(f"CifarResNet: shortcut is {shortcut!r}, expected 'A' or 'B'")
        block = PreActivationBlock if pre_activation else BasicBlock
        self.conv1 = convolution(in_channels, 16, 3, 1, rng, dtype)
        # Pre-activation blocks bring their own normalisation first, and leave one for the end.
        last = 64 if pre_activation else 16
        self.bn1 = BatchNorm2d(last, dtype=dtype)
        self.relu = ReLU()
        self.pre_activation = pre_activation
        C, stages = 16, []
        for k in range(3):
            channels, blocks = 16 * 2**k, []
            for place in range(n):
                stride = 2 if k > 0 and place == 0 else 1
                skip: Module | None = None
                if channels != C and shortcut == "A":
                    skip = PadShortcut(C, channels, stride)
                elif channels != C:
                    skip = projection(C, channels, stride, rng, dtype)
                blocks.append(block(C, channels, stride, skip, skip_scale, rng=rng, dtype=dtype))
                C = channels
            stages.append(Sequential(*blocks))
        self.layer1, self.layer2, self.layer3 = stages
        self.avgpool = AdaptiveAvgPool2d(1)
        self.flatten = Flatten()
        self.fc = Linear(C, num_classes, rng=rng, dtype=dtype)
        if zero_init_residual:
            zero_last_scales(self)

    def forward(self, x: Array) -> Array:
        """Logits."""
        x = self.conv1(x)
        if not self.pre_activation:
            x = self.relu(self.bn1(x))
        x = self.layer3(self.layer2(self.layer1(x)))
        if self.pre_activation:
            x = self.relu(self.bn1(x))
        return self.fc(self.flatten(self.avgpool(x)))

    def backward(self, grad_output: Array) -> Array:
        """The same way back."""
        grad = self.avgpool.backward(self.flatten.backward(self.fc.backward(grad_output)))
        if self.pre_activation:
            grad = self.bn1.backward(self.relu.backward(grad))
        for layer in (self.layer3, self.layer2, self.layer1):
            grad = layer.backward(grad)
        if not self.pre_activation:
            grad = self.bn1.backward(self.relu.backward(grad))
        return self.conv1.backward(grad)
