"""README and CONTRIBUTING: the files, commands and options they name exist."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

PAGES = ["README.md", "CONTRIBUTING.md"]


@pytest.fixture
def targets(root: Path) -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(root: Path, page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (root / page).read_text())
    missing = [link for link in links if "://" not in link and not (root / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_paths_exist(root: Path, page: str) -> None:
    text = (root / page).read_text()
    paths = re.findall(r"\b((?:course_utils|tests|scripts|notebooks)/[\w./-]*\w)", text)
    made_up = re.compile(r"NN_name")
    missing = [path for path in paths if not made_up.search(path) and not (root / path).exists()]
    assert missing == []
    assert len(paths) > 3


@pytest.mark.parametrize("page", PAGES)
def test_make_has_the_targets(root: Path, page: str, targets: set[str]) -> None:
    named = re.findall(r"(?:`|^)make ([a-z-]+)", (root / page).read_text(), re.MULTILINE)
    assert set(named) <= targets
    assert len(named) > 3


def test_make_alone_lists_every_target(root: Path, targets: set[str]) -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    assert set(re.findall(r"^make ([a-z-]+)", listed, re.MULTILINE)) == targets


def test_the_readme_begins_with_a_picture_and_two_commands(root: Path) -> None:
    text = (root / "README.md").read_text()
    picture = re.search(r"!\[(.+)\]\((docs/\w+\.png)\)", text)
    assert picture
    assert len(picture.group(1)) > 40, "the picture is described for who cannot see it"
    assert text.index("make lab") < text.index("make test") < text.index("## Lessons")
    assert (root / picture.group(2)).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("page", PAGES)
def test_the_tone_is_calm(root: Path, page: str) -> None:
    from tests.notebooks.rules import Cell, exclamations

    assert exclamations([Cell("markdown", (root / page).read_text())]) == []


def test_the_picture_can_be_drawn_again(root: Path, tmp_path: Path) -> None:
    """From the script, into a copy: the stored picture is not touched."""
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    shutil.copy(root / "scripts" / "draw_readme_picture.py", scripts)
    subprocess.run([sys.executable, "scripts/draw_readme_picture.py"], cwd=tmp_path, check=True)
    assert (tmp_path / "docs" / "explorer.png").stat().st_size > 10_000


def test_the_workflow_runs_make_test_on_every_python(root: Path) -> None:
    workflow = yaml.safe_load((root / ".github" / "workflows" / "test.yml").read_text())
    job = workflow["jobs"]["test"]
    assert any("make test" in step.get("run", "") for step in job["steps"])
    versions = job["strategy"]["matrix"]["python"]
    # written as text: the number 3.10 would be 3.1
    assert versions == [f"3.{minor}" for minor in range(11, 11 + len(versions))]
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == f">={versions[0]}"
    # the newest is one that set_up.sh looks for by name
    assert f"python{versions[-1]} " in (root / "scripts" / "set_up.sh").read_text()


def test_the_hook_lints_and_is_where_make_says(root: Path) -> None:
    hook = root / "scripts" / "hooks" / "pre-commit"
    assert "scripts/run_checks.py lint" in hook.read_text()
    assert hook.stat().st_mode & 0o111
    assert "core.hooksPath scripts/hooks" in (root / "Makefile").read_text()
    subprocess.run(["sh", "-n", str(hook)], check=True)


def test_ci_calls_make_test(root: Path) -> None:
    text = (root / ".ci" / "run").read_text()
    assert text.rstrip().endswith("\nmake test")
    assert (root / ".ci" / "run").stat().st_mode & 0o111
    subprocess.run(["bash", "-n", str(root / ".ci" / "run")], check=True)
