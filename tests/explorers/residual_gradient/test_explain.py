"""Gradient norms and paths: the recipe behind the grid, against PyTorch and by hand."""

from __future__ import annotations

from dataclasses import replace
from math import comb

import numpy as np
import pytest

from course_utils.explorers.residual_gradient.explain import expansion, explain
from course_utils.explorers.residual_gradient.state import ResidualGradientState

START = ResidualGradientState()


def test_the_counts_are_binomials_and_the_weights_their_share() -> None:
    state = replace(START, blocks=6, skip_scale=0.5)
    lengths = explain(state).lengths
    assert [length.paths for length in lengths] == [comb(6, k) for k in range(7)]
    assert sum(length.paths for length in lengths) == 2**6
    assert [length.factor for length in lengths] == [0.5 ** (6 - k) for k in range(7)]
    assert sum(length.weight for length in lengths) == pytest.approx((1 + 0.5) ** 6)


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


def test_the_expansion() -> None:
    assert expansion(1) == "J₁ + λI: 2 paths"
    assert expansion(3) == (
        "(J₃ + λI)(J₂ + λI)(J₁ + λI) = λ³I + λ²(J₃ + J₂ + J₁) + λ(J₃J₂ + J₃J₁ + J₂J₁) + J₃J₂J₁"
    )
    assert expansion(2) == "(J₂ + λI)(J₁ + λI) = λ²I + λ(J₂ + J₁) + J₂J₁"
    assert expansion(8) == "(J₈ + λI)⋯(J₂ + λI)(J₁ + λI): 2⁸ = 256 paths"
