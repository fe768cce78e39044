"""The check without execution: each kind of fault is found, and named with its place."""

from __future__ import annotations

import re
from collections.abc import Callable

import nbformat
import pytest
from nbformat import NotebookNode

from course_utils.authoring.build import build
from course_utils.authoring.check import MOST_BYTES, check, check_lesson, trailing_semicolon
from course_utils.authoring.digests import digest_cells, digest_outputs
from course_utils.authoring.exercise_cells import Catalogue
from course_utils.authoring.lesson_files import Lesson
from course_utils.authoring.notebook_files import read_notebook
from tests.authoring.conftest import module_of


def test_a_built_notebook_has_no_faults(built: Lesson, catalogue: Catalogue) -> None:
    assert check_lesson(built, catalogue) == []


def faults(
    lesson: Lesson,
    catalogue: Catalogue,
    change: Callable[[NotebookNode], object],
    *,
    forged: bool = True,
) -> str:
    """Change the stored notebook, record included if `forged`, and check it."""
    notebook = read_notebook(lesson.notebook)
    change(notebook)
    if forged:
        notebook.metadata.course.update(
            cells=digest_cells(notebook), outputs=digest_outputs(notebook)
        )
    lesson.notebook.write_text(nbformat.writes(notebook, version=4))
    return "\n".join(check_lesson(lesson, catalogue))


def test_one_character_of_a_stored_output(built: Lesson, catalogue: Catalogue) -> None:
    text = built.notebook.read_text()
    assert text.count("'a', 'b', 'c'") == 1
    built.notebook.write_text(text.replace("'a', 'b', 'c'", "'a', 'b', c'"))
    assert "stored outputs were changed" in "\n".join(check_lesson(built, catalogue))


def test_one_number_of_a_source(built: Lesson, catalogue: Catalogue) -> None:
    built.source.write_text(built.source.read_text().replace("1 + 1", "1 + 3"))
    found = "\n".join(check_lesson(built, catalogue))
    assert "01_small.md:27: the stored notebook's source differs here" in found
    assert "another text of its source" in found


def test_a_changed_exercise_module(built: Lesson, catalogue: Catalogue) -> None:
    module_of(built.root).write_text("EXERCISE = 1\n")
    assert "before its exercises" in "\n".join(check_lesson(built, catalogue))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda nb: nb.cells[4].update(execution_count=None), "was never executed"),
        (lambda nb: nb.cells[4].update(id="x"), "id differs here"),
        (lambda nb: nb.cells[4].metadata.update(tags=["x"]), "metadata differs here"),
        (lambda nb: nb.cells[0].update(source="# Another"), "source differs here"),
        (lambda nb: nb.cells.pop(), "has 10 cells, its source gives 11"),
        (
            lambda nb: nb.metadata.language_info.update(version="3.11.7"),
            "metadata differ: .*3.11.7",
        ),
        (lambda nb: nb.metadata.update(widgets={"state": {}}), "metadata differ"),
        (
            lambda nb: nb.metadata.course.update(version="1.9.0"),
            r"was built with version 1\.9\.0 of the course, and this is \d.*; run `make notebooks`",
        ),
        (
            lambda nb: nb.cells[4].outputs.append(
                nbformat.v4.new_output("stream", name="stderr", text="UserWarning: old")
            ),
            "01_small.md:27: this cell wrote to stderr: UserWarning: old",
        ),
        (
            lambda nb: nb.cells[4].outputs.append(
                nbformat.v4.new_output("error", ename="ValueError", evalue="bad", traceback=[])
            ),
            "raised ValueError: bad",
        ),
        (
            lambda nb: nb.cells[4].outputs.append(
                nbformat.v4.new_output(
                    "display_data",
                    {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "W"},
                )
            ),
            "live widget view",
        ),
    ],
)
def test_faults_of_a_stored_notebook(
    built: Lesson, catalogue: Catalogue, change: Callable[[NotebookNode], object], message: str
) -> None:
    found = faults(built, catalogue, change)
    assert re.search(message, found), found


def test_changed_cells_are_told_from_the_record(built: Lesson, catalogue: Catalogue) -> None:
    found = faults(built, catalogue, lambda nb: nb.cells[0].update(source="# X"), forged=False)
    assert "its cells were changed after it was built" in found


def test_size(built: Lesson, catalogue: Catalogue) -> None:
    def grow(notebook: NotebookNode) -> None:
        notebook.cells[4].outputs[0].text += "x" * MOST_BYTES

    assert "2.0 MB; at most 2 MB" in faults(built, catalogue, grow)


def test_an_explorer_without_a_picture(lesson: Lesson, catalogue: Catalogue) -> None:
    text = lesson.source.read_text()
    shown = text.replace("ipython3\nimport os", "ipython3\n:tags: [explorer]\n\nimport os")
    lesson.source.write_text(shown)
    build(lesson, catalogue, say=lambda line: None)
    assert check_lesson(lesson, catalogue) == [
        "notebooks/sources/01_small.md:29: this explorer stores no picture of itself"
    ]
    png = "from IPython.display import Image; Image(b'\\x89PNG\\r\\n\\x1a\\n', format='png')"
    lesson.source.write_text(shown.replace("1 + 1", png))
    build(lesson, catalogue, say=lambda line: None)
    assert check_lesson(lesson, catalogue) == []


def test_a_missing_notebook_and_one_without_a_source(built: Lesson, catalogue: Catalogue) -> None:
    built.notebook.rename(built.notebook.with_name("02_other.ipynb"))
    found = check(built.root, [built], catalogue)
    assert found == [
        "notebooks/01_small.ipynb: not built; run `make notebooks`",
        "notebooks/02_other.ipynb: has no source in notebooks/sources",
    ]


def test_a_semicolon_in_a_source(built: Lesson, catalogue: Catalogue) -> None:
    built.source.write_text(built.source.read_text().replace("1 + 1", "1 + 1;  # quiet"))
    build(built, catalogue, say=lambda line: None)
    assert check_lesson(built, catalogue) == [
        "notebooks/sources/01_small.md:30: this line ends in `;`"
    ]


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("x = 1", 0),
        ("x = 1;", 1),
        ("x = 1; y = 2", 0),
        ("x = ';'\n", 0),
        ("x = 1\nx ;   # comment", 2),
        ("# note;", 0),
        ("def f():\n    return 1;\n", 2),
        ("'''\na;\n'''", 0),
        ("%time x\nx;", 2),
        ("f(1,\n  2);", 2),
    ],
)
def test_trailing_semicolon(code: str, row: int) -> None:
    assert trailing_semicolon(code) == row
