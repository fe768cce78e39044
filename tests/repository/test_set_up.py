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
from dataclasses import dataclass
from pathlib import Path

import pytest

TOOLS = [
    *["sh", "sed", "awk", "cksum", "cat", "df", "uname", "dirname"],
    *["rm", "mkdir", "env", "id", "cp", "chmod", "tr", "find"],
]

# Answers as Python does where set_up.sh asks, makes environments that hold itself, and writes
# every call into a log.
FAKE_PYTHON = """#!/bin/sh
echo "$*" >>"$FAKE_LOG"
case "$*" in
    *'sys.version)'*) echo "${FAKE_VERSION:-3.12.4} (fake)" ;;
    *'print("%d'*) echo "${FAKE_VERSION:-3.12.4}" ;;
    *'sys.version_info <'*) [ -z "${FAKE_OLD:-}" ] ;;
    *'import venv'*) [ -z "${FAKE_NO_VENV:-}" ] ;;
    '-m venv '*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
    *'--editable'*) [ -z "${FAKE_PIP_FAILS:-}" ] ;;
    *) ;;
esac
"""


@dataclass
class Machine:
    """A machine with a copy of the repository and the programs that it has."""

    folder: Path
    programs: Path
    log: Path

    def add(self, name: str, text: str) -> None:
        path = self.programs / name
        path.unlink(missing_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def run(self, *extras: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "scripts/set_up.sh", *extras],
            cwd=self.folder,
            env={"PATH": str(self.programs), "HOME": str(self.folder.parent), "FAKE_LOG": str(self.log), **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def calls(self) -> list[str]:
        """Return what Python was called with since the last time, and forget it."""
        calls = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return calls


@pytest.fixture
def machine(tmp_path: Path, root: Path) -> Machine:
    made = Machine(tmp_path / "course", tmp_path / "bin", tmp_path / "log")
    made.folder.mkdir()
    made.programs.mkdir()
    shutil.copytree(root / "scripts", made.folder / "scripts")
    for name in ("pyproject.toml", "constraints.txt", "hashes.txt"):
        shutil.copy(root / name, made.folder)
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, f"this machine has no {tool}"
        (made.programs / tool).symlink_to(found)
    made.add("python3", FAKE_PYTHON)
    made.add("uname", "#!/bin/sh\necho Linux\n")
    made.add("df", "#!/bin/sh\nprintf 'h\\nd 1 1 99999999 1%% /\\n'\n")
    return made


def only_line(result: subprocess.CompletedProcess[str]) -> str:
    """Return the one line of an error; set-up failed and said nothing else."""
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    return line


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
        (7, "", "", "Linux", "about 8 GB are needed on this disk and 7 GB are free; without a GPU"),
        (8, "", "", "Linux", ""),
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
    assert "about 8 GB are needed" in only_line(machine.run("lab", "torch"))


def test_an_unknown_torch(machine: Machine) -> None:
    assert "TORCH=gpu is not known; TORCH=cpu takes" in only_line(machine.run(TORCH="gpu"))


def installs(machine: Machine) -> list[str]:
    """Return what the course was installed with since the last time."""
    return [call.partition("--constraint ")[2] for call in machine.calls() if "--editable" in call]


def test_what_is_installed(machine: Machine) -> None:
    result = machine.run()
    assert result.returncode == 0
    assert result.stdout.splitlines()[0] == "Creating .venv with Python 3.12.4"
    assert result.stdout.splitlines()[-1] == "Ready."
    renew, install = (call for call in machine.calls() if "-m pip" in call)
    assert re.search(r" pip==[\d.]+$", renew)
    assert install.endswith("--constraint constraints.txt --editable .[lab,torch,authoring,test]")
    assert "--index-url" not in install


def test_a_target_adds_what_it_needs_to_what_is_there(machine: Machine) -> None:
    assert machine.run("lab", "torch").returncode == 0
    assert installs(machine) == ["constraints.txt --editable .[lab,torch]"]
    result = machine.run("authoring")
    assert installs(machine) == ["constraints.txt --editable .[lab,torch,authoring]"]
    assert "Creating" not in result.stdout
    # everything else is there already
    for extras in (["lab"], ["torch", "lab"], ["authoring"]):
        again = machine.run(*extras)
        assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert machine.run().returncode == 0
    assert installs(machine) == ["constraints.txt --editable .[lab,torch,authoring,test]"]
    again = machine.run("lab", "torch")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_a_changed_list_renews_every_extra_that_is_there(machine: Machine) -> None:
    assert machine.run().returncode == 0
    installs(machine)
    with (machine.folder / "constraints.txt").open("a") as file:
        file.write("# changed\n")
    assert machine.run("lab").returncode == 0
    assert installs(machine) == ["constraints.txt --editable .[lab,torch,authoring,test]"]


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
    create, _, torch, rest = commands
    assert create == "+ python3 -m venv .venv"
    pins = [
        line.split()[0]
        for line in (root / "constraints.txt").read_text().splitlines()
        if line.startswith(("torch==", "torchvision=="))
    ]
    assert len(pins) == 2
    assert torch.endswith(
        f"--index-url https://download.pytorch.org/whl/cpu --no-deps {pins[0]} {pins[1]}"
    )
    assert rest.endswith("--constraint constraints.txt --editable .[lab,torch,authoring,test]")
    assert not (machine.folder / ".venv").exists()


def test_on_a_mac_every_pytorch_is_without_cuda(machine: Machine) -> None:
    machine.add("uname", "#!/bin/sh\necho Darwin\n")
    result = machine.run(TORCH="cpu", DRY_RUN="1")
    assert "--index-url" not in result.stdout


def test_the_second_time_nothing_is_done(machine: Machine) -> None:
    assert machine.run().returncode == 0
    machine.calls()
    again = machine.run()
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    (only,) = machine.calls()
    assert "sys.version" in only


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_list_is_installed(machine: Machine, name: str) -> None:
    assert machine.run().returncode == 0
    machine.calls()
    with (machine.folder / name).open("a") as file:
        file.write("# changed\n")
    assert machine.run().returncode == 0
    calls = machine.calls()
    assert any("-m pip install" in call for call in calls)
    assert not any("-m venv" in call for call in calls)


def test_another_python_or_another_folder_is_noticed(machine: Machine) -> None:
    assert machine.run().returncode == 0
    machine.calls()
    machine.run(FAKE_VERSION="3.13.0")
    assert any("-m pip install" in call for call in machine.calls())
    machine.folder = machine.folder.rename(machine.folder.with_name("moved"))
    machine.run(FAKE_VERSION="3.13.0")
    assert any("-m pip install" in call for call in machine.calls())


def test_an_interrupted_set_up_is_made_anew(machine: Machine) -> None:
    failed = machine.run(FAKE_PIP_FAILS="1")
    assert "the packages could not be installed" in only_line(failed)
    (machine.folder / ".venv" / "half").touch()
    machine.calls()
    again = machine.run()
    assert again.returncode == 0
    assert "The last set-up was interrupted; starting again." in again.stdout
    assert any("-m venv" in call for call in machine.calls())
    assert not (machine.folder / ".venv" / "half").exists()
    assert not (machine.folder / ".venv" / "course-unfinished").exists()


def test_an_environment_that_does_not_run_is_made_anew(machine: Machine) -> None:
    python = machine.folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to("/nowhere/python3")
    result = machine.run()
    assert "does not run any more; making it anew" in result.stdout
    assert result.returncode == 0


def test_cuda_is_not_replaced_unasked(machine: Machine) -> None:
    assert machine.run().returncode == 0
    machine.calls()
    result = machine.run(TORCH="cpu")
    assert "already has PyTorch with CUDA, which runs without a GPU too" in result.stdout
    assert not any("pip" in call for call in machine.calls())


def test_the_cpu_kind_is_remembered(machine: Machine) -> None:
    assert machine.run("lab", "torch", TORCH="cpu").returncode == 0
    machine.calls()
    result = machine.run(TORCH="cpu")
    assert "CUDA" not in result.stdout
    assert not any("--index-url" in call for call in machine.calls())


def test_cuda_is_not_replaced_where_something_else_is_added(machine: Machine) -> None:
    assert machine.run("lab", "torch").returncode == 0
    machine.calls()
    result = machine.run(TORCH="cpu")
    assert "already has PyTorch with CUDA" in result.stdout
    assert not any("--index-url" in call for call in machine.calls())
    assert (machine.folder / ".venv" / "course-stamp").read_text().splitlines()[1] == "cuda"


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
