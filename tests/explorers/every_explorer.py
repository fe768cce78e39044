"""All explorers, each with changes to try on it: what the tests of every explorer run over."""

from __future__ import annotations

import importlib
from typing import Any, NamedTuple, TypeAlias

import pytest

from course_utils import explorers
from course_utils.explorers.base import Explorer

Kind: TypeAlias = type[Explorer[Any, Any]]


class Changes(NamedTuple):
    """What a page may send: each explorer's folder of tests has one, in ``changes.py``.

    ``refused`` is answered with ``words``; ``light`` only points, so that nothing is drawn anew.
    """

    accepted: dict[str, Any]
    refused: dict[str, Any]
    words: str
    light: dict[str, Any]


EXPLORERS: list[Kind] = [getattr(explorers, name) for name in explorers.__all__]
every = pytest.mark.parametrize("kind", EXPLORERS)


def folder_of(kind: Kind) -> str:
    """The folder of an explorer, and of its tests."""
    return kind.__module__.split(".")[-2]


def changes_of(kind: Kind) -> Changes:
    """The changes that the explorer's own tests give."""
    module = importlib.import_module(f"tests.explorers.{folder_of(kind)}.changes")
    found: Changes = module.CHANGES
    return found
