"""What a page shows, and what it folds away."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course_utils.authoring.lesson_files import Lesson
from course_utils.authoring.notebook_files import read_notebook, write_notebook
from course_utils.authoring.page import page, write_page

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    """A lesson of four cells, stored as its author would have built it."""
    v4: Any = nbformat.v4  # without types
    figure = v4.new_output(
        "display_data",
        {"image/png": PNG, "text/plain": "[figure]\nA line"},
        metadata={"image/png": {"alt": 'A "line" <rising> to 7.', "width": 440, "height": 200}},
    )
    answer = v4.new_output("stream", name="stdout", text="forty-two\n")
    plain = v4.new_output("stream", name="stdout", text="in the open\n")
    new = v4.new_code_cell
    cells = [
        v4.new_markdown_cell("# Lines\n\nThat $x < y$."),
        new("draw()", outputs=[figure], metadata={"tags": ["hide"]}),
        new("guess()", outputs=[answer], metadata={"tags": ["predict"]}),
        new("tell()", outputs=[plain]),
    ]
    made = Lesson("01_lines", tmp_path)
    made.notebook.parent.mkdir()
    nbformat.write(v4.new_notebook(cells=cells), made.notebook)
    return made


def folds(html: str, summary: str) -> list[str]:
    return re.findall(rf"<details><summary>{summary}</summary>(.*?)</details>", html, re.DOTALL)


def test_a_picture_has_its_words_and_its_size(lesson: Lesson) -> None:
    (picture,) = re.findall(r"<img\s[^>]*>", page(lesson))
    assert 'A "line" <rising> to 7.' in unescape(picture)
    assert "alt=" in picture
    assert 'width="440"' in picture
    assert PNG in picture


def test_code_of_figures_and_answers_to_predictions_are_folded(lesson: Lesson) -> None:
    html = page(lesson)
    (code,), (answer,) = folds(html, "Code"), folds(html, "Answer")
    assert "draw" in code
    assert "forty-two" in answer
    assert html.count("forty-two") == 1
    assert "in the open" in html


def test_the_page_is_written_and_named_for_its_lesson(
    lesson: Lesson, capsys: pytest.CaptureFixture[str]
) -> None:
    write_page(lesson)
    assert "<title>01 lines</title>" in lesson.page.read_text()
    assert capsys.readouterr().out == "01_lines: build/pages/01_lines.html\n"


def test_what_an_author_folded_stays_folded(lesson: Lesson) -> None:
    notebook = read_notebook(lesson.notebook)
    notebook.cells[
        0
    ].source = "<details>\n<summary>Why</summary>\n\nFor *this* reason.\n\n</details>"
    write_notebook(notebook, lesson.notebook)
    (why,) = re.findall(
        r"<details>\s*<summary>Why</summary>(.*?)</details>", page(lesson), re.DOTALL
    )
    assert "<em>this</em>" in why
