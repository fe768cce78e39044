"""Hints come one at a time, and the solution when it is asked for."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from course_utils.exercises import Exercise, hint, solution, solution_source


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def test_one_hint_after_the_other(toy: Exercise, capsys: pytest.CaptureFixture[str]) -> None:
    for number, text in enumerate(toy.hints, start=1):
        hint(toy)
        assert shown(capsys) == f"99.running_sum, hint {number} of 3: {text}"
    hint(toy)
    assert shown(capsys).startswith(
        "99.running_sum: no more hints. Those were all 3 hints. The solution is folded under"
    )
    hint(toy)
    assert "hint 1 of 3" in shown(capsys)


def test_each_exercise_counts_for_itself(
    toy: Exercise, whole: Exercise, capsys: pytest.CaptureFixture[str]
) -> None:
    hint(toy)
    hint(whole)
    assert "99.half, hint 1 of 2" in shown(capsys)


def test_the_solution(toy: Exercise, capsys: pytest.CaptureFixture[str]) -> None:
    solution(toy)
    assert solution_source(toy) in capsys.readouterr().out


def test_the_solution_says_what_it_imports(
    toy: Exercise, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "from course_utils.ops import output_size"
    solution(dataclasses.replace(toy, uses=(line,)))
    assert f"{line}\n\ndef running_sum" in capsys.readouterr().out


@pytest.mark.parametrize("function", [hint, solution])
def test_an_unknown_id_is_a_message(function: Any, capsys: pytest.CaptureFixture[str]) -> None:
    function("97.nothing_like_it")
    assert shown(capsys).startswith("There is no exercise '97.nothing_like_it'.")
    function(7)
    assert shown(capsys).startswith("There is no exercise 7.")
