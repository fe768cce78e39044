"""Residual networks for ImageNet, with torchvision's names.

K. He, X. Zhang, S. Ren and J. Sun, Deep Residual Learning for Image Recognition, CVPR 2016; the
factor λ on the shortcut from Identity Mappings in Deep Residual Networks, ECCV 2016, section 3.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import numpy.typing as npt

from course_utils.nn import init
from course_utils.nn.activation import ReLU
from course_utils.nn.convolution import Conv2d
from course_utils.nn.linear import Flatten, Linear
from course_utils.nn.module import Array, Module, Sequential
from course_utils.nn.normalization import BatchNorm2d
from course_utils.nn.pooling import AdaptiveAvgPool2d, MaxPool2d


class ResidualBlock(Module):
    r"""Base of the blocks: a branch F, a shortcut, and their sum.

    .. math::
        H(x) = F(x) + \lambda\, s(x), \qquad
        \frac{\partial L}{\partial x} = \Big(\frac{\partial F}{\partial x}\Big)^{\!\top}
        \frac{\partial L}{\partial H} + \lambda \Big(\frac{\partial s}{\partial x}\Big)^{\!\top}
        \frac{\partial L}{\partial H}

    with s the identity where the shapes agree. A subclass defines the branch as `branch` and
    `branch_backward`.
    """

    expansion: ClassVar[int] = 1

    def __init__(self, downsample: Module | None, skip_scale: float = 1.0) -> None:
        super().__init__()
        self.downsample = downsample if skip_scale != 0 else None
        self.skip_scale = skip_scale

    def branch(self, x: Array) -> Array:
        """The branch F."""
        raise NotImplementedError

    def branch_backward(self, grad_output: Array) -> Array:
        """Back through the branch F."""
        raise NotImplementedError

    def add_shortcut(self, branch: Array, x: Array) -> Array:
        """The sum F(x) + λ s(x)."""
        if self.skip_scale == 0:
            return branch
        shortcut = x if self.downsample is None else self.downsample(x)
        if shortcut.shape != branch.shape:
            raise ValueError(
                f"{type(self).__name__}: the shortcut gives {shortcut.shape} and the branch "
                f"{branch.shape}; a downsample is needed where the shape changes"
            )
        return branch + shortcut if self.skip_scale == 1 else branch + self.skip_scale * shortcut

    def shortcut_backward(self, grad_output: Array) -> Array | float:
        """Back through the shortcut."""
        if self.skip_scale == 0:
            return 0.0
        grad = grad_output if self.skip_scale == 1 else self.skip_scale * grad_output
        return grad if self.downsample is None else self.downsample.backward(grad)

    def forward(self, x: Array) -> Array:
        """The output y = relu(F(x) + λ s(x))."""
        return self.relu(self.add_shortcut(self.branch(x), x))

    def backward(self, grad_output: Array) -> Array:
        """∂L/∂x: what came through the branch and what came through the shortcut."""
        grad = self.relu.backward(grad_output)
        return self.branch_backward(grad) + self.shortcut_backward(grad)

    relu: ReLU


class BasicBlock(ResidualBlock):
    """
    Two convolutions of 3 × 3: the block of ResNet-18 and 34.

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
    >>> block = BasicBlock(8, 8, rng=np.random.default_rng(0))
    >>> block(np.ones((1, 8, 6, 6), dtype=np.float32)).shape
    (1, 8, 6, 6)
    """

    expansion: ClassVar[int] = 1

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
        self.conv1 = convolution(in_channels, channels, 3, stride, rng, dtype)
        self.bn1 = BatchNorm2d(channels, dtype=dtype)
        self.relu1 = ReLU()
        self.conv2 = convolution(channels, channels, 3, 1, rng, dtype)
        self.bn2 = BatchNorm2d(channels, dtype=dtype)
        self.relu = ReLU()

    def branch(self, x: Array) -> Array:
        """F(x) = bn2(conv2(relu(bn1(conv1(x)))))."""
        x = self.relu1(self.bn1(self.conv1(x)))
        return self.bn2(self.conv2(x))

    def branch_backward(self, grad_output: Array) -> Array:
        """The same way back."""
        grad = self.conv2.backward(self.bn2.backward(grad_output))
        return self.conv1.backward(self.bn1.backward(self.relu1.backward(grad)))

    def last_scale(self) -> BatchNorm2d:
        """The normalisation that ends the branch."""
        return self.bn2


class Bottleneck(ResidualBlock):
    """
    1 × 1 down, 3 × 3, 1 × 1 up to four times as many channels: the block of ResNet-50.

    The stride is that of the 3 × 3 convolution, as in torchvision (the paper has it in the
    first).

    Parameters
    ----------
    in_channels : int
        Channels of the input.
    channels : int
        Channels inside; the output has four times as many.
    stride : int, default 1
        Stride of the 3 × 3 convolution.
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
    >>> block = Bottleneck(16, 4, rng=np.random.default_rng(0))
    >>> block(np.ones((1, 16, 6, 6), dtype=np.float32)).shape
    (1, 16, 6, 6)
    """

    expansion: ClassVar[int] = 4

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
        self.conv1 = convolution(in_channels, channels, 1, 1, rng, dtype)
        self.bn1 = BatchNorm2d(channels, dtype=dtype)
        self.relu1 = ReLU()
        self.conv2 = convolution(channels, channels, 3, stride, rng, dtype)
        self.bn2 = BatchNorm2d(channels, dtype=dtype)
        self.relu2 = ReLU()
        self.conv3 = convolution(channels, 4 * channels, 1, 1, rng, dtype)
        self.bn3 = BatchNorm2d(4 * channels, dtype=dtype)
        self.relu = ReLU()

    def branch(self, x: Array) -> Array:
        """F(x) = bn3(conv3(relu(bn2(conv2(relu(bn1(conv1(x))))))))."""
        x = self.relu1(self.bn1(self.conv1(x)))
        x = self.relu2(self.bn2(self.conv2(x)))
        return self.bn3(self.conv3(x))

    def branch_backward(self, grad_output: Array) -> Array:
        """The same way back."""
        grad = self.conv3.backward(self.bn3.backward(grad_output))
        grad = self.conv2.backward(self.bn2.backward(self.relu2.backward(grad)))
        return self.conv1.backward(self.bn1.backward(self.relu1.backward(grad)))

    def last_scale(self) -> BatchNorm2d:
        """The normalisation that ends the branch."""
        return self.bn3


class ResNet(Module):
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
    >>> resnet18(rng=None).count_parameters()
    11689512
    """

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
        super().__init__()
        self.conv1 = convolution(3, 64, 7, 2, rng, dtype)
        self.bn1 = BatchNorm2d(64, dtype=dtype)
        self.relu = ReLU()
        self.maxpool = MaxPool2d(3, stride=2, padding=1)
        C = 64
        stages = []
        for k, count in enumerate(layers):
            channels, blocks = 64 * 2**k, []
            for place in range(count):
                stride = 2 if k > 0 and place == 0 else 1
                K = channels * block.expansion
                shortcut = None
                if stride != 1 or K != C:
                    shortcut = projection(C, K, stride, rng, dtype)
                blocks.append(
                    block(C, channels, stride, shortcut, skip_scale, rng=rng, dtype=dtype)
                )
                C = K
            stages.append(Sequential(*blocks))
        self.layer1, self.layer2, self.layer3, self.layer4 = stages
        self.avgpool = AdaptiveAvgPool2d(1)
        self.flatten = Flatten()
        self.fc = Linear(C, num_classes, rng=rng, dtype=dtype)
        if zero_init_residual:
            zero_last_scales(self)

    def forward(self, x: Array) -> Array:
        """Logits."""
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(self.flatten(self.avgpool(x)))

    def backward(self, grad_output: Array) -> Array:
        """The same way back."""
        grad = self.avgpool.backward(self.flatten.backward(self.fc.backward(grad_output)))
        for layer in (self.layer4, self.layer3, self.layer2, self.layer1):
            grad = layer.backward(grad)
        grad = self.relu.backward(self.maxpool.backward(grad))
        return self.conv1.backward(self.bn1.backward(grad))


