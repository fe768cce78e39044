"""Cells are known again: by exercise, by text, by likeness, by id."""

from __future__ import annotations

from course_utils.updating.matching import next_version, origins
from tests.updating.conftest import code, exercise, first_version, markdown, second_version


def test_the_next_version_of_each_cell() -> None:
    old, new = first_version()["cells"], second_version()["cells"]
    found = next_version(old, new)
    exercises = {4: 11, 5: 12, 6: 13, 10: 5, 11: 6, 12: 7}
    section_that_moved = {3: 9, 7: 14}
    corrected = {1: 2}
    assert found == {0: 0, 2: 3, 13: 15, 8: 4, 9: 8} | exercises | section_that_moved | corrected


def test_another_text_or_kind_is_another_cell() -> None:
    old = [markdown("All about sums and what they mean.")]
    assert next_version(old, [markdown("All about sums and what they meant.")]) == {0: 0}
    assert next_version(old, [code("All about sums and what they mean.")]) == {}
    assert next_version(old, [markdown("x = 1")]) == {}


def test_an_id_that_occurs_twice_counts_once() -> None:
    base = [{**markdown("a"), "id": "t-000"}, {**markdown("b"), "id": "t-001"}]
    mine = [{**markdown("changed"), "id": "t-001"}, {**markdown("mine"), "id": "t-001"}]
    assert origins(mine, base) == {0: 1}


def test_without_ids_exercises_and_texts_are_known() -> None:
    base = [markdown("a"), *exercise("01.full"), code("b")]
    mine = [code("own"), markdown("a"), *exercise("01.full"), code("own too"), code("b")]
    mine[3] = {**mine[3], "source": "answered"}
    assert origins(mine, base) == {1: 0, 2: 1, 3: 2, 4: 3, 6: 4}
