"""The command: what it needs, and what it says where it cannot start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from course_utils.updating import __main__ as command
from tests.updating.conftest import Course

ROOT = Path(__file__).parents[2]


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_pythons_own_library_is_enough(tmp_path: Path) -> None:
    """Without site-packages, and from another folder."""
    words = (sys.executable, "-S", "-m", "course_utils.updating", "--help")
    ended = run(tmp_path, *words, PYTHONPATH=str(ROOT), PYTHONDONTWRITEBYTECODE="1")
    assert ended.returncode == 0, ended.stderr
    assert "answers, cells and outputs of your own are kept" in ended.stdout


def test_an_older_python_is_told_so() -> None:
    code = "import sys; sys.version_info = (3, 10); import course_utils.updating"
    ended = run(ROOT, sys.executable, "-c", code, PYTHONDONTWRITEBYTECODE="1")
    assert ended.returncode == 1
    assert ended.stderr.startswith("Python 3.11 or newer is needed")


def test_make_passes_the_folder_on() -> None:
    make = ("make", "--no-print-directory", "--dry-run", "update")
    plain = run(ROOT, *make).stdout.replace("\\\n", "").split()
    assert plain[1:] == ["-m", "course_utils.updating"]
    other = run(ROOT, *make, "FROM=../older course").stdout
    assert '--from "../older course"' in other


def test_without_git(
    course: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(course.author))
    assert command.main(["--root", str(course.learner)]) == 1
    assert "There is nothing to fetch from: git is not installed" in capsys.readouterr().err


def test_an_interrupt_is_no_traceback(
    course: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "update", interrupted)
    assert command.main(["--root", str(course.learner)]) == 1
    assert "Interrupted. Nothing is lost; run the same command again" in capsys.readouterr().err
