"""The way back: an edited notebook becomes the source again, and nothing is lost."""

from __future__ import annotations

import json
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
from course_utils.authoring.lesson_source import read_lesson
from course_utils.authoring.notebook_files import read_notebook
from course_utils.authoring.render import render
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
    with pytest.raises(AuthoringError, match=r"three cells, task, stub \(code\) and notes"):
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


def set_metadata(position: int, **metadata: Any) -> Change:
    return lambda notebook: notebook.cells[position].metadata.update(metadata)


KEPT: list[dict[str, Any]] = [
    {"tags": ["raises-exception"]},
    {"collapsed": True},
    {"scrolled": True},
    {"scrolled": False},
    {"editable": False},
    {"slideshow": {"slide_type": "slide"}},
    {"jupyter": {"source_hidden": True}},
    {"jupyter": {"outputs_hidden": True, "unheard": {"of": [1, "ä: 'b'"]}}},
    {"name": "a-name", "unheard": {"of": None}},
    {"a: b\n- c": 1, "x": "\x00"},
]


@pytest.mark.parametrize("metadata", KEPT)
def test_what_somebody_set_in_a_cell_is_kept(
    built: Lesson, catalogue: Catalogue, metadata: dict[str, Any]
) -> None:
    for position in (0, 4):  # prose and code
        edit(built, set_metadata(position, **metadata))
    adopt(built.notebook, built.root, catalogue)
    cells = render(read_lesson(built)[1], built.name, catalogue).notebook.cells
    assert [cells[position].metadata for position in (0, 4)] == [metadata, metadata]
    assert "nothing to adopt" in adopt(built.notebook, built.root, catalogue, force=True)


@pytest.mark.parametrize(
    ("position", "metadata"),
    [
        (4, {"tags": []}),
        (4, {"trusted": True, "execution": {"iopub.status.busy": "2026-01-01T00:00:00Z"}}),
        (4, {"collapsed": False, "editable": True, "slideshow": {"slide_type": ""}}),
        (4, {"jupyter": {"source_hidden": False, "outputs_hidden": False}}),
        (2, {"jupyter": {"source_hidden": False}}),  # unfolded to be read; its tag folds it
    ],
)
def test_what_only_the_editor_wrote_is_not(
    built: Lesson, catalogue: Catalogue, position: int, metadata: dict[str, Any]
) -> None:
    assert round_trip(built, catalogue, set_metadata(position, **metadata)) == SOURCE


@pytest.mark.parametrize("position", [0, 6, 8])
def test_a_pasted_picture_is_refused(built: Lesson, catalogue: Catalogue, position: int) -> None:
    picture = {"image.png": {"image/png": "iVBORw0KGgo="}}
    edit(built, lambda notebook: notebook.cells[position].update(attachments=picture))
    with pytest.raises(AuthoringError, match=r"holds image\.png, pasted into it.*as a file beside"):
        adopt(built.notebook, built.root, catalogue)
    assert built.source.read_text() == SOURCE


def test_a_picture_in_a_cell_without_text_is_refused_too(
    built: Lesson, catalogue: Catalogue
) -> None:
    pasted = new_markdown("")
    pasted.attachments = {"image.png": {"image/png": "iVBORw0KGgo="}}
    edit(built, lambda notebook: notebook.cells.append(pasted))
    with pytest.raises(AuthoringError, match=r"holds image\.png"):
        adopt(built.notebook, built.root, catalogue)


@pytest.mark.parametrize(("position", "part"), [(6, "task"), (7, "stub"), (8, "notes")])
def test_options_of_an_exercise_are_refused(
    built: Lesson, catalogue: Catalogue, position: int, part: str
) -> None:
    edit(built, set_metadata(position, tags=["hide"], scrolled=True))
    with pytest.raises(AuthoringError, match=f"its {part} has scrolled, tags set.*no place"):
        adopt(built.notebook, built.root, catalogue)
    assert built.source.read_text() == SOURCE


def test_a_raw_cell_keeps_its_format(built: Lesson, catalogue: Catalogue) -> None:
    raw = nbformat.v4.new_raw_cell("<hr>", metadata={"format": "text/html"})
    text = round_trip(built, catalogue, lambda notebook: notebook.cells.append(raw))
    assert text.endswith("```{raw-cell}\n:format: text/html\n\n<hr>\n```\n")


HOSTILE: list[tuple[Change, str]] = [
    (lambda nb: nb.cells.clear(), "there is nothing in it, and adopting it would empty the lesson"),
    (lambda nb: nb.metadata.update(course=3), "metadata.course is not as authoring writes it"),
    (lambda nb: nb.metadata.course.update(lesson=["a"]), "metadata.course is not as"),
    (lambda nb: nb.metadata.course.update(lesson="../x"), "'../x' can be no lesson's name"),
    (lambda nb: nb.cells[0].metadata.update(course="text"), "cell 1 has metadata.course that"),
    (lambda nb: nb.cells[6].metadata.update(course={"exercise": ["a"]}), "cell 7 has metadata"),
    (lambda nb: nb.cells[6].metadata.update(course={"exercise": "01.toy"}), "its three cells"),
    (lambda nb: nb.cells[6].metadata.update(course={"exercise": "01.none"}), "its three cells"),
    (lambda nb: nb.cells.append(nb.cells[7]), "its three cells"),
    (lambda nb: nb.cells.__setitem__(7, as_raw(nb.cells[7])), "its three cells"),
    (lambda nb: nb.cells.extend(nb.cells[6:9]), "exercise 01.toy occurs twice"),
    (lambda nb: nb.cells.append(nbformat.v4.new_code_cell("\x0c\x1c\u2028x")), "line"),
]


def as_raw(cell: NotebookNode) -> NotebookNode:
    made: NotebookNode = nbformat.v4.new_raw_cell(cell.source, metadata=cell.metadata)
    return made


@pytest.mark.parametrize(("change", "words"), HOSTILE)
def test_a_hostile_notebook_is_refused_in_a_sentence(
    built: Lesson,
    catalogue: Catalogue,
    capfd: pytest.CaptureFixture[str],
    change: Change,
    words: str,
) -> None:
    notebook = read_notebook(built.notebook)
    change(notebook)
    built.notebook.write_text(json.dumps(notebook))
    with pytest.raises(AuthoringError) as caught:
        adopt(built.notebook, built.root, catalogue)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert built.source.read_text() == SOURCE
    assert capfd.readouterr() == ("", "")


def test_ids_that_occur_twice_do_no_harm(built: Lesson, catalogue: Catalogue) -> None:
    def same_ids(notebook: NotebookNode) -> None:
        for cell in notebook.cells:
            cell.id = "same"

    notebook = read_notebook(built.notebook)
    same_ids(notebook)
    built.notebook.write_text(json.dumps(notebook))
    assert "nothing to adopt" in adopt(built.notebook, built.root, catalogue)
