"""``make explore``: what it starts and what it says; the page itself is tested in a browser."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def explore(root):
    if Path(sys.prefix) != root / ".venv":
        pytest.skip("these tests run in another environment than .venv, which make explore starts")

    def run(**environment):
        base = {k: v for k, v in os.environ.items() if not re.match("DISPLAY|WAYLAND|WSL|SSH_", k)}
        return subprocess.run(
            ["sh", "scripts/explore.sh"],
            cwd=root,
            env={**base, "DRY_RUN": "1", **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def test_a_taken_port_is_named_and_a_free_one_proposed(explore):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        taken = server.getsockname()[1]
        result = explore(PORT=str(taken))
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert re.fullmatch(
        rf"explore: port {taken} is taken, perhaps by another page of explorers; "
        r"try: make explore PORT=\d+",
        line,
    )


def test_a_port_that_is_none(explore):
    result = explore(PORT="eight")
    assert result.returncode == 1
    assert result.stderr.splitlines() == ["explore: PORT=eight is not a number"]


def test_the_command(explore):
    out = explore(PORT="8877").stdout
    assert "+ voila build/explore/explorers.ipynb" in out
    assert "--Voila.ip=127.0.0.1 --port=8877 " in out
    # a token of its own, drawn at the start; as an argument other users could read it
    assert re.search(r"--token (?!=)", out)
    assert "course_utils.kernel_socket.PromptConnection" in out
    assert "There is no display here" in out


def test_the_settings_and_the_template_are_where_the_script_says(root):
    script = (root / "scripts" / "explore.sh").read_text()
    assert "JUPYTER_PATH=$(pwd)/scripts/jupyter" in script
    assert "--template=course" in script
    assert (root / "scripts/jupyter/voila/templates/course/index.html.j2").exists()
    assert (root / "scripts/jupyter/voila.json").exists()
