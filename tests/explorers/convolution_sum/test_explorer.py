"""ConvolutionSumExplorer from Python: set inputs, read results."""

from __future__ import annotations

import numpy as np

from course_utils.explorers import ConvolutionSumExplorer


def test_a_signal_and_a_kernel() -> None:
    explorer = ConvolutionSumExplorer(x=[1, 2, 3], w=[1, 10], t=2)
    assert explorer.y.tolist() == [1, 12, 23, 30]
    assert explorer.explain().total == 23
    explorer.t = 3
    assert explorer.explain().total == 30
    explorer.mode = "valid"
    assert explorer.y.tolist() == [12, 23]
    assert explorer.t == 2
    explorer.w = [1.0, 0.0, -1.0]
    assert explorer.y.tolist() == [2]
    assert explorer.w_size == 3


def test_every_trait_mirrors_the_state() -> None:
    explorer = ConvolutionSumExplorer(x_preset="ramp", x_size=4, w_preset="difference")
    np.testing.assert_array_equal(explorer.x, [1, 2, 3, 4])
    assert explorer.y.tolist() == [1, 1, 1, 1, -4]
    assert (explorer.x_preset, explorer.w_preset) == ("ramp", "difference")
    explorer.x = [0.0, 1.0]
    assert (explorer.x_preset, explorer.x_size) == ("custom", 2)


def test_the_page_gets_pythons_numbers() -> None:
    rng = np.random.default_rng(1)
    explorer = ConvolutionSumExplorer(rng.normal(size=6), rng.normal(size=4), mode="same")
    found, facts = explorer.explain(), explorer.facts
    assert facts["y"] == found.y.tolist()
    assert facts["full"] == found.full.tolist()
    assert (facts["first"], facts["full_first"]) == (1, 0)
    assert facts["x"] == explorer.x.tolist()


def test_summary() -> None:
    explorer = ConvolutionSumExplorer([1, 2, 3], [1, 1 / 3], operation="correlation", t=-1)
    assert explorer.summary().splitlines() == [
        "ConvolutionSumExplorer: correlation, full, t = -1",
        "x: 1 2 3",
        "w: 1 0.333",
        "y[-1] to y[2]: 0.333 1.667 3 3",
        "y[-1] = x[-1]·w[0] + x[0]·w[1] = 0 + 0.333 = 0.333",
    ]
