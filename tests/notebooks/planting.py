"""Run a lesson, and again the cells of a check with something wrong in its place."""

from __future__ import annotations

import ast
import contextlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from unittest.mock import patch

import matplotlib.pyplot as plt
from IPython.core.inputtransformer2 import TransformerManager

from course_utils import equation_checks
from tests.notebooks.rules import CHECK


@dataclass(frozen=True)
class Planted:
    """An error in what one check is there to test."""

    check: str
    """Number of the check, as in ``check("1.3", …)``."""
    name: str
    """What goes wrong: a name of the lesson, or an attribute of a module (``package.module.f``)."""
    wrong: Callable[[Any], Any]
    """Makes the wrong thing from the right one."""
    since: str = ""
    """First words of the cell from which on to run again; empty for the check's cell alone."""


def outcomes(cells: list[str], planted: list[Planted]) -> Iterator[tuple[Planted, str]]:
    """Run the code cells of a lesson; for each error, yield what the check says to it.

    That is the message of the AssertionError; nothing if the check holds all the same.
    """
    read = [TransformerManager().transform_cell(cell) for cell in cells]
    waiting = {planting.check: planting for planting in planted}
    assert len(waiting) == len(planted), "a check has two errors; one is enough"
    names: dict[str, Any] = {"__name__": "__main__"}
    before: list[dict[str, Any]] = []
    for at, text in enumerate(read):
        before.append(dict(names))
        for check in CHECK.findall(text):
            planting = waiting.pop(check, None)
            if planting is not None:
                first = _first(read, planting.since, at)
                yield planting, _with_error(read[first : at + 1], dict(before[first]), planting)
        if not waiting:
            return  # what follows checks nothing
        _run(text, names)
    assert not waiting, f"no cell has these checks: {', '.join(waiting)}"


def _first(cells: list[str], since: str, at: int) -> int:
    if not since:
        return at
    found = [n for n, text in enumerate(cells[: at + 1]) if text.lstrip().startswith(since)]
    assert len(found) == 1, f"{len(found)} cells before the check begin with {since!r}"
    return found[0]


def _with_error(cells: list[str], names: dict[str, Any], planting: Planted) -> str:
    def only_this(tag: str, *sides: Any, **options: Any) -> None:
        if tag == planting.check:
            real(tag, *sides, **options)

    real = equation_checks.check
    if "check" in names:
        names["check"] = only_this
    with contextlib.ExitStack() as stack:
        stack.enter_context(patch.object(equation_checks, "check", only_this))
        module, _, attribute = planting.name.rpartition(".")
        if module:
            place = import_module(module)
            wrong = planting.wrong(getattr(place, attribute))
            stack.enter_context(patch.object(place, attribute, wrong))
        spoilt: Any = None
        try:
            # statement by statement, because one may define the name that the next one uses
            for statement in (part for text in cells for part in ast.parse(text).body):
                if planting.name in names and names[planting.name] is not spoilt:
                    spoilt = names[planting.name] = planting.wrong(names[planting.name])
                _run(ast.Module([statement], []), names)
            assert module or spoilt is not None, f"there is no {planting.name}"
        except AssertionError as error:
            return str(error)
    return ""


def _run(text: str | ast.Module, names: dict[str, Any]) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(text, "<cell>", "exec"), names)
    plt.close("all")
