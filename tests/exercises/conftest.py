"""A fresh progress file and fresh memories for every test of the exercises."""

from __future__ import annotations

import pathlib

import pytest

from course_utils.exercises import Exercise, decorator, hints, progress_file
from tests.exercises.toys import HALF, RUNNING_SUM


@pytest.fixture(autouse=True)
def progress_json(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    path = tmp_path / "progress" / "progress.json"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    monkeypatch.setattr(progress_file, "_session", {})
    monkeypatch.setattr(progress_file, "_told", set())
    monkeypatch.setattr(hints, "_shown", {})
    monkeypatch.setattr(decorator, "_told", set())
    return path


@pytest.fixture(scope="session")
def toy() -> Exercise:
    """An exercise from arrays to arrays, with a keyword."""
    return RUNNING_SUM


@pytest.fixture(scope="session")
def whole() -> Exercise:
    """An exercise whose answer is a whole number."""
    return HALF
