"""Bring what was written in another folder's lessons into the lessons of this one.

For a course that came as an archive, without git: the newest one is unpacked beside it, and takes
the work over. The other folder is only read.
"""

from __future__ import annotations

from pathlib import Path

from course_utils.updating.cells import read, record
from course_utils.updating.course_update import Say, Stopped, copy
from course_utils.updating.files import write_whole
from course_utils.updating.find_work import Found
from course_utils.updating.move_work import move_work
from course_utils.updating.repository import GitError, NoRepository, Repository


def bring_from(other: Path, root: Path, say: Say) -> None:
    """Merge the notebooks of another folder into those of the same names in this one."""
    paths = sorted(path.relative_to(other) for path in (other / "notebooks").glob("*.ipynb"))
    if not paths or other.resolve() == root.resolve():
        raise Stopped(f"{other} is no other folder of the course; nothing has been changed.")
    here, there = Repository(root), Repository(other)
    new: dict[str, bytes] = {}
    for name in map(str, paths):
        mine = (other / name).read_bytes()
        theirs = (root / name).read_bytes() if (root / name).is_file() else None
        if mine == theirs:
            continue
        moved = move_work(None, name, _began_with(mine, name, here, there), mine, theirs)
        if moved.data is None:
            say(f"  {moved.words[0]} in {other}" if theirs is None else f"  {moved.words[0]}")
        elif moved.data != theirs:
            new[name] = moved.data
            for words in moved.words:
                say(f"  {words}")
    if new:
        copies = copy(here, Found(kept=list(new)))
        for name, data in new.items():
            write_whole(root / name, data)
        say(f"A copy of these lessons as they were here is in {copies.relative_to(root)}.")
    say(f"Nothing in {other} has been changed.")


def _began_with(mine: bytes, name: str, *repositories: Repository) -> bytes | None:
    wanted = record(read(mine))
    for repository in repositories:
        try:
            repository.check()
            blob = repository.version_with(wanted, "HEAD", name)
        except (GitError, NoRepository):
            continue
        if blob is not None:
            return repository.blob(blob)
    return None
