"""ResidualGradientExplorer from Python: set inputs, read results."""

from __future__ import annotations

import numpy as np

from course_utils.explorers import ResidualGradientExplorer
from course_utils.explorers.residual_gradient.explain import explain


def test_every_trait_mirrors_the_state() -> None:
    explorer = ResidualGradientExplorer(
        depth=20, skip_scale=0.5, initialisation="he", normalisation=True, quantity="weights",
        layer=19, blocks=2, pre_activation=True,
    )  # fmt: skip
    assert len(explorer.plain) == len(explorer.residual) == 20
    for name in explorer.inputs:
        assert getattr(explorer, name) == getattr(explorer.state, name), name
    explorer.depth = 8
    assert explorer.layer == 7
    explorer.quantity = "signal"
    assert len(explorer.residual) == 4
    assert explorer.layer == 3


def test_the_page_gets_pythons_numbers() -> None:
    explorer = ResidualGradientExplorer(depth=14, skip_scale=0.9, blocks=5)
    found, facts = explain(explorer.state), explorer.facts
    assert facts["plain"] == found.plain.tolist()
    assert facts["residual"] == found.residual.tolist()
    assert [scale for scale, _ in facts["family"]] == list(found.family)
    assert [row["norm"] for row in facts["lengths"]] == [path.norm for path in found.lengths]
    assert len(facts["names"]) == len(facts["plain"]) == 7
    np.testing.assert_array_equal(explorer.residual, found.residual)


def test_summary() -> None:
    lines = ResidualGradientExplorer(depth=20, blocks=2, skip_scale=0.5).summary().splitlines()
    assert lines[0] == (
        "ResidualGradientExplorer: 20 layers, λ = 0.5, xavier weights, no normalisation, "
        "original blocks"
    )
    assert lines[3] == "2 blocks, 4 paths by length: 1 × λ^2, 2 × λ^1, 1 × λ^0"
    assert len(lines) == 5
