"""The course as a package: its version, and the extras that its parts need."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAME = "course-utils"


def version() -> str:
    """
    Return the version of the course that runs here.

    Returns
    -------
    str
        As in pyproject.toml: read there in a checkout, else from the installed package.

    Examples
    --------
    >>> version().count(".")
    2
    """
    project = _project_beside()
    if project is not None:
        return str(project["version"])
    return importlib.metadata.version(NAME)


def requirements(*extras: str) -> list[str]:
    """
    Return the names of the packages that the course is declared to need.

    Parameters
    ----------
    *extras : str
        Extras whose packages are wanted as well.

    Returns
    -------
    list of str
        Names as on a package index, each once, in the order in which they are declared.

    Examples
    --------
    >>> "numpy" in requirements(), "torch" in requirements(), "torch" in requirements("torch")
    (True, False, True)
    """
    project = _project_beside()
    if project is not None:
        lines = list(project["dependencies"])
        for extra in extras:
            lines += project["optional-dependencies"][extra]
    else:
        lines = [
            line
            for line in importlib.metadata.requires(NAME) or []
            if {*re.findall(r"extra == ['\"](\w+)['\"]", line)} <= set(extras)
        ]
    return list(dict.fromkeys(re.split(r"[^A-Za-z0-9_.-]", line)[0] for line in lines))


@contextmanager
def from_extra(name: str) -> Iterator[None]:
    """
    Name the extra to install where an import inside the ``with`` finds a package missing.

    Parameters
    ----------
    name : str
        The extra that brings the packages imported there.

    Yields
    ------
    None
        Nothing; imports stand in the body.

    Raises
    ------
    ModuleNotFoundError
        With the command that installs what is missing.

    Examples
    --------
    >>> with from_extra("lab"):
    ...     import no_such_widgets
    Traceback (most recent call last):
    ModuleNotFoundError: no_such_widgets is not installed; it comes with the extra "lab": \
pip install "course-utils[lab]"
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package in {"", "course_utils"}:
            raise
        raise ModuleNotFoundError(
            f'{package} is not installed; it comes with the extra "{name}": '
            f'pip install "{NAME}[{name}]"',
            name=error.name,
        ) from error


def _project_beside() -> dict[str, Any] | None:
    """Return the course's table in the pyproject.toml of a checkout; None where installed."""
    path = Path(__file__).parents[1] / "pyproject.toml"
    if not path.is_file():
        return None
    project: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")).get("project", {})
    return project if project.get("name") == NAME else None
