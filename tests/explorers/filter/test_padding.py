"""What lies around a picture: how wide, with what, and when there is not enough to give."""

from __future__ import annotations

import numpy as np
import pytest

from course_utils.explorers.filter.padding import borders, padded, padding_problem


def test_same_leans_to_the_end_where_the_kernel_is_even() -> None:
    assert borders("same", (3, 2), 1) == ((1, 1), (0, 1))
    assert borders("same", (3, 2), 3) == ((3, 3), (1, 2))
    assert borders(2, (3, 2), 1) == ((2, 2), (2, 2))


@pytest.mark.parametrize(
    ("mode", "row"),
    [
        ("zeros", [0, 0, 1, 2, 3, 0]),
        ("reflect", [3, 2, 1, 2, 3, 2]),
        ("replicate", [1, 1, 1, 2, 3, 3]),
        ("circular", [2, 3, 1, 2, 3, 1]),
    ],
)
def test_borders_by_hand(mode: str, row: list[float]) -> None:
    assert padded(np.array([[1.0, 2, 3]]), ((0, 0), (2, 1)), mode).tolist() == [row]


def test_a_picture_can_give_no_more_than_it_has() -> None:
    assert padding_problem("reflect", (2, 2), 3, "rows") == ""
    assert padding_problem("reflect", (0, 3), 3, "rows") == (
        "reflect padding mirrors the picture about its edge, so it has at most 2 rows to give, "
        "not 3"
    )
    assert padding_problem("circular", (3, 3), 3, "columns") == ""
    assert padding_problem("circular", (4, 4), 3, "columns") == (
        "circular padding repeats the picture once, so it has at most 3 columns to give, not 4"
    )
    assert padding_problem("zeros", (99, 99), 3, "rows") == ""
