"""Every module of the networks can be imported by its name, and has a test of that name."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from types import ModuleType

import pytest

from course_utils import nn
from course_utils.nn import models

FILES = [
    (package, module.name)
    for package in (nn, models)
    for module in pkgutil.iter_modules(package.__path__)
]
IDS = [f"{package.__name__}.{name}" for package, name in FILES]


@pytest.mark.parametrize(("package", "name"), FILES, ids=IDS)
def test_no_function_hides_the_module_of_its_name(package: ModuleType, name: str) -> None:
    module = importlib.import_module(f"{package.__name__}.{name}")
    assert getattr(package, name) is module


@pytest.mark.parametrize(("package", "name"), FILES, ids=IDS)
def test_each_module_has_its_test(package: ModuleType, name: str) -> None:
    folder = Path(__file__).parent / ("models" if package is models else "")
    assert name == "models" or (folder / f"test_{name}.py").is_file()


@pytest.mark.parametrize("package", [nn, models], ids=lambda package: package.__name__)
def test_what_is_exported_is_there_and_described(package: ModuleType) -> None:
    for name in package.__all__:
        assert getattr(package, name).__doc__
