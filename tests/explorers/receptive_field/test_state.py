"""From one state of ReceptiveFieldExplorer to the next; and every refusal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course_utils.explorers.receptive_field.explain import explain
from course_utils.explorers.receptive_field.state import (
    START_ROWS,
    ReceptiveFieldState,
    with_changes,
)

START = ReceptiveFieldState()


def test_changes_of_network_rows_and_layer() -> None:
    alex = with_changes(START, {"network": "AlexNet"})
    assert (alex.layer, alex.unit, alex.rows) == (8, (3, 3), ())
    first = with_changes(alex, {"layer": "conv1"})
    # the unit whose field has its middle nearest to the old one's
    before, after = explain(alex).box, explain(first).box
    assert abs((before.top + before.bottom) - (after.top + after.bottom)) <= 4
    own = with_changes(first, {"network": "custom"})
    assert own.rows == START_ROWS
    assert own.side == 64
    assert own.layer == 4
    more = with_changes(own, {"rows": [*own.rows, (3,)]})
    assert more.layer == 5
    assert more.rows[-1] == (3, 1, 0, 1)
    fewer = with_changes(replace(more, layer=2), {"rows": more.rows[:-1]})
    assert fewer.layer == 2
    assert with_changes(own, {"rows": [5]}).rows == ((5, 1, 0, 1),)
    assert with_changes(alex, {"unit": (99, -1)}).unit == (5, 0)
    assert with_changes(alex, {"traced": 99}).traced == 8


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"network": "VGG"}, "network must be one of LeNet-5, AlexNet"),
        ({"layer": 19}, "layer must be a whole number from 1 to 18, not 19"),
        ({"layer": "conv9"}, "layer must be one of conv1_1"),
        ({"rows": []}, "rows must have from 1 to 10 layers, not 0"),
        ({"rows": "33"}, "rows must be a list"),
        ({"rows": [(3, 1, 1, 1, 1)]}, r"layer 1 must be F or \(F, S, P, d\)"),
        ({"rows": [(3, 0)]}, "stride of layer 1 must be a whole number from 1 to 4, not 0"),
        ({"rows": [3, (3.5,)]}, "kernel of layer 2 must be a whole number"),
        ({"rows": [(11, 4), (11, 4), 3], "side": 16},
         "the window of layer 2, 11, does not fit into 2 and 0 of padding on both sides"),
        ({"rows": [(9, 1, 0, 8)]},
         r"the window of layer 1, 65 \(9 at dilation 8\), does not fit into 64"),
        ({"side": 8}, "side must be a whole number from 16 to 256"),
        ({"unit": 3}, "unit must be a row and a column, not 3"),
        ({"unit": (1, 2, 3)}, "unit must be a row and a column"),
        ({"unit": (1, 2.5)}, "unit must be a row and a column"),
        ({"effective": "both"}, "effective must be one of average, sample, none"),
        ({"picture": "dog"}, "picture must be one of cat"),
        ({"seed": 10000}, "seed must be a whole number"),
    ],
)  # fmt: skip
def test_refusals_say_why(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        with_changes(START, change)
