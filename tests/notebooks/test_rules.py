"""The rules themselves: each finds what it is for, and lets a good lesson pass."""

from __future__ import annotations

import pytest

from tests.notebooks.rules import (
    MOST_ROWS,
    Cell,
    code_without_words,
    exclamations,
    long_cells,
    unchecked_equations,
    uncompared,
)

EQUATION = Cell("markdown", "So\n\n$$y = x \\tag{1.3}$$", line=7)


def code(text: str, *tags: str, line: int = 9) -> Cell:
    return Cell("code", text, tags, line)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ([EQUATION, code('check("1.3", y, x)')], None),
        ([EQUATION, code("y = x"), code('checks.check(\n    "1.3", y, x)')], None),
        ([EQUATION], "line 7: equation (1.3) has no check"),
        ([EQUATION, code('check("1.4", y, x)')], 'line 9: check("1.4") comes before'),
        ([code('check("1.3", y, x)'), EQUATION], 'line 9: check("1.3") comes before'),
        ([EQUATION, EQUATION, code('check("1.3", 1, 1)')], "line 7: \\tag{1.3} stands there twice"),
        ([EQUATION, Cell("markdown", 'check("1.3", y, x)')], "equation (1.3) has no check"),
        ([Cell("markdown", "$$y \\tag{2.1}$$"), code('check("2.1", 1, 1)')], "is not 1.something"),
        ([Cell("markdown", "```\n\\tag{9.9}\n```")], None),
    ],
)
def test_unchecked_equations(cells: list[Cell], fault: str | None) -> None:
    found = unchecked_equations(cells, 1)
    assert (found == []) if fault is None else (fault in found[0])


WORDS = Cell("markdown", "Words.")


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ([WORDS, code("1")], None),
        ([WORDS, code("1"), code("2", "hide")], None),
        ([WORDS, code("1"), code("2")], "no sentence"),
        ([code("1")], "no sentence"),
        ([code("1", "hide")], "no sentence"),
        ([Cell("markdown", "## Only a heading"), code("1")], "only a heading"),
        ([Cell("markdown", "## A heading\n\nand a sentence."), code("1")], None),
    ],
)
def test_code_without_words(cells: list[Cell], fault: str | None) -> None:
    found = code_without_words(cells)
    assert (found == []) if fault is None else (fault in found[0])


def test_long_cells() -> None:
    assert long_cells([code("x\n" * MOST_ROWS)]) == []
    assert long_cells([code("x\n" * (MOST_ROWS + 1))]) == ["line 9: 26 rows of code, at most 25"]
    assert long_cells([code("x\n" * 60, "hide")]) == []
    assert long_cells([Cell("markdown", "x\n" * 60)]) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Well done!", True),
        ("Wait! What is it?", True),
        ("after $x$, wow! and $y$", True),
        ("plain", False),
        ("`!ls` and `a != b`", False),
        ("$n!$ ways, and $$n! = 2$$", False),
        ("$$\n\\begin{aligned}n!\\end{aligned}\n$$", False),
        ("![a picture](x.png)", False),
        ("```\nwow!\n```\nplain", False),
        ("<!-- a comment! -->", False),
        ("a != b", False),
    ],
)
def test_exclamations(text: str, found: bool) -> None:
    assert bool(exclamations([Cell("markdown", text)])) == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (code("print(x)"), False),
        (code("print(device())", "nbval-ignore-output"), False),
        (code("print(x)", "nbval-ignore-output"), True),
        (code("print(device())", "nbval-skip"), True),
        (code("# NBVAL_IGNORE_OUTPUT\nprint(x)"), True),
        (code("# NBVAL_SKIP\nprint(device())"), True),
    ],
)
def test_uncompared(cell: Cell, found: bool) -> None:
    assert bool(uncompared([cell])) == found
