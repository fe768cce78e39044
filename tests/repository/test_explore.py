"""``make explore``: what it starts and what it says; the page itself is tested in a browser."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
from traitlets.config import Config

from tests.repository.conftest import Script


@pytest.fixture
def explore(dry_run: Callable[[str], Script]) -> Script:
    return dry_run("explore.sh")


def test_a_taken_port_is_named_and_a_free_one_proposed(explore: Script, taken: int) -> None:
    result = explore(PORT=str(taken))
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert re.fullmatch(
        rf"explore: port {taken} is taken, perhaps by another page of explorers; "
        r"try: make explore PORT=\d+",
        line,
    )


def test_a_port_that_is_none(explore: Script) -> None:
    result = explore(PORT="eight")
    assert result.returncode == 1
    assert result.stderr.splitlines() == ["explore: PORT=eight is not a number"]


def test_the_command(explore: Script) -> None:
    out = explore(PORT="8877").stdout
    assert "+ voila build/explore/explorers.ipynb" in out
    assert "--Voila.ip=127.0.0.1 --port=8877 " in out
    # a token of its own, drawn at the start; as an argument other users could read it
    assert re.search(r"--token (?!=)", out)
    assert "course_utils.kernel_socket.PromptConnection" in out
    assert "There is no display here" in out


def test_the_settings_and_the_template_are_where_the_script_says(root: Path) -> None:
    script = (root / "scripts" / "explore.sh").read_text()
    assert "JUPYTER_PATH=$(pwd)/scripts/jupyter" in script
    assert "--template=course" in script
    assert (root / "scripts/jupyter/voila/templates/course/index.html.j2").exists()
    assert (root / "scripts/jupyter/voila.json").exists()


def test_a_killed_page_leaves_nothing_for_long(root: Path, tmp_path: Path) -> None:
    """The sweep itself, as it stands in the script, beside the folder of one that still runs."""
    script = (root / "scripts" / "explore.sh").read_text()
    found = re.search(r"^for left in .*?^done$", script, re.MULTILINE | re.DOTALL)
    assert found is not None
    killed = subprocess.Popen(["sh", "-c", "exit"])
    killed.wait()
    folders = {pid: tmp_path / "build/explore/tmp" / str(pid) for pid in (killed.pid, os.getpid())}
    sweep = ["sh", "-eu", "-c", found.group()]
    subprocess.run(sweep, cwd=tmp_path, check=True)  # there is nothing yet
    for folder in folders.values():
        (folder / "kernel").mkdir(parents=True)
    subprocess.run(sweep, cwd=tmp_path, check=True)
    assert not folders[killed.pid].exists()
    assert (folders[os.getpid()] / "kernel").exists()


def test_kernels_that_nobody_looks_at_end(root: Path) -> None:
    settings = Config(json.loads((root / "scripts/jupyter/voila.json").read_text()))
    kernels = MappingKernelManager(config=settings)  # type: ignore[no-untyped-call]
    assert (kernels.cull_idle_timeout, kernels.cull_interval) == (600, 60)
    # a page that is still open, before a class, keeps its kernel
    assert not kernels.cull_connected
