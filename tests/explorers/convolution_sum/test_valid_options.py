"""What ConvolutionSumExplorer's page offers."""

from __future__ import annotations

import numpy as np

from course_utils.explorers.convolution_sum.state import SumState, with_changes
from course_utils.explorers.convolution_sum.valid_options import choices


def test_choices_are_exactly_what_is_accepted() -> None:
    state = with_changes(SumState(np.ones(2), np.ones(2)), {"mode": "valid"})
    offered = choices(state)
    for name, candidates in (
        ("mode", ["full", "same", "valid", "wrap"]),
        ("x_size", range(30)),
        ("w_size", range(30)),
    ):
        accepted = []
        for value in candidates:
            try:
                with_changes(state, {name: value})
            except ValueError:
                continue
            accepted.append(value)
        assert offered[name] == accepted, name
