"""FilterExplorer's numbers, against SciPy, PyTorch and sums by hand."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import ndimage, signal

from course_utils.explorers.filter.explain import explain
from course_utils.explorers.filter.padding import PADDING_MODES
from course_utils.explorers.filter.state import FilterState, with_changes
from course_utils.explorers.shared.windows import span

RNG = np.random.default_rng(5)
IMAGE = RNG.normal(size=(9, 12))
KERNEL = RNG.normal(size=(3, 2))


def start(**parts: Any) -> FilterState:
    return with_changes(FilterState(IMAGE, KERNEL), parts)


def by_scipy(state: FilterState) -> np.ndarray[Any, Any]:
    """SciPy's modes for the borders, zeros between the weights for the dilation."""
    (top, bottom), (left, right) = state.borders
    modes = {
        "zeros": "grid-constant",
        "reflect": "mirror",
        "replicate": "nearest",
        "circular": "grid-wrap",
    }
    d = state.dilation
    rows, columns = (span(side, d) for side in state.kernel.shape)
    spread = np.zeros((rows, columns))
    spread[::d, ::d] = state.kernel[::-1, ::-1] if state.flip else state.kernel
    H, W = state.image.shape
    i, j = np.mgrid[-top : H + bottom, -left : W + right]
    padded = ndimage.map_coordinates(state.image, [i, j], order=0, mode=modes[state.padding_mode])
    return np.asarray(signal.correlate2d(padded, spread, "valid")[:: state.stride, :: state.stride])


@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("mode", list(PADDING_MODES))
@pytest.mark.parametrize(
    ("stride", "padding", "dilation"),
    [(1, 0, 1), (2, 1, 1), (1, "same", 1), (3, 2, 2), (1, "same", 3), (2, 5, 1), (1, 4, 4)],
)
def test_output_equals_scipy(
    flip: bool, mode: str, stride: int, padding: int | str, dilation: int
) -> None:
    state = start(flip=flip, padding_mode=mode, stride=stride, padding=padding, dilation=dilation)
    expected = by_scipy(state)
    found = explain(state)
    assert found.output.shape == expected.shape
    np.testing.assert_allclose(found.output, expected, rtol=0, atol=1e-12)


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel")
@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("mode", list(PADDING_MODES))
@pytest.mark.parametrize(
    ("stride", "padding", "dilation"),
    [(1, 0, 1), (2, 3, 1), (1, "same", 3), (1, "same", 1), (3, 1, 2)],
)
def test_the_line_of_pytorch_gives_the_output(
    flip: bool, mode: str, stride: int, padding: int | str, dilation: int
) -> None:
    torch = pytest.importorskip("torch")
    state = start(flip=flip, padding_mode=mode, stride=stride, padding=padding, dilation=dilation)
    names = {
        "F": torch.nn.functional,
        "x": torch.tensor(state.image)[None, None],
        "w": torch.tensor(state.kernel)[None, None],
    }
    found = explain(state)
    exec(found.torch_line, names)
    np.testing.assert_allclose(names["y"][0, 0].numpy(), found.output, rtol=0, atol=1e-12)


def test_the_sum_at_the_focus_by_hand() -> None:
    #  0 1 2     window of (0, 1) with dilation 1:  1 2    kernel  1 10
    #  3 4 5                                        4 5          100 1000
    state = FilterState(np.arange(9.0).reshape(3, 3), np.array([[1.0, 10.0], [100.0, 1000.0]]))
    found = explain(replace(state, focus=(0, 1)))
    assert found.window.tolist() == [[1, 2], [4, 5]]
    assert found.products.tolist() == [[1, 20], [400, 5000]]
    assert found.total == 5421
    flipped = explain(replace(state, focus=(0, 1), flip=True))
    assert flipped.used.tolist() == [[1000, 100], [10, 1]]
    assert flipped.total == 1 * 1000 + 2 * 100 + 4 * 10 + 5


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("dilation", [1, 2])
@pytest.mark.parametrize("padding", [0, 2])
def test_products_add_up_to_the_output_everywhere(stride: int, dilation: int, padding: int) -> None:
    state = start(stride=stride, dilation=dilation, padding=padding)
    output = explain(state).output
    for focus in itertools.product(*(range(n) for n in output.shape)):
        found = explain(replace(state, focus=(focus[0], focus[1])))
        assert found.products.sum() == pytest.approx(output[focus], abs=1e-12)
        assert found.total == output[focus]


def test_a_bright_pixel_answers_with_the_kernel_turned_or_not() -> None:
    spot = np.zeros((7, 7))
    spot[3, 3] = 1.0
    state = FilterState(spot, np.arange(1.0, 10.0).reshape(3, 3))
    np.testing.assert_array_equal(explain(state).output[1:4, 1:4], state.kernel[::-1, ::-1])
    flipped = explain(replace(state, flip=True)).output
    np.testing.assert_array_equal(flipped[1:4, 1:4], state.kernel)


def test_the_sizes_are_worked_out_with_the_numbers_in_them() -> None:
    state = start(stride=2, padding=1, dilation=2)
    assert explain(state).sizes == (
        "⌊(9 + 2·1 − 2·(3 − 1) − 1) / 2⌋ + 1 = 4",
        "⌊(12 + 2·1 − 2·(2 − 1) − 1) / 2⌋ + 1 = 6",
    )
    assert explain(start(padding="same")).sizes[1] == "⌊(12 + 0 + 1 − 1·(2 − 1) − 1) / 1⌋ + 1 = 12"
    assert explain(start()).sizes[0] == "⌊(9 − 1·(3 − 1) − 1) / 1⌋ + 1 = 7"
