"""The networks of the course in PyTorch's layers, written down once for all tests.

Names of weights are those of `course_utils.nn.models`, so that `torch_bridge.copy_weights` fits.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import torch
from torch.nn import functional

t: Any = torch.nn


def small_network() -> Any:
    """A convolution, a normalisation and a linear layer: (B, 1, 4, 4) to (B, 3)."""
    return t.Sequential(
        t.Conv2d(1, 2, 3),
        t.BatchNorm2d(2),
        t.ReLU(),
        t.Sequential(t.Flatten(), t.Linear(8, 3, bias=False)),
    )


def lenet5(activation: Any = t.ReLU, pool: Any = t.MaxPool2d) -> Any:
    """LeNet-5 as it is built today; its layers in a row are `layers_of`."""
    features = [t.Conv2d(1, 6, 5), activation(), pool(2), t.Conv2d(6, 16, 5), activation(), pool(2)]
    classifier = [t.Linear(400, 120), activation(), t.Linear(120, 84), activation()]
    parts = {
        "features": t.Sequential(*features),
        "flatten": t.Flatten(),
        "classifier": t.Sequential(*classifier, t.Linear(84, 10)),
    }
    return t.Sequential(OrderedDict(parts))


def layers_of(network: Any) -> list[Any]:
    """The layers of a network that have no parts of their own."""
    return [module for module in network.modules() if not list(module.children())]


class LeNet5Of1998(t.Module):  # type: ignore[misc]
    """The network of 1998, with the sparse layer as one small convolution for each map."""

    def __init__(self) -> None:
        super().__init__()
        self.c1, self.c5 = t.Conv2d(1, 6, 5), t.Conv2d(16, 120, 5)
        self.f6 = t.Linear(120, 84)
        self.s2, self.s4, self.c3 = t.Module(), t.Module(), t.Module()
        for layer, n in ((self.s2, 6), (self.s4, 16)):
            layer.weight, layer.bias = t.Parameter(torch.ones(n)), t.Parameter(torch.zeros(n))
        self.c3.weight = t.Parameter(torch.zeros(60, 5, 5))
        self.c3.bias = t.Parameter(torch.zeros(16))
        self.output = t.Module()
        self.output.register_buffer("bitmaps", torch.zeros(10, 84))

    @staticmethod
    def squash(a: Any) -> Any:
        """The paper's nonlinearity."""
        return 1.7159 * torch.tanh(2 / 3 * a)

    def subsample(self, layer: Any, x: Any) -> Any:
        """Four numbers added up, a factor, a bias."""
        total = x[:, :, ::2, ::2] + x[:, :, 1::2, ::2] + x[:, :, ::2, 1::2] + x[:, :, 1::2, 1::2]
        return self.squash(layer.weight[:, None, None] * total + layer.bias[:, None, None])

    def forward(self, x: Any) -> Any:
        """Minus the squared distances."""
        x = self.subsample(self.s2, self.squash(self.c1(x)))
        maps, used = [], 0
        # Table I, column by column: 3 neighbours, 4 neighbours, 2 and 2 apart, all.
        table = [[(i + d) % 6 for d in range(3)] for i in range(6)]
        table += [[(i + d) % 6 for d in range(4)] for i in range(6)]
        table += [[i, (i + 1) % 6, (i + 3) % 6, (i + 4) % 6] for i in range(3)]
        table += [list(range(6))]
        for k, row in enumerate(map(sorted, table)):
            kernels = self.c3.weight[used : used + len(row)][None]
            maps.append(functional.conv2d(x[:, row], kernels, self.c3.bias[k : k + 1]))
            used += len(row)
        x = self.subsample(self.s4, self.squash(torch.cat(maps, dim=1)))
        x = self.squash(self.f6(self.squash(self.c5(x)).flatten(1)))
        return -((x[:, None] - self.output.bitmaps) ** 2).sum(dim=2)


class BasicBlock(t.Module):  # type: ignore[misc]
    """H(x) = relu(F(x) + λ s(x)) with two convolutions of 3 × 3, and shortcut A or B."""

    def __init__(
        self,
        C: int,
        K: int,
        stride: int = 1,
        shortcut: str = "A",
        scale: float = 1.0,
        normalisation: bool = True,
    ) -> None:
        super().__init__()
        norm = t.BatchNorm2d if normalisation else t.Identity
        self.conv1, self.bn1 = t.Conv2d(C, K, 3, stride, 1, bias=False), norm(K)
        self.conv2, self.bn2 = t.Conv2d(K, K, 3, 1, 1, bias=False), norm(K)
        if C != K and shortcut == "B":
            self.downsample = t.Sequential(t.Conv2d(C, K, 1, stride, bias=False), norm(K))
        self.new, self.stride, self.scale = K - C, stride, scale

    def forward(self, x: Any) -> Any:
        """Branch, shortcut, sum."""
        f = self.bn2(self.conv2(functional.relu(self.bn1(self.conv1(x)))))
        if hasattr(self, "downsample"):
            x = self.downsample(x)
        elif self.new:
            thin, n = x[:, :, :: self.stride, :: self.stride], self.new // 2
            x = functional.pad(thin, (0, 0, 0, 0, n, n))
        return functional.relu(f + self.scale * x)


class CifarResNet(t.Module):  # type: ignore[misc]
    """The network of 6n + 2 layers of section 4.2 in He et al., 2016."""

    def __init__(self, n: int, in_channels: int = 3, **options: Any) -> None:
        super().__init__()
        norm = t.BatchNorm2d if options.get("normalisation", True) else t.Identity
        self.conv1, self.bn1 = t.Conv2d(in_channels, 16, 3, 1, 1, bias=False), norm(16)
        C = 16
        for stage, K in enumerate((16, 32, 64), start=1):
            blocks = []
            for place in range(n):
                stride = 2 if stage > 1 and place == 0 else 1
                blocks.append(BasicBlock(C, K, stride, **options))
                C = K
            setattr(self, f"layer{stage}", t.Sequential(*blocks))
        self.fc = t.Linear(64, 10)

    def forward(self, x: Any) -> Any:
        """Logits."""
        x = functional.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.fc(x.mean(dim=(2, 3)))
