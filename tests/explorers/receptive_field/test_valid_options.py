"""What ReceptiveFieldExplorer's page offers."""

from __future__ import annotations

import numpy as np
import pytest

from course_utils.explorers.receptive_field.state import ReceptiveFieldState, with_changes
from course_utils.explorers.receptive_field.valid_options import choices
from tests.explorers.receptive_field.random_rows import random_rows

START = ReceptiveFieldState()


@pytest.mark.parametrize("seed", range(4))
def test_every_choice_offered_is_valid_and_no_other(seed: int) -> None:
    rows, side = random_rows(np.random.default_rng(100 + seed))
    state = with_changes(START, {"rows": rows, "side": side})
    offered = choices(state)
    for n, lists in enumerate(offered["rows"]):
        for place, (values, high) in enumerate(zip(lists, (11, 4, 8, 8), strict=True)):
            for value in range(place != 2, high + 1):
                changed = [list(row) for row in rows]
                changed[n][place] = value
                try:
                    with_changes(state, {"rows": changed})
                except ValueError:
                    assert value not in values
                else:
                    assert value in values
    assert choices(START)["rows"] == []
    for offered_side in offered["side"]:
        with_changes(state, {"side": offered_side})
