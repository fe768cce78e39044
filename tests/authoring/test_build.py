"""Building: executed, deterministic, only where needed, never over somebody's work."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import nbformat
import pytest
from nbformat import NotebookNode

from course_utils import distribution
from course_utils.authoring.build import build, build_solved
from course_utils.authoring.check import check_lesson
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.exercise_cells import Catalogue, ExerciseText
from course_utils.authoring.lesson_files import Lesson
from course_utils.authoring.notebook_files import read_notebook, write_notebook
from tests.authoring.conftest import module_of


def edit(lesson: Lesson, change: Callable[[NotebookNode], object]) -> None:
    notebook = read_notebook(lesson.notebook)
    change(notebook)
    lesson.notebook.write_text(nbformat.writes(notebook, version=4))


def test_a_first_build_writes_the_notebook(lesson: Lesson, catalogue: Catalogue) -> None:
    said: list[str] = []
    assert build(lesson, catalogue, say=said.append)
    assert re.fullmatch(
        r"01_small: built in [\d.]+ s, 11 cells -> notebooks/01_small.ipynb", said[0]
    )
    assert check_lesson(lesson, catalogue) == []


def test_what_a_built_notebook_holds(built: Lesson) -> None:
    raw = json.loads(built.notebook.read_text())
    assert [cell["id"] for cell in raw["cells"]] == [f"01_small-{i:03d}" for i in range(11)]
    assert raw["metadata"]["kernelspec"]["name"] == "python3"
    assert raw["metadata"]["language_info"]["version"] == "3"
    assert "widgets" not in raw["metadata"]
    hidden, shown, stub = (cell for cell in raw["cells"] if cell["cell_type"] == "code")
    assert hidden["metadata"] == {"jupyter": {"source_hidden": True}, "tags": ["hide"]}
    # one execution count after the other, and no time of any cell
    assert [hidden["execution_count"], shown["execution_count"], stub["execution_count"]] == [
        1,
        2,
        3,
    ]
    assert "execution" not in json.dumps([cell["metadata"] for cell in raw["cells"]])
    assert "".join(shown["outputs"][0]["text"]) == "['a', 'b', 'c'] progress.json\n"
    assert "".join(shown["outputs"][1]["data"]["text/plain"]) == "2"
    assert "".join(stub["outputs"][0]["text"]) == "01.toy: not attempted\n"


def test_a_rebuild_gives_identical_bytes(built: Lesson, catalogue: Catalogue) -> None:
    first = built.notebook.read_bytes()
    assert build(built, catalogue, rebuild=True, say=lambda line: None)
    assert built.notebook.read_bytes() == first


def test_only_what_changed_is_built(built: Lesson, catalogue: Catalogue) -> None:
    said: list[str] = []
    assert not build(built, catalogue, say=said.append)
    assert said == ["01_small: up to date"]
    built.source.write_text(built.source.read_text().replace("1 + 1", "1 + 2"))
    assert build(built, catalogue, say=said.append)
    assert not build(built, catalogue, say=said.append)
    # touching a file is not changing it
    built.source.touch()
    assert not build(built, catalogue, say=said.append)


def test_a_changed_exercise_module_counts(built: Lesson, catalogue: Catalogue) -> None:
    module_of(built.root).write_text("EXERCISE = 1\n")
    assert build(built, catalogue, say=lambda line: None)


def test_another_version_of_the_course_counts(built: Lesson, catalogue: Catalogue) -> None:
    edit(built, lambda notebook: notebook.metadata.course.update(version="1.9.0"))
    assert build(built, catalogue, say=lambda line: None)
    assert read_notebook(built.notebook).metadata.course.version == distribution.version()


def test_a_changed_stub_counts(built: Lesson, catalogue: Catalogue) -> None:
    def changed(exercise_id: str) -> ExerciseText:
        return replace(catalogue(exercise_id), hints=("Another.",))

    assert build(built, changed, say=lambda line: None)


def test_changed_outputs_are_built_again(built: Lesson, catalogue: Catalogue) -> None:
    edit(built, lambda notebook: notebook.cells[4].outputs.clear())
    assert build(built, catalogue, say=lambda line: None)
    assert check_lesson(built, catalogue) == []


def test_a_worked_notebook_is_left_alone(built: Lesson, catalogue: Catalogue) -> None:
    edit(built, lambda notebook: notebook.cells[7].update(source="def toy(): return True"))
    before = built.notebook.read_bytes()
    for cells in (" (cells 8)", ""):
        with pytest.raises(AuthoringError, match=r"(?s)adopt .*cp .*--force") as caught:
            build(built, catalogue, rebuild=True, say=lambda line: None)
        assert f"somebody has worked in this notebook{cells}; it was left" in str(caught.value)
        # the second time round the source has changed as well
        built.source.write_text(built.source.read_text() + "\nX\n")
        assert built.notebook.read_bytes() == before
    assert build(built, catalogue, force=True, say=lambda line: None)
    assert check_lesson(built, catalogue) == []


def test_a_notebook_that_was_never_built_is_left_alone(
    lesson: Lesson, catalogue: Catalogue
) -> None:
    write_notebook(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("Mine")]), lesson.notebook
    )
    with pytest.raises(AuthoringError, match="somebody has worked"):
        build(lesson, catalogue, say=lambda line: None)


def test_the_solved_variant(lesson: Lesson, catalogue: Catalogue) -> None:
    build_solved(lesson, catalogue, say=lambda line: None)
    stub = next(c for c in read_notebook(lesson.solved).cells if "return True" in c.source)
    assert stub.source.startswith('@exercise("01.toy")\ndef toy():')
    assert stub.outputs[0].text == "01.toy: correct\n"
    assert not lesson.notebook.exists()
    # what a lesson reads from beside it is there for the solved one too
    assert (lesson.solved.parent / "sources" / "01_small.md").exists()
    build_solved(lesson, catalogue, say=lambda line: None)


def test_a_solution_that_is_not_correct_fails(lesson: Lesson, catalogue: Catalogue) -> None:
    def wrong(exercise_id: str) -> ExerciseText:
        return replace(catalogue(exercise_id), solution="def toy():\n    return False")

    with pytest.raises(
        AuthoringError, match=r"md:\d+: the solution of 01.toy was not found correct"
    ):
        build_solved(lesson, wrong, say=lambda line: None)
