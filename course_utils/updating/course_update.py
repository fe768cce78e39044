"""The update itself, in an order in which every moment leaves the old, or the new and a copy.

1. Find what the learner changed.  2. Copy all of it into a dated folder.  3. Write the journal.
4. Move each file that the update changes into that folder, and put the committed one in its place.
5. Let git bring the newest course.  6. Write the files with the work moved into them.  7. Remove
the journal. A run that finds a journal undoes 4 where 5 was not reached, else does 6 again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from course_utils.updating.cells import read, record, write
from course_utils.updating.files import move, sync_folder, write_whole
from course_utils.updating.find_work import Found, find_work
from course_utils.updating.journal import (
    Journal,
    Work,
    copy_of,
    read_journal,
    remove_journal,
)
from course_utils.updating.move_work import Moved, move_work
from course_utils.updating.notebook_merge import merge
from course_utils.updating.repository import GitError, Repository

FOLDER = "my-work"
Say = Callable[[str], None]


class Stopped(Exception):
    """The update could not be done; the words say why, and that nothing is lost."""


def update(repository: Repository, say: Say) -> None:
    """Bring the newest course, with everything in it that the learner wrote."""
    repository.check()
    journal = read_journal(repository)
    if journal is not None:
        go_on(repository, journal, say)
    end_merge(repository, say)
    target = fetch(repository, say)
    found = find_work(repository, target)
    is_new = not repository.is_ancestor(target, "HEAD")
    if not is_new and not found.works:
        say("This is the newest course; there was nothing to do.")
        return
    copies = copy(repository, found)
    journal = Journal(target, str(copies.relative_to(repository.root)), found.works)
    journal.write(repository)
    try:
        clear(repository, journal, found)
        if is_new:
            bring(repository, journal)
    except (GitError, OSError) as error:
        undo(repository, journal)
        raise Stopped(
            f"The newest course could not be put in place: {error}\n"
            f"Everything is as it was{_and_copies(copies, repository)}."
        ) from error
    say("The newest course is here." if is_new else "The course was the newest already.")
    finish(repository, journal, say)
    for path in found.kept:
        say(f"  {path}: as you left it; the course has not changed it")
    if copies.exists():
        say(f"A copy of all that you had changed, as it was, is in {journal.copies}.")
    say(
        "If a lesson is open in JupyterLab, choose File, Reload Notebook from Disk before you go"
        " on; `make lab` also renews the environment where the course needs it."
    )


def fetch(repository: Repository, say: Say) -> str:
    """Fetch, and return the newest commit of the course."""
    remote, branch = repository.upstream()
    say(f"Fetching the newest course from {remote}.")
    try:
        repository.git("fetch", "--quiet", remote)
    except GitError as error:
        raise Stopped(
            f"It could not be fetched, and nothing has been changed. git says:\n{error}"
        ) from error
    # the name of the default branch may have been learnt only now
    target = repository.commit(branch) or repository.commit(repository.upstream()[1])
    short = branch.removeprefix("refs/remotes/")
    if target is None:
        raise Stopped(f"There is no branch {short}, and nothing has been changed.")
    if repository.try_git("merge-base", "HEAD", target) is None:
        raise Stopped(
            f"This checkout and {short} have no commit in common, and nothing has been changed."
            f" {_elsewhere(repository)}"
        )
    return target


def _elsewhere(repository: Repository) -> str:
    return (
        "Get the newest course in another folder, and run there:"
        f" make update FROM={repository.root}"
    )


def _and_copies(copies: Path, repository: Repository) -> str:
    if not copies.exists():
        return ""
    return f", and a copy of what you had changed is in {copies.relative_to(repository.root)}"


def end_merge(repository: Repository, say: Say) -> None:
    """End a merge or rebase that git could not complete, after a copy of what it left."""
    for command, mark in (
        ("merge", "MERGE_HEAD"),
        ("rebase", "rebase-merge"),
        ("rebase", "rebase-apply"),
    ):
        if not (repository.folder / mark).exists():
            continue
        left = Found(kept=list(repository.changes()))
        for path, sides in repository.unmerged().items():
            for side, blob in sides.items():
                left.beside[f"{path}.side{side}"] = repository.blob(blob)
        copies = copy(repository, left)
        try:
            repository.git(command, "--abort")
        except GitError as error:
            raise Stopped(
                f"A {command} was under way here and could not be ended: {error}\n"
                f"Nothing else has been changed{_and_copies(copies, repository)}."
            ) from error
        say(f"A {command} was under way here, and has been ended{_and_copies(copies, repository)}.")


def copy(repository: Repository, found: Found) -> Path:
    """Copy everything that the learner changed into a new folder with today's date."""
    name = f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S}"
    folder = repository.root / FOLDER / name
    number = 2
    while folder.exists():
        folder = folder.with_name(f"{name}-{number}")
        number += 1
    paths = [work.path for work in found.works] + found.kept
    wanted = {path: repository.root / path for path in paths if path not in found.beside}
    try:
        for path, file in wanted.items():
            if file.is_file():
                write_whole(folder / path, file.read_bytes())
        for path, data in found.beside.items():
            write_whole(folder / path, data)
            if (repository.root / path).is_file():
                write_whole(_as_found(folder, path), (repository.root / path).read_bytes())
        sync_folder(folder.parent)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise Stopped(
            f"What you have changed could not be copied first, so nothing was touched: {error}"
        ) from error
    return folder


def _as_found(copies: Path, path: str) -> Path:
    return copies / f"{path}.as-found"


