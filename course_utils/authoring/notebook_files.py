"""Read and write the files of notebooks and sources, whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.validator import iter_validate

from course_utils.authoring.errors import AuthoringError

# the fields that a cell of each kind must have, and those that it may have, in the notebook format
_MUST = {"cell_type", "metadata", "source"}
_FIELDS = {
    "markdown": (_MUST, {"id", "attachments"}),
    "code": (_MUST | {"outputs", "execution_count"}, {"id"}),
    "raw": (_MUST, {"id", "attachments"}),
}


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook file, or say in a sentence what is wrong with it."""
    try:
        found = json.loads(path.read_bytes().decode())
    except (ValueError, RecursionError) as error:
        raise AuthoringError("this is not a readable notebook: it is no JSON", path) from error
    fault = _fault(found)
    if fault:
        raise AuthoringError(f"this is not a readable notebook: {fault}", path)
    notebook: NotebookNode = nbformat.v4.to_notebook(found)
    return notebook


def _fault(found: Any) -> str:
    """Say what keeps a file from being a notebook; empty if nothing does."""
    if not isinstance(found, dict) or "nbformat" not in found:
        return "it does not say in which format it is (nbformat)"
    if found["nbformat"] != 4:
        return f"its nbformat is {found['nbformat']!r:.20}; 4 is needed, which JupyterLab writes"
    if not isinstance(found.get("cells"), list):
        return "it has no list of cells"
    if not _is_record(found):
        return "metadata.course is not as authoring writes it"
    for number, cell in enumerate(found["cells"], start=1):
        fault = _fault_of_cell(cell)
        if fault:
            return f"cell {number} {fault}"
    outside = {**found, "nbformat_minor": 5, "cells": []}
    for error in iter_validate(outside, version=4, version_minor=5):
        where = ".".join(map(str, error.path)) or ", ".join(sorted(set(found) - _OUTSIDE))
        return f"{where or 'its metadata'} is not as the notebook format has it"
    return ""


_OUTSIDE = {"cells", "metadata", "nbformat", "nbformat_minor"}


def _is_record(place: dict[str, Any]) -> bool:
    """Tell whether what authoring keeps in a notebook or a cell is names and words."""
    metadata = place.get("metadata")
    about = metadata.get("course", {}) if isinstance(metadata, dict) else {}
    return isinstance(about, dict) and all(isinstance(value, str) for value in about.values())


def _fault_of_cell(cell: Any) -> str:
    kind = cell.get("cell_type") if isinstance(cell, dict) else None
    if not isinstance(kind, str) or kind not in _FIELDS:
        return "is neither markdown nor code nor raw"
    must, may = _FIELDS[kind]
    if must - set(cell):
        return f"lacks {', '.join(sorted(must - set(cell)))}"
    if set(cell) - must - may:
        unknown = ", ".join(sorted(set(cell) - must - may))
        return f"has {unknown}, for which a {kind} cell has no place"
    if not _is_record(cell):
        return "has metadata.course that authoring does not write"
    # cells have ids only since 4.5, and nothing here depends on them
    for error in iter_validate({"id": "x", **cell}, f"{kind}_cell", version=4, version_minor=5):
        where = next((str(step) for step in error.path), "something")
        return f"has {where} that the notebook format does not allow"
    return ""


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook whole or not at all."""
    nbformat.validate(notebook)
    write_text(nbformat.writes(notebook, version=4) + "\n", path)


def write_text(text: str, path: Path) -> None:
    """Write a file whole or not at all: a temporary file beside it takes its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
