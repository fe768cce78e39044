"""FilterExplorer from Python: set inputs, read results; what travels to the page."""

from __future__ import annotations

import itertools

import numpy as np

from course_utils.explorers import FilterExplorer
from course_utils.explorers.filter.pictures import PICTURES
from course_utils.explorers.filter.valid_options import choices
from course_utils.explorers.shared import colours

RNG = np.random.default_rng(3)


def test_an_array_and_a_kernel() -> None:
    image, kernel = RNG.normal(size=(6, 8)), RNG.normal(size=(2, 3))
    explorer = FilterExplorer(image, kernel, focus=(1, 2))
    expected = sum(
        kernel[a, b] * image[a : a + 5, b : b + 6] for a, b in itertools.product(range(2), range(3))
    )
    np.testing.assert_allclose(explorer.output, expected, atol=1e-12)
    assert explorer.explain().total == explorer.output[1, 2]
    assert explorer.picture == "your array"
    assert explorer.preset == "custom"
    explorer.image = image * 2
    np.testing.assert_allclose(explorer.output, 2 * np.asarray(expected), atol=1e-12)


def test_every_trait_mirrors_the_state() -> None:
    explorer = FilterExplorer(preset="gaussian", kernel_size=(3, 5), padding="same", flip=True)
    assert explorer.kernel.shape == (3, 5)
    assert explorer.kernel_size == (3, 5)
    assert (explorer.padding, explorer.flip, explorer.preset) == ("same", True, "gaussian")
    explorer.kernel = np.eye(2)
    assert explorer.kernel_size == (2, 2)
    assert explorer.preset == "custom"
    explorer.preset = "sobel_y"
    assert explorer.kernel_size == (3, 3)
    explorer.picture = "spot"
    np.testing.assert_array_equal(explorer.image, PICTURES["spot"][1]())
    assert explorer.facts["image_shape"] == (15, 15)


def test_the_page_gets_pythons_numbers_byte_for_byte() -> None:
    explorer = FilterExplorer(RNG.normal(size=(5, 7)), RNG.normal(size=(3, 2)), padding=1)
    found, facts = explorer.explain(), explorer.facts
    padded = np.frombuffer(explorer.padded_bytes, "<f8").reshape(facts["padded_shape"])
    output = np.frombuffer(explorer.output_bytes, "<f8").reshape(facts["output_shape"])
    np.testing.assert_array_equal(padded, found.padded)
    np.testing.assert_array_equal(output, found.output)
    assert facts["used"] == found.used.tolist()
    assert facts["choices"] == choices(explorer.state)
    assert facts["output_scale"] == colours.scale_of(found.output).plain()


def test_a_blurred_picture_keeps_the_brightness_of_the_picture() -> None:
    explorer = FilterExplorer(picture="steps", preset="box_blur", kernel_size=(2, 2))
    assert explorer.facts["output_scale"] == {"signed": False, "low": 0.0, "high": 8.0}


def test_the_same_kernel_again_is_no_change() -> None:
    explorer = FilterExplorer()
    explorer.kernel = explorer.kernel.copy()
    assert explorer.rev == 1


def test_an_upload_is_taken_and_its_bytes_are_let_go() -> None:
    explorer = FilterExplorer()
    grey = bytes(range(30))
    for name in ("cat.png", "cat.png"):
        explorer.set_state({"upload": memoryview(grey), "upload_size": [5, 6], "picture": name})
        assert explorer.error == ""
        assert explorer.picture == "cat.png"
        assert explorer.image.shape == (5, 6)
        assert explorer.upload == b""
        explorer.picture = "camera"


def test_summary() -> None:
    explorer = FilterExplorer(
        np.arange(12.0).reshape(3, 4), [[1, 0], [0, -1 / 3]], focus=(1, 2), flip=True
    )
    # flipped kernel [[-1/3, 0], [0, 1]] at (1, 2): -6/3 + 11 = 9
    assert explorer.summary().splitlines() == [
        "FilterExplorer: your array 3 × 4, custom kernel 2 × 2, true convolution",
        "kernel: 1 0; 0 -0.333",
        "output 2 × 3 from 5 to 9; y[1, 2] = 9",
        "y = F.conv2d(x, w.flip(-2, -1))",
    ]
