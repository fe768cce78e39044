"""PoolExplorer from Python: set inputs, read results; what travels to the page."""

from __future__ import annotations

import json

import numpy as np

from course_utils import ops
from course_utils.explorers import PoolExplorer
from course_utils.explorers.pool.valid_options import choices

RNG = np.random.default_rng(4)


def test_an_array_and_an_upstream_gradient() -> None:
    x, g = RNG.normal(size=(6, 5)), RNG.normal(size=(3, 2))
    explorer = PoolExplorer(x, g, kernel_size=(2, 3))
    np.testing.assert_array_equal(explorer.y, ops.max_pool2d(x[None], (2, 3), 2)[0])
    expected = ops.max_pool2d_backward(g[None], x[None], (2, 3), 2)[0]
    np.testing.assert_array_equal(explorer.gradient, expected)
    assert (explorer.x_preset, explorer.g_preset) == ("custom", "custom")
    explorer.kind = "average"
    np.testing.assert_allclose(explorer.y, ops.avg_pool2d(x[None], (2, 3), 2)[0])


def test_every_trait_mirrors_the_state() -> None:
    explorer = PoolExplorer(kernel_size=2, stride=(1, 2), shift=1)
    assert (explorer.kernel_size, explorer.stride, explorer.shift) == ((2, 2), (1, 2), (1, 1))
    assert explorer.g.shape == explorer.y.shape == (6, 3)
    explorer.x = np.eye(4)
    assert explorer.input_size == (4, 4)
    explorer.update(kind="lp", p=np.int64(3))
    assert (explorer.kind, explorer.p) == ("lp", 3)


def test_the_page_gets_pythons_numbers_as_json_can_hold_them() -> None:
    explorer = PoolExplorer(RNG.normal(size=(5, 7)), kernel_size=3, padding=1, shift=(0, 2))
    found, facts = explorer.explain(), explorer.facts
    json.dumps(facts, allow_nan=False)  # the padding of a maximum is −∞, which JSON has not
    assert facts["moved"] == found.moved.tolist()
    assert facts["output"] == found.output.tolist()
    assert facts["gradient"] == found.gradient.tolist()
    assert np.array(facts["shares"]).tolist() == found.shares.reshape(3, 4, 9).tolist()
    assert facts["changed"] == found.changed.tolist()
    assert facts["choices"] == choices(explorer.state)


def test_summary() -> None:
    explorer = PoolExplorer([[0, 7, -1], [7, 7, 2]], [[6, 1 / 3]], kernel_size=2, stride=1)
    assert explorer.summary().splitlines() == [
        "PoolExplorer: largest of windows 2 × 2, stride 1 × 1, padding 0 × 0, of an input 2 × 3",
        "y = 7 7",
        "g = 6 0.333",
        "gradient of x, the first of equal values = 0 6.333 0; 0 0 0",
        "2 windows with a tie. x[0, 1] wins 2 windows.",
        "g sums to 6.333, and so does what it hands back.",
        "x = x.requires_grad_()",
        "y = F.max_pool2d(x, 2, stride=1)",
        "y.backward(g)",
    ]
