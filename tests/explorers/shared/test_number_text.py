"""Numbers in words."""

from __future__ import annotations

import pytest

from course_utils.explorers.shared.number_text import MINUS, by, many, rounded


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (1 / 3, "0.333"), (-0.0001, "0"), (-2.5, "-2.5"), (123456.7, "123457")],
)
def test_rounded(value: float, text: str) -> None:
    assert rounded(value) == text


def test_fewer_decimals_and_a_minus_for_readers() -> None:
    assert rounded(2 / 3, 2) == "0.67"
    assert rounded(-1).translate(MINUS) == "−1"


def test_sizes_and_counts() -> None:
    assert by((3, 4)) == "3 × 4"
    assert by([120]) == "120"
    assert [many(n, "row") for n in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