def clear(repository: Repository, journal: Journal, found: Found) -> None:
    """Put the committed file in the place of each that the update changes."""
    copies = repository.root / journal.copies
    for path in [*(work.path for work in journal.works), *found.nobodys]:
        file = repository.root / path
        if path in found.nobodys:
            file.unlink(missing_ok=True)
        elif file.is_file():
            # moved, not copied: what JupyterLab saved a moment ago is in it
            move(file, _as_found(copies, path) if path in found.beside else copies / path)
        restore(repository, path)


def restore(repository: Repository, path: str) -> None:
    """Put the committed file in its place; unknown to git where there is none."""
    if path in repository.tree("HEAD"):
        repository.git("checkout", "--quiet", "HEAD", "--", path)
    else:
        repository.git("rm", "--cached", "--force", "--quiet", "--ignore-unmatch", "--", path)


def bring(repository: Repository, journal: Journal) -> None:
    """Let git bring the newest course: forward, or merged with commits of the learner's own."""
    target = journal.target
    if repository.is_ancestor("HEAD", target):
        repository.git("merge", "--quiet", "--ff-only", target)
        return
    repository.git("reset", "--quiet")  # a merge wants nothing staged
    said = ""
    try:
        repository.git("merge", "--quiet", "--no-ff", "--no-commit", target)
    except GitError as error:
        said = str(error)
    # lessons are merged by exercises and cells, not by git
    coming = repository.tree(target)
    both = {path for work in journal.works for path in (work.path, work.to) if path}
    for path in sorted(path for path in both if path.endswith(".ipynb")):
        if path in coming:
            repository.git("checkout", "--quiet", target, "--", path)
        else:
            repository.git("rm", "--force", "--quiet", "--ignore-unmatch", "--", path)
    left = repository.unmerged()
    if left or not (repository.folder / "MERGE_HEAD").exists():
        said = f"you and the course have changed {', '.join(sorted(left))}" if left else said
        raise GitError(f"{said}. {_elsewhere(repository)}")
    repository.git("commit", "--quiet", "--no-verify", "-m", "Bring in the newest course")


def finish(repository: Repository, journal: Journal, say: Say) -> None:
    """Write every file with the work moved into it, say how it went, and close the journal."""
    failed = []
    done: dict[str, bytes] = {}
    tree = repository.tree("HEAD")
    for work in journal.works:
        mine = copy_of(repository, journal, work)
        if not mine.is_file():
            say(f"{work.path}: its copy is no longer in {journal.copies}")
            continue
        theirs = done.get(work.to or "")
        if theirs is None and work.to in tree:
            theirs = repository.blob(tree[work.to])
        base = repository.blob(work.base) if work.base else None
        moved = move_work(repository, work.path, base, mine.read_bytes(), theirs)
        for words in moved.words:
            say(f"  {words}")
        if moved.data is None:
            say(f"    your copy: {mine.relative_to(repository.root)}")
            continue
        assert work.to is not None
        assert theirs is not None
        done[work.to] = moved.data
        try:
            _write(repository, work, base, theirs, moved, mine)
        except OSError as error:
            failed.append(f"{work.to}: {error}")
    if failed:
        raise Stopped(
            "These files could not be written, and what you wrote is in the copies in"
            f" {journal.copies}:\n  "
            + "\n  ".join(failed)
            + "\nRun the same command again to go on."
        )
    remove_journal(repository)


def _write(
    repository: Repository,
    work: Work,
    base: bytes | None,
    theirs: bytes,
    moved: Moved,
    copied: Path,
) -> None:
    """Write one file, with what somebody may have written into it since an interruption."""
    assert work.to is not None
    assert moved.data is not None
    file = repository.root / work.to
    data = moved.data
    before = file.read_bytes() if file.is_file() else None
    if before not in {None, data, theirs, copied.read_bytes()} and _differs(repository, work.to):
        assert before is not None
        write_whole(copied.with_name(f"{copied.name}.later"), before)
        later, into = read(before), read(data)
        # JupyterLab may have written the older lesson once more
        began = next(
            (
                given
                for given in (read(theirs), read(base or b""))
                if record(given) == record(later)
            ),
            None,
        )
        if later and began and into:
            data = write(merge(began, later, into).notebook)
    if data != before:
        write_whole(file, data)


def _differs(repository: Repository, path: str) -> bool:
    return path in repository.changes()


def go_on(repository: Repository, journal: Journal, say: Say) -> None:
    """Complete an update that was interrupted, or undo it where git had not got to its turn."""
    say("The last update was interrupted; going on with it.")
    for lock in ("index.lock", "HEAD.lock", "ORIG_HEAD.lock"):  # git's, which it left when killed
        (repository.folder / lock).unlink(missing_ok=True)
    if repository.is_ancestor(journal.target, "HEAD"):
        finish(repository, journal, say)
    else:
        undo(repository, journal)


def undo(repository: Repository, journal: Journal) -> None:
    """Put everything back as it was before the update."""
    if (repository.folder / "MERGE_HEAD").exists():
        repository.git("merge", "--abort")
    coming, here = repository.tree(journal.target), repository.tree("HEAD")
    ours = {work.path for work in journal.works}
    # where git was ended in the middle, files of the newest course lie about
    for path in {path for path in coming if coming[path] != here.get(path)} - ours:
        if repository.blob_of_file(path) == coming[path]:
            with suppress(OSError, GitError):
                (repository.root / path).unlink()
                restore(repository, path)
    copies = repository.root / journal.copies
    for work in journal.works:
        file, found = repository.root / work.path, _as_found(copies, work.path)
        mine = found if found.is_file() else copies / work.path
        if mine.is_file() and _is_the_courses(repository, work.path, coming, here):
            write_whole(file, mine.read_bytes())
    remove_journal(repository)


def _is_the_courses(
    repository: Repository, path: str, coming: dict[str, str], here: dict[str, str]
) -> bool:
    blob = repository.blob_of_file(path)
    return blob is None or blob in {coming.get(path), here.get(path)}
