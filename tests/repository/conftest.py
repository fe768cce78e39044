"""Shared by the tests of the repository itself."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

Script = Callable[..., subprocess.CompletedProcess[str]]
"""Takes the variables of an environment by name, and says which command a script would start."""


@pytest.fixture
def root() -> Path:
    """Return the root of the course."""
    return ROOT


@pytest.fixture
def taken() -> Iterator[int]:
    """Return a port that something else listens on."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture
def free() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Return a folder in front of PATH, where a test puts programs of its own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


@pytest.fixture
def course_environment() -> None:
    """Skip where the tests run in another environment than that which the scripts start."""
    if Path(sys.prefix) != ROOT / ".venv":
        pytest.skip("these tests run in another environment than .venv, which the scripts start")


@pytest.fixture
def dry_run(course_environment: None, programs: Path) -> Callable[[str], Script]:
    """Return how a script is run that only says what it would start."""
    clean = {k: v for k, v in os.environ.items() if not re.match("DISPLAY|WAYLAND|WSL|SSH_", k)}
    clean["PATH"] = f"{programs}:{clean['PATH']}"

    def of(script: str) -> Script:
        def run(**environment: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                ["sh", f"scripts/{script}"],
                cwd=ROOT,
                env={**clean, "DRY_RUN": "1", **environment},
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )

        return run

    return of
