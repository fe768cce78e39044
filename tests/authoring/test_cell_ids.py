"""The ids of cells: the same at every build, different within a lesson, valid in nbformat."""

from __future__ import annotations

import re

from course_utils.authoring.cell_ids import cell_id


def test_lesson_and_position_make_the_id() -> None:
    assert cell_id("01_convolution_sum", 7) == "01_convolution_sum-007"


def test_any_name_gives_ids_that_nbformat_allows() -> None:
    ids = [cell_id("09 Überlänge & " + 100 * "x", position) for position in (0, 1, 999)]
    assert len(set(ids)) == 3
    for one in ids:
        assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", one)
