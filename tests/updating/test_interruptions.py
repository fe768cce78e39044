"""Wherever an update is killed, and whatever fails in it, nothing is lost and the next completes.

Every step that changes something is stopped in turn: files written, half written, put in place,
removed, and each command of git. What a kill would not run, such as a cleaning up after an error,
is not run here either: `Killed` is no error that the code could catch.
"""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from course_utils.updating.__main__ import main
from tests.updating.conftest import (
    FIRST,
    SECOND,
    SOURCE,
    WRITTEN,
    Course,
    commit,
    copy_course,
    git,
    second_version,
    stub_of,
    work_in,
)
from tests.updating.test_course_update import is_complete

CHANGING = {"fetch", "checkout", "merge", "rm", "reset", "commit"}
MORE = ["MY SECOND LESSON", "MY SOURCE", "MY STAGED NEW"]


class Killed(BaseException):
    """The process is gone."""


class HalfWritten:
    """A file of which a write may end in the middle."""

    def __init__(self, file: Any, step: Callable[[], None]) -> None:
        self.file, self.step = file, step

    def __enter__(self) -> HalfWritten:
        self.file.__enter__()
        return self

    def __exit__(self, *about: Any) -> None:
        self.file.__exit__(*about)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def write(self, data: bytes) -> None:
        self.file.write(data[: len(data) // 2])
        self.file.flush()
        self.step()
        self.file.write(data[len(data) // 2 :])


@contextmanager
def stopped_at(number: int, stop: Callable[[], Any], *names: str) -> Iterator[list[str]]:
    """Call `stop` in the place of the step of this number; yield the names of the steps so far."""
    steps: list[str] = []

    def counted(name: str) -> None:
        steps.append(name)
        if len(steps) == number:
            stop()

    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            original = getattr(os, name)

            def call(*words: Any, name: str = name, original: Any = original, **more: Any) -> Any:
                counted(name)
                return original(*words, **more)

            patch.setattr(os, name, call)
        opened = Path.open

        def open_counted(path: Path, mode: str = "r", *words: Any, **more: Any) -> Any:
            file = opened(path, mode, *words, **more)
            return HalfWritten(file, lambda: counted("write")) if mode == "wb" else file

        patch.setattr(Path, "open", open_counted)
        run = subprocess.run

        def run_counted(words: list[str], **more: Any) -> Any:
            found = CHANGING & set(words)
            if found:
                counted(f"git {min(found)}")
            return run(words, **more)

        patch.setattr(subprocess, "run", run_counted)
        yield steps


def worked_in(course: Course, committed: bool) -> None:
    """Leave work in all that an update touches, and publish a course that changes all of it."""
    for name in ("name", "email"):
        git(course.learner, "config", f"user.{name}", "grace@example.org")
    source = course.learner / SOURCE
    text = source.read_text()
    if committed:
        commit(course.learner, {FIRST: work_in(course.read())}, "Mine")
    else:
        course.work()
    other = course.read("02_other")
    stub_of(other, "02.other")["source"] = MORE[0]
    course.write(other, "02_other")
    source.write_text(text.replace("line 2\n", f"{MORE[1]}\n"))
    (course.learner / "new.txt").write_text(MORE[2])
    git(course.learner, "add", "new.txt")
    course.publish(
        {
            FIRST: second_version(),
            SECOND: None,
            SOURCE: text.replace("line 15\n", "NEW\n"),
            "new.txt": "the course's\n",
            "a.txt": "first\n",
        }
    )


def holds(course: Course) -> None:
    """Hold that every word of the learner's is on disk, and that a lesson which is there opens."""
    text = course.on_disk()
    assert [word for word in [*WRITTEN, *MORE] if word not in text] == []
    if course.lesson.exists():
        course.read()


def state(course: Course) -> list[object]:
    """Return all that the next run starts from, copies apart."""
    names = [FIRST, SECOND, SOURCE, "new.txt", ".git/course-update.json", ".git/index.lock"]
    files = [course.learner / name for name in names]
    tracked = git(course.learner, "status", "--porcelain")
    return [course.head(), tracked, *(f.exists() and f.read_bytes() for f in files)]


def completes(course: Course) -> None:
    assert main(["--root", str(course.learner)]) == 0
    holds(course)
    is_complete(course)
    source = (course.learner / SOURCE).read_text()
    assert (MORE[1] in source, "NEW\n" in source) == (True, True)
    assert (course.learner / "new.txt").read_text() == "the course's\n"
    assert not (course.learner / SECOND).exists()
    left = git(course.learner, "status", "--porcelain").splitlines()
    assert {row.split()[1] for row in left} == {FIRST, SOURCE}
    assert not list(course.learner.glob("notebooks/.*.new"))


@pytest.fixture(scope="module", params=[False, True], ids=["uncommitted", "committed"])
def prepared(
    request: pytest.FixtureRequest, made_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    worked_in(copy_course(made_once, folder), request.param)
    return folder


def copies_of(prepared: Path, tmp_path: Path) -> Iterator[tuple[int, Course]]:
    """Yield fresh copies of a course, numbered from 1."""
    number = 0
    while True:
        number += 1
        yield number, copy_course(prepared, tmp_path / str(number))


def test_a_kill_at_any_step(prepared: Path, tmp_path: Path) -> None:
    def kill() -> None:
        raise Killed

    seen, completed = [], 0
    at_first = state(copy_course(prepared, tmp_path / "first"))
    for number, course in copies_of(prepared, tmp_path):
        with stopped_at(number, kill, "replace", "unlink") as steps:
            try:
                main(["--root", str(course.learner)])
            except Killed:
                pass
            else:
                break
        seen.append(steps[-1])
        holds(course)
        if state(course) != at_first:
            completes(course)
            completed += 1
    assert {"replace", "unlink", "write", "git fetch", "git checkout", "git merge"} <= set(seen)
    assert len(seen) > completed > 15


@pytest.mark.parametrize("prepared", [False], indirect=True, ids=["uncommitted"])
def test_a_failure_at_any_step(
    prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    completed = 0
    at_first = state(copy_course(prepared, tmp_path / "first"))
    for number, course in copies_of(prepared, tmp_path):
        capsys.readouterr()
        with stopped_at(number, fail, "replace", "unlink", "fsync", "mkdir") as steps:
            status = main(["--root", str(course.learner)])
        said = "".join(capsys.readouterr())
        if len(steps) < number:
            assert status == 0
            break
        # a folder whose names cannot be flushed is no reason to stop
        assert status == 1 or steps[number - 1] in {"fsync", "unlink", "mkdir"}, said
        assert status == 0 or "No space left on device" in said
        holds(course)
        if state(course) != at_first:
            completes(course)
            completed += 1
    assert number > completed > 3


def test_git_killed_in_the_middle_of_a_checkout(prepared: Path, tmp_path: Path) -> None:
    """It leaves its lock, and some files of the newest course beside those of the old one."""
    course = copy_course(prepared, tmp_path)
    run = subprocess.run

    def half(words: list[str], **more: Any) -> Any:
        if "merge" in words and ({"--ff-only", "--no-commit"} & set(words)):
            for name in (FIRST, "a.txt"):
                text = git(course.learner, "show", f"origin/main:{name}")
                (course.learner / name).write_text(text + "\n")
            (course.learner / ".git" / "index.lock").touch()
            raise Killed
        return run(words, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess, "run", half)
        with pytest.raises(Killed):
            main(["--root", str(course.learner)])
    holds(course)
    completes(course)


def test_git_that_fails_in_the_middle_leaves_nothing_of_the_newest_course(
    prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = copy_course(prepared, tmp_path)
    at_first = state(course)
    run = subprocess.run

    def half(words: list[str], **more: Any) -> Any:
        if {"--ff-only", "--no-commit"} & set(words):
            (course.learner / "a.txt").write_text("first\n")
            return subprocess.CompletedProcess(words, 128, b"", b"fatal: the disk is full")
        return run(words, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess, "run", half)
        assert main(["--root", str(course.learner)]) == 1
    said = capsys.readouterr().err
    assert "the disk is full" in said
    assert "Everything is as it was, and a copy" in said
    assert not (course.learner / "a.txt").exists()
    assert state(course)[2:] == at_first[2:]
    completes(course)


def test_work_done_between_a_kill_and_the_next_run(prepared: Path, tmp_path: Path) -> None:
    """The lesson looks empty after the kill; what is then written in it is kept beside the rest."""
    course = copy_course(prepared, tmp_path)
    run = subprocess.run

    def after_merge(words: list[str], **more: Any) -> Any:
        ended = run(words, **more)
        if {"--ff-only", "commit"} & set(words):
            raise Killed
        return ended

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess, "run", after_merge)
        with pytest.raises(Killed):
            main(["--root", str(course.learner)])
    notebook = course.read()
    stub_of(notebook, "01.valid")["source"] = "MY LATER ANSWER"
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "MY LATER CELL"})
    course.write(notebook)
    completes(course)
    assert stub_of(course.read(), "01.valid")["source"] == "MY LATER ANSWER"
    assert "MY LATER CELL" in course.lesson.read_text()


def test_two_updates_at_once(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    from course_utils.updating.files import only_one

    with only_one(course.learner / ".git" / "course-update.lock"):
        assert main(["--root", str(course.learner)]) == 1
    assert "Another update is running" in capsys.readouterr().err
