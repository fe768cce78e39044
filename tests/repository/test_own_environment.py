"""No variable of a shell leads the scripts, or Python in them, astray."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.repository.fake_machine import make_machine


def unset(text: str, command: str) -> set[str]:
    """Return what this command of a script or of the Makefile names."""
    found = re.search(rf"^{command} ((?:[^\n]*\\\n)*[^\n]*)", text, re.MULTILINE)
    assert found is not None
    return set(found.group(1).replace("\\\n", " ").split())


def test_make_and_the_scripts_leave_out_the_same(root: Path) -> None:
    script = (root / "scripts" / "own_environment.sh").read_text()
    makefile = (root / "Makefile").read_text()
    assert unset(makefile, "unexport") == unset(script, "unset") | {"CDPATH"}
    users = ["set_up", "lab", "explore"]
    for name in users:
        text = (root / "scripts" / f"{name}.sh").read_text()
        assert text.index("unset CDPATH") < text.index("cd ") < text.index(". scripts/own_env")


@pytest.mark.parametrize("through", ["make", "sh"])
def test_what_python_is_started_with(root: Path, tmp_path: Path, through: str) -> None:
    """Every variable that Python has is set to something that would change or break it."""
    machine = make_machine(tmp_path, root)
    environment = {
        **dict.fromkeys(unset((root / "Makefile").read_text(), "unexport"), "/nowhere"),
        **dict.fromkeys(("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER"), "/nowhere"),
        "PIP_INDEX_URL": "file:///an/index",
        "PIP_CERT": "/a/certificate",
        "VIRTUAL_ENV": "/another",
        "CDPATH": str(tmp_path),
    }
    (machine.folder.parent / "scripts").mkdir()  # where cd would go with CDPATH
    python = machine.programs / "python3"
    text = python.read_text()
    note = tmp_path / "environment"
    python.write_text(text.replace("#!/bin/sh\n", f'#!/bin/sh\nenv >"{note}.$$"\n', 1))
    if through == "make":
        (machine.folder / "Makefile").write_text((root / "Makefile").read_text())
        make = shutil.which("make")
        assert make is not None
        (machine.programs / "make").symlink_to(make)
        command = ["make", "set-up"]
    else:
        command = ["sh", "scripts/set_up.sh"]
    result = subprocess.run(
        command,
        cwd=machine.folder,
        env={"PATH": str(machine.programs), "FAKE_LOG": str(machine.log), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    seen = [path.read_text().splitlines() for path in tmp_path.glob("environment.*")]
    assert len(seen) > 10
    for lines in seen:
        assert [line for line in lines if line.endswith("=/nowhere")] == []
        assert f"VIRTUAL_ENV={machine.folder}/.venv" in lines
        # where packages come from is the user's to say
        assert {"PIP_INDEX_URL=file:///an/index", "PIP_CERT=/a/certificate"} <= set(lines)
