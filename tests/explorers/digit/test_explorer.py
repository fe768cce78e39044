"""DigitExplorer from Python: draw, read results, change the network; what travels to the page."""

from __future__ import annotations

import numpy as np
import pytest

from course_utils.explorers import DigitExplorer
from course_utils.explorers.digit.state import held_out
from course_utils.nn.models import lenet5

LINE = [(5.0, 9.0), (5.0, 21.0), (26.0, 13.0)]  # a seven


def test_it_opens_with_a_drawing_that_is_read() -> None:
    explorer = DigitExplorer()
    assert explorer.answer == 3
    assert explorer.back == 7
    assert explorer.facts["network"] == "LeNet-5 as shipped"


def test_draw_and_clear() -> None:
    explorer = DigitExplorer()
    explorer.clear()
    assert not explorer.ink.any()
    assert explorer.facts["empty"]
    explorer.draw(LINE)
    assert explorer.answer == 7
    assert explorer.scores.argmax() == 7
    assert explorer.ink[5, 15] == 1
    with pytest.raises(ValueError, match="no point to draw through"):
        explorer.draw([])
    explorer.draw([(0, 31)], width=1)
    assert explorer.ink[0, 31] == 1


def test_the_page_gets_pythons_numbers() -> None:
    explorer = DigitExplorer(sample=21, target=8, fit=False)
    found, facts = explorer.explain(), explorer.facts
    maps = np.frombuffer(explorer.maps_bytes, "<f4")
    np.testing.assert_array_equal(maps, np.concatenate([m.ravel() for m in found.maps]))
    gradients = np.frombuffer(explorer.gradient_bytes, "<f4")
    np.testing.assert_array_equal(gradients, np.concatenate([g.ravel() for g in found.gradients]))
    for name, array in [
        ("ink", explorer.ink),
        ("seen", found.seen),
        ("occlusion", found.occlusion),
    ]:
        sent = np.frombuffer(getattr(explorer, f"{name}_bytes"), "<f8")
        np.testing.assert_array_equal(sent, array.ravel())
    assert facts["scores"] == found.scores.tolist()
    assert facts["probabilities"] == found.probabilities.tolist()
    assert (facts["sample"], facts["truth"]) == (21, held_out()[1][21])
    assert facts["steepest"][0] == float(abs(found.gradients[0]).max())
    assert [stage["shape"] for stage in facts["stages"]] == [list(m.shape) for m in found.maps]


def test_a_drawing_from_the_page_is_taken_and_its_bytes_are_let_go() -> None:
    explorer = DigitExplorer()
    ink = np.zeros((32, 32), np.uint8)
    ink[4:28, 14:18] = 255
    for n in (1, 2):
        explorer.set_state({"drawn": memoryview(ink.tobytes()), "stroke": f"view/{n}"})
        assert explorer.error == ""
        np.testing.assert_array_equal(explorer.ink, ink / 255)
        assert (explorer.answer, explorer.drawn) == (1, b"")
        assert explorer.facts["stroke"] == f"view/{n}"
        explorer.sample = 5
        assert explorer.facts["stroke"] == ""


def test_another_network_reads_the_same_drawing() -> None:
    explorer = DigitExplorer()
    before, ink = explorer.scores, explorer.ink
    network = lenet5(rng=np.random.default_rng(4))
    explorer.network = network
    assert explorer.network is network
    assert explorer.facts["network"] == "your network"
    np.testing.assert_array_equal(explorer.ink, ink)
    assert not np.allclose(explorer.scores, before)
    explorer.reset()
    assert explorer.network is network
    np.testing.assert_array_equal(DigitExplorer(network).scores, explorer.scores)
    with pytest.raises(TypeError, match="expected one of course_utils"):
        setattr(explorer, "network", "lenet")  # noqa: B010


def test_what_a_network_learns_shows_when_somebody_asks() -> None:
    network = lenet5(rng=np.random.default_rng(4))
    explorer = DigitExplorer(network)
    before = explorer.scores
    assert explorer.scores is before
    network.parameters()[0].data[...] *= 0.5
    np.testing.assert_array_equal(explorer.scores, DigitExplorer(network).scores)
    assert not np.array_equal(explorer.scores, before)


def test_the_gradient_is_what_a_small_change_of_a_pixel_does() -> None:
    explorer = DigitExplorer(lenet5(rng=np.random.default_rng(4)).double(), target=2)
    found = explorer.explain()
    stages = explorer.state.stages
    for i, j in [(9, 12), (15, 15), (22, 9)]:
        moved = np.repeat(found.seen[None], 2, axis=0)
        moved[0, i, j] += 1e-5
        moved[1, i, j] -= 1e-5
        up, down = stages.scores(moved)[:, 2]
        assert (up - down) / 2e-5 == pytest.approx(found.gradients[0][0, i, j], abs=1e-6)


def test_summary() -> None:
    explorer = DigitExplorer(sample=7)
    lines = explorer.summary().splitlines()
    assert lines[0] == "DigitExplorer: test digit 7, read by LeNet-5 as shipped"
    assert lines[1].startswith(f"answer {explorer.answer} ({explorer.answer}: ")
    found = explorer.explain()
    least = found.scores[found.target] - found.occlusion.ravel()[abs(found.occlusion).argmax()]
    assert lines[2].endswith(f"it is {least:.1f}")
    assert (
        lines[3] == "layers: 6 × 28 × 28 → 6 × 14 × 14 → 16 × 10 × 10 → 16 × 5 × 5 → 120 → 84 → 10"
    )
