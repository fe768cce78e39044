"""Gradient norms and paths, against PyTorch and by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch
from torch.nn import functional

from course_utils import nn, torch_bridge
from course_utils.explorers.residual_gradient.networks import (
    INITIALISATIONS,
    digits,
    measure,
    prepare,
    sum_paths,
)
from course_utils.nn import models
from tests import reference_models


def test_the_norms_are_autograds() -> None:
    depth, scale, seed = 14, 0.7, 3
    ours = measure(depth, scale, "xavier", False, False, seed)
    net = models.CifarResNet(depth, in_channels=1, skip_scale=scale, rng=None, dtype=np.float64)
    prepare(net, "xavier", False, np.random.default_rng(seed))
    x, labels = digits()
    theirs = reference_models.CifarResNet(
        2, in_channels=1, scale=scale, normalisation=False
    ).double()
    torch_bridge.copy_weights(net, theirs)
    signals = [theirs.conv1(torch.from_numpy(x)).relu()]
    for block in [*theirs.layer1, *theirs.layer2, *theirs.layer3]:
        signals.append(block(signals[-1]))
    for signal in signals:
        signal.retain_grad()
    logits = theirs.fc(signals[-1].mean((2, 3)))
    torch.autograd.backward(functional.cross_entropy(logits, torch.from_numpy(labels)))
    norms = [float(signal.grad.norm()) for signal in signals]
    np.testing.assert_allclose(ours.signal, norms, rtol=1e-10)
    first = theirs.conv1.weight
    assert ours.weights[0] == pytest.approx(float(first.grad.norm()), rel=1e-10)


def test_the_paths_are_the_product_multiplied_out() -> None:
    """Every subset of blocks by itself, through explicit Jacobians."""
    L, scale, seed = 3, 0.6, 5
    rng = np.random.default_rng(seed)
    stack = [
        models.PreActivationBlock(8, 8, skip_scale=scale, rng=None, dtype=np.float64)
        for _ in range(L)
    ]
    prepare(nn.Sequential(*stack), "he", False, rng)
    x = rng.normal(size=(16, 8, 8, 8))
    upstream = rng.normal(size=x.shape)
    upstream /= np.linalg.norm(upstream)
    inputs = [x]
    for block in stack:
        inputs.append(block(inputs[-1]))
    lengths = np.zeros((L + 1, *x.shape))
    for taken in itertools.product((False, True), repeat=L):
        gradient = upstream
        for block, given, through in reversed(list(zip(stack, inputs, taken, strict=False))):
            if through:
                block.branch(given)
                gradient = block.branch_backward(gradient)
            else:
                gradient = scale * gradient
        lengths[sum(taken)] += gradient
    found = sum_paths(L, scale, "he", False, seed)
    expected = [np.linalg.norm(part) for part in lengths]
    np.testing.assert_allclose(found.norms, expected, rtol=1e-10)
    assert found.total == pytest.approx(np.linalg.norm(lengths.sum(0)), rel=1e-10)
    assert found.norms[0] == pytest.approx(scale**L)


def test_the_initialisations_have_their_variance() -> None:
    rng = np.random.default_rng(0)
    shape = (64, 32, 3, 3)
    for name, sigma in (
        ("he", np.sqrt(2 / (32 * 9))),
        ("xavier", np.sqrt(2 / (96 * 9))),
        ("small", 0.01),
    ):
        weight = INITIALISATIONS[name][1](shape, rng, dtype=np.float64)
        assert weight.std() == pytest.approx(sigma, rel=0.03), name


def test_without_normalisation_there_is_none() -> None:
    net = models.CifarResNet(8, "B", in_channels=1, rng=None)
    prepare(net, "he", False, np.random.default_rng(0))
    kinds = [type(module) for module in net.modules()]
    assert nn.BatchNorm2d not in kinds
    assert kinds.count(nn.Identity) == 9
