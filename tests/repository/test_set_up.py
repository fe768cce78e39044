"""Set-up on machines that lack something: each gets one clear line.

The script runs in a copy of the repository with a PATH of our own, on which a small fake stands
for Python, so that nothing is downloaded and each machine can be made up.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.repository.fake_machine import FAKE_PYTHON, Machine, make_machine, only_line


@pytest.fixture
def machine(tmp_path: Path, root: Path) -> Machine:
    return make_machine(tmp_path, root)


def test_no_python(machine: Machine) -> None:
    (machine.programs / "python3").unlink()
    assert "no python3 was found" in only_line(machine.run())


def test_python_too_old(machine: Machine) -> None:
    line = only_line(machine.run(FAKE_OLD="1", FAKE_VERSION="3.9.2"))
    assert "Python 3.11 or newer is needed, but python3 is 3.9.2" in line
    assert "make lab PYTHON=/path/to/python3" in line


def test_a_newer_python_beside_an_old_one(machine: Machine) -> None:
    machine.add("python3", FAKE_PYTHON.replace("${FAKE_OLD:-}", "old"))
    machine.add("python3.12", FAKE_PYTHON)
    assert machine.run().returncode == 0


def test_the_python_that_is_given_and_no_other(machine: Machine) -> None:
    line = only_line(machine.run(PYTHON="/nowhere/python3"))
    assert "no /nowhere/python3 was found" in line


def test_no_venv_module(machine: Machine) -> None:
    line = only_line(machine.run(FAKE_NO_VENV="1"))
    assert "has no venv module; on Debian and Ubuntu: sudo apt install python3.12-venv" in line


@pytest.mark.parametrize(
    ("free", "extras", "torch", "system", "message"),
    [
        (8, "", "", "Linux", "about 9 GB are needed on this disk and 8 GB are free; without a GPU"),
        (9, "", "", "Linux", ""),
        (2, "", "cpu", "Linux", "about 3 GB are needed on this disk and 2 GB are free"),
        (3, "", "cpu", "Linux", ""),
        (2, "", "", "Darwin", "about 3 GB are needed"),
        (3, "", "", "Darwin", ""),
        (1, "authoring", "", "Linux", "about 2 GB are needed on this disk and 1 GB are free"),
        (2, "authoring", "", "Linux", ""),
    ],
)
def test_space(
    machine: Machine, free: int, extras: str, torch: str, system: str, message: str
) -> None:
    machine.add("uname", f"#!/bin/sh\necho {system}\n")
    machine.add("df", f"#!/bin/sh\nprintf 'h\\nd 1 1 {free * 1048576} 1%% /\\n'\n")
    result = machine.run(*extras.split(), TORCH=torch)
    if message:
        assert message in only_line(result)
        assert not (machine.folder / ".venv").exists()
    else:
        assert result.returncode == 0


def test_space_for_pytorch_is_looked_for_when_it_comes_later(machine: Machine) -> None:
    assert machine.run("authoring").returncode == 0
    machine.add("df", "#!/bin/sh\nprintf 'h\\nd 1 1 2097152 1%% /\\n'\n")
    assert machine.run("lab").returncode == 0
    assert "about 9 GB are needed" in only_line(machine.run("lab", "torch"))


def test_an_unknown_torch(machine: Machine) -> None:
    assert "TORCH=gpu is not known; TORCH=cpu takes" in only_line(machine.run(TORCH="gpu"))


def test_what_is_installed(machine: Machine) -> None:
    result = machine.run()
    assert result.returncode == 0
    assert result.stdout.splitlines()[0] == "Creating .venv with Python 3.12.4"
    assert result.stdout.splitlines()[-1] == "Ready."
    steps = [call for call in machine.calls() if re.search("pip (install|download)|pin_by", call)]
    course = "--editable .[lab,torch,authoring,test]"
    for step, end in zip(
        steps,
        [
            "pin_by_hash.py pip setuptools",
            "--require-hashes --no-deps --requirement .venv/tmp/needed.txt",
            f"--no-build-isolation --constraint constraints.txt {course}",
            "pin_by_hash.py --report .venv/tmp/report.json",
            "--require-hashes --no-deps --only-binary :all: --requirement .venv/tmp/needed.txt",
            f"--no-index --no-deps --no-build-isolation {course}",
        ],
        strict=True,
    ):
        assert step.replace(f"{machine.folder}/", "").endswith(end)
    assert " --dry-run --report " in steps[2]
    assert not any("--index-url" in step for step in steps)
    # what was fetched is no longer needed
    assert not (machine.folder / ".venv/tmp").exists()


def test_an_extra_that_is_none(machine: Machine) -> None:
    line = only_line(machine.run("labs"))
    assert line == "set-up: there is no extra labs; there are: lab torch authoring test"


def test_the_extras_are_those_of_the_package(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    script = (root / "scripts" / "set_up.sh").read_text()
    known = re.search(r'^EXTRAS="(.*)"$', script, re.MULTILINE)
    assert known is not None
    assert known.group(1).split() == list(project["optional-dependencies"])
    asked = re.findall(r"\$\(SET_UP\)(.*)", (root / "Makefile").read_text())
    assert {name for line in asked for name in line.split()} < set(project["optional-dependencies"])
    assert len(asked) > 8


def test_pytorch_without_cuda(machine: Machine, root: Path) -> None:
    result = machine.run(TORCH="cpu", DRY_RUN="1")
    assert result.returncode == 0
    commands = [line for line in result.stdout.splitlines() if line.startswith("+ ")]
    create, _, torch, resolve, _, install = commands
    assert create == "+ python3 -m venv .venv"
    pins = [
        line.split()[0]
        for line in (root / "constraints.txt").read_text().splitlines()
        if line.startswith(("torch==", "torchvision=="))
    ]
    assert len(pins) == 2
    index = "https://download.pytorch.org/whl/cpu"
    assert torch.endswith(f"--index-url {index} {pins[0]} {pins[1]}")
    # the two that are there already satisfy the rest
    wheels = machine.folder / ".venv/tmp"
    course = "--editable .[lab,torch,authoring,test]"
    assert resolve.endswith(f"--find-links {wheels} --constraint constraints.txt {course}")
    assert install.endswith(course)
    assert [line for line in commands if "--index-url" in line] == [torch]
    assert not (machine.folder / ".venv").exists()


def test_on_a_mac_every_pytorch_is_without_cuda(machine: Machine) -> None:
    machine.add("uname", "#!/bin/sh\necho Darwin\n")
    result = machine.run(TORCH="cpu", DRY_RUN="1")
    assert "--index-url" not in result.stdout


def test_a_folder_that_cannot_be_written_to(machine: Machine) -> None:
    (machine.folder / ".venv.lock").mkdir()  # which root could not write to either
    line = only_line(machine.run())
    assert line == (
        f"set-up: nothing can be written into this folder, {machine.folder}; "
        "copy the course to one of your own"
    )


def test_no_home_is_needed(machine: Machine) -> None:
    assert machine.run("lab", HOME="").returncode == 0
    assert machine.run("test", HOME="/nonexistent").returncode == 0


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ("global.target='/elsewhere'", "global.target"),
        ("install.prefix='/elsewhere'", "install.prefix"),
        ("install.user='true'", ""),
        ("global.extra-index-url='https://example.org/simple'", ""),
    ],
)
def test_pips_settings_that_lead_elsewhere(machine: Machine, setting: str, named: str) -> None:
    result = machine.run(FAKE_PIP_CONFIG=setting)
    if named:
        assert f"pip's settings name {named}, and would install elsewhere" in only_line(result)
        assert not any("pip install" in call for call in machine.calls())
    else:
        assert result.returncode == 0


def test_no_news_and_no_search_for_updates(machine: Machine) -> None:
    assert machine.run().returncode == 0
    settings = machine.folder / ".venv/share/jupyter/lab/settings/overrides.json"
    assert json.loads(settings.read_text()) == {
        "@jupyterlab/apputils-extension:notification": {
            "fetchNews": "false",
            "checkForUpdates": False,
        }
    }


def test_the_scripts_are_plain_sh(root: Path) -> None:
    for script in [*sorted((root / "scripts").glob("*.sh")), root / "scripts/hooks/pre-commit"]:
        assert script.read_text().startswith("#!/bin/sh\n")
        subprocess.run(["sh", "-n", str(script)], check=True)
        shellcheck = shutil.which("shellcheck")
        if shellcheck:
            subprocess.run([shellcheck, "--severity=warning", str(script)], check=True)


def test_what_node_runs_is_no_module_of_ours(machine: Machine) -> None:
    """Node.js looks in the folders above for what a file is, and finds ours without this one."""
    assert machine.run().returncode == 0
    assert json.loads((machine.folder / ".venv" / "package.json").read_text()) == {}
