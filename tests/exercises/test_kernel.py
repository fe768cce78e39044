"""The checker in a real Jupyter kernel: what is stored in a notebook."""

from __future__ import annotations

import pathlib
from typing import Any

import nbclient
import nbformat
import pytest

CELLS = [
    "import numpy as np\nfrom course_utils.exercises import (\n"
    "    Case, Exercise, Misconception, exercise, hint, progress, solution)",
    "def twice(x):\n    '''Twice x.'''\n    return 2 * x  # the sum of x and x\n"
    "wrong = [Misconception('x is squared', lambda x: x * x, 'Add, do not multiply.'),\n"
    "         Misconception('x is left alone', lambda x: x, 'Add it.'),\n"
    "         Misconception('x is negated', lambda x: -x, 'Add it.')]\n"
    "TWICE = Exercise('99.twice', 'Twice', 1, 1, twice,\n"
    "    [Case(np.array([1.0, 3.0]), note='1 + 1, 3 + 3'), Case(np.array([1, 5]))],\n"
    "    wrong, ['Add.', '`x + x`'], seconds=0.5)",
    "@exercise(TWICE)\ndef twice(x):\n    ...",
    "@exercise(TWICE)\ndef twice(x):\n    print('x is', x)\n    return x * x",
    "@exercise(TWICE)\ndef twice(x):\n    y = x\n    return y[7]",
    "@exercise(TWICE)\ndef twice(x):\n    while True:\n        pass",
    "print(twice(np.array([4.0])))",
    "@exercise(TWICE)\ndef twice(x):\n    return x + x",
    "hint(TWICE)",
    "solution(TWICE)",
    "progress('97')",
    "@exercise(TWICE)\ndef twice(x):\n    raise KeyboardInterrupt",
    "print('the kernel lives')",
    "%matplotlib inline\nfrom matplotlib import pyplot as plt",
    "@exercise(TWICE)\ndef twice(x):\n    plt.plot(x)\n    plt.show()\n    return x + x",
    "@exercise(TWICE)\ndef twice(x):\n    plt.plot(x)\n    display('seen')\n    return x + x",
    "@exercise(TWICE)\ndef twice(x):\n    raise ValueError('\\ud800 costs $5 and $6 \\x1b[31m')",
    "@exercise(TWICE)\ndef twice(x):\n    return sum(range(10**14))",
    "@exercise(TWICE)\ndef twice(x):\n    display('asked')\n    return x * float(input())",
]


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    folder: pathlib.Path = tmp_path_factory.mktemp("kernel")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_PROGRESS", str(folder / "progress.json"))
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in CELLS]
        )
        client = nbclient.NotebookClient(
            notebook,
            timeout=60,
            kernel_name="python3",
            allow_errors=True,
            resources={"metadata": {"path": str(pathlib.Path(__file__).parents[2])}},
        )
        client.execute()
    return list(notebook.cells)


def bundle(cell: Any) -> dict[str, str]:
    assert [output.output_type for output in cell.outputs] == ["display_data"], cell.outputs
    return dict(cell.outputs[0].data)


def test_each_outcome_is_one_output_as_text_and_html(cells: list[Any]) -> None:
    for place, words in {
        2: "99.twice: not attempted yet.",
        3: "It behaves like a known misconception: x is squared.",
        4: "99.twice: stopped by an error.",
        5: "99.twice: took too long.",
        7: "99.twice: correct. All 2 cases pass; the lesson now uses your function.",
        8: "99.twice, hint 1 of 2: Add.",
        9: "return 2 * x  # the sum of x and x",
        10: "No lesson '97' has exercises",
    }.items():
        data = bundle(cells[place])
        assert words in data["text/plain"]
        assert set(data) == {"text/plain", "text/html"}


def test_no_path_no_address_and_no_traceback(cells: list[Any]) -> None:
    for cell in cells[2:11]:
        for output in cell.outputs:
            text = str(output)
            for trace in ("ipykernel", "0x", "Traceback", "/tmp", ".py", "site-packages"):
                assert trace not in text


def test_the_line_of_the_cell(cells: list[Any]) -> None:
    text = bundle(cells[4])["text/plain"]
    assert "`twice`, line 4." in " ".join(text.split())
    assert "    return y[7]" in text


def test_what_was_printed_is_in_the_message_not_above_it(cells: list[Any]) -> None:
    text = bundle(cells[3])["text/plain"]
    assert text.count("x is [1. 3.]") == 1


def test_the_lesson_runs_on_with_the_reference(cells: list[Any]) -> None:
    assert cells[6].outputs[0].text == "[8.]\n"


def test_stopping_a_cell_stops_the_cell_only(cells: list[Any]) -> None:
    assert cells[11].outputs[-1].ename == "KeyboardInterrupt"
    assert cells[12].outputs[0].text == "the kernel lives\n"


@pytest.mark.parametrize("place", [14, 15])
def test_a_figure_is_shown_once(cells: list[Any], place: int) -> None:
    outputs = cells[place].outputs
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 1
    shown = [output.data["text/plain"] for output in outputs]
    assert sum("seen" in text for text in shown) == (1 if place == 15 else 0)


def test_a_text_that_cannot_be_sent_is_escaped_and_dollars_are_no_mathematics(
    cells: list[Any],
) -> None:
    data = bundle(cells[16])
    assert r"\ud800 costs $5 and $6 \x1b[31m" in data["text/plain"]
    assert "<span>$</span>5 and <span>$</span>6" in data["text/html"]


def test_one_long_call_into_compiled_code(cells: list[Any]) -> None:
    assert "It did not come to an end" in bundle(cells[17])["text/plain"]


def test_a_question_to_the_learner_is_asked_in_the_kernel(cells: list[Any]) -> None:
    shown = [output for output in cells[18].outputs if "data" in output]
    texts = [output.data["text/plain"] for output in shown]
    assert [text for text in texts if "asked" in text] == ["'asked'"]
    assert "StdinNotImplementedError" in texts[-1]
