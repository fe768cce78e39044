"""ConvArithmeticExplorer from Python: set inputs, read results; what travels to the page."""

from __future__ import annotations

import numpy as np

from course_utils import ops
from course_utils.explorers import ConvArithmeticExplorer
from course_utils.explorers.conv_arithmetic.valid_options import choices

RNG = np.random.default_rng(2)


def test_an_array_and_a_kernel() -> None:
    x, w = RNG.normal(size=(6, 5)), RNG.normal(size=(2, 3))
    explorer = ConvArithmeticExplorer(x, w, stride=(2, 1), focus=(1, 2))
    expected = ops.correlate(x, w, mode="valid")[::2]
    np.testing.assert_allclose(explorer.y, expected, atol=1e-12)
    assert explorer.explain().total == explorer.y[1, 2]
    assert (explorer.x_preset, explorer.w_preset) == ("custom", "custom")
    assert (explorer.input_size, explorer.kernel_size) == ((6, 5), (2, 3))


def test_every_trait_mirrors_the_state() -> None:
    explorer = ConvArithmeticExplorer(stride=2, padding=(0, 1))
    assert (explorer.stride, explorer.padding) == ((2, 2), (0, 1))
    explorer.kernel_size = (2, 5)
    assert explorer.w.shape == (2, 5)
    explorer.w = np.eye(2)
    assert explorer.kernel_size == (2, 2)
    explorer.update(transposed=True, input_size=4)
    # Rows: (4 − 1)·2 + 2 = 8. Columns: 2 fewer by the padding, and the remainder of
    # 9 + 2·1 − 2 = 9 by 2 on top.
    assert explorer.y.shape == (8, 7)
    assert explorer.output_padding == (0, 1)
    assert explorer.x.shape == explorer.input_size == (4, 4)


def test_the_page_gets_pythons_numbers() -> None:
    explorer = ConvArithmeticExplorer(RNG.normal(size=(5, 7)), RNG.normal(size=(3, 2)), padding=1)
    found, facts = explorer.explain(), explorer.facts
    assert facts["grid"] == found.grid.tolist()
    assert facts["output"] == found.output.tolist()
    assert facts["used"] == found.used.tolist()
    assert facts["read"] == found.read.tolist()
    assert facts["choices"] == choices(explorer.state.sizes)
    assert [axis["text"] for axis in facts["axes"]] == [axis.text for axis in found.axes]
    assert facts["axes"][0]["ratio"] == "2"  # (5 + 2 − 2 − 1) / 2


def test_a_list_from_the_page_is_a_pair() -> None:
    explorer = ConvArithmeticExplorer()
    explorer.set_state({"stride": [1, 3]})
    assert explorer.error == ""
    assert explorer.state.sizes.stride == (1, 3)
    explorer.set_state({"input_size": [15, 9]})
    assert explorer.error.endswith("from 1 to 14, not 15")
    assert explorer.input_size == (8, 9)


def test_summary() -> None:
    explorer = ConvArithmeticExplorer(
        np.arange(12.0).reshape(3, 4), [[1, 0], [0, -1 / 3]], stride=(1, 3), focus=(1, 0)
    )
    assert explorer.summary().splitlines() == [
        "ConvArithmeticExplorer: convolution, input 3 × 4, kernel 2 × 2, output 2 × 1",
        "rows: ⌊(3 + 2·0 − 1·(2 − 1) − 1) / 1⌋ + 1 = ⌊1 / 1⌋ + 1 = 1 + 1 = 2",
        "columns: ⌊(4 + 2·0 − 1·(2 − 1) − 1) / 3⌋ + 1 = ⌊2 / 3⌋ + 1 = ⌊0.667⌋ + 1 = 0 + 1 = 1",
        "The floor drops a remainder: 2 columns at the right are read by no window.",
        "Of the 12 input cells, 6 take part in no output.",
        "y[1, 0] = 1, a sum of 4 products",  # 4 − 9/3
        "y = F.conv2d(x, w, stride=(1, 3))",
    ]
