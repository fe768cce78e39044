"""The way back: take a notebook that was edited and saved in JupyterLab into its source.

Whatever was not touched keeps its text to the letter. The stub, hints and solution of an exercise
are generated from its module, so edits to them are refused, with a word on where to make them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from jupytext.cell_to_text import three_backticks_or_more
from jupytext.myst import dump_yaml_blocks
from nbformat import NotebookNode

from course_utils.authoring import exercise_cells
from course_utils.authoring.digests import digest, read_record
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.exercise_cells import Catalogue, course_catalogue
from course_utils.authoring.lesson_files import Lesson
from course_utils.authoring.lesson_source import Source, SourceCell, front_matter, read_source
from course_utils.authoring.notebook_files import read_notebook, write_text
from course_utils.authoring.render import FOLDED, NAMESPACE

# what JupyterLab writes into a cell by itself: whatever else is there, somebody has set
_OF_THE_EDITOR = {NAMESPACE, "trusted", "execution"}
_SAYS_NOTHING = [("tags", []), ("jupyter", {}), ("collapsed", False), ("editable", True)]
_SAYS_NOTHING += [("slideshow", {"slide_type": ""}), ("scrolled", "auto")]
_PARTS = ("task", "stub", "notes")


def adopt(
    path: Path,
    root: Path,
    catalogue: Catalogue = course_catalogue,
    *,
    force: bool = False,
) -> str:
    """Write the cells of an edited notebook into the source of its lesson; say what was done."""
    if path.suffix != ".ipynb" or not path.is_file():
        raise AuthoringError("adopt needs a notebook, as in notebooks/01_name.ipynb", path)
    notebook = read_notebook(path)
    record = read_record(notebook)
    name = record.get("lesson") or path.stem
    lesson = Lesson(name, root)
    if not re.fullmatch(r"[\w-][\w .-]*", name):
        raise AuthoringError(f"{name!r} can be no lesson's name", lesson.shown(path))
    shown = lesson.shown(lesson.source)
    text = lesson.source.read_text(encoding="utf-8") if lesson.source.exists() else ""
    if text and record.get("source") != digest(text) and not force:
        raise AuthoringError(
            f"{shown} has changed since this notebook was built, and adopting would undo that;"
            " --force adopts it anyway (git can show what was lost)",
            lesson.shown(path),
        )
    wanted = list(_source_cells(notebook, catalogue, lesson, path))
    if not wanted:
        raise AuthoringError("there is nothing in it, and adopting it would empty the lesson", path)
    exercises = [cell.exercise for cell in wanted if cell.exercise]
    twice = next((name for name in exercises if exercises.count(name) > 1), None)
    if twice:
        raise AuthoringError(f"exercise {twice} occurs twice in it", lesson.shown(path))
    adopted = merge(read_source(text, shown), wanted)
    _verify(adopted, wanted, lesson.shown(path))
    if adopted == text:
        return f"{shown}: nothing to adopt; {lesson.shown(path)} says the same"
    write_text(adopted, lesson.source)
    return f"{shown}: adopted from {lesson.shown(path)}; now run `make notebooks`"


def merge(source: Source, wanted: list[SourceCell]) -> str:
    """Return a text that reads back as `wanted` and keeps every untouched line of `source`."""
    old = source.cells
    match = SequenceMatcher(
        None, [_key(cell) for cell in old], [_key(cell) for cell in wanted], autojunk=False
    )
    # for each wanted cell the old one that it is, or that it was edited from
    origin: list[int | None] = [None] * len(wanted)
    for operation, i1, i2, j1, j2 in match.get_opcodes():
        if operation == "equal" or (operation == "replace" and i2 - i1 == j2 - j1):
            origin[j1:j2] = range(i1, i2)
    rows: list[str] = []
    for j, cell in enumerate(wanted):
        i = origin[j]
        before = origin[j - 1] if j else -1
        was = old[i] if i is not None else None
        same_place = i is not None and before is not None and before == i - 1
        if was is not None and same_place and _options(was) == _options(cell):
            gap = source.rows[old[i - 1].end if i else 0 : was.start]
        else:
            gap = _gap(source, wanted[j - 1] if j else None, cell)
        rows += gap
        rows += _rows(source, was, cell)
    if wanted and old and origin[-1] == len(old) - 1:
        rows += source.rows[old[-1].end :]
    return "\n".join(rows) + "\n"


def _key(cell: SourceCell) -> str:
    return json.dumps([cell.kind, cell.text, cell.exercise, _options(cell)])


def _options(cell: SourceCell) -> str:
    return json.dumps(cell.metadata, sort_keys=True)


def _gap(source: Source, before: SourceCell | None, cell: SourceCell) -> list[str]:
    rows = front_matter(source.rows) if before is None else []
    if cell.kind == "markdown" and cell.metadata:
        return [*rows, "", f"+++ {json.dumps(cell.metadata)}", ""]
    if before is not None and before.kind == cell.kind == "markdown":
        return [*rows, "", "+++", ""]
    return [*rows, ""] if rows or before is not None else []


def _rows(source: Source, was: SourceCell | None, cell: SourceCell) -> list[str]:
    """Write one cell; what has not changed, cell or options, keeps its old rows."""
    if was is not None and _key(was) == _key(cell):
        return source.rows[was.start : was.end]
    text = cell.text.split("\n") if cell.text else []
    if cell.kind == "markdown":
        return text
    if cell.kind == "exercise":
        return [f":::{{exercise}} {cell.exercise}", *text, ":::"]
    fence = str(three_backticks_or_more(text))
    if was is not None and was.kind == cell.kind and _options(was) == _options(cell):
        opening = source.rows[was.start : was.line - 1]
        if opening and opening[0].startswith(fence + "{"):
            return [*opening, *text, source.rows[was.end - 1]]
    name = "{code-cell} ipython3" if cell.kind == "code" else "{raw-cell}"
    options = dump_yaml_blocks(cell.metadata).rstrip("\n").split("\n") if cell.metadata else []
    return [fence + name, *options, *([""] if options else []), *text, fence]


def _source_cells(
    notebook: NotebookNode, catalogue: Catalogue, lesson: Lesson, path: Path
) -> Iterator[SourceCell]:
    """Yield the notebook's cells as a source has them: the three of an exercise are one."""
    cells = [cell for cell in notebook.cells if cell.source.strip() or cell.get("attachments")]
    at = 0
    while at < len(cells):
        cell = cells[at]
        _refuse_attachments(cell, lesson.shown(path))
        about = cell.metadata.get(NAMESPACE, {})
        if "exercise" in about:
            yield _collapse(cells[at : at + 3], about["exercise"], catalogue, lesson, path)
            at += 3
            continue
        text = cell.source.strip("\n")
        text = text.rstrip() if cell.cell_type == "markdown" else text
        yield SourceCell(cell.cell_type, text, 0, 0, 0, _source_options(cell))
        at += 1


