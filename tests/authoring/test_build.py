"""Building: executed, deterministic, only where needed, never over somebody's work."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import nbformat
import pytest

from course_utils.authoring.build import build, build_solved, read_notebook, write_notebook
from course_utils.authoring.check import check_lesson
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.outputs import ANSI


def edit(lesson, change):
    notebook = read_notebook(lesson.notebook)
    change(notebook)
    lesson.notebook.write_text(nbformat.writes(notebook, version=4))


def test_a_first_build_writes_the_notebook(lesson, catalogue):
    said = []
    assert build(lesson, catalogue, say=said.append)
    assert re.fullmatch(
        r"01_small: built in [\d.]+ s, 11 cells -> notebooks/01_small.ipynb", said[0]
    )
    assert check_lesson(lesson, catalogue) == []


def test_what_a_built_notebook_holds(built):
    raw = json.loads(built.notebook.read_text())
    assert [cell["id"] for cell in raw["cells"]] == [f"01_small-{i:03d}" for i in range(11)]
    assert raw["metadata"]["kernelspec"]["name"] == "python3"
    assert raw["metadata"]["language_info"]["version"] == "3"
    assert "widgets" not in raw["metadata"]
    hidden, shown, stub = (cell for cell in raw["cells"] if cell["cell_type"] == "code")
    assert hidden["metadata"] == {"jupyter": {"source_hidden": True}, "tags": ["hide"]}
    # one execution count after the other, and no time of any cell
    assert [hidden["execution_count"], shown["execution_count"], stub["execution_count"]] == [
        1,
        2,
        3,
    ]
    assert "execution" not in json.dumps([cell["metadata"] for cell in raw["cells"]])
    assert "".join(shown["outputs"][0]["text"]) == "['a', 'b', 'c'] progress.json\n"
    assert "".join(shown["outputs"][1]["data"]["text/plain"]) == "2"
    assert "".join(stub["outputs"][0]["text"]) == "01.toy: not attempted\n"


def test_the_three_cells_of_an_exercise(built):
    cells = read_notebook(built.notebook).cells
    task, stub, notes = (c for c in cells if "course" in c.metadata)
    assert task.source == (
        "### Exercise 1.1: A toy\n\n*5 minutes · difficulty 2 of 3*\n\nDo *this*.\n\nAnd that."
    )
    assert stub.source == '@exercise("01.toy")\ndef toy():\n    """Return True."""\n    ...'
    assert notes.source.count("<details>") == notes.source.count("</details>") == 3
    assert "<summary>Hint 2 of 2</summary>\n\nReturn `True`.\n\n" in notes.source
    assert "<summary>Solution</summary>\n\n```python\n@exercise" in notes.source
    assert [c.metadata.course.part for c in (task, stub, notes)] == ["task", "stub", "notes"]


def test_a_rebuild_gives_identical_bytes(built, catalogue):
    first = built.notebook.read_bytes()
    assert build(built, catalogue, rebuild=True, say=lambda line: None)
    assert built.notebook.read_bytes() == first


def test_only_what_changed_is_built(built, catalogue):
    said = []
    assert not build(built, catalogue, say=said.append)
    assert said == ["01_small: up to date"]
    built.source.write_text(built.source.read_text().replace("1 + 1", "1 + 2"))
    assert build(built, catalogue, say=said.append)
    assert not build(built, catalogue, say=said.append)
    # touching a file is not changing it
    built.source.touch()
    assert not build(built, catalogue, say=said.append)


def test_a_changed_exercise_module_counts(built, catalogue):
    (built.root / "lesson_01.py").write_text("EXERCISES = [1]\n")
    assert build(built, catalogue, say=lambda line: None)


def test_a_changed_stub_counts(built, catalogue):
    def changed(exercise_id):
        return replace(catalogue(exercise_id), hints=("Another.",))

    assert build(built, changed, say=lambda line: None)


def test_changed_outputs_are_built_again(built, catalogue):
    edit(built, lambda notebook: notebook.cells[4].outputs.clear())
    assert build(built, catalogue, say=lambda line: None)
    assert check_lesson(built, catalogue) == []


def test_a_worked_notebook_is_left_alone(built, catalogue):
    edit(built, lambda notebook: notebook.cells[7].update(source="def toy(): return True"))
    before = built.notebook.read_bytes()
    for cells in (" (cells 8)", ""):
        with pytest.raises(AuthoringError, match=r"(?s)adopt .*cp .*--force") as caught:
            build(built, catalogue, rebuild=True, say=lambda line: None)
        assert f"somebody worked in this notebook{cells}; it was left" in str(caught.value)
        # the second time round the source has changed as well
        built.source.write_text(built.source.read_text() + "\nX\n")
        assert built.notebook.read_bytes() == before
    assert build(built, catalogue, force=True, say=lambda line: None)
    assert check_lesson(built, catalogue) == []


def test_a_notebook_that_was_never_built_is_left_alone(lesson, catalogue):
    write_notebook(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("Mine")]), lesson.notebook
    )
    with pytest.raises(AuthoringError, match="somebody worked"):
        build(lesson, catalogue, say=lambda line: None)


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
        ("import os\nos.getcwd()", 1, "a path of this machine"),
        ("import os\nos._exit(3)", 1, "the kernel died in this cell"),
    ],
)
def test_a_failing_cell_names_its_line(lesson, catalogue, code, row, message):
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


def test_an_expected_exception_is_stored_without_paths(lesson, catalogue):
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


def test_an_unknown_exercise(lesson, catalogue):
    lesson.source.write_text(lesson.source.read_text().replace("01.toy", "01.toyy"))
    with pytest.raises(AuthoringError, match=r"01_small.md:\d+: exercise '01.toyy' cannot be used"):
        build(lesson, catalogue)


def test_an_exercise_stands_once(lesson, catalogue):
    lesson.source.write_text(lesson.source.read_text() + "\n:::{exercise} 01.toy\n:::\n")
    with pytest.raises(AuthoringError, match="twice"):
        build(lesson, catalogue)


def test_the_solved_variant(lesson, catalogue):
    build_solved(lesson, catalogue, say=lambda line: None)
    stub = next(c for c in read_notebook(lesson.solved).cells if "return True" in c.source)
    assert stub.source.startswith('@exercise("01.toy")\ndef toy():')
    assert stub.outputs[0].text == "01.toy: correct\n"
    assert not lesson.notebook.exists()
    # what a lesson reads from beside it is there for the solved one too
    assert (lesson.solved.parent / "sources" / "01_small.md").exists()
    build_solved(lesson, catalogue, say=lambda line: None)


def test_a_solution_that_is_not_correct_fails(lesson, catalogue):
    def wrong(exercise_id):
        return replace(catalogue(exercise_id), solution="def toy():\n    return False")

    with pytest.raises(
        AuthoringError, match=r"md:\d+: the solution of 01.toy was not found correct"
    ):
        build_solved(lesson, wrong, say=lambda line: None)
