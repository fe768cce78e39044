"""Build notebooks from sources: only where something changed, and never over somebody's work."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from nbformat import NotebookNode

from course_utils.authoring.digests import (
    digest,
    digest_cells,
    digest_inputs,
    digest_outputs,
    read_record,
    write_record,
)
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.execute import execute
from course_utils.authoring.exercise_cells import Catalogue, course_catalogue
from course_utils.authoring.lesson_files import Lesson
from course_utils.authoring.lesson_source import read_lesson
from course_utils.authoring.notebook_files import read_notebook, write_notebook
from course_utils.authoring.render import NAMESPACE, Rendered, render
from course_utils.distribution import version


def build(
    lesson: Lesson,
    catalogue: Catalogue = course_catalogue,
    *,
    rebuild: bool = False,
    force: bool = False,
    say: Callable[[str], None] = print,
) -> bool:
    """Build one lesson's notebook if anything that it is made from changed."""
    text, source = read_lesson(lesson)
    rendered = render(source, lesson.name, catalogue)
    if lesson.notebook.exists() and not force:
        stored = read_notebook(lesson.notebook)
        refuse_to_destroy(stored, rendered, lesson, text)
        if not rebuild and is_current(stored, rendered, text):
            say(f"{lesson.name}: up to date")
            return False
    began = time.perf_counter()
    notebook = execute(rendered, lesson.shown(lesson.source), lesson.root, _counter(lesson.name))
    write_record(notebook, text, rendered.exercises)
    write_notebook(notebook, lesson.notebook)
    say(
        f"{lesson.name}: built in {time.perf_counter() - began:.1f} s,"
        f" {len(notebook.cells)} cells -> {lesson.shown(lesson.notebook)}"
    )
    return True


def build_solved(
    lesson: Lesson,
    catalogue: Catalogue = course_catalogue,
    *,
    say: Callable[[str], None] = print,
) -> None:
    """Build the variant with every exercise filled in, each of which must be found correct."""
    text, source = read_lesson(lesson)
    rendered = render(source, lesson.name, catalogue, solved=True)
    began = time.perf_counter()
    shown = lesson.shown(lesson.source)
    notebook = execute(rendered, shown, lesson.root, _counter(lesson.name))
    for cell, line in zip(notebook.cells, rendered.lines, strict=True):
        about = cell.metadata.get(NAMESPACE, {})
        if about.get("part") == "stub" and not says_correct(cell):
            raise AuthoringError(
                f"the solution of {about['exercise']} was not found correct", shown, line
            )
    write_record(notebook, text, rendered.exercises)
    notebook.metadata[NAMESPACE]["variant"] = "solved"
    write_notebook(notebook, lesson.solved)
    _link_neighbours(lesson.notebook.parent, lesson.solved.parent)
    say(
        f"{lesson.name}: solved in {time.perf_counter() - began:.1f} s,"
        f" {len(rendered.exercises)} exercises correct -> {lesson.shown(lesson.solved)}"
    )


def _link_neighbours(notebooks: Path, solved: Path) -> None:
    """Let a solved notebook find the files that its lesson finds beside it, such as the sources."""
    for path in notebooks.iterdir():
        link = solved / path.name
        if path.suffix != ".ipynb" and not path.name.startswith(".") and not link.exists():
            link.unlink(missing_ok=True)  # a link that no longer leads anywhere
            with suppress(FileExistsError):  # a lesson that is solved at the same time was first
                link.symlink_to(path)


def says_correct(cell: NotebookNode) -> bool:
    """Tell whether the output of an exercise's cell says that it is correct."""
    texts = [
        output.text if output.output_type == "stream" else output.data.get("text/plain", "")
        for output in cell.outputs
        if output.output_type != "error"
    ]
    return any(": correct" in text and "not correct" not in text for text in texts)


def is_current(stored: NotebookNode, rendered: Rendered, text: str) -> bool:
    """Tell whether source, exercises, authoring and stored outputs are as they were when built."""
    record = read_record(stored)
    return (
        record.get("version") == version()
        and record.get("inputs") == digest_inputs(text, rendered.exercises)
        and _shape(stored) == _shape(rendered.notebook)
        and record.get("outputs") == digest_outputs(stored)
    )


def _shape(notebook: NotebookNode) -> list[tuple[object, ...]]:
    return [(cell.cell_type, cell.source, cell.get("id"), cell.metadata) for cell in notebook.cells]


def changed_cells(stored: NotebookNode) -> bool:
    """Tell whether somebody has changed cells of a notebook since it was built."""
    return read_record(stored).get("cells") != digest_cells(stored)


def refuse_to_destroy(stored: NotebookNode, rendered: Rendered, lesson: Lesson, text: str) -> None:
    """Raise if building would lose cells that somebody wrote into the notebook."""
    if not changed_cells(stored) or digest_cells(stored) == digest_cells(rendered.notebook):
        return
    edited = []
    if read_record(stored).get("source") == digest(text):  # otherwise nobody knows what was built
        built = {cell.source for cell in rendered.notebook.cells}
        edited = [i for i, cell in enumerate(stored.cells, start=1) if cell.source not in built]
    which = f" (cells {', '.join(map(str, edited[:8]))})" if edited else ""
    shown = lesson.shown(lesson.notebook)
    raise AuthoringError(
        f"somebody has worked in this notebook{which}; it was left as it is.\n"
        f"    to take the edits into the lesson:  python -m course_utils.authoring adopt {shown}\n"
        f"    to keep a worked copy:              cp {shown} my_{lesson.notebook.name}\n"
        f"    to build over it anyway:            python -m course_utils.authoring build"
        f" {lesson.number} --force",
        shown,
    )


def _counter(name: str) -> Callable[[int, int], None]:
    """Show on a terminal how far execution has come; say nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda done, total: None

    def show(done: int, total: int) -> None:
        end = "\r" if done + 1 < total else "\r\033[K"
        print(f"{name}: cell {done + 1} of {total}\033[K", end=end, file=sys.stderr, flush=True)

    return show
