"""A small course in a real repository, with a remote, an author's clone and a learner's."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from course_utils.updating.repository import Repository

Cell = dict[str, Any]
Notebook = dict[str, Any]


def markdown(source: str) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def code(source: str, *outputs: str) -> Cell:
    return {
        "cell_type": "code",
        "metadata": {},
        "source": source,
        "execution_count": 1 if outputs else None,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": row} for row in outputs],
    }


def exercise(name: str, signature: str = "x, w") -> list[Cell]:
    """Return the three cells of an exercise, as authoring makes them."""
    function = name.partition(".")[2]
    stub = f'@exercise("{name}")\ndef {function}({signature}):\n    """Do {function}."""\n    ...'
    cells = [
        markdown(f"### Exercise {name}\n\nDo it."),
        code(stub, "not attempted"),
        markdown("Hints"),
    ]
    for cell, part in zip(cells, ("task", "stub", "notes"), strict=True):
        cell["metadata"] = {"course": {"exercise": name, "part": part}}
    return cells


def lesson(name: str, *cells: Cell | list[Cell]) -> Notebook:
    """Number the cells by position and sign the notebook, as authoring does."""
    flat: list[Cell] = []
    for cell in cells:
        flat += [dict(part) for part in (cell if isinstance(cell, list) else [cell])]
    for at, cell in enumerate(flat):
        cell["id"] = f"{name}-{at:03d}"
    record = {"lesson": name, "cells": hashlib.sha256(json.dumps(flat).encode()).hexdigest()[:20]}
    return {"cells": flat, "metadata": {"course": record}, "nbformat": 4, "nbformat_minor": 5}


def first_version() -> Notebook:
    return lesson(
        "01_sum",
        markdown("# 01 The sum"),
        markdown("A paragraph about sums, which is long enough to be known again."),
        code("x = [1, 2, 3]", "three numbers"),
        markdown("## Full"),
        exercise("01.full"),
        code("print(full(x, x))", "[1]"),
        markdown("## Valid"),
        markdown("What is valid."),
        exercise("01.valid"),
        markdown("The end."),
    )


def second_version() -> Notebook:
    """Return the lesson with new cells, a corrected paragraph and its exercises exchanged."""
    return lesson(
        "01_sum",
        markdown("# 01 The sum"),
        markdown("A new paragraph."),
        markdown("A paragraph about sums, which is long enough to be known once more."),
        code("x = [1, 2, 3]", "three numbers"),
        markdown("## Valid"),
        exercise("01.valid"),
        markdown("What is valid."),
        markdown("## Full"),
        code("y = 1", "one"),
        exercise("01.full", "x, w, mode"),
        code("print(full(x, x))", "[1, 2]"),
        markdown("The end."),
    )


def cell_of(notebook: Notebook, start: str) -> Cell:
    """Return the one cell whose text begins so."""
    cells: list[Cell] = notebook["cells"]
    (found,) = [cell for cell in cells if "".join(cell["source"]).startswith(start)]
    return found


def stub_of(notebook: Notebook, name: str) -> Cell:
    """Return the cell that an exercise is answered in."""
    wanted = {"exercise": name, "part": "stub"}
    cells: list[Cell] = notebook["cells"]
    (found,) = [cell for cell in cells if cell["metadata"].get("course") == wanted]
    return found


def own(source: str, *outputs: str, name: str) -> Cell:
    """Return a cell of the learner's, with the id that JupyterLab would give it."""
    return {**code(source, *outputs), "id": name}


