"""Find a file that was installed with another package, without importing that package."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def installed_file(package: str, relative: str) -> Path:
    """Path of a file that ships inside an installed package.

    Importing scikit-image or matplotlib takes longer than reading a picture, and nothing of
    them is needed but the file. Nothing is ever downloaded here.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(
            f"{package} is not installed, so {relative} cannot be read; "
            "install the course's dependencies (make lab does)"
        )
    path = Path(next(iter(spec.submodule_search_locations))) / relative
    if not path.is_file():
        raise FileNotFoundError(
            f"the installed {package} does not contain {relative}; "
            "install the version in constraints.txt"
        )
    return path
