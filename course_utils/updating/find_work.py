"""Find what a learner changed, and which version of the course each piece of it began with."""

from __future__ import annotations

from dataclasses import dataclass, field

from course_utils.updating.cells import read, record
from course_utils.updating.journal import Work
from course_utils.updating.repository import Repository


@dataclass
class Found:
    """The work in a checkout, seen from the commit that is to come."""

    works: list[Work] = field(default_factory=list)  # has to be moved
    kept: list[str] = field(default_factory=list)  # changed too, but stays as it is
    nobodys: list[str] = field(default_factory=list)  # deleted, or already as it is to be
    # what is to be copied beside a file or in its place: the sides of a conflict, what was staged
    beside: dict[str, bytes] = field(default_factory=dict)


def find_work(repository: Repository, target: str) -> Found:
    """Sort every file that differs from what the course gave."""
    fork = repository.git("merge-base", "HEAD", target).strip()
    head, before, after = (repository.tree(commit) for commit in ("HEAD", fork, target))
    changes, unmerged = repository.changes(), repository.unmerged()
    names = repository.renamed(fork, target)
    committed = {
        path
        for path in head
        if path.endswith(".ipynb") and before.get(path) not in {None, head[path]}
    }
    in_the_way = {path for path in after if path not in head and (repository.root / path).is_file()}
    found = Found()
    for path in sorted({*changes, *committed, *in_the_way}):
        file = repository.root / path
        to = path if path in after else names.get(path)
        base = before.get(path)
        if changes.get(path, "").strip() in {"MM", "AM", "MD", "AD"}:
            found.beside[f"{path}.staged"] = repository.git_bytes("cat-file", "blob", f":{path}")
        if path in unmerged:
            sides = unmerged[path]
            found.beside |= {
                f"{path}.side{n}": repository.blob(sides[n]) for n in (2, 3) if n in sides
            }
            # left by a stash that could not be brought back: its side is the third
            if not (file.is_file() and _is_whole(path, file.read_bytes())):
                side = sides.get(3) or sides[2]
                found.beside[path] = repository.blob(side)
                found.works.append(Work(path, sides.get(1, base), to))
                continue
        elif not file.is_file() or repository.blob_of_file(path) == after.get(path):
            if head.get(path) != after.get(path):
                found.nobodys.append(path)
            continue
        if path.endswith(".ipynb"):
            base = _began_with(repository, path, base, target)
        moved = (
            base != after.get(path) or path in unmerged or not _is_whole(path, file.read_bytes())
        )
        if moved:
            found.works.append(Work(path, base, to))
        else:
            found.kept.append(path)
    return found


def _is_whole(path: str, data: bytes) -> bool:
    """Tell whether a file can be merged: anything but a notebook that is none any more."""
    return not path.endswith(".ipynb") or read(data) is not None


def _began_with(repository: Repository, path: str, base: str | None, target: str) -> str | None:
    """Return the blob that a notebook was made from: JupyterLab may have put back an older one."""
    wanted = record(read((repository.root / path).read_bytes()))
    if base is not None and wanted == record(read(repository.blob(base))):
        return base
    return repository.version_with(wanted, target, path) or base
