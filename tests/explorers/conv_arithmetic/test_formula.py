"""The formula with the numbers in it."""

from __future__ import annotations

from course_utils.explorers.conv_arithmetic.formula import worked_out
from course_utils.explorers.conv_arithmetic.sizes import Sizes, other_way


def test_the_formula_with_the_numbers_in_it() -> None:
    sizes = Sizes(False, (7, 12), (3, 4), (2, 3), (2, 1), (2, 2))
    rows, columns = worked_out(sizes, 0), worked_out(sizes, 1)
    assert rows.text == "⌊(7 + 2·2 − 2·(3 − 1) − 1) / 2⌋ + 1 = ⌊6 / 2⌋ + 1 = 3 + 1 = 4"
    assert columns.text == (
        "⌊(12 + 2·1 − 2·(4 − 1) − 1) / 3⌋ + 1 = ⌊7 / 3⌋ + 1 = ⌊2.33⌋ + 1 = 2 + 1 = 3"
    )
    assert (columns.room, columns.divisor, columns.steps, columns.left) == (7, 3, 2, 1)
    back = worked_out(other_way(sizes), 1)
    assert back.text == "(3 − 1)·3 − 2·1 + 2·(4 − 1) + 1 + 1 = 12"
