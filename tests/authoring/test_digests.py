"""Each digest changes with what it stands for, and with nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from course_utils.authoring.digests import (
    digest,
    digest_cells,
    digest_inputs,
    digest_outputs,
    read_record,
    write_record,
)
from tests.authoring.conftest import catalogue_of, module_of, write_course


def notebook() -> NotebookNode:
    code = nbformat.v4.new_code_cell("1 + 1", execution_count=1)
    code.outputs.append(nbformat.v4.new_output("stream", text="2\n"))
    made: NotebookNode = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("Words"), code]
    )
    made.metadata["course"] = {"lesson": "01_small"}
    return made


def changed(change: Callable[[NotebookNode], object]) -> set[str]:
    """Return which of the two digests of a notebook a change changes."""
    one, other = notebook(), notebook()
    change(other)
    both = {"cells": digest_cells, "outputs": digest_outputs}
    return {name for name, of in both.items() if of(one) != of(other)}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda nb: nb.cells[0].update(source="Other words"), {"cells"}),
        (lambda nb: nb.cells[0].update(source="\nWords\n"), set()),
        (lambda nb: nb.cells.insert(0, nbformat.v4.new_markdown_cell("  ")), set()),
        (lambda nb: nb.cells[0].update(cell_type="raw"), {"cells"}),
        (lambda nb: nb.cells.reverse(), {"cells"}),
        (lambda nb: nb.cells[1].update(execution_count=2), {"outputs"}),
        (lambda nb: nb.cells[1].outputs[0].update(text="3\n"), {"outputs"}),
        (lambda nb: nb.cells[1].update(id="other"), set()),
    ],
)
def test_cells_and_outputs(change: Callable[[NotebookNode], object], expected: set[str]) -> None:
    assert changed(change) == expected


def test_where_one_part_ends_counts() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("é") == digest("é".encode())


def test_inputs_change_with_the_text_and_with_an_exercise(tmp_path: Path) -> None:
    write_course(tmp_path)
    exercises = [catalogue_of(tmp_path)("01.toy")]
    before = digest_inputs("text", exercises)
    assert digest_inputs("other text", exercises) != before
    assert digest_inputs("text", []) != before
    module_of(tmp_path).write_text("EXERCISE = 1\n")
    assert digest_inputs("text", exercises) != before


def test_a_record_is_read_back_and_keeps_what_stood_there() -> None:
    made = notebook()
    write_record(made, "text", [])
    record = read_record(made)
    assert record["lesson"] == "01_small"
    assert record["source"] == digest("text")
    assert record["cells"] == digest_cells(made)
    assert read_record(nbformat.v4.new_notebook()) == {}