def work_in(notebook: Notebook) -> Notebook:
    """Answer an exercise, add three cells and change one, as in `WRITTEN`."""
    answer = stub_of(notebook, "01.full")
    answer["source"] = '@exercise("01.full")\ndef full(x, w):\n    return "MY ANSWER"'
    answer["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "MY VERDICT"}]
    cell_of(notebook, "x = [1, 2, 3]")["source"] = "x = [4, 5, 6]  # MY NUMBERS"
    cells = notebook["cells"]
    cells.insert(cells.index(answer) + 1, own("MY TRIAL", "MY OUTPUT", name="a1a1a1a1"))
    cells.insert(0, own("MY BEGINNING", name="b2b2b2b2"))
    cells.append(own("MY END", name="c3c3c3c3"))
    return notebook


WRITTEN = [
    "MY ANSWER",
    "MY VERDICT",
    "MY NUMBERS",
    "MY TRIAL",
    "MY OUTPUT",
    "MY BEGINNING",
    "MY END",
]


def git(folder: Path, *words: str) -> str:
    settings = [
        "-c",
        "user.name=Ada",
        "-c",
        "user.email=ada@example.org",
        "-c",
        "commit.gpgSign=false",
    ]
    ended = subprocess.run(
        ["git", *settings, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


@dataclass
class Course:
    """Where the remote, the author and the learner have it."""

    remote: Path
    author: Path
    learner: Path

    @property
    def repository(self) -> Repository:
        return Repository(self.learner)

    @property
    def lesson(self) -> Path:
        return self.learner / "notebooks" / "01_sum.ipynb"

    def read(self, name: str = "01_sum") -> Notebook:
        found: Notebook = json.loads((self.learner / "notebooks" / f"{name}.ipynb").read_text())
        return found

    def write(self, notebook: Notebook, name: str = "01_sum") -> None:
        """Save as JupyterLab does."""
        path = self.learner / "notebooks" / f"{name}.ipynb"
        path.write_text(json.dumps(notebook, indent=1) + "\n")

    def work(self) -> None:
        self.write(work_in(self.read()))

    def publish(self, files: dict[str, Notebook | str | None], message: str = "Next") -> None:
        """Let the author change, add or (None) remove files, and push."""
        commit(self.author, files, message)
        git(self.author, "push", "--quiet", "origin", "main")

    def copies(self) -> list[Path]:
        return sorted(path for path in self.learner.glob("my-work/*/**/*") if path.is_file())

    def on_disk(self) -> str:
        """Return all that the learner can find without git."""
        files = [p for p in self.learner.rglob("*") if p.is_file() and ".git" not in p.parts]
        return "\n".join(p.read_text(errors="replace") for p in files)

    def head(self) -> str:
        return git(self.learner, "rev-parse", "HEAD")


def commit(folder: Path, files: dict[str, Notebook | str | None], message: str) -> None:
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if value is None:
            path.unlink()
        else:
            path.write_text(value if isinstance(value, str) else json.dumps(value, indent=1) + "\n")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", message)


FIRST = "notebooks/01_sum.ipynb"
SECOND = "notebooks/02_other.ipynb"
SOURCE = "course_utils/ops.py"


def make_course(folder: Path) -> Course:
    """Make remote, author and learner below a folder."""
    made = Course(folder / "remote.git", folder / "author", folder / "learner")
    git(folder, "init", "--quiet", "--bare", "-b", "main", str(made.remote))
    git(folder, "clone", "--quiet", str(made.remote), str(made.author))
    git(made.author, "checkout", "--quiet", "-b", "main")
    made.publish(
        {
            FIRST: first_version(),
            SECOND: lesson("02_other", markdown("# 02 Other"), exercise("02.other")),
            SOURCE: "".join(f"line {n}\n" for n in range(20)),
            ".gitignore": "my-work/\n",
            ".gitattributes": (Path(__file__).parents[2] / ".gitattributes").read_text(),
        }
    )
    git(folder, "clone", "--quiet", str(made.remote), str(made.learner))
    for clone in (made.author, made.learner):  # so that all of it can be copied
        git(clone, "remote", "set-url", "origin", "../remote.git")
    return made


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    make_course(folder)
    return folder


def copy_course(made: Path, folder: Path) -> Course:
    """Copy remote, author and learner."""
    shutil.copytree(made, folder, symlinks=True, dirs_exist_ok=True)
    return Course(folder / "remote.git", folder / "author", folder / "learner")


@pytest.fixture
def course(made_once: Path, tmp_path: Path) -> Course:
    return copy_course(made_once, tmp_path)
