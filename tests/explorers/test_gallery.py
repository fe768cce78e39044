"""The page of all explorers: none is forgotten."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat

from course_utils import explorers
from course_utils.explorers import gallery
from course_utils.explorers.base import Explorer
from course_utils.explorers.shared.bundle import HERE


def defined() -> set[str]:
    """Explorer classes in the modules, whether exported or not."""
    found = set()
    for module in HERE.glob("*/explorer.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        found |= {
            node.name
            for node in tree.body
            if isinstance(node, ast.ClassDef) and node.name.endswith("Explorer")
        }
    return found


def test_every_explorer_is_exported_and_on_the_page() -> None:
    assert defined() == set(explorers.__all__) == set(gallery.names())
    assert len(gallery.names()) >= 5
    for name in gallery.names():
        assert issubclass(getattr(explorers, name), Explorer)


def test_each_has_a_heading_a_sentence_and_itself() -> None:
    made = gallery.notebook()
    nbformat.validate(made)
    texts = [cell.source for cell in made.cells if cell.cell_type == "markdown"]
    codes = [cell.source for cell in made.cells if cell.cell_type == "code"]
    for name, text, code in zip(gallery.names(), texts[1:], codes, strict=True):
        assert text.startswith(f"## {gallery.title(name)}\n")
        assert f"[{gallery.title(name)}](#{name})" in texts[0]
        assert f'<a id="{name}"></a>' in text
        assert gallery.about(name).endswith(".")
        assert len(gallery.about(name)) > 30
        assert code.endswith(f"\n{name}()")


def test_titles_are_words() -> None:
    assert gallery.title("PoolExplorer") == "Pool"
    assert gallery.title("ReceptiveFieldExplorer") == "Receptive field"


def test_the_page_is_written_with_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "explorers.ipynb"
    gallery.write(file)
    first = file.read_bytes()
    assert len(nbformat.read(file, as_version=4).cells) == len(gallery.notebook().cells)
    gallery.write(file)
    assert file.read_bytes() == first
