"""``make lab``: what it starts, what it says, and that the server answers."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.repository.conftest import Script


@pytest.fixture
def lab(dry_run: Callable[[str], Script]) -> Script:
    return dry_run("lab.sh")


def fake(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\necho {text}\n")
    (folder / name).chmod(0o755)


def test_a_taken_port_is_named_and_a_free_one_proposed(lab: Script, taken: int) -> None:
    result = lab(PORT=str(taken))
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    found = re.fullmatch(
        rf"lab: port {taken} is taken, perhaps by another JupyterLab; try: make lab PORT=(\d+)",
        line,
    )
    assert found, line
    assert lab(PORT=found.group(1)).returncode == 0


@pytest.mark.parametrize(
    "port", ["eight", "80", "70000", "88 88", "0000", "080", "0070000", "99999999999999999999"]
)
def test_a_port_that_is_none(lab: Script, port: str) -> None:
    result = lab(PORT=port)
    assert result.returncode == 1
    assert f"lab: PORT={port}" in result.stderr


@pytest.mark.parametrize(("user", "allowed"), [("0", True), ("1000", False)])
def test_root(lab: Script, programs: Path, free: int, user: str, allowed: bool) -> None:
    fake(programs, "id", user)
    assert ("--allow-root" in lab(PORT=str(free)).stdout) == allowed


@pytest.mark.parametrize(
    ("system", "environment", "opens"),
    [
        ("Linux", {}, False),
        ("Linux", {"DISPLAY": ":0"}, True),
        ("Linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("Linux", {"WSL_DISTRO_NAME": "Debian"}, True),
        ("Darwin", {}, True),
        ("Darwin", {"SSH_CONNECTION": "1.2.3.4"}, False),
    ],
)
def test_a_browser_opens_where_there_is_a_display(
    lab: Script,
    programs: Path,
    free: int,
    system: str,
    environment: dict[str, str],
    opens: bool,
) -> None:
    fake(programs, "uname", system)
    out = lab(PORT=str(free), **environment).stdout
    assert "--no-browser" in out  # Jupyter itself would open a file that holds the token
    assert ("There is no display here" in out) != opens


def test_the_command(lab: Script, free: int) -> None:
    out = lab(PORT=str(free)).stdout
    assert f"--port={free} " in out
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in out
    # a token is what keeps others out; as an argument other users could read it
    assert "token" not in out
    assert "password" not in out


def test_a_home_that_cannot_be_written_to(lab: Script, free: int) -> None:
    result = lab(PORT=str(free), HOME="/nonexistent")
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        "lab: there is no home folder to write to; name one: HOME=/tmp/me make lab"
    ]


@pytest.mark.parametrize("zeros", ["0", "00000"])
def test_a_port_with_zeros_in_front(lab: Script, free: int, zeros: str) -> None:
    assert f"--port={free} " in lab(PORT=f"{zeros}{free}").stdout


@pytest.mark.usefixtures("course_environment")
def test_the_server_answers(root: Path, free: int, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("JUPYTER")}
    environment.pop("DISPLAY", None)
    environment.update(PORT=str(free), HOME=str(home), JUPYTER_RUNTIME_DIR=str(tmp_path / "run"))
    with subprocess.Popen(
        ["sh", "scripts/lab.sh"],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            token, said = _read_token(server)
            command = Path(f"/proc/{server.pid}/cmdline")
            assert not command.exists() or token not in command.read_text()
            address = f"http://127.0.0.1:{free}"
            assert f"{address}/lab/tree/notebooks/00_start_here.ipynb?token={token}" in said
            _wait(f"{address}/api")
            with pytest.raises(urllib.error.HTTPError, match="403"):
                _get(f"{address}/api/contents/notebooks")
            names = {
                entry["name"]
                for entry in _get(f"{address}/api/contents/notebooks", token)["content"]
            }
            assert "00_start_here.ipynb" in names
            plugin = "@jupyterlab/apputils-extension:notification"
            settings = _get(f"{address}/lab/api/settings/{plugin}", token)
            defaults = settings["schema"]["properties"]
            assert defaults["fetchNews"]["default"] == "false"
            assert defaults["checkForUpdates"]["default"] is False
            assert settings["raw"] == "{}"
            kernels = _get(f"{address}/api/kernelspecs", token)
            assert kernels["default"] == "python3"
            resources = kernels["kernelspecs"]["python3"]["spec"]["argv"]
            assert resources[0] in ("python", sys.executable)
            assert server.poll() is None
        finally:
            server.send_signal(signal.SIGTERM)
            rest, _ = server.communicate(timeout=30)
    # neither a warning nor a page of Node.js's
    assert [line for line in rest.splitlines() if "received signal 15" not in line] == []
    # nothing was written into the user's own settings
    assert not list(home.rglob("*jupyterlab-settings"))


def _read_token(server: subprocess.Popen[str]) -> tuple[str, str]:
    said = ""
    assert server.stdout is not None
    for line in server.stdout:
        said += line
        found = re.search(r"\?token=([0-9a-f]+)", line)
        if found:
            return found.group(1), said
    raise AssertionError(f"the server ended without an address:\n{said}")


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=5)
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"nothing answers at {url}")


def _get(url: str, token: str = "") -> Any:
    headers = {"Authorization": f"token {token}"} if token else {}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as reply:
        return json.load(reply)
