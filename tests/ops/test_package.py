"""The operations stand on NumPy alone, and every module of them can be imported by its name."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from course_utils import ops

FOUND = list(pkgutil.iter_modules(ops.__path__))
MODULES = [module.name for module in FOUND]
FILES = [module.name for module in FOUND if not module.ispkg]


def test_importing_the_operations_imports_nothing_heavy() -> None:
    code = """
import sys, course_utils
light = set(sys.modules)
import course_utils.ops
print([name for name in ("numpy", "scipy", "torch") if name in light])
print([name for name in ("matplotlib", "scipy", "torch") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "[]"]


@pytest.mark.parametrize("name", MODULES)
def test_no_function_hides_the_module_of_its_name(name: str) -> None:
    module = importlib.import_module(f"course_utils.ops.{name}")
    assert isinstance(getattr(ops, name), ModuleType)
    assert getattr(ops, name) is module


@pytest.mark.parametrize("name", FILES)
def test_every_module_has_a_test_of_its_name(name: str) -> None:
    assert (Path(__file__).parent / f"test_{name}.py").exists()
