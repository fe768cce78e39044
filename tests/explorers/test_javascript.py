"""The JavaScript modules, by their own tests and as the joined module that a page loads."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from course_utils.explorers.shared.bundle import HERE, bundle

TESTS = Path(__file__).parent
FILES = sorted(str(path.relative_to(TESTS)) for path in TESTS.rglob("*.test.mjs"))
PAGES = sorted(f"{path.parent.name}/page.js" for path in HERE.glob("*/page.js"))
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(NODE is None, reason="Node.js is not installed (no `node` in PATH)")


def node(*arguments: str) -> subprocess.CompletedProcess[str]:
    assert NODE is not None
    return subprocess.run(
        [NODE, *arguments], capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize(
    "file", sorted(str(path.relative_to(TESTS)) for path in TESTS.rglob("*.test.mjs"))
)
def test_node(file: str) -> None:
    done = node("--test", str(TESTS / file))
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "\n# pass 0\n" not in done.stdout


@pytest.mark.parametrize(
    "entry", sorted(f"{path.parent.name}/page.js" for path in HERE.glob("*/page.js"))
)
def test_the_joined_module_loads_and_renders(entry: str, tmp_path: Path) -> None:
    module = tmp_path / "bundle.mjs"
    module.write_text(bundle(entry), encoding="utf-8")
    done = node(
        "--input-type=module",
        "--eval",
        f"const m = await import({module.as_uri()!r}); console.log(typeof m.default.render);",
    )
    assert done.stdout.strip() == "function", done.stderr
