"""From one state of FeatureMapExplorer to the next; and every refusal."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.explorers.feature_map.explain import explain
from course_utils.explorers.feature_map.sources import scene
from course_utils.explorers.feature_map.state import FeatureMapState, with_changes


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scene": "cat"}, "no scene called 'cat'; choose from astronaut, coffee, lenet"),
        ({"layer": "conv9"}, "no layer called 'conv9'; choose from filters"),
        ({"filter": 6}, "filter must be a whole number from 0 to 5, not 6"),
        ({"terms": True}, "terms must be a whole number from 0 to 5, not True"),
        ({"focus": 3}, "focus must be a row and a column, not 3"),
        ({"image": np.zeros((2, 8, 8))}, "3 input channels"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(change: dict[str, Any], words: str) -> None:
    state = FeatureMapState(scene("astronaut"), "filters")
    with pytest.raises(ValueError, match=words):
        with_changes(state, change)


def test_changes_keep_the_focus_inside_and_start_a_new_layer_complete() -> None:
    state = FeatureMapState(scene("astronaut"), "filters", filter=5, focus=(70, 70))
    state = with_changes(state, {"scene": "lenet"})
    assert (state.layer, state.filter, state.terms) == ("features.0", 0, 3)
    found = explain(state)
    assert found.total[state.focus] == found.total.max()
    state = with_changes(state, {"layer": "features.3", "focus": (99, -1)})
    assert (state.focus, state.terms, state.here.weight.shape) == ((9, 0), 8, (16, 6, 5, 5))
