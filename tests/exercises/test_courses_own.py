"""The course's own version, decorated again, is no answer."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest

from course_utils.exercises import Exercise, exercise
from course_utils.exercises.courses_own import calls_courses_own, is_courses_own
from course_utils.exercises.progress_file import states
from tests.exercises.reading import right

own: Any = None
"""What a learner's name stands for after a wrong attempt: the tests bind it."""


def running_sum(x: Any, scale: float = 1.0) -> Any:
    return own(x, scale)


def helper(x: Any, scale: float = 1.0) -> Any:
    return [own][0](x, scale)


def through_a_helper(x: Any, scale: float = 1.0) -> Any:
    return helper(x, scale=scale)


def closed_over(bound: Any) -> Any:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        return bound(x, scale)

    return running_sum


def as_default(bound: Any) -> Any:
    def running_sum(x: Any, scale: float = 1.0, bound: Any = bound) -> Any:
        return bound(x, scale)

    return running_sum


def decorated(bound: Any) -> Any:
    @functools.wraps(bound)
    def wrapper(*arguments: Any, **keywords: Any) -> Any:
        return bound(*arguments, **keywords)

    return wrapper


WAYS: list[Callable[[Any], Any]] = [
    lambda bound: bound,
    lambda bound: running_sum,
    lambda bound: through_a_helper,
    lambda bound: lambda x, scale=1.0: own(x, scale),
    functools.partial,
    closed_over,
    as_default,
    decorated,
]


@pytest.mark.parametrize("way", WAYS)
def test_the_courses_version_is_recognised(
    toy: Exercise,
    way: Callable[[Any], Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    bound = exercise(toy)(lambda x, scale=1.0: None)
    monkeypatch.setitem(globals(), "own", bound)
    capsys.readouterr()
    assert exercise(toy)(way(bound)) is toy.reference
    out = " ".join(capsys.readouterr().out.split())
    assert out.startswith("99.running_sum: not attempted yet.")
    assert "the course's own version of `running_sum`" in out
    assert states()[0] == {}


def test_decorated_twice(toy: Exercise, capsys: pytest.CaptureFixture[str]) -> None:
    @exercise(toy)
    @exercise(toy)
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        return x

    assert states()[0] == {"99.running_sum": "tried"}


def test_a_right_answer_decorated_twice_is_right(toy: Exercise) -> None:
    @exercise(toy)
    @exercise(toy)
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        return right(x, scale)

    assert states()[0] == {"99.running_sum": "done"}


def test_a_function_that_calls_itself_calls_its_own(toy: Exercise) -> None:
    scope: dict[str, Any] = {"running_sum": toy.reference, "right": right}
    source = (
        "def running_sum(x, scale=1.0):\n"
        "    return right(x, scale) if scale == 1 else scale * running_sum(x)\n"
    )
    exec(source, scope)
    assert not calls_courses_own(scope["running_sum"], toy)
    assert exercise(toy)(scope["running_sum"]) is scope["running_sum"]


def test_another_functions_text_is_not_the_reference(toy: Exercise, whole: Exercise) -> None:
    assert not is_courses_own(whole.reference, toy)
    assert not is_courses_own(3, toy)
    assert not calls_courses_own(3, toy)
