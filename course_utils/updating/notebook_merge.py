"""Move what a learner wrote in one version of a lesson into another version of it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from itertools import islice

from course_utils.updating.cells import (
    NAMESPACE,
    Cell,
    Notebook,
    content,
    exercise,
    heading,
    is_blank,
    own_copy,
    possible_ids,
    text,
)
from course_utils.updating.matching import next_version, origins

WITHOUT_A_PLACE = """\
## Cells of yours without a place

The part of the lesson in which you wrote what follows is no longer there."""

_COURSES_ID = re.compile(r".+-\d{3,}$")  # as authoring's cell_ids makes them


@dataclass
class Merged:
    """A lesson with the learner's work in it, and what the learner has to know of it."""

    notebook: Notebook
    answers: int = 0
    cells: int = 0  # the learner's own, and those of the course that the learner changed
    changed: list[str] = field(default_factory=list)  # exercises answered that ask otherwise now
    gone: list[str] = field(default_factory=list)  # exercises answered that are no longer there


def merge(base: Notebook, mine: Notebook, theirs: Notebook) -> Merged:
    """Return `theirs` with everything in it by which `mine` differs from `base`."""
    old, new = base["cells"], theirs["cells"]
    later, origin = next_version(old, new), origins(mine["cells"], old)
    placed: list[Cell] = [dict(cell) for cell in new]
    # what comes before the first cell, at 0, and after each
    after: list[list[Cell]] = [[] for _ in range(len(new) + 1)]
    stray: list[Cell] = []
    taken = {str(cell.get("id")) for cell in new}
    there = {(cell.get("id"), content(cell)) for cell in new}
    texts = {content(cell) for cell in new}
    result = Merged(theirs)
    spot: list[Cell] = after[0]

    for position, cell in enumerate(mine["cells"]):
        i = origin.get(position)
        j = None if i is None else later.get(i)
        if i is not None:
            spot = stray if j is None else after[j + 1]
            if j is None:
                spot = _end_of_section(old, i, new, after, stray)
            if content(cell) == content(old[i]) or is_blank(cell):
                continue
        elif is_blank(cell):
            continue
        name, part = (i is not None and exercise(old[i])) or ("", "")
        if i is not None and part == "stub" and cell["cell_type"] == "code":
            if j is None:
                result.gone.append(name)
                continue
            placed[j] = _with_work(new[j], cell)
            result.answers += 1
            if content(new[j]) != content(old[i]):
                result.changed.append(name)
            continue
        if i is not None and content(cell) in texts:
            continue  # the course made the same change, or it was moved before
        if i is not None and j is not None and content(new[j]) == content(old[i]):
            placed[j] = _with_work(new[j], cell)
        elif any((name, content(cell)) in there for name in islice(possible_ids(cell), 2)):
            continue
        else:
            spot.append(own_copy(cell, taken))
        result.cells += 1

    cells = after[0]
    for j, cell in enumerate(placed):
        cells = [*cells, cell, *after[j + 1]]
    title: Cell = {"cell_type": "markdown", "metadata": {}, "source": WITHOUT_A_PLACE}
    stray = [cell for cell in stray if content(cell) != content(title)]
    if stray and all(content(cell) != content(title) for cell in cells):
        cells.append(own_copy(title, taken))
    cells += stray
    kept = {key: value for key, value in mine["metadata"].items() if key != NAMESPACE}
    result.notebook = {**theirs, "cells": cells, "metadata": {**theirs["metadata"], **kept}}
    return result


def _end_of_section(
    old: list[Cell], i: int, new: list[Cell], after: list[list[Cell]], stray: list[Cell]
) -> list[Cell]:
    """Return where the section ends, in the new lesson, that the old cell `i` stood in."""
    deepest = 99
    titles = [heading(cell) for cell in new]
    for cell in reversed(old[: i + 1]):
        title = heading(cell)
        if title is None or title[0] >= deepest:
            continue
        deepest = title[0]
        if title in titles:
            after_it = range(titles.index(title) + 1, len(new))
            ends = (j for j in after_it if (found := titles[j]) and found[0] <= deepest)
            return after[next(ends, len(new))]
    return stray


def _with_work(new: Cell, mine: Cell) -> Cell:
    """Return the course's cell with the learner's text, pictures and outputs in it."""
    made = {key: value for key, value in mine.items() if key not in {"id", "metadata"}}
    made["metadata"] = new["metadata"]
    if "id" in new:
        made["id"] = new["id"]
    return made


def guess_base(mine: Notebook, theirs: Notebook) -> Notebook:
    """Make up the version that a notebook comes from, where no git remembers it.

    Cells with the course's ids count as the course's, and as unchanged but for answers: what else
    the learner changed in them cannot be told from what the course did.
    """
    stubs = {exercise(cell): cell["source"] for cell in theirs["cells"]}
    cells = []
    for cell in mine["cells"]:
        name = exercise(cell)
        if not _COURSES_ID.match(str(cell.get("id"))) and name is None:
            continue
        answered = name is not None and name[1] == "stub" and is_answer(text(cell))
        cells.append({**cell, "source": stubs.get(name, "")} if answered else cell)
    return {**mine, "cells": cells}


def is_answer(code: str) -> bool:
    """Tell whether a stub holds more than the signature, docstring and `...` that it came with."""
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError):
        return True
    if len(body) != 1 or not isinstance(body[0], ast.FunctionDef):
        return True
    return (
        not all(
            isinstance(row, ast.Pass)
            or (isinstance(row, ast.Expr) and isinstance(row.value, ast.Constant))
            for row in body[0].body
        )
        or "#" in code
    )
