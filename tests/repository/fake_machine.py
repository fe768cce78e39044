"""A machine made up for set-up: nothing is downloaded, and a small fake stands for Python."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

TOOLS = [
    *["sh", "sed", "awk", "cksum", "cat", "df", "uname", "dirname"],
    *["rm", "mkdir", "env", "id", "cp", "chmod", "tr", "find", "touch"],
]

# Answers as Python does where set_up.sh asks, makes environments that hold itself, fetches a wheel
# of its own, and writes every call into a log.
FAKE_PYTHON = """#!/bin/sh
echo "$*" >>"$FAKE_LOG"
case "$*" in
    *'sys.version)'*) echo "${FAKE_VERSION:-3.12.4} (fake)" ;;
    *'print("%d'*) echo "${FAKE_VERSION:-3.12.4}" ;;
    *'sys.version_info <'*) [ -z "${FAKE_OLD:-}" ] ;;
    *'import venv'*) [ -z "${FAKE_NO_VENV:-}" ] ;;
    '-m venv '*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
    *'-m pip config list') echo "${FAKE_PIP_CONFIG:-global.index-url='x'}" ;;
    *'pin_by_hash.py '*) echo "numpy==1" ;;
    *'-m pip download '*) touch .venv/tmp/torch.whl ;;
    *'--only-binary '*) [ -z "${FAKE_NO_NETWORK:-}" ] ;;
    *'import importlib.metadata'*) [ -z "${FAKE_NO_TORCH:-}" ] ;;
    *'--no-index '*) [ -z "${FAKE_PIP_FAILS:-}" ] ;;
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
            env={
                "PATH": str(self.programs),
                "HOME": str(self.folder.parent),
                "FAKE_LOG": str(self.log),
                **environment,
            },
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


def make_machine(folder: Path, root: Path) -> Machine:
    """Return a machine in this folder that lacks nothing, with a copy of the course at root."""
    made = Machine(folder / "course", folder / "bin", folder / "log")
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


def installs(machine: Machine) -> list[str]:
    """Return the extras that the course was installed with since the last time."""
    return [call.rpartition(" --editable ")[2] for call in machine.calls() if "--no-index " in call]
