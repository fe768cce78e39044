"""From one state of FilterExplorer to the next; and every refusal."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.explorers.filter.pictures import PICTURES
from course_utils.explorers.filter.state import FilterState, with_changes

RNG = np.random.default_rng(5)
IMAGE = RNG.normal(size=(9, 12))
KERNEL = RNG.normal(size=(3, 2))


def start(**parts: Any) -> FilterState:
    return with_changes(FilterState(IMAGE, KERNEL), parts)


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
        ({"kernel": [[1, np.nan]]}, r"kernel\[0, 1\] is nan"),
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
