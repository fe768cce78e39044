"""A pytest plugin for running notebooks: each gets a progress file of its own, as in a build.

Exercises answer with what has been solved so far, so two notebooks that shared a file would see
each other. Loaded with ``-p tests.notebooks.own_progress``.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Name the progress file after the notebook before its kernel starts."""
    folder = Path(tempfile.gettempdir()) / f"course-progress-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    os.environ["COURSE_PROGRESS"] = str(folder / f"{item.path.stem}.json")
    return (yield)


def pytest_unconfigure() -> None:
    """Remove the files."""
    folder = Path(tempfile.gettempdir()) / f"course-progress-{os.getpid()}"
    if folder.is_dir():
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
