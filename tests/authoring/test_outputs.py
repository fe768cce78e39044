"""What is kept of an output, and what must not be stored."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from course_utils.authoring.outputs import (
    ANSI,
    WIDGET_VIEW,
    clean_outputs,
    forbidden,
    output_texts,
)

ROOT = Path("/course")


def cell(*outputs: NotebookNode, tags: tuple[str, ...] = ()) -> NotebookNode:
    made: NotebookNode = nbformat.v4.new_code_cell("1", metadata={"tags": list(tags)})
    made.outputs = list(outputs)
    return made


def text(kind: str, content: str) -> NotebookNode:
    made: NotebookNode = nbformat.v4.new_output("stream", name=kind, text=content)
    return made


def shown(**data: object) -> NotebookNode:
    """Return an output of a text, of a picture or of both."""
    kinds = {"text": "text/plain", "picture": "image/png", "widget": WIDGET_VIEW}
    made: NotebookNode = nbformat.v4.new_output(
        "display_data", {kinds[k]: v for k, v in data.items()}
    )
    return made


def failed(*rows: str) -> NotebookNode:
    made: NotebookNode = nbformat.v4.new_output(
        "error", ename="E", evalue="bad", traceback=list(rows)
    )
    return made


@pytest.mark.parametrize(
    ("output", "fault"),
    [
        (text("stdout", "3\n"), ""),
        (text("stderr", "UserWarning: old"), "wrote to stderr: UserWarning: old"),
        (text("stdout", "<object at 0x7f00aa12>"), "stdout holds 0x7f00aa12, an address"),
        (text("stdout", "0x1f"), ""),  # a small number in hexadecimal
        (text("stdout", f"{ROOT}/notebooks"), f"stdout holds {ROOT}, a path on this machine"),
        (text("stdout", f"{tempfile.gettempdir()}/x"), "a path on this machine"),
        (shown(text=f"{Path.home()}/x"), "text/plain holds"),
        (shown(picture="0x7f00aa12"), ""),  # a picture is not text
        (failed("row"), "raised E: bad"),
        (shown(widget={}), "stores a live widget view"),
    ],
)
def test_what_must_not_be_stored(output: NotebookNode, fault: str) -> None:
    found = forbidden(cell(output), ROOT)
    assert (found == "") if not fault else (fault in found)


def test_an_error_that_is_meant_may_be_stored() -> None:
    assert forbidden(cell(failed("row"), tags=("raises-exception",)), ROOT) == ""


def test_what_belongs_to_one_run_is_removed() -> None:
    notebook = nbformat.v4.new_notebook(
        cells=[cell(shown(widget={}, text="W"), shown(widget={}))],
        metadata={"widgets": {"state": {}}},
    )
    notebook.cells[0].metadata["execution"] = {"iopub.execute_input": "2024-01-01"}
    clean_outputs(notebook, ROOT)
    assert [output.data for output in notebook.cells[0].outputs] == [{"text/plain": "W"}]
    assert "widgets" not in notebook.metadata
    assert "execution" not in json.dumps(notebook.cells[0].metadata)


def test_paths_in_a_traceback_are_the_same_on_every_machine() -> None:
    rows = [
        f"File {ROOT}/notebooks/helper.py:4, in load(text)",
        "File ~/mine/.venv/lib/python3.12/site-packages/numpy/x.py:2",
        "File \x1b[32m/usr/lib/python3.11/json/__init__.py:346\x1b[0m",
    ]
    notebook = nbformat.v4.new_notebook(cells=[cell(failed(*rows))])
    clean_outputs(notebook, ROOT)
    assert [ANSI.sub("", row) for row in notebook.cells[0].outputs[0].traceback] == [
        "File notebooks/helper.py:4, in load(text)",
        "File numpy/x.py:2",
        "File json/__init__.py:346",
    ]


def test_texts_of_an_output_with_their_kinds() -> None:
    assert list(output_texts(text("stdout", "3"))) == [("stdout", "3")]
    assert list(output_texts(shown(text="W", picture="x"))) == [("text/plain", "W")]
    assert list(output_texts(failed("\x1b[31mrow\x1b[0m"))) == [("error", "row")]
