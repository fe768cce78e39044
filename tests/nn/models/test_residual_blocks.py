"""Gradients of blocks and whole networks against PyTorch's, with random upstream gradients."""

from typing import Any

import numpy as np
import pytest
import torch
import torchvision
from torch.nn import functional
from torchvision.models import resnet as their_resnet

from course_utils import nn
from course_utils.nn import models
from course_utils.nn.models.residual_blocks import projection

tnn: Any = torch.nn
RNG = np.random.default_rng


def randomise(theirs: Any, seed: int = 3) -> None:
    """Small weights, scales and statistics away from their first values."""
    rng = RNG(seed)
    state = {}
    for key, value in theirs.state_dict().items():
        shape = tuple(value.shape)
        if not value.is_floating_point():
            state[key] = value
        elif "running_var" in key or (value.ndim == 1 and "weight" in key):
            state[key] = torch.from_numpy(rng.uniform(0.5, 1.5, shape))
        else:
            fan = np.prod(shape[1:]) if len(shape) > 1 else 25
            state[key] = torch.from_numpy(rng.normal(0, np.sqrt(2 / fan), shape))
    theirs.load_state_dict(state)


def agree(
    ours: nn.Module, theirs: Any, shape: tuple[int, ...], rounds: int = 2, exact: float = 1e-10
) -> None:
    """Same outputs, input gradients, parameter gradients and buffers, after each round."""
    theirs.double()
    randomise(theirs)
    ours.double().load_state_dict(theirs.state_dict())
    rng = RNG(4)

    def close(a: Any, b: torch.Tensor, what: str) -> None:
        expected = b.detach().numpy()
        scale = max(abs(expected).max(initial=0.0), 1e-3)
        np.testing.assert_allclose(a, expected, rtol=0, atol=exact * scale, err_msg=what)

    for _ in range(rounds):
        x = rng.normal(size=shape)
        t = torch.from_numpy(x.copy()).requires_grad_()
        y, their_y = ours(x), theirs(t)
        close(y, their_y, "output")
        g = rng.normal(size=y.shape)
        their_y.backward(torch.from_numpy(g))
        assert t.grad is not None
        close(ours.backward(g), t.grad, "gradient of the input")
    their_grads = dict(theirs.named_parameters())
    for key, parameter in ours.named_parameters():
        close(parameter.grad, their_grads[key].grad, f"gradient of {key}")
    for key, value in ours.state_dict().items():
        close(value, theirs.state_dict()[key], key)


# ---------------------------------------------------------------- torchvision's blocks


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("kind", ["basic", "basic, down", "bottleneck", "bottleneck, down"])
def test_blocks_are_torchvisions(kind: str, training: bool) -> None:
    ours: nn.Module
    if kind == "basic":
        ours = models.BasicBlock(4, 4, rng=None)
        theirs = their_resnet.BasicBlock(4, 4)
        shape = (3, 4, 7, 6)
    elif kind == "basic, down":
        ours = models.BasicBlock(4, 6, 2, projection(4, 6, 2, None, "f4"), rng=None)
        down = tnn.Sequential(tnn.Conv2d(4, 6, 1, 2, bias=False), tnn.BatchNorm2d(6))
        theirs = their_resnet.BasicBlock(4, 6, 2, down)
        shape = (3, 4, 7, 6)
    elif kind == "bottleneck":
        ours = models.Bottleneck(8, 2, rng=None)
        theirs = their_resnet.Bottleneck(8, 2)
        shape = (3, 8, 5, 6)
    else:
        ours = models.Bottleneck(4, 3, 2, projection(4, 12, 2, None, "f4"), rng=None)
        down = tnn.Sequential(tnn.Conv2d(4, 12, 1, 2, bias=False), tnn.BatchNorm2d(12))
        theirs = their_resnet.Bottleneck(4, 3, 2, down)
        shape = (3, 4, 7, 6)
    ours.train(training)
    theirs.train(training)
    agree(ours, theirs, shape)


def test_resnet18_backward_is_torchvisions() -> None:
    theirs = torchvision.models.resnet18(weights=None, num_classes=5).train()
    ours = models.resnet18(5, rng=None).train()
    agree(ours, theirs, (4, 3, 64, 48), rounds=1, exact=1e-9)  # 18 normalisations amplify


# ---------------------------------------------------------------- lambda


class TheirScaledBlock(tnn.Module):  # type: ignore[misc]
    """A basic block of PyTorch's layers whose shortcut has a factor."""

    def __init__(self, channels: int, scale: float) -> None:
        super().__init__()
        self.conv1 = tnn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn1 = tnn.BatchNorm2d(channels)
        self.conv2 = tnn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn2 = tnn.BatchNorm2d(channels)
        self.scale = scale

    def forward(self, x: Any) -> Any:
        f = self.bn2(self.conv2(functional.relu(self.bn1(self.conv1(x)))))
        return functional.relu(f + self.scale * x)


@pytest.mark.parametrize("scale", [0.0, 0.5, 1.0, -1.3, 2.0])
def test_the_factor_of_the_shortcut(scale: float) -> None:
    ours = models.BasicBlock(3, 3, skip_scale=scale, rng=None)
    agree(ours, TheirScaledBlock(3, scale), (3, 3, 6, 5))


