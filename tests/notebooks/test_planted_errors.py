"""Each numbered check of a lesson fails where what it claims to test is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from course_utils.authoring.lesson_files import Lesson, all_lessons, course_root
from tests.notebooks.planting import Planted, outcomes
from tests.notebooks.rules import CHECK
from tests.notebooks.test_lessons import cells_of

PLACE = Path(__file__).with_name("planted")
LESSONS = [
    lesson
    for lesson in all_lessons(course_root())
    if (PLACE / f"lesson_{lesson.number}.py").exists()
]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_check_sees_the_error_planted_for_it(
    lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", "/dev/null")
    monkeypatch.chdir(course_root() / "notebooks")
    module = import_module(f"tests.notebooks.planted.lesson_{lesson.number}")
    cells = [
        cell.text
        for cell in cells_of(lesson)
        if cell.kind == "code" and "raises-exception" not in cell.tags
    ]
    checks = {check for text in cells for check in CHECK.findall(text)}
    # a check that stays without an error says why
    without: dict[str, str] = getattr(module, "WITHOUT", {})
    planted: list[Planted] = module.PLANTED
    assert {planting.check for planting in planted} | without.keys() == checks
    silent = [
        (planting.check, said)
        for planting, said in outcomes(cells, planted)
        if not said.startswith(f"({planting.check}) does not hold")
    ]
    assert silent == []


FIRST = "def double(n):\n    return 2 * n"
CHECKED = """from course_utils.equation_checks import check
check("9.1", double(1), 2)
check("9.2", double(3), 6)"""


def off_by_one(real: Callable[[int], int]) -> Callable[[int], int]:
    return lambda n: real(n) + 1


@pytest.mark.parametrize(
    ("cells", "planted", "said"),
    [
        ([FIRST, CHECKED], Planted("9.2", "double", off_by_one), r"\(9.2\) does not hold"),
        ([FIRST, CHECKED], Planted("9.2", "double", lambda real: real), ""),
        ([f"{FIRST}\n{CHECKED}"], Planted("9.2", "double", off_by_one), r"\(9.2\) does not hold"),
        ([FIRST, CHECKED], Planted("9.2", "treble", off_by_one), "there is no treble"),
        (
            [FIRST, "x = double(3)", CHECKED.replace("double(1)", "2").replace("double(3)", "x")],
            Planted("9.2", "double", off_by_one, since="x = "),
            r"\(9.2\) does not hold",
        ),
        (
            [
                "import math",
                CHECKED.replace("double(1)", "2").replace("double(3)", "math.sqrt(36)"),
            ],
            Planted("9.2", "math.sqrt", off_by_one),
            r"\(9.2\) does not hold",
        ),
    ],
)
def test_an_error_is_planted_where_it_says(cells: list[str], planted: Planted, said: str) -> None:
    ((_, message),) = outcomes(cells, [planted])
    assert re.match(said, message) if said else message == ""


def test_an_error_for_no_check_is_refused() -> None:
    planted: list[Any] = [Planted("9.3", "double", off_by_one)]
    with pytest.raises(AssertionError, match=r"no cell has these checks: 9\.3"):
        list(outcomes([FIRST, CHECKED], planted))
