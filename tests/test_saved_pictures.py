"""A saved notebook keeps an explorer's picture instead of its view, and all else as it was."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_server.services.contents.filemanager import FileContentsManager
from traitlets.config import Config

from course_utils.saved_pictures import keep_pictures

VIEW = "application/vnd.jupyter.widget-view+json"
LIVE = {VIEW: {"version_major": 2, "version_minor": 0, "model_id": "a1"}}
WORDS = {"text/plain": "PoolExplorer"}
PICTURE = {"image/png": "iVBORw0KGgo="}


def notebook(*bundles: dict[str, Any]) -> Any:
    shown = [nbformat.v4.new_output("display_data", data) for data in bundles]
    stream = nbformat.v4.new_output("stream", text="printed")
    return nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("words"),
            nbformat.v4.new_code_cell("e", outputs=[stream, *shown]),
        ]
    )


@pytest.fixture
def manager(tmp_path: Path) -> FileContentsManager:
    options = {"pre_save_hook": "course_utils.saved_pictures.keep_pictures"}
    return FileContentsManager(config=Config(ContentsManager=options), root_dir=str(tmp_path))


def test_a_saved_notebook(manager: FileContentsManager, tmp_path: Path) -> None:
    # a picture beside the view, a widget without one, a picture alone
    book = notebook(LIVE | WORDS | PICTURE, LIVE | WORDS, WORDS | PICTURE)
    manager.save({"type": "notebook", "content": copy.deepcopy(book)}, "a.ipynb")  # type: ignore[no-untyped-call]
    stored = nbformat.read(tmp_path / "a.ipynb", 4)
    printed, *shown = stored.cells[1].outputs
    assert printed.text == "printed"
    assert [output.data for output in shown] == [WORDS | PICTURE, LIVE | WORDS, WORDS | PICTURE]
    assert stored.cells[0] == book.cells[0]


@pytest.mark.parametrize(
    "model",
    [
        {"type": "file", "content": "text", "format": "text"},
        {"type": "directory", "content": None},
        {"type": "notebook", "content": None},
        {"type": "notebook"},
    ],
)
def test_what_is_no_notebook_is_left_alone(model: dict[str, Any]) -> None:
    before = copy.deepcopy(model)
    keep_pictures(model=model, path="a", contents_manager=None)
    assert model == before
