"""The course's git repository: what the update asks of it, and nothing else."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from course_utils.updating.cells import read, record

# settings of a learner under which git would do more, or other, than it is asked here
_PLAIN = (
    "--literal-pathspecs",
    *("-c", "merge.autoStash=false", "-c", "core.quotePath=false"),
    *("-c", "core.fsmonitor=false", "-c", "commit.gpgSign=false"),
)
_AS_FAR_BACK = 400  # versions of one lesson that are looked through for the one a copy came from


class GitError(Exception):
    """What git said when it could not do something, and the status that it ended with."""

    def __init__(self, said: str, status: int = 128) -> None:
        super().__init__(said)
        self.status = status


class NoRepository(Exception):
    """The folder is no checkout, so there is nothing to fetch from."""


@dataclass(frozen=True)
class Repository:
    """A checkout of the course."""

    root: Path

    def git(self, *words: str) -> str:
        """Run git and return what it prints."""
        return self.git_bytes(*words).decode("utf-8", "surrogateescape")

    def git_bytes(self, *words: str) -> bytes:
        """Run git and return the bytes that it prints."""
        environment = {k: v for k, v in os.environ.items() if k not in _OF_ANOTHER}
        # in English and without questions, which nobody would see
        environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true"}
        try:
            ended = subprocess.run(
                ["git", *_PLAIN, *words],
                cwd=self.root,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            raise NoRepository("git is not installed") from error
        if ended.returncode != 0:
            said = (ended.stderr or ended.stdout).decode("utf-8", "replace").strip()
            said = said or f"git {words[0]} ended with status {ended.returncode}"
            raise GitError(said, ended.returncode)
        return ended.stdout

    def try_git(self, *words: str) -> str | None:
        """Run git and return what it prints; None where it says no, which is not that it failed."""
        try:
            return self.git(*words).strip()
        except GitError as error:
            if error.status != 1:
                raise
            return None

    def is_ancestor(self, old: str, new: str) -> bool:
        """Tell whether the history of `new` holds the commit `old`."""
        return self.try_git("merge-base", "--is-ancestor", old, new) is not None

    def commit(self, name: str) -> str | None:
        """Return the commit that a name stands for, or None."""
        return self.try_git("rev-parse", "--quiet", "--verify", f"{name}^{{commit}}")

    @cached_property
    def folder(self) -> Path:
        """Return where git keeps what it knows of this checkout."""
        return self.root / self.git("rev-parse", "--git-dir").strip()

    def check(self) -> None:
        """Raise where this folder is not the top of a checkout with a commit."""
        if not (self.root / ".git").exists():
            raise NoRepository("this folder is not a git checkout")
        # raises, in git's words, where git refuses the folder
        if not self.folder.is_dir() or self.commit("HEAD") is None:
            raise NoRepository("this checkout has no commit")

    def upstream(self) -> tuple[str, str]:
        """Return the remote to fetch from, and the name of its branch as it is kept here."""
        branch = self.try_git("symbolic-ref", "--quiet", "--short", "HEAD")
        if branch:
            remote = self.try_git("config", f"branch.{branch}.remote")
            merge = self.try_git("config", f"branch.{branch}.merge")
            if remote and remote != "." and merge:
                return remote, f"refs/remotes/{remote}/{merge.removeprefix('refs/heads/')}"
        remotes = self.git("remote").split()
        if not remotes:
            raise NoRepository("this checkout has no remote")
        remote = "origin" if "origin" in remotes else remotes[0]
        default = self.try_git("symbolic-ref", "--quiet", f"refs/remotes/{remote}/HEAD")
        if default:
            return remote, default
        names = [f"refs/remotes/{remote}/{name}" for name in ("main", "master")]
        return remote, next((name for name in names if self.commit(name)), names[0])

    def tree(self, commit: str) -> dict[str, str]:
        """Return the path and the blob of every file in a commit."""
        found = {}
        for row in _rows(self.git("ls-tree", "-r", "-z", commit)):
            about, path = row.split("\t", 1)
            found[path] = about.split()[2]
        return found

    def changes(self) -> dict[str, str]:
        """Return the tracked files that differ from HEAD, with git's two letters for how."""
        rows = _rows(
            self.git("status", "--porcelain=v1", "-z", "--untracked-files=no", "--no-renames")
        )
        return {row[3:]: row[:2] for row in rows}

    def unmerged(self) -> dict[str, dict[int, str]]:
        """Return the blobs of each file in conflict: 1 the common one, 2 and 3 the two sides."""
        found: dict[str, dict[int, str]] = {}
        for row in _rows(self.git("ls-files", "--unmerged", "-z")):
            about, path = row.split("\t", 1)
            _, blob, stage = about.split()
            found.setdefault(path, {})[int(stage)] = blob
        return found

    def blob(self, blob: str) -> bytes:
        """Return what a blob holds."""
        return self.git_bytes("cat-file", "blob", blob)

    def blob_of_file(self, path: str) -> str | None:
        """Return the blob that a file would be; None where there is no such file."""
        if not (self.root / path).is_file():
            return None
        return self.git("hash-object", "--", path).strip()

    def renamed(self, old: str, new: str) -> dict[str, str]:
        """Return the files that have another name in the commit `new`."""
        rows = [*_rows(self.git("diff", "--name-status", "-z", "-M", old, new))]
        found, at = {}, 0
        while at < len(rows):
            paths = 2 if rows[at][0] in "RC" else 1
            if rows[at][0] == "R":
                found[rows[at + 1]] = rows[at + 2]
            at += 1 + paths
        return found

    def version_with(self, wanted: object, commit: str, path: str) -> str | None:
        """Return the blob of the newest version of a notebook that has this record."""
        if wanted is None:
            return None
        log = self.git("log", f"-{_AS_FAR_BACK}", "--format=%H", commit, "--", path)
        for version in log.split():
            blob = self.tree(version).get(path)
            if blob and record(read(self.blob(blob))) == wanted:
                return blob
        return None


# variables by which git would look at another repository, as inside one of its hooks
_OF_ANOTHER = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"}


def _rows(text: str) -> Iterator[str]:
    return (row for row in text.split("\0") if row)