def resnet18(
    num_classes: int = 1000,
    *,
    rng: np.random.Generator | None,
    dtype: npt.DTypeLike = np.float32,
) -> ResNet:
    """
    ResNet-18: 11,689,512 parameters.

    Parameters
    ----------
    num_classes : int, default 1000
        Outputs.
    rng : numpy.random.Generator or None
        Where the initial weights come from; None leaves zeros.
    dtype : dtype, default float32
        float32 or float64.

    Returns
    -------
    ResNet
        The network: (B, 3, H, W), made for 224, to logits.

    Examples
    --------
    >>> resnet18(rng=None).count_parameters()
    11689512
    """
    return ResNet(BasicBlock, (2, 2, 2, 2), num_classes, rng=rng, dtype=dtype)


def resnet34(
    num_classes: int = 1000,
    *,
    rng: np.random.Generator | None,
    dtype: npt.DTypeLike = np.float32,
) -> ResNet:
    """
    ResNet-34: 21,797,672 parameters.

    Parameters
    ----------
    num_classes : int, default 1000
        Outputs.
    rng : numpy.random.Generator or None
        Where the initial weights come from; None leaves zeros.
    dtype : dtype, default float32
        float32 or float64.

    Returns
    -------
    ResNet
        The network: (B, 3, H, W), made for 224, to logits.

    Examples
    --------
    >>> resnet34(rng=None).count_parameters()
    21797672
    """
    return ResNet(BasicBlock, (3, 4, 6, 3), num_classes, rng=rng, dtype=dtype)


