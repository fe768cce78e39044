"""The JavaScript modules, by their own tests and as the joined module that a page loads."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from course_utils.explorers.shared.bundle import HERE, bundle

TESTS = Path(__file__).parent
FOLDERS = sorted({path.parent.name for path in TESTS.rglob("*.test.mjs")})
PAGES = sorted(f"{path.parent.name}/page.js" for path in HERE.glob("*/page.js"))


def node(*arguments: str) -> str:
    """Run Node.js and return what it prints; skip where there is none, fail if CI has none."""
    path = shutil.which("node")
    if path is None:
        words = "Node.js is not installed (no `node` in PATH)"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    command = [path, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("folder", FOLDERS)
def test_node(folder: str) -> None:
    files = sorted(str(path) for path in (TESTS / folder).glob("*.test.mjs"))
    printed = node("--test", "--test-reporter=tap", *files)
    passed = re.search(r"^# pass (\d+)$", printed, re.M)
    assert passed, printed
    assert int(passed[1]) >= len(files)


@pytest.mark.parametrize("page", PAGES)
def test_the_joined_module_loads_and_renders(page: str, tmp_path: Path) -> None:
    module = tmp_path / "bundle.mjs"
    module.write_text(bundle(page), encoding="utf-8")
    code = f"const m = await import({module.as_uri()!r}); console.log(typeof m.default.render);"
    assert node("--input-type=module", "--eval", code).strip() == "function"


def test_each_test_bears_the_name_of_its_module() -> None:
    for path in TESTS.rglob("*.test.mjs"):
        module = HERE / path.parent.name / path.name.replace(".test.mjs", ".js")
        assert module.exists(), path
        assert f"/{module.parent.name}/{module.name}" in path.read_text(encoding="utf-8"), path


def test_keys_are_listened_to_in_one_place() -> None:
    listening = {
        path.relative_to(HERE).as_posix()
        for path in HERE.rglob("*.js")
        if re.search(r"[\"'`](keydown|keyup|keypress)[\"'`]", path.read_text(encoding="utf-8"))
    }
    assert listening == {"shared/keys.js"}
