"""Read a lesson's source: its cells, its exercises and the lines where they are.

jupytext decides what a cell is. This module adds two things that jupytext does not give: the exact
lines that each cell came from (so that an error can name them, and `adopt` can keep untouched lines
to the letter), and the exercise directive::

    :::{exercise} 01.convolve_full
    Prose that sets the task.
    :::
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupytext.myst import MystMetadataParsingError, myst_to_notebook
from nbformat import ValidationError

from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.lesson_files import Lesson

DIRECTIVE = re.compile(r"^:::\{exercise\}\s*(\S*)\s*$")
DIRECTIVE_END = re.compile(r"^:::\s*$")
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
BREAK = re.compile(r"^\+\+\+")


@dataclass(frozen=True)
class SourceCell:
    """One piece of a source: markdown, code, raw or an exercise."""

    kind: str  # markdown, code, raw or exercise
    text: str  # without fences; for an exercise the prose of its task
    line: int  # of the first row of text, counted from 1
    start: int  # its rows in the source, counted from 0, fences and directive included
    end: int  # one past the last
    metadata: dict[str, Any] = field(default_factory=dict)  # its options
    exercise: str = ""  # the id, such as 01.convolve_full; empty for other kinds


@dataclass(frozen=True)
class Source:
    """A lesson's source, cut into cells."""

    path: Path  # as messages show it
    rows: list[str]
    cells: list[SourceCell]

    @property
    def exercises(self) -> list[str]:
        """The ids of its exercises, in order."""
        return [cell.exercise for cell in self.cells if cell.kind == "exercise"]


def read_lesson(lesson: Lesson) -> tuple[str, Source]:
    """Read the text of a lesson's source, and its cells."""
    text = lesson.source.read_text(encoding="utf-8")
    return text, read_source(text, lesson.shown(lesson.source))


def read_source(text: str, path: Path) -> Source:
    """Split the text of a source into its cells; `path` is what messages call it."""
    rows = text.splitlines()
    # The front matter is for other tools: authoring writes the notebook's metadata itself. Blank
    # rows in its place keep the line numbers of all the others.
    front = len(front_matter(rows))
    read = [""] * front + rows[front:]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            parsed = myst_to_notebook("\n".join(read), add_source_map=True)
    except (MystMetadataParsingError, ValidationError, UserWarning) as error:
        raise AuthoringError(str(error).strip(), path) from error
    cells: list[SourceCell] = []
    for cell, mapped in zip(parsed.cells, parsed.metadata["source_map"], strict=True):
        metadata = dict(cell.metadata)
        if cell.cell_type == "markdown":
            first = next(i for i in range(mapped, len(read)) if read[i].strip())
            last = first + len(cell.source.splitlines())
            cells.extend(_split_markdown(rows, first, last, metadata, path))
        else:
            cells.append(_fenced(rows, mapped - 1, cell.cell_type, cell.source, metadata, path))
    return Source(path, rows, cells)


def front_matter(rows: list[str]) -> list[str]:
    """Return the rows of the YAML block at the top, with its two ``---``; none if there is none."""
    if not rows or rows[0] != "---" or "---" not in rows[1:]:
        return []
    return rows[: rows.index("---", 1) + 1]


def _fenced(
    rows: list[str], opening: int, kind: str, text: str, metadata: dict[str, Any], path: Path
) -> SourceCell:
    fence = FENCE.match(rows[opening])
    assert fence is not None, f"{path}:{opening + 1}: jupytext's source map points at no fence"
    ticks = fence.group(1)
    closing = re.compile(rf"^ {{0,3}}{re.escape(ticks[0])}{{{len(ticks)},}}\s*$")
    end = next((i for i in range(opening + 1, len(rows)) if closing.match(rows[i])), None)
    if end is None:
        raise AuthoringError(f"this {kind} cell is not closed by {ticks}", path, opening + 1)
    body = text.rstrip("\n")
    first = end - len(text.split("\n")) if text else end
    while first < end and not rows[first].strip():
        first += 1
    return SourceCell(kind, body.strip("\n"), first + 1, opening, end + 1, metadata)


def _split_markdown(
    rows: list[str], first: int, last: int, metadata: dict[str, Any], path: Path
) -> list[SourceCell]:
    """Cut one markdown cell at the exercises in it."""
    cells: list[SourceCell] = []
    prose = first
    fence = ""
    i = first
    while i < last:
        mark = FENCE.match(rows[i])
        if mark and (not fence or rows[i].strip() == fence):
            fence = "" if fence else mark.group(1)
        directive = None if fence else DIRECTIVE.match(rows[i])
        if directive is None:
            if not fence and rows[i].startswith(":::{"):
                raise AuthoringError(f"unknown directive {rows[i].strip()!r}", path, i + 1)
            i += 1
            continue
        if not directive.group(1):
            raise AuthoringError(
                "an exercise needs its id: `:::{exercise} 01.convolve_full`", path, i + 1
            )
        end = next((j for j in range(i + 1, last) if DIRECTIVE_END.match(rows[j])), None)
        if end is None:
            raise AuthoringError(
                f"exercise {directive.group(1)} is not closed by a line `:::` in its own cell"
                " (it may hold only prose)",
                path,
                i + 1,
            )
        cells.extend(_prose(rows, prose, i, metadata))
        task = "\n".join(rows[i + 1 : end]).strip("\n")
        cells.append(SourceCell("exercise", task, i + 1, i, end + 1, exercise=directive.group(1)))
        prose = i = end + 1
    cells.extend(_prose(rows, prose, last, metadata))
    return cells


def _prose(rows: list[str], start: int, end: int, metadata: dict[str, Any]) -> list[SourceCell]:
    while start < end and not rows[start].strip():
        start += 1
    while end > start and not rows[end - 1].strip():
        end -= 1
    if start == end:
        return []
    text = "\n".join(rows[start:end]).rstrip()
    return [SourceCell("markdown", text, start + 1, start, end, metadata)]
