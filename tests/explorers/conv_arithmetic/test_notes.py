"""What ConvArithmeticExplorer says beside the maps."""

from __future__ import annotations

from course_utils.explorers.conv_arithmetic.explain import explain
from course_utils.explorers.conv_arithmetic.state import ConvArithmeticState, with_changes


def test_padding_that_is_left_over_is_told_apart_from_the_input() -> None:
    state = with_changes(
        ConvArithmeticState(), {"input_size": (8, 4), "stride": 2, "padding": (1, 0)}
    )
    notes = explain(state).notes
    assert notes[0] == (
        "The floor drops a remainder: 1 row at the bottom and 1 column at the right "
        "of the padded input are read by no window."
    )
    assert notes[1] == "Of the 32 input cells, 8 take part in no output."
    assert explain(with_changes(state, {"stride": 1})).notes == (
        "Every input cell takes part in the output.",
    )
