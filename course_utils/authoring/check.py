"""Compare sources and stored notebooks without executing anything."""

from __future__ import annotations

import io
import json
import tokenize
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from course_utils.authoring.digests import (
    digest,
    digest_cells,
    digest_inputs,
    digest_outputs,
    read_record,
)
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.exercise_cells import Catalogue, course_catalogue
from course_utils.authoring.lesson_files import Lesson, all_lessons
from course_utils.authoring.lesson_source import read_lesson
from course_utils.authoring.notebook_files import read_notebook
from course_utils.authoring.outputs import forbidden
from course_utils.authoring.render import NAMESPACE, Rendered, render
from course_utils.distribution import version

MOST_BYTES = 2_000_000


def check(
    root: Path,
    lessons: list[Lesson],
    catalogue: Catalogue = course_catalogue,
    *,
    complete: bool = True,
) -> list[str]:
    """Find every place where a stored notebook is not what its source says, one line for each."""
    faults: list[str] = []
    for lesson in lessons:
        try:
            faults.extend(check_lesson(lesson, catalogue))
        except AuthoringError as error:
            faults.append(str(error))
    if complete:
        named = {lesson.notebook for lesson in all_lessons(root)}
        faults.extend(
            f"{path.relative_to(root)}: has no source in notebooks/sources"
            for path in sorted((root / "notebooks").glob("*.ipynb"))
            if path not in named
        )
    return faults


def check_lesson(lesson: Lesson, catalogue: Catalogue = course_catalogue) -> list[str]:
    """Find the faults of one lesson's stored notebook."""
    shown = lesson.shown(lesson.notebook)
    text, source = read_lesson(lesson)
    rendered = render(source, lesson.name, catalogue)
    if not lesson.notebook.exists():
        return [f"{shown}: not built; run `make notebooks`"]
    stored = read_notebook(lesson.notebook)
    faults = [
        f"{source.path}:{line}: {message}" if line else f"{shown}: {message}"
        for line, message in [
            *_drift(stored, rendered),
            *_record(stored, rendered, text),
            *_cells(stored, rendered, lesson.root),
        ]
    ]
    size = lesson.notebook.stat().st_size
    if size > MOST_BYTES:
        faults.append(f"{shown}: {size / 1e6:.1f} MB; at most {MOST_BYTES / 1e6:.0f} MB")
    return faults


def trailing_semicolon(source: str) -> int:
    """Return the row, from 1, of the first line of code that ends in ``;``; 0 if none does.

    Such a line hides its value from the reader, and from the comparison of outputs too.
    """
    last: tokenize.TokenInfo | None = None
    skipped = (tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT)
    try:
        for token in tokenize.generate_tokens(io.StringIO(source + "\n").readline):
            if token.type in (tokenize.NEWLINE, tokenize.NL, tokenize.ENDMARKER):
                if last is not None and last.string == ";" and last.type == tokenize.OP:
                    return last.start[0]
                last = None
            elif token.type not in skipped:
                last = token
    except (
        tokenize.TokenError,
        IndentationError,
    ):  # a magic command, or a deliberate error
        for row, text in enumerate(source.splitlines(), start=1):
            if text.rstrip().endswith(";"):
                return row
    return 0


def _drift(stored: NotebookNode, rendered: Rendered) -> list[tuple[int, str]]:
    """Return the first difference between the stored cells and those the source gives."""
    for cell, wanted, line in zip(
        stored.cells, rendered.notebook.cells, rendered.lines, strict=False
    ):
        for what in ("cell_type", "source", "id", "metadata"):
            if cell.get(what) != wanted.get(what):
                detail = _difference(str(cell.get(what)), str(wanted.get(what)))
                return [(line, f"the stored notebook's {what} differs here: {detail}")]
    if len(stored.cells) != len(rendered.notebook.cells):
        have, want = len(stored.cells), len(rendered.notebook.cells)
        return [(0, f"has {have} cells, its source gives {want}; run `make notebooks`")]
    kept: dict[str, Any] = {k: v for k, v in stored.metadata.items() if k != NAMESPACE}
    expected = {k: v for k, v in rendered.notebook.metadata.items() if k != NAMESPACE}
    if json.dumps(kept, sort_keys=True) != json.dumps(expected, sort_keys=True):
        return [(0, f"metadata differ: {_difference(str(kept), str(expected))}")]
    return []


def _record(stored: NotebookNode, rendered: Rendered, text: str) -> list[tuple[int, str]]:
    record = read_record(stored)
    again = "; run `make notebooks`"
    if record.get("version") != version():
        built = f"version {record.get('version')} of the course, and this is {version()}"
        return [(0, f"was built with {built}{again}")]
    if record.get("source") != digest(text):
        return [(0, f"was built from another text of its source{again}")]
    if record.get("inputs") != digest_inputs(text, rendered.exercises):
        return [(0, f"was built before its exercises, or authoring itself, changed{again}")]
    if record.get("cells") != digest_cells(stored):
        return [(0, f"its cells were changed after it was built{again}")]
    if record.get("outputs") != digest_outputs(stored):
        return [(0, f"its stored outputs were changed after it was built{again}")]
    return []


def _cells(stored: NotebookNode, rendered: Rendered, root: Path) -> list[tuple[int, str]]:
    faults: list[tuple[int, str]] = []
    lines = rendered.lines + [0] * len(stored.cells)
    for cell, line in zip(stored.cells, lines, strict=False):
        if cell.cell_type != "code":
            continue
        if cell.execution_count is None:
            faults.append((line, "this code cell was never executed"))
        fault = forbidden(cell, root)
        if fault:
            faults.append((line, f"this cell {fault}"))
        if "explorer" in cell.metadata.get("tags", []) and not _has_picture(cell):
            faults.append((line, "this explorer stores no picture of itself"))
        row = trailing_semicolon(cell.source)
        if row:
            faults.append((line + row - 1 if line else 0, "this line ends in `;`"))
    return faults


def _has_picture(cell: NotebookNode) -> bool:
    return any({"image/png", "text/plain"} <= set(o.get("data", {})) for o in cell.outputs)


def _difference(have: str, want: str) -> str:
    """Show the first place where two texts differ."""
    at = next((i for i, (a, b) in enumerate(zip(have, want, strict=False)) if a != b), None)
    at = min(len(have), len(want)) if at is None else at
    return f"{have[max(0, at - 20) : at + 30]!r}, not {want[max(0, at - 20) : at + 30]!r}"
