"""Reading a source: cells, exercises, and the line of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.lesson_source import read_source
from tests.authoring.conftest import SOURCE

HERE = Path("sources/01_small.md")


def test_kinds_and_lines() -> None:
    source = read_source(SOURCE, HERE)
    kinds = ["markdown", "markdown", "code", "markdown", "code", "markdown", "exercise"]
    assert [cell.kind for cell in source.cells] == [*kinds, "markdown", "markdown"]
    for cell in source.cells:
        first = cell.text.splitlines()[0]
        where = cell.line if cell.kind == "exercise" else cell.line - 1
        assert source.rows[where] == first
    assert source.exercises == ["01.toy"]
    assert source.cells[6].text == "Do *this*.\n\nAnd that."


def test_every_row_with_text_belongs_to_one_cell() -> None:
    source = read_source(SOURCE, HERE)
    inside = [row for cell in source.cells for row in range(cell.start, cell.end)]
    assert len(inside) == len(set(inside))
    outside = [text for row, text in enumerate(source.rows) if row not in set(inside) and text]
    assert outside[-2:] == ["+++", '+++ {"tags": ["note"]}']
    assert source.cells[-1].metadata == {"tags": ["note"]}


def test_a_directive_inside_a_fence_is_text() -> None:
    text = "Shown:\n\n```\n:::{exercise} 01.toy\n:::\n```\n"
    (cell,) = read_source(text, HERE).cells
    assert cell.kind == "markdown"


def test_code_with_a_fence_inside() -> None:
    text = "````{code-cell} ipython3\nx = '''\n```\n'''\n\ny = 1\n````\n"
    (cell,) = read_source(text, HERE).cells
    assert cell.text == "x = '''\n```\n'''\n\ny = 1"
    assert (cell.line, cell.start, cell.end) == (2, 0, 7)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Hm.\n\n:::{exercise} 01.toy\nNo end.\n", "01_small.md:3: exercise 01.toy is not closed"),
        ("Hm.\n\n:::{exercise}\n:::\n", "01_small.md:3: an exercise needs its id"),
        ("Hm.\n\n:::{execise} 01.toy\n:::\n", "01_small.md:3: unknown directive"),
        ("```{code-cell} ipython3\n:tags: [a\n\n1\n```\n", "line 1 could not be read"),
        ("a\n\n```{code-cell} ipython3\n1\n", "01_small.md:3: this code cell is not closed"),
        ("+++ {bad\n\nText.\n", "could not be read"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(AuthoringError) as caught:
        read_source(text, HERE)
    assert message in str(caught.value)
