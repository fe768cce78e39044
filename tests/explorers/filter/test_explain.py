"""FilterExplorer's numbers, against SciPy, PyTorch and sums by hand; and every refusal."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import ndimage, signal

from course_utils.explorers.filter import state as filter_state
from course_utils.explorers.filter.pictures import PICTURES
from course_utils.explorers.filter.state import FilterState, choices, explain, with_changes

RNG = np.random.default_rng(5)
IMAGE = RNG.normal(size=(9, 12))
KERNEL = RNG.normal(size=(3, 2))


def start(**parts: Any) -> FilterState:
    return with_changes(FilterState(IMAGE, KERNEL), parts)


def by_scipy(state: FilterState) -> np.ndarray[Any, Any]:
    """SciPy's modes for the borders, zeros between the weights for the dilation."""
    (top, bottom), (left, right) = filter_state.borders(state)
    modes = {
        "zeros": "grid-constant",
        "reflect": "mirror",
        "replicate": "nearest",
        "circular": "grid-wrap",
    }
    d = state.dilation
    rows, columns = (filter_state.span(side, d) for side in state.kernel.shape)
    spread = np.zeros((rows, columns))
    spread[::d, ::d] = state.kernel[::-1, ::-1] if state.flip else state.kernel
    H, W = state.image.shape
    i, j = np.mgrid[-top : H + bottom, -left : W + right]
    padded = ndimage.map_coordinates(state.image, [i, j], order=0, mode=modes[state.padding_mode])
    return np.asarray(signal.correlate2d(padded, spread, "valid")[:: state.stride, :: state.stride])


