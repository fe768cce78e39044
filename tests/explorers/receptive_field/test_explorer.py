"""ReceptiveFieldExplorer from Python: set inputs, read results."""

from __future__ import annotations

import numpy as np

from course_utils.explorers import ReceptiveFieldExplorer
from course_utils.explorers.receptive_field.photographs import photograph


def test_a_known_network_and_one_of_ones_own() -> None:
    explorer = ReceptiveFieldExplorer(network="AlexNet", layer="conv5", unit=(0, 0))
    assert explorer.size == 163
    assert explorer.layer == 7
    assert explorer.box.top == explorer.box.left == -66
    explorer.rows = [(7, 2, 3), (3, 2, 1)]
    assert explorer.network == "custom"
    assert explorer.size == 11
    assert explorer.side == 64
    explorer.network = "LeNet-5"
    assert explorer.rows == ()
    assert (explorer.size, explorer.side, explorer.layer) == (16, 32, 4)


def test_every_trait_mirrors_the_state() -> None:
    explorer = ReceptiveFieldExplorer(rows=[3, (3, 2)], side=48, layer=1, unit=(4, 7), seed=2)
    for name in explorer.inputs:
        assert getattr(explorer, name) == getattr(explorer.state, name), name


def test_the_page_gets_pythons_numbers_and_pixels() -> None:
    explorer = ReceptiveFieldExplorer(network="VGG-16", layer="conv3_3", picture="coffee")
    found, facts = explorer.explain(), explorer.facts
    assert facts["fields"] == [list(field) for field in found.fields]
    assert facts["windows"] == [list(window) for window in found.windows]
    assert [side for _, side in facts["maps"]] == list(found.sides)
    heat = np.frombuffer(explorer.heat_bytes, np.uint8).reshape(224, 224)
    np.testing.assert_array_equal(heat, np.floor(found.heat * 255 + 0.5))
    assert heat.max() == 255
    photo = np.frombuffer(explorer.photo_bytes, np.uint8).reshape(224, 224, 3)
    np.testing.assert_allclose(
        photo.transpose(2, 0, 1) / 255, photograph("coffee", 224), atol=0.5 / 255 + 1e-12
    )
    explorer.effective = "none"
    assert explorer.heat_bytes == b""


def test_another_seed_is_another_network() -> None:
    explorer = ReceptiveFieldExplorer(network="LeNet-5", effective="sample")
    first = explorer.explain().heat
    explorer.seed = 1
    assert not np.allclose(first, explorer.explain().heat)
    assert "seed 1" in explorer.summary()


def test_summary() -> None:
    assert ReceptiveFieldExplorer(network="AlexNet").summary().splitlines() == [
        "ReceptiveFieldExplorer: AlexNet, unit (3, 3) of pool5, 6 × 6, on cat 224 × 224",
        "size 195, jump 32, offset -66",
        "field: rows 30 to 224, columns 30 to 224 of 0 to 223, the rest padding",
        "90 % of the squared gradient lies in the middle 115 × 115, on average over random weights",
    ]
