"""What a learner sees, and what the name stands for afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from course_utils.exercises import Exercise, decorator, exercise
from course_utils.exercises.decorator import check
from course_utils.exercises.outcome import Kind
from course_utils.exercises.progress_file import states
from tests.exercises.reading import text


def right(x: Any, scale: float = 1.0) -> Any:
    return scale * np.cumsum(x)


def named(function: Any, name: str = "running_sum") -> Any:
    function.__name__ = name
    return function


def test_a_right_function_is_kept_as_it_is(
    toy: Exercise, capsys: pytest.CaptureFixture[str]
) -> None:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        return right(x, scale)

    assert exercise(toy)(running_sum) is running_sum
    assert capsys.readouterr().out.startswith("99.running_sum: correct.")
    assert states()[0] == {"99.running_sum": "done"}


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (lambda x, scale=1.0: None, {}),  # no more than a stub
        (lambda x, scale=1.0: x, {"99.running_sum": "tried"}),
        (lambda x, scale=1.0: x[99], {"99.running_sum": "tried"}),
        (lambda x: x, {"99.running_sum": "tried"}),
        (lambda x, scale=1.0: [1], {"99.running_sum": "tried"}),
    ],
)
def test_otherwise_the_lesson_runs_on_with_the_reference(
    toy: Exercise, body: Any, state: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    bound = exercise(toy)(named(body))
    assert bound is toy.reference
    out, err = capsys.readouterr()
    assert out.startswith("99.running_sum: ")
    assert err == ""
    assert states()[0] == state


def test_whatever_stands_there_the_lesson_runs_on(toy: Exercise) -> None:
    for thing in (3, None, type("running_sum", (), {}), "text", [right]):
        assert exercise(toy)(thing) is toy.reference


def test_another_name_is_pointed_out(toy: Exercise, capsys: pytest.CaptureFixture[str]) -> None:
    def my_sum(x: Any, scale: float = 1.0) -> Any:
        return right(x, scale)

    assert exercise(toy)(my_sum) is toy.reference
    out = " ".join(capsys.readouterr().out.split())
    assert "It is called `my_sum`, but later cells call `running_sum`." in out


def test_a_lambda_has_no_name_to_point_out(toy: Exercise) -> None:
    function = lambda x, scale=1.0: right(x, scale)  # noqa: E731
    assert exercise(toy)(function) is function


def test_an_unknown_id_leaves_the_function_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert exercise("97.running_sum")(right) is right
    out = capsys.readouterr().out
    assert out.startswith("'97.running_sum': unknown exercise. There is no exercise")
    assert states()[0] == {}


def test_the_line_without_an_id_leaves_the_function_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    without_brackets: Any = exercise
    assert without_brackets(right) is right
    assert "needs the id of its exercise" in capsys.readouterr().out


def test_a_fault_of_the_checker_is_not_the_learners(
    toy: Exercise, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: Any) -> Any:
        raise RuntimeError("in /home/ada/engine.py")

    monkeypatch.setattr(decorator, "judge", fail)
    assert exercise(toy)(named(lambda x: x)) is toy.reference
    out = " ".join(capsys.readouterr().out.split())
    assert "could not be checked. The checker itself failed (RuntimeError: in engine.py)." in out
    assert states()[0] == {}


def test_where_nothing_can_be_stopped_it_is_said_once(
    toy: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decorator, "can_limit", lambda: False)
    outcomes = [decorator.check(toy, named(lambda x, scale=1.0: right(x, scale))) for _ in range(2)]
    assert [outcome.kind for outcome in outcomes] == [Kind.CORRECT] * 2
    said = ["cannot be stopped here" in " ".join(str(outcome).split()) for outcome in outcomes]
    assert said == [True, False]


def test_a_warning_about_progress_stands_in_the_message(
    toy: Exercise, progress_json: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    progress_json.parent.mkdir(parents=True)
    progress_json.write_text("damaged", encoding="utf-8")
    exercise(toy)(named(lambda x, scale=1.0: right(x, scale)))
    out, err = capsys.readouterr()
    assert "progress.damaged.json" in out
    assert err == ""


def test_stopping_the_cell_is_no_attempt(toy: Exercise) -> None:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exercise(toy)(running_sum)
    assert states()[0] == {}


class Unreadable:
    """Something callable whose every attribute takes for ever."""

    def __getattribute__(self, name: str) -> Any:
        while True:
            pass

    def __call__(self, x: Any, scale: float = 1.0) -> Any:
        return right(x, scale)


def test_what_cannot_even_be_looked_at(toy: Exercise) -> None:
    outcome = check(replace(toy, seconds=0.1), Unreadable())
    assert outcome.kind is Kind.NOT_A_FUNCTION
    assert "an object of type Unreadable, where a function is expected" in text(outcome)