@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("mode", list(filter_state.PADDING_MODES))
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
@pytest.mark.parametrize("mode", list(filter_state.PADDING_MODES))
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


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stride": 0}, "stride must be a whole number from 1 to 8, not 0"),
        ({"stride": 2.0}, r"stride must be a whole number from 1 to 8, not 2\.0"),
        ({"stride": True}, "stride must be a whole number from 1 to 8, not True"),
        ({"stride": "two"}, "stride must be a whole number from 1 to 8, not 'two'"),
        ({"padding": 17}, 'padding must be a whole number from 0 to 16 or "same", not 17'),
        ({"padding": "full"}, "padding must be .* not 'full'"),
        ({"padding": "same", "stride": 2}, 'padding="same" keeps the size only at stride 1'),
        ({"dilation": 5}, "with dilation 5 the 3 rows of the kernel span 11 cells, but .* only 9"),
        ({"kernel_size": (10, 2)}, "the 10 rows of the kernel span 10 cells, but .* only 9 rows"),
        ({"kernel_size": (3, 12)}, "columns of the kernel must be .* from 1 to 11, not 12"),
        ({"kernel_size": 3}, "kernel_size must be rows and columns, not 3"),
        ({"kernel": [[1, 2], [3]]}, "kernel must be an array of numbers"),
        ({"kernel": [1, 2]}, r"kernel must have 2 axes, but its shape is \(2,\)"),
        ({"kernel": [[1, np.nan]]}, r"kernel\[\(0, 1\)\] is nan"),
        ({"kernel": np.zeros((12, 1))}, "rows of the kernel must be .* from 1 to 11, not 12"),
        ({"preset": "blurr"}, "no filter called 'blurr'"),
        ({"picture": "cat"}, "no picture called 'cat'; choose from camera"),
        (
            {"padding_mode": "wrap"},
            "padding_mode must be one of zeros, reflect, replicate, circular",
        ),
        ({"padding_mode": "reflect", "padding": 9}, "at most 8 rows to give, not 9"),
        ({"padding_mode": "circular", "padding": 10}, "at most 9 rows to give, not 10"),
        ({"flip": "yes"}, "flip must be True or False, not 'yes'"),
        ({"pinned": 1}, "pinned must be True or False, not 1"),
        ({"focus": 3}, "focus must be a row and a column, not 3"),
        ({"image": np.zeros((2, 2))}, "the 3 rows of the kernel span 3 cells, but .* only 2 rows"),
        ({"image": np.zeros((600, 9))}, r"larger than 512 .* image\[::2, ::2\]"),
        ({"image": []}, "image must have 2 axes"),
        ({"image": np.zeros((0, 5))}, "image is empty"),
        ({"upload": b"12345", "upload_size": (2, 2)}, "uploaded picture is damaged"),
        ({"upload": b"12345"}, "uploaded picture is damaged"),
    ],
)
def test_what_is_not_valid_says_why(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        start(**changes)


def test_numpy_whole_numbers_are_whole_numbers() -> None:
    assert start(stride=np.int64(2), focus=(np.int64(1), 0)).stride == 2


@pytest.mark.parametrize("padding", [1, 9, 10])  # of 9 rows: 9 is too much to reflect
def test_choices_are_exactly_what_is_accepted(padding: int) -> None:
    state = start(padding=padding)
    offered = choices(state)
    for name, candidates in (
        ("stride", range(-1, 12)),
        ("padding", [*range(-1, 20), "same"]),
        ("dilation", range(-1, 20)),
        ("padding_mode", ["zeros", "reflect", "replicate", "circular", "wrap"]),
    ):
        accepted = []
        for value in candidates:
            try:
                with_changes(state, {name: value})
            except ValueError:
                continue
            accepted.append(value)
        assert offered[name] == accepted, name
    for axis, name in enumerate(("rows", "columns")):
        accepted = []
        for side in range(14):
            size = [*state.kernel.shape]
            size[axis] = side
            try:
                with_changes(state, {"kernel_size": size})
            except ValueError:
                continue
            accepted.append(side)
        assert offered[name] == accepted, name


def test_same_is_offered_at_stride_one_only() -> None:
    assert "same" in choices(start())["padding"]
    assert "same" not in choices(start(stride=2))["padding"]
    assert choices(start(padding="same"))["stride"] == [1]


def test_the_focus_stays_inside_the_output() -> None:
    state = start(focus=(6, 10))
    assert state.focus == (6, 10)
    assert with_changes(state, {"stride": 3}).focus == (2, 3)
    assert start(focus=(-5, 99)).focus == (0, 10)


def test_a_preset_brings_its_kernel_and_editing_makes_it_your_own() -> None:
    state = start(preset="gaussian")
    assert (state.preset, state.kernel.shape) == ("gaussian", (7, 7))
    smaller = with_changes(state, {"kernel_size": (3, 5)})
    assert (smaller.preset, smaller.kernel.shape) == ("gaussian", (3, 5))
    assert smaller.kernel.sum() == pytest.approx(1.0)
    edited = with_changes(smaller, {"kernel": smaller.kernel * 2})
    assert edited.preset == "custom"
    grown = with_changes(edited, {"kernel_size": (5, 5)})
    np.testing.assert_array_equal(grown.kernel[1:4], edited.kernel)
    assert not grown.kernel[[0, 4]].any()
    fixed = with_changes(state, {"preset": "sobel_x", "kernel_size": (3, 5)})
    assert fixed.preset == "custom"
    np.testing.assert_array_equal(fixed.kernel[:, 1:4], np.outer([1, 2, 1], [-1, 0, 1]))


def test_pictures_of_all_kinds_become_grey() -> None:
    grey = np.arange(6, dtype=np.uint8).reshape(2, 3) * 50
    np.testing.assert_allclose(filter_state.picture(grey), grey / 255)
    colour = RNG.random((4, 5, 3))
    expected = colour[..., 0] * 0.299 + colour[..., 1] * 0.587 + colour[..., 2] * 0.114
    np.testing.assert_allclose(filter_state.picture(colour), expected)
    np.testing.assert_allclose(filter_state.picture(colour.transpose(2, 0, 1)), expected)
    opaque = np.concatenate([colour, np.ones((4, 5, 1))], axis=-1)
    np.testing.assert_allclose(filter_state.picture(opaque), expected)
    np.testing.assert_array_equal(filter_state.picture([[1, 2]]), [[1.0, 2.0]])
    with pytest.raises(ValueError, match=r"must have 2 axes, but its shape is \(2, 2, 2\)"):
        filter_state.picture(np.zeros((2, 2, 2)))


def test_an_uploaded_picture_has_its_bytes_and_its_name() -> None:
    state = start(upload=bytes(range(20)), upload_size=(4, 5), picture="cat.png")
    np.testing.assert_allclose(state.image, np.arange(20).reshape(4, 5) / 255)
    assert state.picture == "cat.png"


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_by_name(name: str) -> None:
    state = start(picture=name)
    assert state.picture == name
    assert state.image.min() >= 0
    assert len(np.unique(state.image)) > 1


def test_a_change_does_not_touch_the_state_before() -> None:
    before = start()
    kept = before.kernel.copy()
    with_changes(before, {"kernel": before.kernel + 1, "stride": 2})
    np.testing.assert_array_equal(before.kernel, kept)
    assert before.stride == 1
    with pytest.raises(ValueError, match="read-only"):
        start(kernel=[[1.0]]).kernel[0, 0] = 5
