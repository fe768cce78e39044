"""Which cell of one version of a lesson is which of another."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from difflib import SequenceMatcher

from course_utils.updating.cells import Cell, content, exercise, text

# Two paragraphs on one subject share about a third of their letters in order by chance; a paragraph
# that was corrected shares most.
_SAME_CELL = 0.6


def next_version(old: list[Cell], new: list[Cell]) -> dict[int, int]:
    """Map the positions of a lesson's cells to those in its next version, where they are there."""
    mapped = _by(map(exercise, old), map(exercise, new))
    rest_old = [i for i, cell in enumerate(old) if exercise(cell) is None]
    rest_new = [j for j, cell in enumerate(new) if exercise(cell) is None]
    matcher = SequenceMatcher(
        None, [content(old[i]) for i in rest_old], [content(new[j]) for j in rest_new], False
    )
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            mapped.update(zip(rest_old[i1:i2], rest_new[j1:j2], strict=True))
        elif operation == "replace":
            at = j1
            for i in rest_old[i1:i2]:
                found = next((j for j in range(at, j2) if _alike(old[i], new[rest_new[j]])), None)
                if found is not None:
                    mapped[i] = rest_new[found]
                    at = found + 1
    taken = set(mapped.values())  # what is left may have moved to another place
    return mapped | _by(
        [None if i in mapped else content(cell) for i, cell in enumerate(old)],
        [None if j in taken else content(cell) for j, cell in enumerate(new)],
    )


def origins(mine: list[Cell], base: list[Cell]) -> dict[int, int]:
    """Map the learner's cells to those that the course gave: by id, by exercise, by content."""
    found: dict[int, int] = {}
    for name in (_id, exercise):
        taken = set(found.values())
        found |= _by(
            [None if i in found else name(cell) for i, cell in enumerate(mine)],
            [None if j in taken else name(cell) for j, cell in enumerate(base)],
        )
    # an editor that knows no ids, or gives every cell another, leaves the text
    left_mine = [i for i in range(len(mine)) if i not in found]
    taken = set(found.values())
    left_base = [j for j in range(len(base)) if j not in taken]
    matcher = SequenceMatcher(
        None, [content(mine[i]) for i in left_mine], [content(base[j]) for j in left_base], False
    )
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            found[left_mine[block.a + step]] = left_base[block.b + step]
    return found


def _id(cell: Cell) -> str | None:
    return cell["id"] if isinstance(cell.get("id"), str) else None


def _by(old: Iterable[Hashable], new: Iterable[Hashable]) -> dict[int, int]:
    """Map each position to the first of the same name, names that occur twice only once."""
    places: dict[Hashable, int] = {}
    for j, name in enumerate(new):
        if name is not None:
            places.setdefault(name, j)
    return {i: places.pop(name) for i, name in enumerate(old) if name in places}


def _alike(old: Cell, new: Cell) -> bool:
    if old["cell_type"] != new["cell_type"]:
        return False
    matcher = SequenceMatcher(None, text(old), text(new), False)
    return (
        matcher.real_quick_ratio() >= _SAME_CELL
        and matcher.quick_ratio() >= _SAME_CELL
        and matcher.ratio() >= _SAME_CELL
    )
