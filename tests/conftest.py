"""For every test: the progress of whoever runs them is neither read nor written."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

PROGRESS = "COURSE_PROGRESS"
FOLDER = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Point the progress file, also of kernels that tests start, into a temporary folder."""
    config.stash[FOLDER] = Path(tempfile.mkdtemp(prefix="course-tests-"))
    os.environ[PROGRESS] = str(config.stash[FOLDER] / "progress.json")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove it."""
    shutil.rmtree(config.stash[FOLDER], ignore_errors=True)
