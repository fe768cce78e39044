"""What the merge asks of a notebook and its cells, as json reads them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

Cell = dict[str, Any]
Notebook = dict[str, Any]

NAMESPACE = "course"  # as authoring writes it: a notebook's record, a cell's exercise and part


def read(data: bytes) -> Notebook | None:
    """Read the bytes of a notebook; None for what is no notebook with cells (any more)."""
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("metadata"), dict):
        return None
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not all(_is_cell(cell) for cell in cells):
        return None
    return notebook


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("metadata"), dict):
        return False
    source = cell.get("source")
    rows = source if isinstance(source, list) else [source]
    return isinstance(cell.get("cell_type"), str) and all(isinstance(row, str) for row in rows)


def write(notebook: Notebook) -> bytes:
    """Write a notebook as JupyterLab does."""
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode("utf-8", "surrogatepass")


def record(notebook: Notebook | None) -> Any:
    """Return what authoring remembers of the build that a notebook comes from."""
    return (notebook or {}).get("metadata", {}).get(NAMESPACE)


def text(cell: Cell) -> str:
    """Return the source of a cell, which is stored as one string or as its rows."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def content(cell: Cell) -> tuple[str, str, str]:
    """Return what a person writes into a cell: kind, text and pictures pasted into it."""
    attachments = json.dumps(cell.get("attachments") or {}, sort_keys=True)
    return cell["cell_type"], text(cell).strip(), attachments


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell holds nothing, as the one that JupyterLab leaves at the end."""
    return not (text(cell).strip() or cell.get("outputs") or cell.get("attachments"))


def exercise(cell: Cell) -> tuple[str, str] | None:
    """Return the exercise and the part of it that a cell is, such as its stub."""
    about = cell["metadata"].get(NAMESPACE)
    if not isinstance(about, dict) or "exercise" not in about:
        return None
    return str(about["exercise"]), str(about.get("part"))


def heading(cell: Cell) -> tuple[int, str] | None:
    """Return level and words of the heading that opens a section; those of exercises do not."""
    first = text(cell).strip().split("\n", 1)[0].strip()
    if cell["cell_type"] != "markdown" or not first.startswith("##") or exercise(cell):
        return None
    words = first.lstrip("#")
    return len(first) - len(words), words.strip()


def possible_ids(cell: Cell) -> Iterator[str]:
    """Yield the id of a cell, then others that follow from its content alone."""
    if isinstance(cell.get("id"), str):
        yield cell["id"]
    for number in range(1_000):
        yield hashlib.sha256(json.dumps([content(cell), number]).encode()).hexdigest()[:8]


def own_copy(cell: Cell, taken: set[str]) -> Cell:
    """Return a cell as the learner's own: part of no exercise, with an id that nobody has."""
    made = dict(cell)
    made["metadata"] = {key: value for key, value in cell["metadata"].items() if key != NAMESPACE}
    made["id"] = next(name for name in possible_ids(cell) if name not in taken)
    taken.add(made["id"])
    return made