def _refuse_attachments(cell: NotebookNode, path: Path) -> None:
    if cell.get("attachments"):
        raise AuthoringError(
            f"the cell {_opening(cell)} holds {', '.join(sorted(cell.attachments))}, pasted into"
            " it, which a source cannot: save it as a file beside the notebook, and refer to it by"
            " its name, as in ![what it shows](name.png)",
            path,
        )


def _opening(cell: NotebookNode) -> str:
    """Return the beginning of a cell, by which its author knows it."""
    return repr(cell.source.strip()[:60])


def _source_options(cell: NotebookNode) -> dict[str, Any]:
    """Return what a source has to say of a cell beside its text."""
    plain = json.loads(
        json.dumps({k: v for k, v in cell.metadata.items() if k not in _OF_THE_EDITOR})
    )
    tags = plain.get("tags", [])
    if isinstance(plain.get("jupyter"), dict):
        # what follows from a tag is not said twice; unfolded to be edited, it folds again
        folds = {part for tag, part in FOLDED.items() if tag in tags}
        for part, value in list(plain["jupyter"].items()):
            if part in folds or (part in FOLDED.values() and not value):
                del plain["jupyter"][part]
        if "outputs_hidden" in folds:
            plain.pop("collapsed", None)
    return {key: value for key, value in plain.items() if (key, value) not in _SAYS_NOTHING}


def _collapse(
    cells: list[NotebookNode], exercise_id: str, catalogue: Catalogue, lesson: Lesson, path: Path
) -> SourceCell:
    """Return the directive that three generated cells came from."""
    shown = lesson.shown(path)
    parts = tuple(
        cell.metadata.get(NAMESPACE, {}).get("part")
        for cell in cells
        if cell.metadata.get(NAMESPACE, {}).get("exercise") == exercise_id
    )
    if parts != _PARTS or [cell.cell_type for cell in cells] != ["markdown", "code", "markdown"]:
        raise AuthoringError(
            f"exercise {exercise_id} must keep its three cells, task, stub (code) and notes, in"
            f" this order (found: {', '.join(map(str, parts))}); delete all three to remove it",
            shown,
        )
    try:
        exercise = catalogue(exercise_id)
    except LookupError as error:
        raise AuthoringError(str(error), shown) from error
    for cell in cells:
        _refuse_attachments(cell, shown)
        options = _source_options(cell)
        if options:
            raise AuthoringError(
                f"exercise {exercise_id}: its {cell.metadata[NAMESPACE]['part']} has"
                f" {', '.join(sorted(options))} set, which the source of an exercise has no place"
                " for; remove it from the cell (JupyterLab: Property Inspector)",
                shown,
            )
    task, stub, notes = (cell.source.rstrip() for cell in cells)
    generated = {"stub": exercise_cells.code(exercise, solved=False)}
    generated["hints and solution"] = exercise_cells.notes(exercise)
    edited = [
        what
        for (what, text), have in zip(generated.items(), (stub, notes), strict=True)
        if text.rstrip() != have
    ]
    heading = exercise_cells.heading(exercise, 1)
    before, after = re.split(r"(?<=Exercise )\d+\.\d+", heading, maxsplit=1)
    opening = re.match(re.escape(before) + r"\d+\.\d+" + re.escape(after) + r"(?:\n+|$)", task)
    if opening is None:
        edited.insert(0, "heading")
    if edited or opening is None:
        raise AuthoringError(
            f"exercise {exercise_id}: the {' and the '.join(edited)} in the notebook differ from"
            f" what {lesson.shown(exercise.module)} gives. They are generated: change them there,"
            " then run `make notebooks` (or paste the old text back here to drop the edit)",
            shown,
        )
    prose = exercise_cells.unboxed(task[opening.end() :])
    return SourceCell("exercise", prose, 0, 0, 0, exercise=exercise_id)


def _verify(text: str, wanted: list[SourceCell], path: Path) -> None:
    """Refuse a text that would not read back as the cells of the notebook."""
    have = read_source(text, path).cells
    for number, cell in enumerate(wanted):
        if number >= len(have) or _key(have[number]) != _key(cell):
            raise AuthoringError(
                f"this {cell.kind} cell would not read back the same once written as MyST"
                f" (one of its lines looks like the border of a cell): {cell.text[:60]!r}",
                path,
            )
    if len(have) != len(wanted):
        raise AuthoringError("the cells could not be told apart once written as MyST", path)
