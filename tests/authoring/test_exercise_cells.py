"""The text of the three cells that an exercise becomes."""

from __future__ import annotations

from dataclasses import replace

from course_utils import exercises
from course_utils.authoring import exercise_cells
from course_utils.authoring.exercise_cells import Catalogue, course_catalogue


def test_the_task_says_how_long_and_how_hard(catalogue: Catalogue) -> None:
    toy = catalogue("01.toy")
    assert exercise_cells.task(toy, 3, "Do *this*.") == (
        "### Exercise 1.3: A toy\n\n*5 minutes · difficulty 2 of 3*\n\n"
        "<blockquote>\n\nDo *this*.\n\n</blockquote>"
    )
    assert exercise_cells.unboxed(exercise_cells.boxed("Do *this*.")) == "Do *this*."
    assert exercise_cells.boxed("") == exercise_cells.unboxed("") == ""
    assert "*1 minute · " in exercise_cells.task(replace(toy, minutes=1), 1, "")


def test_stub_and_solution_are_decorated_once(catalogue: Catalogue) -> None:
    toy = catalogue("01.toy")
    assert exercise_cells.code(toy, solved=False) == toy.stub
    solved = exercise_cells.code(toy, solved=True)
    assert solved == '@exercise("01.toy")\ndef toy():\n    """Return True."""\n    return True'


def test_hints_and_solution_are_folded(catalogue: Catalogue) -> None:
    notes = exercise_cells.notes(catalogue("01.toy"))
    assert notes.count("<details>") == notes.count("</details>") == 3
    assert "<summary>Hint 2 of 2</summary>\n\nReturn `True`.\n\n" in notes
    assert "<summary>Solution</summary>\n\n```python\n@exercise" in notes


def test_the_catalogue_of_the_course_takes_its_text_from_the_exercise() -> None:
    found = course_catalogue("01.convolve_full")
    exercise = exercises.get("01.convolve_full")
    assert (found.title, found.minutes) == (exercise.title, exercise.minutes)
    assert found.stub.startswith('@exercise("01.convolve_full")\ndef convolve_full(x, w):')
    assert found.module.is_file()
