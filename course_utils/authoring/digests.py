"""What a built notebook remembers of its making, so that nothing depends on file times.

Under ``metadata.course`` stand five short digests: of the source's text, of all that went in
(source, exercise modules, the version of authoring), of the cells that were built, and of the
outputs that were stored. A notebook that somebody worked in differs from its own record.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from course_utils.authoring.exercise_cells import ExerciseText
from course_utils.authoring.render import NAMESPACE

VERSION = 1
"""Raise it when authoring writes notebooks differently: every lesson is then rebuilt."""


def digest(*parts: str | bytes) -> str:
    """Return a short digest of `parts` in order."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(str(len(data)).encode() + b":" + data)
    return total.hexdigest()[:20]


def digest_inputs(text: str, exercises: list[ExerciseText]) -> str:
    """Return the digest of all that a lesson is made from."""
    modules: list[Path] = sorted({exercise.module for exercise in exercises})
    return digest(str(VERSION), text, *(module.read_bytes() for module in modules))


def digest_cells(notebook: NotebookNode) -> str:
    """Return the digest of kind and source of every cell; blank rows around them do not count."""
    written = [[cell.cell_type, cell.source.strip()] for cell in notebook.cells]
    return digest(json.dumps([cell for cell in written if cell[1]]))


def digest_outputs(notebook: NotebookNode) -> str:
    """Return the digest of every stored output and execution count."""
    stored = [
        [cell.execution_count, cell.outputs] for cell in notebook.cells if cell.cell_type == "code"
    ]
    return digest(json.dumps(stored, sort_keys=True))


def write_record(notebook: NotebookNode, text: str, exercises: list[ExerciseText]) -> None:
    """Write the digests into the notebook's metadata."""
    notebook.metadata[NAMESPACE].update(
        version=VERSION,
        source=digest(text),
        inputs=digest_inputs(text, exercises),
        cells=digest_cells(notebook),
        outputs=digest_outputs(notebook),
    )


def read_record(notebook: NotebookNode) -> dict[str, Any]:
    """Return what `write_record` wrote, or nothing for a notebook that was not built here."""
    return dict(notebook.metadata.get(NAMESPACE, {}))
