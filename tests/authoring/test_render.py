"""From the cells of a source to those of a notebook: ids, metadata, lines and exercises."""

from __future__ import annotations

import pytest

from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.exercise_cells import Catalogue
from course_utils.authoring.lesson_files import Lesson
from course_utils.authoring.lesson_source import read_lesson, read_source
from course_utils.authoring.render import Rendered, notebook_metadata, render


def rendered(lesson: Lesson, catalogue: Catalogue, *, solved: bool = False) -> Rendered:
    return render(read_lesson(lesson)[1], lesson.name, catalogue, solved=solved)


def test_every_cell_has_its_id_and_the_line_it_came_from(
    lesson: Lesson, catalogue: Catalogue
) -> None:
    made = rendered(lesson, catalogue)
    rows = lesson.source.read_text().splitlines()
    assert [cell.id for cell in made.notebook.cells] == [f"01_small-{i:03d}" for i in range(11)]
    for cell, line in zip(made.notebook.cells, made.lines, strict=True):
        if "course" not in cell.metadata:
            assert rows[line - 1] == cell.source.splitlines()[0]
        else:
            assert rows[line - 1] == ":::{exercise} 01.toy"


def test_an_exercise_becomes_three_cells(lesson: Lesson, catalogue: Catalogue) -> None:
    made = rendered(lesson, catalogue)
    parts = [c.metadata.course.part for c in made.notebook.cells if "course" in c.metadata]
    assert parts == ["task", "stub", "notes"]
    assert [exercise.id for exercise in made.exercises] == ["01.toy"]


def test_only_the_stub_differs_once_solved(lesson: Lesson, catalogue: Catalogue) -> None:
    plain = rendered(lesson, catalogue).notebook.cells
    solved = rendered(lesson, catalogue, solved=True).notebook.cells
    (stub,) = (a for a, b in zip(plain, solved, strict=True) if a != b)
    assert stub.metadata.course.part == "stub"


def test_tags_fold_code_or_output_away_and_other_options_stay() -> None:
    assert notebook_metadata({"tags": ["hide"], "jupyter": {"a": 1}}) == {
        "tags": ["hide"],
        "jupyter": {"a": 1, "source_hidden": True},
    }
    both = {"source_hidden": True, "outputs_hidden": True}
    assert notebook_metadata({"tags": ["hide", "predict"]})["jupyter"] == both
    assert notebook_metadata({"tags": ["explorer"]}) == {"tags": ["explorer"]}


@pytest.mark.parametrize(
    ("added", "message"),
    [
        (":::{exercise} 01.toyy\n:::", "exercise '01.toyy' cannot be used"),
        (":::{exercise} 01.toy\n:::", "exercise '01.toy' occurs twice in this lesson"),
    ],
)
def test_a_wrong_exercise_is_named_with_its_line(
    lesson: Lesson, catalogue: Catalogue, added: str, message: str
) -> None:
    text = f"{lesson.source.read_text()}\n{added}\n"
    line = text[: text.rindex(":::{exercise}")].count("\n") + 1
    source = read_source(text, lesson.shown(lesson.source))
    with pytest.raises(AuthoringError) as caught:
        render(source, lesson.name, catalogue)
    assert f"notebooks/sources/01_small.md:{line}: {message}" in str(caught.value)
