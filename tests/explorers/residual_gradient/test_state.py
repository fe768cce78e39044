"""From one state of ResidualGradientExplorer to the next; and every refusal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course_utils.explorers.residual_gradient.state import (
    ResidualGradientState,
    place_name,
    with_changes,
)

START = ResidualGradientState()


def test_names_of_the_places() -> None:
    state = replace(START, depth=14)
    assert [place_name(state, n) for n in (0, 5, 6)] == [
        "input of block 1 of 6",
        "input of block 6 of 6",
        "output of block 6 of 6",
    ]
    weights = replace(state, quantity="weights")
    assert weights.places == 14
    assert place_name(weights, 13) == "weights of layer 14 of 14"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"depth": 21}, "depth must be one of 8, 14, 20, 32, 44, 56, 110, not 21"),
        ({"depth": True}, "depth must be one of"),
        ({"skip_scale": -0.1}, "skip_scale must be from 0 to 2, not -0.1"),
        ({"skip_scale": float("nan")}, "skip_scale must be"),
        ({"skip_scale": "1"}, "skip_scale must be"),
        ({"initialisation": "zeros"}, "initialisation must be one of he, xavier, small"),
        ({"normalisation": 1}, "normalisation must be True or False"),
        ({"quantity": "bias"}, "quantity must be one of signal, weights"),
        ({"seed": -1}, "seed must be a whole number from 0 to 9999"),
        ({"blocks": 9}, "blocks must be one of 1, 2, 3, 4, 5, 6, 7, 8, not 9"),
        ({"layer": 1.5}, "layer must be a whole number"),
    ],
)
def test_refusals_say_why(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        with_changes(START, change)


def test_the_point_keeps_its_relative_place() -> None:
    state = with_changes(START, {"layer": 27})
    assert state.layer == 27
    assert with_changes(state, {"depth": 20}).layer == 9
    assert with_changes(state, {"quantity": "weights"}).layer == 55
    assert with_changes(state, {"layer": 99}).layer == 27
    assert with_changes(state, {"layer": -3}).layer == 0
