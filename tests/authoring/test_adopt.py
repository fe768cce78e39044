"""The way back: an edited notebook becomes the source again, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from course_utils.authoring.adopt import adopt
from course_utils.authoring.build import build
from course_utils.authoring.check import check_lesson
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.exercise_cells import Catalogue
from course_utils.authoring.lesson_files import Lesson
from course_utils.authoring.notebook_files import read_notebook
from tests.authoring.conftest import SOURCE

Change = Callable[[NotebookNode], object]


def edit(lesson: Lesson, change: Change) -> None:
    """Edit the notebook as JupyterLab would save it."""
    notebook = read_notebook(lesson.notebook)
    change(notebook)
    notebook.metadata.language_info.version = "3.12.1"
    for cell in notebook.cells:
        cell.metadata.trusted = True
    lesson.notebook.write_text(nbformat.writes(notebook, version=4))


def round_trip(lesson: Lesson, catalogue: Catalogue, change: Change) -> str:
    edit(lesson, change)
    adopt(lesson.notebook, lesson.root, catalogue)
    return lesson.source.read_text()


def test_an_untouched_notebook_gives_the_same_text(built: Lesson, catalogue: Catalogue) -> None:
    assert "nothing to adopt" in adopt(built.notebook, built.root, catalogue)
    assert round_trip(built, catalogue, lambda notebook: None) == SOURCE


def replaced(old: str, new: str) -> str:
    assert SOURCE.count(old) == 1
    return SOURCE.replace(old, new)


def set_source(position: int, old: str, new: str) -> Change:
    def change(notebook: NotebookNode) -> None:
        cell = notebook.cells[position]
        assert old in cell.source
        cell.source = cell.source.replace(old, new)

    return change


def new_code(source: str, **metadata: Any) -> NotebookNode:
    made: NotebookNode = nbformat.v4.new_code_cell(source, metadata=metadata)
    return made


def new_markdown(source: str) -> NotebookNode:
    made: NotebookNode = nbformat.v4.new_markdown_cell(source)
    return made


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (set_source(0, "first", "1st"), replaced("first  line", "1st  line")),
        (set_source(4, "1 + 1", "1 + 2"), replaced("1 + 1", "1 + 2")),
        (set_source(2, "correct", "Correct"), replaced(": correct", ": Correct")),
        (set_source(6, "And that.", "Not that."), replaced("And that.", "Not that.")),
        (set_source(10, "last", "final"), replaced("last", "final")),
        (
            lambda nb: nb.cells.insert(1, new_markdown("New.\n\n")),
            replaced("spaces.\n", "spaces.\n\n+++\n\nNew.\n\n+++\n").replace("+++\n\n\n+++", "+++"),
        ),
        (
            lambda nb: nb.cells.insert(
                5, new_code("3", tags=["hide"], jupyter={"source_hidden": True})
            ),
            replaced(
                "1 + 1\n```\n", "1 + 1\n```\n\n```{code-cell} ipython3\n:tags: [hide]\n\n3\n```\n"
            ),
        ),
        (
            lambda nb: nb.cells.insert(
                5, new_code("3", tags=["predict"], jupyter={"outputs_hidden": True})
            ),
            replaced(
                "1 + 1\n```\n",
                "1 + 1\n```\n\n```{code-cell} ipython3\n:tags: [predict]\n\n3\n```\n",
            ),
        ),
        (
            lambda nb: nb.cells.append(new_code("x = '''\n```\n'''")),
            SOURCE + "\n````{code-cell} ipython3\nx = '''\n```\n'''\n````\n",
        ),
        (lambda nb: nb.cells.pop(1), None),
        (lambda nb: nb.cells.insert(0, nb.cells.pop(4)), None),
        (lambda nb: [nb.cells.pop(6) for _ in range(3)], None),
        (lambda nb: nb.cells.extend([nb.cells.pop(6) for _ in range(3)]), None),
        (lambda nb: nb.cells.append(new_markdown("   ")), SOURCE),
    ],
)
def test_edits_come_back(
    built: Lesson, catalogue: Catalogue, change: Change, expected: str | None
) -> None:
    text = round_trip(built, catalogue, change)
    wanted = [cell.source for cell in read_notebook(built.notebook).cells if cell.source.strip()]
    if expected is not None:
        assert text.replace("\n\n\n", "\n\n") == expected.replace("\n\n\n", "\n\n")
    # building keeps the edit, and nobody's work is in the way any more
    assert build(built, catalogue, say=lambda line: None)
    assert [cell.source for cell in read_notebook(built.notebook).cells] == [
        source.strip() for source in wanted
    ]
    assert check_lesson(built, catalogue) == []
    assert "nothing to adopt" in adopt(built.notebook, built.root, catalogue)
    assert built.source.read_text() == text


@pytest.mark.parametrize(
    ("position", "old", "new", "what"),
    [
        (7, "...", "return True", "the stub in the notebook"),
        (8, "Think.", "Think hard.", "the hints and solution in the notebook"),
        (6, "A toy", "The toy", "the heading in the notebook"),
        (6, "5 minutes", "6 minutes", "the heading in the notebook"),
    ],
)
def test_generated_text_is_refused(
    built: Lesson, catalogue: Catalogue, position: int, old: str, new: str, what: str
) -> None:
    edit(built, set_source(position, old, new))
    with pytest.raises(AuthoringError) as caught:
        adopt(built.notebook, built.root, catalogue)
    assert f"exercise 01.toy: {what} differ" in str(caught.value)
    assert "what course_utils/lessons/lesson_01/toy.py gives" in str(caught.value)
    assert built.source.read_text() == SOURCE


@pytest.mark.parametrize("gone", [6, 7, 8])
def test_an_exercise_with_a_part_missing_is_refused(
    built: Lesson, catalogue: Catalogue, gone: int
) -> None:
    edit(built, lambda notebook: notebook.cells.pop(gone))
    with pytest.raises(AuthoringError, match="three cells, task, stub and notes"):
        adopt(built.notebook, built.root, catalogue)


def test_a_source_that_changed_meanwhile_is_not_undone(built: Lesson, catalogue: Catalogue) -> None:
    built.source.write_text(SOURCE + "\nAdded since.\n")
    with pytest.raises(AuthoringError, match=r"has changed since this notebook was built.*--force"):
        adopt(built.notebook, built.root, catalogue)
    adopt(built.notebook, built.root, catalogue, force=True)
    assert built.source.read_text() == SOURCE


def test_a_copy_is_adopted_into_its_lesson(
    built: Lesson, catalogue: Catalogue, tmp_path: Path
) -> None:
    edit(built, set_source(0, "first", "1st"))
    copy = built.notebook.rename(tmp_path / "my copy.ipynb")
    adopt(copy, built.root, catalogue)
    assert built.source.read_text() == replaced("first  line", "1st  line")


def test_markdown_that_looks_like_a_border_is_refused(built: Lesson, catalogue: Catalogue) -> None:
    edit(built, lambda notebook: notebook.cells.append(new_markdown("Above\n\n+++\n\nbelow")))
    with pytest.raises(AuthoringError, match="looks like the border of a cell"):
        adopt(built.notebook, built.root, catalogue)
    assert built.source.read_text() == SOURCE


@pytest.mark.parametrize("name", ["missing.ipynb", "notebooks/sources/01_small.md"])
def test_only_a_notebook_can_be_adopted(built: Lesson, catalogue: Catalogue, name: str) -> None:
    with pytest.raises(AuthoringError, match="adopt needs a notebook"):
        adopt(built.root / name, built.root, catalogue)
