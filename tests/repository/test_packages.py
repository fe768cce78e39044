"""One list of packages: pyproject.toml names them, constraints.txt pins them, conda uses both."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import tomllib

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OF_ONE_PLATFORM = re.compile(r"nvidia-|cuda-|triton$|appnope$|greenlet$|pexpect$|ptyprocess$")


@pytest.fixture
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text())["project"]


@pytest.fixture
def direct(project):
    listed = project["dependencies"] + project["optional-dependencies"]["test"]
    return {canonicalize_name(Requirement(entry).name): Requirement(entry) for entry in listed}


@pytest.fixture
def rows(root):
    text = (root / "constraints.txt").read_text()
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.fixture
def pins(rows):
    found = {}
    for row in rows:
        requirement = Requirement(row.split("#")[0].strip())
        (only,) = requirement.specifier
        assert only.operator == "==", row
        found[canonicalize_name(requirement.name)] = only.version
    assert len(found) == len(rows), "a package stands in constraints.txt twice"
    return found


def test_pyproject_is_loose(direct):
    assert all(not requirement.specifier for requirement in direct.values())


def test_every_direct_package_is_pinned_with_a_reason(direct, pins, rows):
    assert set(direct) <= set(pins)
    reasons = {canonicalize_name(row.split("==")[0]): row.partition("#")[2].strip() for row in rows}
    assert [name for name in direct if len(reasons[name]) < 10] == []


def test_the_pair_of_pytorch(pins):
    assert (pins["torch"], pins["torchvision"]) == ("2.15.0", "0.29.2")


def test_what_is_installed_is_what_is_pinned(direct, pins):
    """Everything that the direct packages bring with them, as far as it is installed here."""
    waiting, seen = list(direct), set()
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


def test_what_is_pinned_is_installed(pins):
    installed = {canonicalize_name(d.metadata["Name"]) for d in importlib.metadata.distributions()}
    missing = {name for name in set(pins) - installed if not OF_ONE_PLATFORM.match(name)}
    assert missing == set()


def test_conda_takes_the_same(root):
    environment = yaml.safe_load((root / "environment.yml").read_text())
    *conda, pip = environment["dependencies"]
    assert conda == ["python=3.11", "pip"]
    assert pip == {"pip": ["--constraint constraints.txt", "--editable .[test]"]}


def test_the_oldest_python_is_the_same_everywhere(root, project):
    assert project["requires-python"] == ">=3.11"
    settings = tomllib.loads((root / "pyproject.toml").read_text())["tool"]
    assert settings["ruff"]["target-version"] == "py311"
    assert settings["mypy"]["python_version"] == "3.11"
    assert "sys.version_info < (3, 11)" in (root / "scripts" / "set_up.sh").read_text()


def test_importing_the_course_imports_nothing_heavy():
    """Beside its time, which no test measures, this is what makes the import quick."""
    for name in (
        "course_utils",
        "course_utils.ops",
        "course_utils.exercises",
        "course_utils.checks",
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


def test_a_plain_start_of_python_knows_the_course():
    """Outside of the repository too: the package is installed, not found by chance."""
    subprocess.run([sys.executable, "-c", "import course_utils"], cwd="/", check=True)
