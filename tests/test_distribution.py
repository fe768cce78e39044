"""The course's version and its extras, from a checkout and from an installed package."""

from __future__ import annotations

import importlib.metadata
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

import course_utils
from course_utils import distribution

ROOT = Path(__file__).parents[1]


def test_the_version_stands_in_one_place() -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert distribution.version() == written
    assert course_utils.__version__ == written


def test_there_is_no_other_attribute() -> None:
    name = "nothing"
    with pytest.raises(AttributeError, match="'course_utils' has no attribute 'nothing'"):
        getattr(course_utils, name)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let the package stand where no checkout is, and be installed with made-up metadata."""
    monkeypatch.setattr(distribution, "__file__", str(tmp_path / "course_utils/distribution.py"))
    declared = [
        "numpy",
        "a.package-1>=2",
        'widgets>=1; extra == "lab"',
        'numpy>=2; extra == "lab"',
        'torch; (sys_platform == "linux") and extra == "torch"',
    ]
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: declared)
    monkeypatch.setattr(importlib.metadata, "version", lambda name: f"7.0 of {name}")
    return tmp_path


@pytest.mark.usefixtures("installed")
def test_an_installed_package_knows_itself_from_its_metadata() -> None:
    assert distribution.version() == "7.0 of course-utils"
    assert distribution.requirements() == ["numpy", "a.package-1"]
    assert distribution.requirements("lab") == ["numpy", "a.package-1", "widgets"]
    assert distribution.requirements("torch", "lab")[2:] == ["widgets", "torch"]


def test_the_pyproject_of_another_project_is_not_read(installed: Path) -> None:
    (installed / "pyproject.toml").write_text('[project]\nname = "other"\nversion = "1.0"\n')
    assert distribution.version() == "7.0 of course-utils"
    (installed / "pyproject.toml").write_text('[project]\nname = "course-utils"\nversion = "8"\n')
    assert distribution.version() == "8"


def test_a_missing_package_names_the_extra() -> None:
    with pytest.raises(ModuleNotFoundError) as caught, distribution.from_extra("lab"):
        import_module("no_such_package.part")
    assert str(caught.value) == (
        'no_such_package is not installed; it comes with the extra "lab": '
        'pip install "course-utils[lab]"'
    )
    assert caught.value.name == "no_such_package"


def test_a_missing_part_of_the_course_is_no_missing_package() -> None:
    message = r"^No module named 'course_utils\.nowhere'$"
    with (
        pytest.raises(ModuleNotFoundError, match=message),
        distribution.from_extra("lab"),
    ):
        import_module("course_utils.nowhere")


def test_another_import_error_is_left_alone() -> None:
    with pytest.raises(ImportError, match="a library"), distribution.from_extra("lab"):
        raise ImportError("a library is missing", name="torch")
