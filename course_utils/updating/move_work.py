"""Put a learner's work into the files of the newest course, and say in words how it went."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from course_utils.updating.cells import read, write
from course_utils.updating.notebook_merge import Merged, guess_base, merge
from course_utils.updating.repository import GitError, Repository


@dataclass
class Moved:
    """What a file is to hold, or None where nothing can be moved into it, and words for it."""

    data: bytes | None
    words: list[str] = field(default_factory=list)


def move_work(
    repository: Repository | None, path: str, base: bytes | None, mine: bytes, theirs: bytes | None
) -> Moved:
    """Merge one file; `theirs` is what the course has in its place, None where it has none."""
    if theirs is None:
        return Moved(None, [f"{path} is no longer part of the course"])
    if not path.endswith(".ipynb"):
        return _move_text(repository, path, base, mine, theirs)
    worked, new = read(mine), read(theirs)
    if worked is None or new is None:
        words = f"{path}: your file cannot be read as a notebook; the course's is in its place"
        return Moved(None, [words])
    began = read(base) if base is not None else None
    merged = merge(began or guess_base(worked, new), worked, new)
    if not (merged.answers or merged.cells or merged.gone):
        words = f"{path}: the new lesson is there; you had written nothing of your own in it"
        return Moved(theirs, [words])
    return Moved(write(merged.notebook), list(_about(path, merged)))


def _about(path: str, merged: Merged) -> list[str]:
    counts = [
        f"{number} {name}{'s' * (number != 1)}"
        for number, name in [(merged.answers, "answer"), (merged.cells, "cell")]
        if number
    ]
    verb = "is" if merged.answers + merged.cells == 1 else "are"
    moved = f"{' and '.join(counts)} of yours {verb}" if counts else "nothing of yours is"
    words = [f"{path}: {moved} in the new lesson"]
    words += [
        f"  exercise {name} has another stub now; look at your answer again"
        for name in merged.changed
    ]
    words += [
        f"  exercise {name} is no longer in this lesson; your answer is in the copy"
        for name in merged.gone
    ]
    return words


def _move_text(
    repository: Repository | None, path: str, base: bytes | None, mine: bytes, theirs: bytes
) -> Moved:
    if mine == theirs:
        return Moved(theirs)
    if repository is not None and base is not None:
        with tempfile.TemporaryDirectory() as folder:
            names = [Path(folder) / name for name in ("mine", "base", "theirs")]
            for name, data in zip(names, (mine, base, theirs), strict=True):
                name.write_bytes(data)
            try:
                data = repository.git_bytes("merge-file", "-p", *map(str, names))
            except GitError:  # the same lines were changed, or it is no text
                pass
            else:
                return Moved(data, [f"{path}: your changes are in the new version"])
    return Moved(None, [f"{path}: your changes do not fit the new version, which is in its place"])
