"""The one kind of error that authoring raises for an author to read."""

from __future__ import annotations

from pathlib import Path


class AuthoringError(Exception):
    """Something that an author can fix, with its file and, where known, its line (from 1)."""

    def __init__(self, message: str, path: Path | None = None, line: int | None = None) -> None:
        self.path, self.line = path, line
        where = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        super().__init__(where + message)
