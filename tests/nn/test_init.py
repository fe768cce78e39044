"""Initial weights: bounds and variances, against PyTorch's rules."""

import math
from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn
from course_utils.nn import init

SHAPE = (40, 30, 3, 5)
FAN_IN, FAN_OUT = 30 * 15, 40 * 15


@pytest.mark.parametrize("shape", [(7, 5), (4, 3, 2), (6, 2, 3, 5), (2, 3, 4, 5, 6)])
def test_fans_are_pytorchs(shape: tuple[int, ...]) -> None:
    theirs = torch.nn.init._calculate_fan_in_and_fan_out(torch.empty(shape))
    assert init.fans(shape) == theirs


@pytest.mark.parametrize("name", ["linear", "conv2d", "sigmoid", "tanh", "relu", "leaky_relu"])
def test_gains_are_pytorchs(name: str) -> None:
    theirs: Any = torch.nn.init.calculate_gain
    assert init.calculate_gain(name) == pytest.approx(theirs(name), rel=1e-15)
    assert init.calculate_gain("leaky_relu", 0.3) == pytest.approx(
        theirs("leaky_relu", 0.3), rel=1e-15
    )


def moments(values: np.ndarray[Any, Any], sigma: float) -> None:
    """Mean 0 and deviation sigma, to four standard errors."""
    n = values.size
    assert abs(values.mean()) < 4 * sigma / math.sqrt(n)
    assert abs(values.std() / sigma - 1) < 4 / math.sqrt(2 * n)


@pytest.mark.parametrize(("mode", "n"), [("fan_in", FAN_IN), ("fan_out", FAN_OUT)])
def test_kaiming(mode: Any, n: int) -> None:
    rng = np.random.default_rng(0)
    normal = init.kaiming_normal(SHAPE, rng, mode=mode, dtype=np.float64)
    moments(normal, math.sqrt(2 / n))
    assert abs(normal).max() > 3 * math.sqrt(2 / n)  # a normal law has tails
    leaky = init.kaiming_normal(SHAPE, rng, 0.5, mode, "leaky_relu", np.float64)
    moments(leaky, math.sqrt(2 / (1 + 0.25) / n))
    even = init.kaiming_uniform(SHAPE, rng, mode=mode, nonlinearity="relu", dtype=np.float64)
    moments(even, math.sqrt(2 / n))
    assert abs(even).max() <= math.sqrt(6 / n)


def test_xavier() -> None:
    rng = np.random.default_rng(1)
    sigma = 1.5 * math.sqrt(2 / (FAN_IN + FAN_OUT))
    moments(init.xavier_normal(SHAPE, rng, gain=1.5, dtype=np.float64), sigma)
    even = init.xavier_uniform(SHAPE, rng, gain=1.5, dtype=np.float64)
    moments(even, sigma)
    assert abs(even).max() <= math.sqrt(3) * sigma


@pytest.mark.parametrize("ours", ["conv", "linear"])
def test_layers_start_as_pytorchs(ours: str) -> None:
    rng = np.random.default_rng(2)
    layer = nn.Conv2d(30, 400, 3, rng=rng) if ours == "conv" else nn.Linear(270, 400, rng=rng)
    theirs = torch.nn.Conv2d(30, 400, 3) if ours == "conv" else torch.nn.Linear(270, 400)
    bound = 1 / math.sqrt(270)
    for parameter, tensor in zip(layer.parameters(), theirs.parameters(), strict=True):
        values = tensor.detach().numpy()
        for numbers in (parameter.data, values):
            assert 0.97 * bound < abs(numbers).max() <= bound * (1 + 1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_same_numbers_in_both_precisions(dtype: str) -> None:
    for draw in (init.kaiming_normal, init.kaiming_uniform, init.xavier_normal,
                 init.xavier_uniform):  # fmt: skip
        one = draw((3, 4), np.random.default_rng(5), dtype=dtype)
        two = draw((3, 4), np.random.default_rng(5), dtype=np.float64)
        assert one.dtype == dtype
        np.testing.assert_array_equal(one, two.astype(dtype))


def test_refusals() -> None:
    with pytest.raises(ValueError, match=r"fans: shape is \(3,\)"):
        init.fans((3,))
    with pytest.raises(
        ValueError, match="calculate_gain: nonlinearity is 'swish', expected linear"
    ):
        init.calculate_gain("swish")
    with pytest.raises(ValueError, match="init: mode is 'both'"):
        init.kaiming_normal((2, 2), np.random.default_rng(0), mode="both")  # type: ignore[arg-type]


def test_reset_changes_weights_and_biases_only() -> None:
    rng = np.random.default_rng(0)
    net = nn.Sequential(
        nn.Conv2d(30, 50, 3, rng=rng), nn.BatchNorm2d(50), nn.Linear(400, 300, rng=rng)
    ).double()
    weights = [parameter.data for parameter in net.parameters()]
    net.parameters()[2].data[...] = 7.0  # the scale of the normalisation
    init.reset(net, np.random.default_rng(1), init.xavier_normal, gain=2.0)
    conv_w, conv_b, scale, shift, linear_w, linear_b = weights  # the same arrays, for optimisers
    moments(conv_w, 2 * math.sqrt(2 / (80 * 9)))
    moments(linear_w, 2 * math.sqrt(2 / 700))
    assert not conv_b.any()
    assert not linear_b.any()
    assert (scale == 7).all()
    assert not shift.any()
