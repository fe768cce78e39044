"""One page with every explorer, for a projector: a small notebook that Voilà serves.

``make explore`` writes it and opens it. It lists what `course_utils.explorers` exports, so a new
explorer is on it without being added.
"""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path

import nbformat

from course_utils import explorers

LEAD = (
    "Every number comes from the same tested NumPy code that the lessons derive. Keys work where "
    "the frame is marked: arrows move, page up and page down go further."
)


def names() -> list[str]:
    """Class names of all explorers."""
    return sorted(explorers.__all__)


def title(name: str) -> str:
    """Heading of an explorer."""
    words = re.findall(r"[A-Z][a-z]*", name.removesuffix("Explorer"))
    return " ".join(words).capitalize()


def about(name: str) -> str:
    """What an explorer is for: the first line of its docstring."""
    return (inspect.getdoc(getattr(explorers, name)) or "").split("\n", 1)[0]


def notebook() -> nbformat.NotebookNode:
    """Make the page: links, then for each explorer a heading, a sentence and the explorer."""
    links = " · ".join(f"[{title(name)}](#{name})" for name in names())
    cells = [nbformat.v4.new_markdown_cell(f"# Explorers\n\n{LEAD}\n\n{links}")]
    for name in names():
        heading = f'## {title(name)}\n\n<a id="{name}"></a>{about(name)}'
        code = f"from course_utils.explorers import {name}\n\n{name}()"
        cells += [nbformat.v4.new_markdown_cell(heading), nbformat.v4.new_code_cell(code)]
    for n, cell in enumerate(cells):
        cell["id"] = f"explorers-{n}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made: nbformat.NotebookNode = nbformat.v4.new_notebook(
        cells=cells, metadata={"kernelspec": kernel}
    )
    return made


def write(path: Path) -> None:
    """Write the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook(), path)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
