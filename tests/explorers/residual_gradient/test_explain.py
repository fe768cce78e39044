"""Gradient norms and paths: the recipe behind the grid, against PyTorch and by hand."""

from __future__ import annotations

import itertools
from dataclasses import replace
from math import comb

import numpy as np
import pytest
import torch
from torch.nn import functional

from course_utils import nn, torch_bridge
from course_utils.explorers.residual_gradient import grid
from course_utils.explorers.residual_gradient.networks import (
    INITIALISATIONS,
    digits,
    measure,
    prepare,
    sum_paths,
)
from course_utils.explorers.residual_gradient.state import (
    ResidualGradientState,
    expansion,
    explain,
    place_name,
    with_changes,
)
from course_utils.nn import models
from tests import reference_models

START = ResidualGradientState()


# A few entries of every kind: shallow and deep, both blocks, with and without normalisation, and
# the ends of the range (1e-54 and 1e5).
@pytest.mark.parametrize(
    "key",
    [
        (8, 1.0, "he", True, False),
        (14, 0.25, "small", True, True),
        (20, 0.9, "xavier", False, True),
        (32, 1.1, "he", False, False),
        (56, 0.0, "small", False, False),
    ],
)
def test_the_stored_norms_are_what_the_recipe_gives(key: grid.NetKey) -> None:
    fresh = measure(*key, grid.SEED)
    stored = grid.load()[0][key]
    # six digits are stored; the exponent is 54, and its error is multiplied by ln 10
    np.testing.assert_allclose(stored.signal, fresh.signal, rtol=2e-5)
    np.testing.assert_allclose(stored.weights, fresh.weights, rtol=2e-5)


@pytest.mark.parametrize(
    "key", [(1, 0.5, "he", True), (4, 1.1, "small", False), (6, 0.9, "xavier", True)]
)
def test_the_stored_paths_are_what_the_recipe_gives(key: grid.PathKey) -> None:
    fresh, stored = sum_paths(*key, grid.SEED), grid.load()[1][key]
    np.testing.assert_allclose(stored.norms, fresh.norms, rtol=1e-9)
    assert stored.total == pytest.approx(fresh.total, rel=1e-9)


def test_every_entry_is_there_and_finite() -> None:
    nets, paths = grid.load()
    assert list(nets) == list(grid.net_keys())
    assert list(paths) == list(grid.path_keys())
    for key, found in nets.items():
        assert found.signal.shape == ((key[0] - 2) // 2 + 1,)
        assert found.weights.shape == (key[0],)
        assert np.isfinite(found.signal).all()
        assert (found.signal > 0).all()
        assert (found.weights > 0).all()
    for path_key, summed in paths.items():
        assert summed.norms.shape == (path_key[0] + 1,)
        assert summed.gap < 1e-12, path_key


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
    functional.cross_entropy(logits, torch.from_numpy(labels)).backward()
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


def test_the_counts_are_binomials_and_the_weights_their_share() -> None:
    state = replace(START, blocks=6, skip_scale=0.5)
    lengths = explain(state).lengths
    assert [length.paths for length in lengths] == [comb(6, k) for k in range(7)]
    assert sum(length.paths for length in lengths) == 2**6
    assert [length.factor for length in lengths] == [0.5 ** (6 - k) for k in range(7)]
    assert sum(length.weight for length in lengths) == pytest.approx((1 + 0.5) ** 6)


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


def test_what_the_lesson_says_is_so() -> None:
    deep = replace(START, depth=56)
    vanished = explain(deep)
    assert vanished.plain_ratio < 1e-9
    assert 1 < vanished.residual_ratio < 10
    # λ ≠ 1 multiplies from block to block: below it fades, above it grows
    ratios = [explain(replace(deep, skip_scale=s)).residual_ratio for s in (0.5, 0.9, 1.0, 1.1)]
    assert ratios == sorted(ratios)
    assert ratios[0] < 1e-4
    assert ratios[-1] > 30
    # a plain net with He's weights neither fades nor grows much without normalisation, and grows
    # with it
    he = replace(deep, initialisation="he")
    assert 0.01 < explain(he).plain_ratio < 1
    assert explain(replace(he, normalisation=True)).plain_ratio > 1e3


def test_another_seed_is_computed_and_another_lambda_too() -> None:
    small = replace(START, depth=8)
    stored, fresh = explain(small), explain(replace(small, seed=7))
    assert stored.stored
    assert not fresh.stored
    assert fresh.family == {}
    assert not np.allclose(stored.residual, fresh.residual)
    between = explain(replace(small, skip_scale=0.95))
    assert not between.stored
    low, high = (explain(replace(small, skip_scale=s)).residual for s in (0.9, 1.0))
    assert (low < between.residual).all()
    assert (between.residual < high).all()


def test_lambda_0_is_the_plain_network() -> None:
    found = explain(replace(START, skip_scale=0.0, depth=20))
    np.testing.assert_array_equal(found.plain, found.residual)
    assert [length.norm for length in found.lengths[:-1]] == [0, 0, 0]


def test_names_of_the_places() -> None:
    state = replace(START, depth=14)
    assert [place_name(state, n) for n in (0, 5, 6)] == [
        "input of block 1 of 6",
        "input of block 6 of 6",
        "output of block 6 of 6",
    ]
    weights = replace(state, quantity="weights")
    assert weights.places == 14
    assert place_name(weights, 13) == "weights of layer 14 of 14"


def test_the_expansion() -> None:
    assert expansion(1) == "J₁ + λI: 2 paths"
    assert expansion(3) == (
        "(J₃ + λI)(J₂ + λI)(J₁ + λI) = λ³I + λ²(J₃ + J₂ + J₁) + λ(J₃J₂ + J₃J₁ + J₂J₁) + J₃J₂J₁"
    )
    assert expansion(8) == "(J₈ + λI)⋯(J₂ + λI)(J₁ + λI): 2⁸ = 256 paths"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"depth": 21}, "depth must be one of 8, 14, 20, 32, 44, 56, 110, not 21"),
        ({"depth": True}, "depth must be one of"),
        ({"skip_scale": -0.1}, "skip_scale must be from 0 to 2, not -0.1"),
        ({"skip_scale": float("nan")}, "skip_scale must be"),
        ({"skip_scale": "1"}, "skip_scale must be"),
        ({"initialisation": "zeros"}, "initialisation must be one of he, xavier, small"),
        ({"normalisation": 1}, "normalisation must be True or False"),
        ({"quantity": "bias"}, "quantity must be one of signal, weights"),
        ({"seed": -1}, "seed must be a whole number from 0 to 9999"),
        ({"blocks": 9}, "blocks must be one of 1, 2, 3, 4, 5, 6, 7, 8, not 9"),
        ({"layer": 1.5}, "layer must be a whole number"),
    ],
)
def test_refusals_say_why(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        with_changes(START, change)


def test_the_point_keeps_its_relative_place() -> None:
    state = with_changes(START, {"layer": 27})
    assert state.layer == 27
    assert with_changes(state, {"depth": 20}).layer == 9
    assert with_changes(state, {"quantity": "weights"}).layer == 55
    assert with_changes(state, {"layer": 99}).layer == 27
    assert with_changes(state, {"layer": -3}).layer == 0
