"""What an update has begun, on disk before it touches anything, so that the next run can go on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from course_utils.updating.files import write_whole
from course_utils.updating.repository import Repository

NAME = "course-update.json"  # in git's own folder


@dataclass(frozen=True)
class Work:
    """A file with work in it that has to come into the newest course."""

    path: str  # from the root; below the folder of copies it has the same
    base: str | None  # the blob that the learner began with, where git knows it
    to: str | None  # where the newest course has it; None where it is gone


@dataclass(frozen=True)
class Journal:
    """One update: where it leads, where the copies are and what it moves."""

    target: str
    copies: str  # a folder, from the root
    works: list[Work]

    def write(self, repository: Repository) -> None:
        """Keep it until the update is complete."""
        write_whole((repository.folder / NAME), json.dumps(asdict(self), indent=1).encode())


def read_journal(repository: Repository) -> Journal | None:
    """Return the update that was interrupted, or None."""
    try:
        kept = json.loads((repository.folder / NAME).read_bytes())
        works = [Work(work["path"], work["base"], work["to"]) for work in kept["works"]]
        return Journal(kept["target"], kept["copies"], works)
    except (OSError, ValueError, LookupError, TypeError):
        return None


def remove_journal(repository: Repository) -> None:
    """The update is complete, or undone."""
    (repository.folder / NAME).unlink(missing_ok=True)


def copy_of(repository: Repository, journal: Journal, work: Work) -> Path:
    """Return where the copy of a piece of work is."""
    return repository.root / journal.copies / work.path
