"""What a learner wrote in one version of a lesson, moved into another."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from course_utils.updating.cells import content, own_copy, write
from course_utils.updating.notebook_merge import guess_base, is_answer, merge
from tests.updating.conftest import (
    Cell,
    Notebook,
    cell_of,
    code,
    exercise,
    first_version,
    lesson,
    markdown,
    own,
    second_version,
    stub_of,
    work_in,
)


def sources(notebook: Notebook) -> list[str]:
    return ["".join(cell["source"]) for cell in notebook["cells"]]


def merged(mine: Notebook, base: Notebook, theirs: Notebook) -> Notebook:
    return merge(base, mine, theirs).notebook


def test_every_piece_stands_where_it_belongs() -> None:
    result = merge(first_version(), work_in(first_version()), second_version())
    answer = '@exercise("01.full")\ndef full(x, w):\n    return "MY ANSWER"'
    assert sources(result.notebook) == [
        "MY BEGINNING",
        "# 01 The sum",
        "A new paragraph.",
        "A paragraph about sums, which is long enough to be known once more.",
        "x = [4, 5, 6]  # MY NUMBERS",
        "## Valid",
        *sources({"cells": exercise("01.valid")}),
        "What is valid.",
        "## Full",
        "y = 1",
        "### Exercise 01.full\n\nDo it.",
        answer,
        "MY TRIAL",
        "Hints",
        "print(full(x, x))",
        "The end.",
        "MY END",
    ]
    assert (result.answers, result.cells) == (1, 4)
    assert (result.changed, result.gone) == (["01.full"], [])


def test_outputs_are_the_learners_where_the_text_is_and_the_courses_elsewhere() -> None:
    mine = work_in(first_version())
    cell_of(mine, "print(full")["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": "0"}
    ]
    result = merged(mine, first_version(), second_version())
    assert stub_of(result, "01.full")["outputs"][0]["text"] == "MY VERDICT"
    assert cell_of(result, "MY TRIAL")["outputs"][0]["text"] == "MY OUTPUT"
    assert cell_of(result, "print(full")["outputs"][0]["text"] == "[1, 2]"


def test_ids_and_metadata_of_a_moved_answer_are_those_of_the_new_lesson() -> None:
    result = merged(work_in(first_version()), first_version(), second_version())
    new = stub_of(second_version(), "01.full")
    assert (
        stub_of(result, "01.full")["id"] == new["id"] != stub_of(first_version(), "01.full")["id"]
    )
    ids = [cell["id"] for cell in result["cells"]]
    assert len(set(ids)) == len(ids)
    assert {"a1a1a1a1", "b2b2b2b2", "c3c3c3c3"} <= set(ids)


def test_a_cell_that_both_changed_is_there_twice() -> None:
    mine, theirs = first_version(), second_version()
    cell_of(mine, "A paragraph")["source"] += " MY REMARK"
    cell_of(mine, "A paragraph")["attachments"] = {"a.png": {"image/png": "MINE"}}
    result = merge(first_version(), mine, theirs)
    texts = sources(result.notebook)
    at = texts.index("A paragraph about sums, which is long enough to be known once more.")
    assert (
        texts[at + 1] == "A paragraph about sums, which is long enough to be known again. MY REMARK"
    )
    assert result.notebook["cells"][at + 1]["attachments"] == {"a.png": {"image/png": "MINE"}}
    assert result.cells == 1


def test_the_same_change_by_both_is_there_once() -> None:
    mine = first_version()
    cell_of(mine, "A paragraph")["source"] = cell_of(second_version(), "A paragraph")["source"]
    result = merge(first_version(), mine, second_version())
    assert result.notebook["cells"] == second_version()["cells"]
    assert result.cells == 0


def test_own_cells_after_a_cell_that_is_gone_stand_at_the_end_of_its_section() -> None:
    parts = [markdown("# T"), markdown("## A"), code("a"), markdown("### AA"), code("aa")]
    base = lesson("t", *parts, markdown("## B"), code("b"))
    mine = copy.deepcopy(base)
    mine["cells"].insert(5, own("MINE", name="a1a1a1a1"))
    theirs = lesson(
        "t", markdown("# T"), markdown("## A"), code("new"), markdown("## B"), code("b")
    )
    assert sources(merged(mine, base, theirs)) == ["# T", "## A", "new", "MINE", "## B", "b"]


def test_the_heading_for_what_has_no_place_is_written_once() -> None:
    base = lesson("t", markdown("## A"), code("a"))
    mine = copy.deepcopy(base)
    mine["cells"].append(own("MINE", name="a1a1a1a1"))
    second = lesson("t", markdown("## B"), code("something else entirely"))
    once = merged(mine, base, second)
    assert [text[:10] for text in sources(once)] == ["## B", "something ", "## Cells o", "MINE"]
    third = lesson("t", markdown("## C"), code("[nothing, of, that]"))
    again = merged(once, second, third)
    assert [text[:10] for text in sources(again)] == ["## C", "[nothing, ", "## Cells o", "MINE"]


def test_an_emptied_stub_and_a_blank_cell_are_no_work() -> None:
    mine = first_version()
    stub_of(mine, "01.full")["source"] = "  \n"
    stub_of(mine, "01.full")["outputs"] = []
    mine["cells"].append(own("\n", name="a1a1a1a1"))
    result = merge(first_version(), mine, second_version())
    assert result.notebook["cells"] == second_version()["cells"]
    assert (result.answers, result.cells) == (0, 0)


def test_a_stub_that_was_copied_or_split() -> None:
    mine = work_in(first_version())
    answer = stub_of(mine, "01.full")
    pasted = {**copy.deepcopy(answer), "id": "d4d4d4d4", "source": "MY SECOND TRY"}
    mine["cells"].insert(mine["cells"].index(answer) + 1, pasted)
    result = merged(mine, first_version(), second_version())
    assert "MY ANSWER" in stub_of(result, "01.full")["source"]
    assert cell_of(result, "MY SECOND TRY")["metadata"] == {}


@pytest.mark.parametrize("drop", [True, False])
def test_an_editor_that_keeps_no_ids(drop: bool) -> None:
    mine = work_in(first_version())
    for at, cell in enumerate(mine["cells"]):
        cell["id"] = f"x{at}"
        if drop:
            del cell["id"]
    result = merge(first_version(), mine, second_version())
    texts = sources(result.notebook)
    assert (result.answers, result.cells) == (1, 4)
    for word in ("MY BEGINNING", "MY TRIAL", "MY END"):
        assert texts.count(word) == 1
    assert all(isinstance(cell["id"], str) for cell in result.notebook["cells"])


def test_rows_and_one_string_are_the_same_source() -> None:
    mine = json.loads(json.dumps(first_version()))
    for cell in mine["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    assert merge(first_version(), mine, second_version()).cells == 0


def test_the_metadata_of_the_notebook() -> None:
    mine, theirs = first_version(), second_version()
    mine["metadata"]["kernelspec"] = {"name": "mine"}
    theirs["metadata"]["kernelspec"] = {"name": "python3"}
    result = merged(mine, first_version(), theirs)
    assert result["metadata"]["kernelspec"] == {"name": "mine"}
    assert result["metadata"]["course"] == theirs["metadata"]["course"]


def change(rng: random.Random, notebook: Notebook, who: str, ids: bool) -> None:
    """Insert, remove, move and change cells, as an author does or (`ids`) a learner."""
    cells: list[Any] = notebook["cells"]
    for number in range(rng.randint(1, 8)):
        at = rng.randrange(len(cells))
        word = f"{who}-{number}-{rng.random()}"
        kind = rng.choice(["insert", "insert", "remove", "move", "change", "change"])
        is_part = "course" in cells[at]["metadata"]
        if kind == "insert":
            cells.insert(at, own(word, name=f"{who}{number}") if ids else code(word))
        elif kind == "change" and (ids or not is_part):
            cells[at] = {**cells[at], "source": f"{cells[at]['source']}\n{word}"}
        elif kind == "move" and not is_part:
            cells.insert(rng.randrange(len(cells)), cells.pop(at))
        elif kind == "remove" and (not is_part) and len(cells) > 3:
            cells.pop(at)
    if not ids:
        renumbered = lesson(notebook["metadata"]["course"]["lesson"], cells)
        notebook.update(renumbered)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_both_do_no_word_is_lost_or_doubled(seed: int) -> None:
    rng = random.Random(seed)
    base, theirs = first_version(), first_version()
    change(rng, theirs, "theirs", ids=False)
    mine = first_version()
    change(rng, mine, "mine", ids=True)
    first = merge(base, mine, theirs)
    text = write(first.notebook).decode()
    written = [
        row
        for cell in mine["cells"]
        for row in cell["source"].split("\n")
        if row.startswith("mine-")
    ]
    assert [text.count(row) for row in written] == [1] * len(written)
    for cell in theirs["cells"]:
        assert any(content(cell)[1] in content(other)[1] for other in first.notebook["cells"])
    ids = [cell["id"] for cell in first.notebook["cells"]]
    assert len(set(ids)) == len(ids)
    # what was moved already is not moved again
    again = merge(base, mine, first.notebook)
    assert sorted(sources(again.notebook)) == sorted(sources(first.notebook))


def test_without_a_history_answers_and_own_cells_are_known() -> None:
    mine, theirs = work_in(first_version()), second_version()
    result = merge(guess_base(mine, theirs), mine, theirs)
    texts = sources(result.notebook)
    assert "MY ANSWER" in stub_of(result.notebook, "01.full")["source"]
    assert stub_of(result.notebook, "01.valid") == stub_of(theirs, "01.valid")
    assert {"MY BEGINNING", "MY TRIAL", "MY END"} <= set(texts)
    assert (result.answers, result.cells) == (1, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@exercise("01.a")\ndef a(x):\n    """Do."""\n    ...', False),
        ("def a(x):\n    pass", False),
        ("def a(x):\n    return x", True),
        ("def a(x):\n    ...\n    # x is long", True),
        ("def a(x):\n    return (", True),
        ("import os\ndef a(x): ...", True),
        ("", True),
    ],
)
def test_what_is_an_answer(text: str, expected: bool) -> None:
    assert is_answer(text) is expected


def test_own_copies_get_a_free_id() -> None:
    cell: Cell = {
        "cell_type": "code",
        "metadata": {"course": {}, "tags": ["a"]},
        "source": "",
        "id": "a",
    }
    taken = {"a"}
    made = own_copy(cell, taken)
    assert made["id"] not in {"a", None}
    assert made["metadata"] == {"tags": ["a"]}
    assert cell["id"] == "a"
    assert taken == {"a", made["id"]}