def test_the_factor_scales_a_projection_too() -> None:
    down = projection(3, 4, 2, RNG(0), np.float64)
    block = models.BasicBlock(3, 4, 2, down, 0.5, rng=None, dtype=np.float64).eval()
    x = RNG(1).normal(size=(2, 3, 6, 6))
    g = RNG(2).normal(size=(2, 4, 3, 3))
    shortcut = down(x)  # the branch is zero, for all its weights are
    np.testing.assert_allclose(block(x), np.maximum(0.5 * shortcut, 0), atol=1e-14)
    down(x)  # the block's own backward will want one more forward
    expected = down.backward(0.5 * g * (shortcut > 0))
    block(x)
    np.testing.assert_allclose(block.backward(g), expected, atol=1e-13)


def test_zero_factor_is_a_plain_network() -> None:
    net = models.CifarResNet(8, "B", skip_scale=0, rng=RNG(0))
    assert not any("downsample" in name for name in net.state_dict())
    x = RNG(1).normal(size=(2, 3, 32, 32)).astype(np.float32)
    assert net(x).shape == (2, 10)
    assert net.backward(np.ones((2, 10), np.float32)).shape == x.shape


def test_a_clean_path_multiplies_by_the_factor() -> None:
    # Branches at zero: through L pre-activation blocks the gradient is lambda^L, exactly.
    L, scale = 6, 0.5
    net = nn.Sequential(
        *(models.PreActivationBlock(2, 2, skip_scale=scale, rng=None) for _ in range(L))
    ).double()
    x, g = RNG(0).normal(size=(1, 2, 4, 4)), RNG(1).normal(size=(1, 2, 4, 4))
    np.testing.assert_array_equal(net(x), x * scale**L)
    np.testing.assert_array_equal(net.backward(g), g * scale**L)


def test_a_shortcut_of_the_wrong_shape_is_said() -> None:
    block = models.BasicBlock(2, 4, rng=None)
    with pytest.raises(ValueError, match=r"BasicBlock: the shortcut gives .* downsample is needed"):
        block(np.zeros((2, 2, 4, 4), np.float32))


def test_zero_init_residual() -> None:
    net = models.CifarResNet(8, zero_init_residual=True, rng=RNG(0))
    scales = [v for k, v in net.state_dict().items() if k.endswith("bn2.weight")]
    assert len(scales) == 3
    assert not any(scale.any() for scale in scales)
    resnet = models.ResNet(models.Bottleneck, (1, 1, 1, 1), 5, zero_init_residual=True, rng=None)
    scales = [v for k, v in resnet.state_dict().items() if k.endswith("bn3.weight")]
    assert len(scales) == 4
    assert not any(scale.any() for scale in scales)


# ---------------------------------------------------------------- CIFAR


class TheirCifarBlock(tnn.Module):  # type: ignore[misc]
    """The block of section 4.2, written down once more in PyTorch."""

    def __init__(self, c: int, k: int, stride: int, option: str) -> None:
        super().__init__()
        self.conv1 = tnn.Conv2d(c, k, 3, stride, 1, bias=False)
        self.bn1 = tnn.BatchNorm2d(k)
        self.conv2 = tnn.Conv2d(k, k, 3, 1, 1, bias=False)
        self.bn2 = tnn.BatchNorm2d(k)
        if c != k and option == "B":
            self.downsample = tnn.Sequential(
                tnn.Conv2d(c, k, 1, stride, bias=False), tnn.BatchNorm2d(k)
            )
        self.new = k - c

    def forward(self, x: Any) -> Any:
        f = self.bn2(self.conv2(functional.relu(self.bn1(self.conv1(x)))))
        if hasattr(self, "downsample"):
            x = self.downsample(x)
        elif self.new:
            x = functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.new // 2, self.new // 2))
        return functional.relu(f + x)


class TheirCifarResNet(tnn.Module):  # type: ignore[misc]
    def __init__(self, n: int, option: str) -> None:
        super().__init__()
        self.conv1 = tnn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = tnn.BatchNorm2d(16)
        c = 16
        for k, stride in ((1, 1), (2, 2), (4, 2)):
            blocks = []
            for i in range(n):
                blocks.append(TheirCifarBlock(c, 16 * k, stride if i == 0 else 1, option))
                c = 16 * k
            setattr(self, f"layer{1 + (k > 1) + (k > 2)}", tnn.Sequential(*blocks))
        self.fc = tnn.Linear(64, 10)

    def forward(self, x: Any) -> Any:
        x = functional.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.fc(x.mean(dim=(2, 3)))


@pytest.mark.parametrize("option", ["A", "B"])
def test_cifar_resnet(option: Any) -> None:
    ours = models.CifarResNet(14, option, rng=None)
    agree(ours, TheirCifarResNet(2, option), (3, 3, 32, 32), rounds=1, exact=1e-9)


