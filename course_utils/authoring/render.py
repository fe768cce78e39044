"""Turn a lesson's source into a notebook that has not been executed yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat import NotebookNode

from course_utils.authoring import exercise_cells
from course_utils.authoring.cell_ids import cell_id
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.exercise_cells import Catalogue, ExerciseText
from course_utils.authoring.lesson_source import Source, SourceCell

NAMESPACE = "course"
"""The key under which a notebook and its cells keep what authoring has to remember."""

FOLDED = {"hide": "source_hidden", "predict": "outputs_hidden"}
"""What JupyterLab folds away of a cell with a tag: the code, or the answer to a prediction."""

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}

# What JupyterLab would write, but without the version of this machine's Python.
LANGUAGE_INFO = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": "3",
}


@dataclass(frozen=True)
class Rendered:
    """A notebook and, for each of its cells, the line of the source that it came from."""

    notebook: NotebookNode
    lines: list[int]
    exercises: list[ExerciseText]


def render(source: Source, lesson: str, catalogue: Catalogue, *, solved: bool = False) -> Rendered:
    """Make the notebook of a source, without outputs; `solved` fills in every exercise."""
    cells: list[NotebookNode] = []
    lines: list[int] = []
    exercises: list[ExerciseText] = []

    def add(kind: str, text: str, line: int, metadata: dict[str, Any]) -> None:
        make = getattr(nbformat.v4, f"new_{kind}_cell")
        cell = make(text, metadata=nbformat.from_dict(metadata))
        cell["id"] = cell_id(lesson, len(cells))
        cells.append(cell)
        lines.append(line)

    for cell in source.cells:
        if cell.kind != "exercise":
            add(cell.kind, cell.text, cell.line, notebook_metadata(cell.metadata))
            continue
        found = _look_up(cell, source, catalogue, exercises)
        exercises.append(found)
        parts = [
            ("markdown", "task", exercise_cells.task(found, len(exercises), cell.text)),
            ("code", "stub", exercise_cells.code(found, solved)),
            ("markdown", "notes", exercise_cells.notes(found)),
        ]
        for kind, part, text in parts:
            add(kind, text, cell.line, {NAMESPACE: {"exercise": found.id, "part": part}})

    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.nbformat_minor = 5
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": KERNELSPEC, "language_info": LANGUAGE_INFO, NAMESPACE: {"lesson": lesson}}
    )
    return Rendered(notebook, lines, exercises)


def notebook_metadata(options: dict[str, Any]) -> dict[str, Any]:
    """Return a cell's metadata from the options in its source: some tags fold a part of it away."""
    metadata = dict(options)
    folded = {part: True for tag, part in FOLDED.items() if tag in metadata.get("tags", [])}
    if folded:
        metadata["jupyter"] = {**metadata.get("jupyter", {}), **folded}
    return metadata


def _look_up(
    cell: SourceCell, source: Source, catalogue: Catalogue, seen: list[ExerciseText]
) -> ExerciseText:
    try:
        found = catalogue(cell.exercise)
    except (LookupError, ValueError) as error:
        raise AuthoringError(
            f"exercise {cell.exercise!r} cannot be used: {error}", source.path, cell.line
        ) from error
    if any(other.id == found.id for other in seen):
        raise AuthoringError(
            f"exercise {cell.exercise!r} occurs twice in this lesson", source.path, cell.line
        )
    return found
