"""The blocks of residual networks: a branch, a shortcut with a factor λ, and their sum.

K. He, X. Zhang, S. Ren and J. Sun, Deep Residual Learning for Image Recognition, CVPR 2016; the
factor λ on the shortcut from Identity Mappings in Deep Residual Networks, ECCV 2016, section 3.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from course_utils.nn import init
from course_utils.nn.activation import ReLU
from course_utils.nn.convolution import Conv2d
from course_utils.nn.module import Module
from course_utils.nn.normalization import BatchNorm2d
from course_utils.nn.parameter import Array
from course_utils.nn.sequential import Sequential

Convolution = Callable[[int, int, int, int], Conv2d]  # channels in and out, kernel, stride
Norm = Callable[[int], BatchNorm2d]


class ResidualBlock(Module):
    r"""Base of the blocks: a branch F, a shortcut, and their sum.

    .. math::
        H(x) = F(x) + \lambda\, s(x), \qquad
        \frac{\partial L}{\partial x} = \Big(\frac{\partial F}{\partial x}\Big)^{\!\top}
        \frac{\partial L}{\partial H} + \lambda \Big(\frac{\partial s}{\partial x}\Big)^{\!\top}
        \frac{\partial L}{\partial H}

    with s the identity where the shapes agree. A subclass makes its layers in `make_branch` and
    defines the branch as `branch` and `branch_backward`.
    """

    expansion: ClassVar[int] = 1
    relu: ReLU

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
        super().__init__()
        self.downsample = downsample if skip_scale != 0 else None
        self.skip_scale = skip_scale
        conv = partial(convolution, rng=rng, dtype=dtype)
        norm = partial(BatchNorm2d, dtype=dtype)
        self.make_branch(in_channels, channels, stride, conv, norm)

    def make_branch(self, C: int, K: int, stride: int, conv: Convolution, norm: Norm) -> None:
        """Set the layers of the branch, from C channels to K, as attributes."""
        raise NotImplementedError

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

    def extra_repr(self) -> str:
        """The factor λ."""
        return f"skip_scale={self.skip_scale}"


class BasicBlock(ResidualBlock):  # numpydoc ignore=PR02
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
        The factor λ of the shortcut. With 0 there is no shortcut: the network is plain.
    rng : numpy.random.Generator or None
        Where the initial weights come from; None leaves zeros.
    dtype : dtype, default float32
        float32 or float64.

    Examples
    --------
    >>> block = BasicBlock(2, 2, skip_scale=0.5, rng=None, dtype=np.float64)
    >>> float(block(np.ones((1, 2, 3, 3))).max())  # all weights are zero: what is left is λ x
    0.5
    """

    def make_branch(self, C: int, K: int, stride: int, conv: Convolution, norm: Norm) -> None:
        """Two convolutions, each with its normalisation."""
        self.conv1 = conv(C, K, 3, stride)
        self.bn1 = norm(K)
        self.relu1 = ReLU()
        self.conv2 = conv(K, K, 3, 1)
        self.bn2 = norm(K)
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


class Bottleneck(ResidualBlock):  # numpydoc ignore=PR02
    """
    1 × 1 down, 3 × 3, 1 × 1 up to four times as many channels: the block of ResNet-50.

    The stride is that of the 3 × 3 convolution, as in torchvision (the paper has it in the
    first).

    Parameters
    ----------
    channels : int
        Channels inside; the output has four times as many.
    in_channels, stride, downsample, skip_scale, rng, dtype
        As `BasicBlock` takes them.

    Examples
    --------
    >>> block = Bottleneck(16, 4, rng=np.random.default_rng(0))
    >>> block(np.ones((1, 16, 6, 6), dtype=np.float32)).shape
    (1, 16, 6, 6)
    """

    expansion: ClassVar[int] = 4

    def make_branch(self, C: int, K: int, stride: int, conv: Convolution, norm: Norm) -> None:
        """Three convolutions, each with its normalisation."""
        self.conv1 = conv(C, K, 1, 1)
        self.bn1 = norm(K)
        self.relu1 = ReLU()
        self.conv2 = conv(K, K, 3, stride)
        self.bn2 = norm(K)
        self.relu2 = ReLU()
        self.conv3 = conv(K, 4 * K, 1, 1)
        self.bn3 = norm(4 * K)
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


class PreActivationBlock(ResidualBlock):  # numpydoc ignore=PR02
    """
    Normalisation and ReLU before each convolution, and nothing after the sum.

    The shortcut is then a clean path: through L blocks the gradient reaches the input times λ^L,
    whatever the branches do. K. He, X. Zhang, S. Ren and J. Sun, Identity Mappings in Deep
    Residual Networks, ECCV 2016.

    Parameters
    ----------
    in_channels, channels, stride, downsample, skip_scale, rng, dtype
        As `BasicBlock` takes them.

    Examples
    --------
    >>> block = PreActivationBlock(2, 2, rng=None, dtype=np.float64)
    >>> float(block(np.full((1, 2, 3, 3), -1.0)).max())  # the branch is zero, no ReLU follows
    -1.0
    """

    def make_branch(self, C: int, K: int, stride: int, conv: Convolution, norm: Norm) -> None:
        """Two convolutions, each behind its normalisation."""
        self.bn1 = norm(C)
        self.relu1 = ReLU()
        self.conv1 = conv(C, K, 3, stride)
        self.bn2 = norm(K)
        self.relu2 = ReLU()
        self.conv2 = conv(K, K, 3, 1)

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


def convolution(
    in_channels: int,
    out_channels: int,
    kernel_size: int,
    stride: int,
    rng: np.random.Generator | None,
    dtype: npt.DTypeLike,
) -> Conv2d:
    """A convolution as residual networks have it: no bias, size kept at stride 1."""
    options: dict[str, Any] = {"stride": stride, "padding": kernel_size // 2, "dtype": dtype}
    layer = Conv2d(in_channels, out_channels, kernel_size, bias=False, rng=None, **options)
    if rng is not None:
        weight = layer.weight
        weight.data = init.kaiming_normal(weight.shape, rng, mode="fan_out", dtype=dtype)
    return layer


def stages(
    block: type[ResidualBlock],
    counts: Sequence[int],
    channels: int,
    shortcut: Callable[[int, int, int], Module],
    skip_scale: float,
    rng: np.random.Generator | None,
    dtype: npt.DTypeLike,
) -> dict[str, Sequential]:
    """layer1, layer2, …: as many blocks each, twice the channels and half the side from the second.

    ``shortcut(C, K, stride)`` makes the shortcut of a block whose shape changes.
    """
    made, C = {}, channels
    for k, count in enumerate(counts):
        width, blocks = channels * 2**k, []
        for place in range(count):
            stride = 2 if k > 0 and place == 0 else 1
            K = width * block.expansion
            skip = shortcut(C, K, stride) if stride != 1 or K != C else None
            blocks.append(block(C, width, stride, skip, skip_scale, rng=rng, dtype=dtype))
            C = K
        made[f"layer{k + 1}"] = Sequential(*blocks)
    return made


def zero_last_scales(model: Module) -> None:
    """Let every branch start at zero, so that each block begins as its shortcut."""
    for module in model.modules():
        if isinstance(module, (BasicBlock, Bottleneck)):
            scale = module.last_scale().weight
            if scale is not None:
                scale.data[...] = 0
