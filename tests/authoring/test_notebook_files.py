"""Files are written whole or not at all, and what is no notebook is refused by name."""

from __future__ import annotations

import os
from pathlib import Path

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


@pytest.mark.parametrize("content", [b"", b"# Text", b"{}", b"\xff\xfe\xfa"])
def test_what_is_no_notebook_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.ipynb"
    path.write_bytes(content)
    with pytest.raises(AuthoringError, match=r"x\.ipynb: this is not a readable notebook"):
        read_notebook(path)


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
