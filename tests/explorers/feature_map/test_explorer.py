"""FeatureMapExplorer from Python: pictures, filters and networks; what travels to the page."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import torch

from course_utils.explorers.feature_map.explorer import FeatureMapExplorer
from course_utils.nn.models import trained_lenet5

RNG = np.random.default_rng(6)


def test_it_opens_where_the_map_is_largest() -> None:
    explorer = FeatureMapExplorer()
    found = explorer.explain()
    assert found.names == ["red", "green", "blue"]
    assert found.total[explorer.focus] == found.total.max() > 3
    assert explorer.terms == 5


def test_a_picture_and_filters_of_ones_own() -> None:
    image, weight = RNG.normal(size=(2, 7, 9)), RNG.normal(size=(3, 2, 3, 3))
    explorer = FeatureMapExplorer(image, weight, [1, 2, 3], padding=1, filter=2)
    expected = torch.nn.functional.conv2d(
        torch.from_numpy(image), torch.from_numpy(weight), torch.tensor([1.0, 2, 3]).double(),
        padding=1,
    )  # fmt: skip
    np.testing.assert_allclose(explorer.explain().total, expected[2].numpy(), atol=1e-12)
    explorer.image = 2 * image
    np.testing.assert_allclose(explorer.explain().total, 2 * expected[2] - 3, atol=1e-12)
    assert explorer.scene == "your picture"
    grey = FeatureMapExplorer(image[0], weight[:, :1])
    assert grey.image.shape == (1, 7, 9)


def test_a_network_and_a_layer() -> None:
    explorer = FeatureMapExplorer(
        RNG.random((32, 32)), network=trained_lenet5(), layer="features.3", filter=7
    )
    assert explorer.facts["layers"] == ["features.0", "features.3"]
    assert explorer.facts["weight_shape"] == [16, 6, 5, 5]
    theirs = torch.nn.Sequential(torch.nn.Conv2d(3, 2, 3), torch.nn.ReLU())
    explorer = FeatureMapExplorer(network=theirs)
    assert (explorer.layer, explorer.explain().maps.shape) == ("0", (2, 78, 78))


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"weight": np.ones((1, 3, 3, 3)), "network": trained_lenet5()}, "weight or network, not"),
        ({"stride": 2}, "stride needs filters: give weight too"),
        ({"network": torch.nn.Conv2d(3, 1, 1), "padding": 1}, "a network has its own padding"),
        ({"weight": np.ones((3, 3))}, "weight must have 4 axes"),
    ],
)
def test_inputs_that_do_not_go_together(inputs: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        FeatureMapExplorer(**inputs)


def test_the_page_gets_pythons_numbers() -> None:
    explorer = FeatureMapExplorer(scene="lenet", layer="features.3", filter=3)
    found, facts = explorer.explain(), explorer.facts
    for name, array in {
        "channel": found.channels,
        "partial": found.partial,
        "total": found.total,
        "relu": found.after_relu,
        "map": found.maps,
    }.items():
        sent = np.frombuffer(getattr(explorer, f"{name}_bytes"), "<f8")
        np.testing.assert_array_equal(sent, array.ravel())
    assert facts["slices"] == found.slices.tolist()
    assert facts["bias"] == found.bias
    assert facts["map_shape"] == list(found.maps.shape)


def test_summary() -> None:
    weight = np.array([[[[1.0]], [[-2]], [[0.5]], [[3]], [[1]]]])
    image = np.arange(1.0, 6.0)[:, None, None] * np.ones((5, 2, 2))
    explorer = FeatureMapExplorer(image, weight, [-30], focus=(1, 0))
    # 1 − 4 + 1.5 + 12 + 5 − 30
    assert explorer.summary().splitlines() == [
        "FeatureMapExplorer: your picture, filters, filter 0 of 1, 5 × 1 × 1",
        "y[0, 1, 0] = 1 (channel 0) + -4 (channel 1) + 1.5 (channel 2) + 17 (2 more channels) "
        "+ -30 (bias) = -14.5; after ReLU 0",
        "y = F.relu(F.conv2d(x, w, b))[0, 0]",
    ]


def test_torch_is_imported_only_for_a_network_of_its_own() -> None:
    code = (
        "import sys; from course_utils.explorers.feature_map import explorer as module;"
        "module.FeatureMapExplorer(scene='lenet'); print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