def test_pre_activation_network_has_a_right_gradient() -> None:
    net = models.CifarResNet(8, "B", pre_activation=True, rng=RNG(0), dtype=np.float64)
    rng = RNG(1)
    x, g = rng.normal(size=(2, 3, 8, 8)), rng.normal(size=(2, 10))
    net(x)
    grad = net.backward(g)
    along = rng.normal(size=x.shape)  # the slope in one random direction
    h = 1e-6
    slope = float(((net(x + h * along) - net(x - h * along)) * g).sum()) / (2 * h)
    assert float((grad * along).sum()) == pytest.approx(slope, rel=1e-6)


def test_one_channel() -> None:
    net = models.CifarResNet(8, in_channels=1, rng=RNG(0))
    assert net(np.zeros((2, 1, 32, 32), np.float32)).shape == (2, 10)


# ---------------------------------------------------------------- LeNet-5


def test_pad_shortcut() -> None:
    layer = models.PadShortcut(4, 10, 2)
    x, g = RNG(0).normal(size=(2, 4, 5, 7)), RNG(1).normal(size=(2, 10, 3, 4))
    t = torch.from_numpy(x).requires_grad_()
    theirs = functional.pad(t[:, :, ::2, ::2], (0, 0, 0, 0, 3, 3))
    theirs.backward(torch.from_numpy(g))  # type: ignore[no-untyped-call]
    np.testing.assert_array_equal(layer(x), theirs.detach().numpy())
    assert t.grad is not None
    np.testing.assert_array_equal(layer.backward(g), t.grad.numpy())


@pytest.mark.parametrize("activation", ["relu", "tanh"])
@pytest.mark.parametrize("pooling", ["max", "average"])
def test_lenet5(activation: Any, pooling: Any) -> None:
    f = tnn.ReLU if activation == "relu" else tnn.Tanh
    pool = tnn.MaxPool2d if pooling == "max" else tnn.AvgPool2d

    class Theirs(tnn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.features = tnn.Sequential(
                tnn.Conv2d(1, 6, 5), f(), pool(2), tnn.Conv2d(6, 16, 5), f(), pool(2)
            )
            self.classifier = tnn.Sequential(
                tnn.Linear(400, 120), f(), tnn.Linear(120, 84), f(), tnn.Linear(84, 10)
            )

        def forward(self, x: Any) -> Any:
            return self.classifier(self.features(x).flatten(1))

    ours = models.lenet5(activation=activation, pooling=pooling, rng=None)
    agree(ours, Theirs(), (3, 1, 32, 32))


class TheirLeNet5(tnn.Module):  # type: ignore[misc]
    """The network of 1998, with the sparse layer as one small convolution for each map."""

    def __init__(self) -> None:
        super().__init__()
        self.c1, self.c5 = tnn.Conv2d(1, 6, 5), tnn.Conv2d(16, 120, 5)
        self.f6 = tnn.Linear(120, 84)
        self.s2, self.s4, self.c3 = tnn.Module(), tnn.Module(), tnn.Module()
        for layer, n in ((self.s2, 6), (self.s4, 16)):
            layer.weight, layer.bias = tnn.Parameter(torch.ones(n)), tnn.Parameter(torch.zeros(n))
        self.c3.weight = tnn.Parameter(torch.zeros(60, 5, 5))
        self.c3.bias = tnn.Parameter(torch.zeros(16))
        self.output = tnn.Module()
        self.output.register_buffer("bitmaps", torch.zeros(10, 84))

    @staticmethod
    def squash(a: Any) -> Any:
        return 1.7159 * torch.tanh(2 / 3 * a)

    def subsample(self, layer: Any, x: Any) -> Any:
        total = x[:, :, ::2, ::2] + x[:, :, 1::2, ::2] + x[:, :, ::2, 1::2] + x[:, :, 1::2, 1::2]
        return self.squash(layer.weight[:, None, None] * total + layer.bias[:, None, None])

    def forward(self, x: Any) -> Any:
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


def test_lenet5_of_1998() -> None:
    agree(models.LeNet5(rng=None), TheirLeNet5(), (3, 1, 32, 32))


def test_lenet5_bitmaps_are_ten_different_digits() -> None:
    bitmaps = models.lenet_1998.digit_bitmaps()
    assert bitmaps.shape == (10, 12, 7)
    assert set(np.unique(bitmaps)) == {-1.0, 1.0}
    flat = bitmaps.reshape(10, 84)
    distance = ((flat[:, None] - flat) ** 2).sum(axis=2) / 4  # pixels that differ
    assert distance[~np.eye(10, dtype=bool)].min() >= 4


def test_lenet5_refuses_another_size() -> None:
    with pytest.raises(ValueError, match=r"LeNet5: x is expected to be \(B, 1, 32, 32\)"):
        models.LeNet5(rng=None)(np.zeros((1, 1, 36, 36), np.float32))


def test_lenet5_connections_are_the_papers() -> None:
    table = models.lenet_1998.CONNECTIONS
    assert sum(map(len, table)) == 60
    # Every map of S2 is looked at by ten maps of C3, as the rows of table I show.
    assert np.bincount(np.concatenate(table)).tolist() == [10] * 6
    assert len(set(table)) == 16
