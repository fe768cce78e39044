"""Work is taken over from another folder, for a course without git; that folder is only read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from course_utils.updating.__main__ import main
from tests.updating.conftest import (
    FIRST,
    WRITTEN,
    Course,
    git,
    markdown,
    second_version,
    stub_of,
    work_in,
)
from tests.updating.test_course_update import is_complete


def snapshot(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def archive(course: Course, tmp_path: Path) -> Path:
    """Return an older course that came without git, with work in it."""
    course.work()
    folder = tmp_path / "older course"
    shutil.copytree(course.learner, folder, ignore=shutil.ignore_patterns(".git"))
    git(course.learner, "checkout", "--quiet", ".")
    course.publish({FIRST: second_version()})
    git(course.learner, "pull", "--quiet")
    return folder


def test_into_a_clone_that_knows_the_older_version(
    course: Course, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(archive)
    arguments = ["--root", str(course.learner), "--from", str(archive)]
    assert main(arguments) == 0
    said = capsys.readouterr().out
    is_complete(course)
    assert f"{FIRST}: 1 answer and 4 cells of yours are in the new lesson" in said
    assert snapshot(archive) == before
    assert [json.loads(path.read_text()) for path in course.copies()] == [second_version()]
    # again: nothing is there twice
    written = course.lesson.read_bytes()
    assert main(arguments) == 0
    assert course.lesson.read_bytes() == written


def test_into_another_archive(
    course: Course, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(course.learner / ".git")
    assert main(["--root", str(course.learner), "--from", str(archive)]) == 0
    notebook = course.read()
    assert "MY ANSWER" in stub_of(notebook, "01.full")["source"]
    text = json.dumps(notebook)
    # a change to a cell of the course cannot be told there from the course's own
    assert [word for word in WRITTEN if word not in text] == ["MY NUMBERS"]
    assert "1 answer and 3 cells" in capsys.readouterr().out


def test_work_that_is_here_already_stays(course: Course, archive: Path) -> None:
    notebook = course.read()
    stub_of(notebook, "01.valid")["source"] = "MY ANSWER HERE"
    notebook["cells"].append({**markdown("MY CELL HERE"), "id": "e5e5e5e5"})
    course.write(notebook)
    assert main(["--root", str(course.learner), "--from", str(archive)]) == 0
    text = course.lesson.read_text()
    assert [w for w in [*WRITTEN, "MY ANSWER HERE", "MY CELL HERE"] if w not in text] == []


def test_what_is_no_lesson_is_named(
    course: Course, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (archive / FIRST).write_text("{")
    (archive / "notebooks" / "mine.ipynb").write_text(json.dumps(work_in(second_version())))
    before = course.lesson.read_bytes()
    assert main(["--root", str(course.learner), "--from", str(archive)]) == 0
    said = capsys.readouterr().out
    assert f"{FIRST}: your file cannot be read as a notebook" in said
    assert "notebooks/mine.ipynb" in said
    assert course.lesson.read_bytes() == before


@pytest.mark.parametrize("other", [".", "nothing"])
def test_a_folder_without_a_course(
    course: Course, capsys: pytest.CaptureFixture[str], other: str
) -> None:
    folder = str(course.learner / other)
    assert main(["--root", str(course.learner), "--from", folder]) == 1
    assert "is no other folder of the course; nothing has been changed" in capsys.readouterr().err


def test_a_course_without_git_says_what_to_do(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(course.learner / ".git")
    before = snapshot(course.learner)
    assert main(["--root", str(course.learner)]) == 1
    said = capsys.readouterr().err
    assert "this folder is not a git checkout. Nothing has been changed" in said
    assert f"make update FROM={course.learner}" in said
    assert snapshot(course.learner) == before


def test_a_checkout_without_a_remote(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    git(course.learner, "remote", "remove", "origin")
    assert main(["--root", str(course.learner)]) == 1
    assert "this checkout has no remote" in capsys.readouterr().err