def resnet50(
    num_classes: int = 1000,
    *,
    rng: np.random.Generator | None,
    dtype: npt.DTypeLike = np.float32,
) -> ResNet:
    """
    ResNet-50: 25,557,032 parameters.

    Parameters
    ----------
    num_classes : int, default 1000
        Outputs.
    rng : numpy.random.Generator or None
        Where the initial weights come from; None leaves zeros.
    dtype : dtype, default float32
        float32 or float64.

    Returns
    -------
    ResNet
        The network: (B, 3, H, W), made for 224, to logits.

    Examples
    --------
    >>> resnet50(rng=None).count_parameters()
    25557032
    """
    return ResNet(Bottleneck, (3, 4, 6, 3), num_classes, rng=rng, dtype=dtype)


def convolution(
    in_channels: int,
    out_channels: int,
    kernel_size: int,
    stride: int,
    rng: np.random.Generator | None,
    dtype: npt.DTypeLike,
) -> Conv2d:
    """A convolution as residual networks have it: no bias, size kept at stride 1."""
    layer = Conv2d(
        in_channels,
        out_channels,
        kernel_size,
        stride=stride,
        padding=kernel_size // 2,
        bias=False,
        rng=None,
        dtype=dtype,
    )
    if rng is not None:
        layer.weight.data = init.kaiming_normal(layer.weight.shape, rng, fan="fan_out", dtype=dtype)
    return layer


def projection(
    in_channels: int,
    out_channels: int,
    stride: int,
    rng: np.random.Generator | None,
    dtype: npt.DTypeLike,
) -> Sequential:
    """Shortcut B: a 1 × 1 convolution and a normalisation, where the shape changes."""
    return Sequential(
        convolution(in_channels, out_channels, 1, stride, rng, dtype),
        BatchNorm2d(out_channels, dtype=dtype),
    )


def zero_last_scales(model: Module) -> None:
    """Let every branch start at zero, so that each block begins as its shortcut."""
    for module in model.modules():
        if isinstance(module, (BasicBlock, Bottleneck)):
            scale = module.last_scale().weight
            if scale is not None:
                scale.data[...] = 0
