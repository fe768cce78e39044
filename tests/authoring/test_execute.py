"""Running a lesson: a cell that fails names its line, and what is stored is portable."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from course_utils.authoring.build import build
from course_utils.authoring.check import check_lesson
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.execute import kernel_environment
from course_utils.authoring.exercise_cells import Catalogue
from course_utils.authoring.lesson_files import Lesson
from course_utils.authoring.notebook_files import read_notebook
from course_utils.authoring.outputs import ANSI


@pytest.mark.parametrize(
    ("code", "row", "message"),
    [
        ("x = 1\ny = 2\nx / 0", 3, "ZeroDivisionError: division by zero"),
        ("x = 1\nx = = 2", 2, "SyntaxError"),
        ("import sys\nprint('hm', file=sys.stderr)", 1, "this cell wrote to stderr: hm"),
        (
            "import warnings\nwarnings.warn('old')",
            1,
            "this cell wrote to stderr: .*UserWarning: old",
        ),
        ("object()", 1, "holds 0x[0-9a-f]+, an address"),
        ("import os\nos.getcwd()", 1, "a path on this machine"),
        ("import os\nos._exit(3)", 1, "the kernel died in this cell"),
    ],
)
def test_a_failing_cell_names_its_line(
    lesson: Lesson, catalogue: Catalogue, code: str, row: int, message: str
) -> None:
    text = lesson.source.read_text().replace(
        "1 + 1", "1 + 1\n```\n\nNow.\n\n```{code-cell} ipython3\n" + code
    )
    lesson.source.write_text(text)
    line = text[: text.index(code)].count("\n") + row
    with pytest.raises(AuthoringError, match=message) as caught:
        build(lesson, catalogue, say=lambda line: None)
    assert str(caught.value).startswith(f"notebooks/sources/01_small.md:{line}: ")
    assert not lesson.notebook.exists()
    assert list(lesson.notebook.parent.glob(".*")) == []


def test_an_expected_exception_is_stored_without_paths(
    lesson: Lesson, catalogue: Catalogue
) -> None:
    helper = "import json\n\ndef load(text):\n    return json.loads(text)\n"
    (lesson.root / "notebooks" / "helper.py").write_text(helper)
    text = lesson.source.read_text().replace(
        "1 + 1",
        "1 + 1\n```\n\nNow.\n\n```{code-cell} ipython3\n:tags: [raises-exception]\n\n"
        "import helper\n\nhelper.load('{')",
    )
    lesson.source.write_text(text)
    build(lesson, catalogue, say=lambda line: None)
    assert check_lesson(lesson, catalogue) == []
    (output,) = (
        output
        for cell in read_notebook(lesson.notebook).cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    )
    traceback = ANSI.sub("", "\n".join(output.traceback))
    files = re.findall(r"File (\S+?):\d+", traceback)
    assert files[:2] == ["notebooks/helper.py", "json/__init__.py"]
    assert str(lesson.root) not in traceback


def test_the_kernel_keeps_progress_apart_and_shows_no_bars(tmp_path: Path) -> None:
    environment = kernel_environment(tmp_path)
    assert environment["COURSE_PROGRESS"] == str(tmp_path / "progress.json")
    assert environment["TQDM_DISABLE"] == "1"
    assert "MPLBACKEND" not in environment
    assert environment["PATH"] == os.environ["PATH"]
