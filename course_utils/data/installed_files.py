"""Find files that were installed with other packages, without importing those packages."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def installed_file(package: str, relative: str) -> Path:
    """Return the path of a file inside an installed package, such as ``data/camera.png``.

    Importing scikit-image or scikit-learn takes longer than reading the file, and in a browser
    they may be missing altogether. Nothing is ever downloaded here.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(
            f"{package} is not installed, so {relative} cannot be read; "
            'it comes with the extra "lab": pip install "course-utils[lab]"'
        )
    path = Path(next(iter(spec.submodule_search_locations))) / relative
    if not path.is_file():
        raise FileNotFoundError(
            f"the installed {package} does not contain {relative}; "
            "install the version in constraints.txt"
        )
    return path
