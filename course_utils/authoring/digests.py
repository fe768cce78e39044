"""The digests by which a built notebook is known, so that nothing depends on file times.

The version of the course that built it stands under ``metadata.course``, and four short digests: of
the source's text, of everything that the lesson is made from (source, exercise modules, the format
of authoring), of the cells that were built, and of the outputs that were stored. A notebook that
somebody has worked in differs from its own record.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from course_utils.authoring.exercise_cells import ExerciseText
from course_utils.authoring.render import NAMESPACE
from course_utils.distribution import version

FORMAT = 1
"""Increase it when authoring writes notebooks differently: every lesson is then rebuilt."""


def digest(*parts: str | bytes) -> str:
    """Return a short digest of `parts`, in order."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(str(len(data)).encode() + b":" + data)
    return total.hexdigest()[:20]


def digest_inputs(text: str, exercises: list[ExerciseText]) -> str:
    """Return the digest of everything that a lesson is made from: it tells when to build again."""
    modules: list[Path] = sorted({exercise.module for exercise in exercises})
    return digest(str(FORMAT), text, *(module.read_bytes() for module in modules))


def digest_cells(notebook: NotebookNode) -> str:
    """Return the digest of the kind and source of every cell, blank rows around it left out."""
    written = [[cell.cell_type, cell.source.strip()] for cell in notebook.cells]
    return digest(json.dumps([cell for cell in written if cell[1]]))


def digest_outputs(notebook: NotebookNode) -> str:
    """Return the digest of every stored output and execution count."""
    stored = [
        [cell.execution_count, cell.outputs] for cell in notebook.cells if cell.cell_type == "code"
    ]
    return digest(json.dumps(stored, sort_keys=True))


def write_record(notebook: NotebookNode, text: str, exercises: list[ExerciseText]) -> None:
    """Write the digests into the metadata of an executed notebook."""
    notebook.metadata[NAMESPACE].update(
        version=version(),
        source=digest(text),
        inputs=digest_inputs(text, exercises),
        cells=digest_cells(notebook),
        outputs=digest_outputs(notebook),
    )


def read_record(notebook: NotebookNode) -> dict[str, Any]:
    """Return what `write_record` wrote; nothing for a notebook that authoring did not build."""
    return dict(notebook.metadata.get(NAMESPACE, {}))
