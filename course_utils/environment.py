"""What the course needs of a computer, checked line by line; each failure says how to fix it."""

from __future__ import annotations

import importlib.metadata
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from course_utils.distribution import requirements, version

_SET_UP = (
    "close JupyterLab and start it again with `make lab`, which installs what is missing"
    ' (without make: pip install "course-utils[lab,torch]")'
)


@dataclass(frozen=True)
class Check:
    """
    One thing that the course needs, and whether it is there.

    Attributes
    ----------
    name : str
        What is needed, in words.
    ok : bool
        Whether it is there.
    fix : str
        What to do where it is not.
    """

    name: str
    ok: bool
    fix: str

    def __str__(self) -> str:
        if self.ok:
            return f"[OK]   {self.name}"
        return f"[FAIL] {self.name}\n       fix: {self.fix}"


def check_environment() -> list[Check]:
    """
    Check everything that the lessons rely on.

    Returns
    -------
    list of Check
        Python, packages, the data inside them, PyTorch, the explorers, and the notebooks here.

    Examples
    --------
    >>> all(check.ok for check in check_environment())
    True
    """
    return [
        python_is_new_enough(sys.version_info[:2]),
        packages_are_installed(required_packages()),
        _works("pictures, digits and the EEG are available without a network", _load_data, _SET_UP),
        _works("PyTorch computes", _torch_adds, _SET_UP),
        _works("explorers can be drawn", _make_explorer, _SET_UP),
        folder_is_writable(Path.cwd()),
        notebooks_match(Path.cwd(), version()),
    ]


def report() -> None:
    """
    Print one line for each check, and what to do where one fails.

    Examples
    --------
    >>> report()  # doctest: +ELLIPSIS
    [OK]   Python 3.11 or newer
    ...
    """
    checks = check_environment()
    for check in checks:
        print(check)
    failed = sum(not check.ok for check in checks)
    print("Everything is in place." if not failed else f"{failed} to fix, from the top down.")


def python_is_new_enough(version: tuple[int, ...]) -> Check:
    """
    Whether a Python version can run the course.

    Parameters
    ----------
    version : tuple of int
        Major and minor version.

    Returns
    -------
    Check
        The finding.

    Examples
    --------
    >>> print(python_is_new_enough((3, 10)))
    [FAIL] Python 3.11 or newer
           fix: this is Python 3.10; install 3.11 or newer, then run `make lab` again, which \
makes a new environment
    """
    found = ".".join(map(str, version))
    return Check(
        "Python 3.11 or newer",
        tuple(version) >= (3, 11),
        f"this is Python {found}; install 3.11 or newer, then run `make lab` again, which makes a"
        " new environment",
    )


def required_packages() -> list[str]:
    """
    Return the names of the packages that the lessons need.

    Returns
    -------
    list of str
        Names as pyproject.toml lists them, without those for authors and tests only.

    Examples
    --------
    >>> "numpy" in required_packages(), "pytest" in required_packages()
    (True, False)
    """
    return requirements("lab", "torch")


def packages_are_installed(names: Iterable[str]) -> Check:
    """
    Whether packages are installed in the Python that runs this.

    Parameters
    ----------
    names : iterable of str
        Names as on a package index.

    Returns
    -------
    Check
        The finding, naming what is missing.

    Examples
    --------
    >>> print(packages_are_installed(["numpy", "not-a-package"]))
    [FAIL] every package is installed
           fix: not-a-package missing; close JupyterLab and start it again with `make lab`, which \
installs what is missing (without make: pip install "course-utils[lab,torch]")
    """
    missing = []
    for name in names:
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    return Check(
        "every package is installed", not missing, f"{', '.join(missing)} missing; {_SET_UP}"
    )


def folder_is_writable(folder: Path) -> Check:
    """
    Whether a notebook in a folder can be saved.

    Parameters
    ----------
    folder : Path
        Where the notebooks are.

    Returns
    -------
    Check
        The finding.

    Examples
    --------
    >>> import tempfile
    >>> folder_is_writable(Path(tempfile.gettempdir())).ok
    True
    """
    try:
        handle, path = tempfile.mkstemp(dir=folder, prefix=".writable_")
    except OSError:
        ok = False
    else:
        os.close(handle)
        Path(path).unlink()
        ok = True
    return Check(
        "notebooks can be saved where they are",
        ok,
        "this folder is read-only for you; copy the course to a folder of your own",
    )


def notebooks_match(folder: Path, installed: str) -> Check:
    """
    Whether the lessons in a folder were built with the course that is installed.

    Parameters
    ----------
    folder : Path
        Where the notebooks are; those that are not lessons are passed over.
    installed : str
        The version of the installed course.

    Returns
    -------
    Check
        The finding, naming the lessons that were built with another version.

    Examples
    --------
    >>> notebooks_match(Path("/nowhere"), "2.0.0").ok
    True
    """
    others = {}
    # while lessons are being built, those on disk are still the last build's
    if "COURSE_BUILD" not in os.environ:
        for path in sorted(folder.glob("*.ipynb")):
            built = _version_built_with(path)
            if built is not None and built != installed:
                others[path.stem] = built
    named = ", ".join(f"{stem} ({built})" for stem, built in list(others.items())[:3])
    more = f" and {len(others) - 3} more" if len(others) > 3 else ""
    return Check(
        "the notebooks and course_utils have the same version",
        not others,
        f"course_utils is version {installed}, but these were built with another: {named}{more};"
        " take the notebooks and the package from the same version of the course",
    )


def _version_built_with(path: Path) -> str | None:
    """Return the version of the course that a notebook records; None where it is no lesson."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))["metadata"]["course"]
        return str(record["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _works(name: str, attempt: Callable[[], object], fix: str) -> Check:
    try:
        attempt()
    except Exception as error:  # noqa: BLE001 — whatever is broken, the learner gets a line
        return Check(name, ok=False, fix=f"{type(error).__name__}: {error}; {fix}")
    return Check(name, ok=True, fix=fix)


def _load_data() -> object:
    from course_utils import data

    return data.picture(), data.digits(), data.eeg()


def _torch_adds() -> None:
    from course_utils import torch_bridge

    total = torch_bridge.to_torch([1.0, 2.0]).sum().item()
    if total != 3.0:
        raise ArithmeticError(f"1 + 2 gave {total}")


def _make_explorer() -> object:
    from course_utils.explorers import FilterExplorer

    return FilterExplorer()
