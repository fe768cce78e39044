"""The rules themselves: each finds what it is for, and lets a good lesson pass."""

from __future__ import annotations

import pytest

from tests.notebooks.rules import (
    MOST_ROWS,
    Cell,
    code_without_words,
    crowded_folds,
    exclamations,
    long_cells,
    open_predictions,
    told_by_the_first_line,
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


ASKED = Cell("markdown", "Before.\n\n> **Predict.** What is it?")


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ([ASKED, code("1", "predict"), code("2", "hide", "predict"), WORDS, code("3")], None),
        ([Cell("markdown", "```\n**Predict** in code\n```"), code("1")], None),
        ([ASKED, WORDS, code("1")], None),  # the answer is in words
        ([ASKED, code("1")], "answers a prediction but is not tagged"),
        (
            [ASKED, code("1", "predict"), code("2", "hide")],
            "answers a prediction but is not tagged",
        ),
        ([WORDS, code("1", "predict")], "answers no prediction but is tagged"),
        ([Cell("markdown", "And **Predict** this."), code("1", "predict")], "not in a box"),
    ],
)
def test_open_predictions(cells: list[Cell], fault: str | None) -> None:
    found = open_predictions(cells)
    assert (found == []) if fault is None else (fault in found[0])


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("3\n", True),
        ("\n  size 7", True),
        ("layer  size\nfirst 7", False),
        ("(1.3) holds: exactly\n7", False),
        ("by LeNet-5   by comparing\n7", False),
        ("[figure]\nThree lines at 7.", False),
        ("", False),
    ],
)
def test_told_by_the_first_line(printed: str, told: bool) -> None:
    assert told_by_the_first_line(printed) is told


@pytest.mark.parametrize(
    ("text", "crowded"),
    [
        ("<details>\nWhy.\n\n</details>", False),
        ("<details>\nA.\n\n</details>\n\n<details>\nB.\n\n</details>\n", False),
        ("<details>\nWhy.\n\n</details>\n\nOn it goes.", True),
        ("<details>\nA.\n</details>\n\n<details>\nB.\n</details>\nOn it goes.", True),
    ],
)
def test_crowded_folds(text: str, crowded: bool) -> None:
    assert bool(crowded_folds([Cell("markdown", text)])) is crowded
