"""Files are written whole or not at all, and what is no notebook is refused by name."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.notebook_files import read_notebook, write_notebook, write_text


def test_a_notebook_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "x.ipynb"
    written = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("Words")])
    write_notebook(written, path)
    assert read_notebook(path) == written
    assert path.read_text().endswith("}\n")


def test_an_invalid_notebook_is_not_written(tmp_path: Path) -> None:
    wrong = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    wrong.cells[0].cell_type = "poem"
    with pytest.raises(nbformat.ValidationError):
        write_notebook(wrong, tmp_path / "x.ipynb")
    assert list(tmp_path.iterdir()) == []


def cell(**fields: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "Words", **fields}


def file_of(*cells: Any, **fields: Any) -> bytes:
    notebook = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **fields}
    return json.dumps(notebook).encode()


OUTPUTS: dict[str, Any] = {"cell_type": "code", "outputs": [], "execution_count": None}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "it is no JSON"),
        (b"# Text", "it is no JSON"),
        (b"\xff\xfe\xfa", "it is no JSON"),
        (b"[" * 100_000, "it is no JSON"),
        (b'{"cells": [\n<<<<<<< HEAD\n]}', "it is no JSON"),
        (b"{}", "it does not say in which format it is (nbformat)"),
        (b"[]", "it does not say in which format it is (nbformat)"),
        (file_of(nbformat=3), "its nbformat is 3; 4 is needed, which JupyterLab writes"),
        (file_of(nbformat="4"), "its nbformat is '4'; 4 is needed, which JupyterLab writes"),
        (file_of(cells=None), "it has no list of cells"),
        (file_of(cells={"0": cell()}), "it has no list of cells"),
        (file_of(metadata=[]), "metadata is not as the notebook format has it"),
        (file_of(worksheets=[]), "worksheets is not as the notebook format has it"),
        (file_of(cell(), 3), "cell 2 is neither markdown nor code nor raw"),
        (file_of(cell(cell_type="poem")), "cell 1 is neither markdown nor code nor raw"),
        (file_of(cell(cell_type=["code"])), "cell 1 is neither markdown nor code nor raw"),
        (file_of(cell(cell_type="code")), "cell 1 lacks execution_count, outputs"),
        (file_of(cell(poem=1)), "cell 1 has poem, for which a markdown cell has no place"),
        (
            file_of(cell(**OUTPUTS, attachments={})),
            "cell 1 has attachments, for which a code cell has no place",
        ),
        (file_of(cell(source=3)), "cell 1 has source that the notebook format does not allow"),
        (file_of(cell(source=[3])), "cell 1 has source that the notebook format does not allow"),
        (file_of(cell(metadata=[])), "cell 1 has metadata that the notebook format does not allow"),
        (
            file_of(cell(metadata={"tags": "hide"})),
            "cell 1 has metadata that the notebook format does not allow",
        ),
        (
            file_of(cell(**{**OUTPUTS, "outputs": [{"output_type": "song"}]})),
            "cell 1 has outputs that the notebook format does not allow",
        ),
        (
            file_of(cell(attachments={"a.png": 3})),
            "cell 1 has attachments that the notebook format does not allow",
        ),
    ],
)
def test_what_is_no_notebook_is_told_in_a_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], content: bytes, fault: str
) -> None:
    path = tmp_path / "x.ipynb"
    path.write_bytes(content)
    with pytest.raises(AuthoringError) as caught:
        read_notebook(path)
    assert str(caught.value) == f"{path}: this is not a readable notebook: {fault}"
    # nbformat writes what it finds into a log, which would reach the terminal
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "content",
    [
        file_of(),
        file_of(cell(), cell()),  # ids that occur twice
        file_of({key: value for key, value in cell().items() if key != "id"}),
        file_of(cell(source=["two ", "pieces"]), nbformat_minor=4),
        file_of(cell(cell_type="raw", attachments={"a.png": {"image/png": "abc"}})),
        file_of(cell(**OUTPUTS, metadata={"unheard": {"of": 1}, "collapsed": True})),
        file_of(nbformat_minor=7),
    ],
)
def test_what_can_be_read_is(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "x.ipynb"
    path.write_bytes(content)
    read = read_notebook(path)
    assert len(read.cells) == len(json.loads(content)["cells"])
    assert all(isinstance(cell.source, str) for cell in read.cells)
    assert capfd.readouterr() == ("", "")


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.md"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space left"):
        write_text("new", path)
    assert [p.name for p in tmp_path.iterdir()] == ["x.md"]
    assert path.read_text() == "old"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_mode_of_a_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("old")
    path.chmod(0o640)
    write_text("new", path)
    assert path.stat().st_mode & 0o777 == 0o640
    write_text("first", tmp_path / "y.md")
    assert (tmp_path / "y.md").stat().st_mode & 0o777 == 0o644
