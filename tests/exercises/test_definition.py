"""An exercise that could not judge an answer is refused when it is made."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from course_utils.exercises import Case, Exercise, Misconception


def twice(n: int) -> int:
    """Twice n."""
    return 2 * n


def undocumented(n: int) -> int:
    return 2 * n


def wrong(name: str) -> Misconception:
    return Misconception(name, lambda n: n, "Because.")


def no_function(name: str) -> Misconception:
    three: Any = 3
    return Misconception(name, three, "Because.")


FIELDS: dict[str, Any] = {
    "id": "99.twice",
    "title": "Twice",
    "minutes": 1,
    "difficulty": 1,
    "reference": twice,
    "cases": [Case(1)],
    "misconceptions": [wrong("a"), wrong("b"), wrong("c")],
    "hints": ["one", "two"],
}


def test_a_complete_one_is_accepted() -> None:
    exercise = Exercise(**FIELDS)
    assert (exercise.lesson, exercise.name) == ("99", "twice")
    assert isinstance(exercise.cases, tuple)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("cases", [], "it has no cases"),
        ("cases", [Case()], "case 1 does not fit the reference (missing a required argument: 'n'"),
        ("cases", [Case(1), Case(1, 2)], "case 2 does not fit"),
        ("cases", [Case(1, step=2)], "case 1 does not fit"),
        ("hints", [], "it has 0 hints, not 2 to 4"),
        ("hints", ["one"], "it has 1 hints"),
        ("hints", list("abcde"), "it has 5 hints"),
        ("hints", ["one", " "], "every hint is a text that is not empty"),
        ("id", "1.twice", "the id has the form"),
        ("id", "99.Twice", "the id has the form"),
        ("title", " ", "it has no title"),
        ("minutes", 0, "minutes is 1 to 90, not 0"),
        ("difficulty", 4, "difficulty is 1, 2 or 3, not 4"),
        ("reference", 3, "the reference is not a function"),
        ("reference", undocumented, "the reference has no docstring"),
        ("reference", undocumented, "is called 'undocumented', not 'twice'"),
        ("tolerance", 1e-3, "tolerance is between 0 and 1e-4"),
        ("tolerance", 0.0, "tolerance is between 0 and 1e-4"),
        ("seconds", 0.0, "seconds is positive"),
    ],
)
def test_what_is_missing_is_named(field: str, value: Any, words: str) -> None:
    with pytest.raises(ValueError, match=r"^exercise '") as caught:
        Exercise(**{**FIELDS, field: value})
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("misconceptions", "words"),
    [
        ([], "it has 0 misconceptions, not 3 or more"),
        ([wrong("a"), wrong("b")], "it has 2 misconceptions"),
        ([wrong("a"), wrong("a"), wrong("c")], "have the same name"),
        ([wrong("a"), wrong("b"), wrong(" ")], "has a name and an explanation"),
        ([wrong("a"), wrong("b"), no_function("c")], "'c' has no function"),
    ],
)
def test_incomplete_misconceptions_are_refused_when_all_should_be_there(
    misconceptions: list[Misconception], words: str
) -> None:
    exercise = Exercise(**{**FIELDS, "misconceptions": misconceptions})
    with pytest.raises(ValueError, match=r"^exercise '99.twice': ") as caught:
        exercise.check_misconceptions()
    assert words in str(caught.value)


def test_a_misconception_is_added_by_the_line_above_its_function() -> None:
    exercise = Exercise(**{**FIELDS, "misconceptions": []})

    @exercise.misconception("n is squared", "Add n to itself.")
    def square(n: int) -> int:
        return n * n

    exercise.misconception("n is negated", "Add n to itself.")(abs)
    assert exercise.misconceptions == (
        Misconception("n is squared", square, "Add n to itself."),
        Misconception("n is negated", abs, "Add n to itself."),
    )
    assert square(3) == 9


def test_misconceptions_that_were_added_go_with_a_copy() -> None:
    copied = dataclasses.replace(Exercise(**FIELDS), title="Double")
    copied.misconception("n is squared", "Add n to itself.")(lambda n: n * n)
    assert [m.name for m in copied.misconceptions] == ["a", "b", "c", "n is squared"]
    copied.check_misconceptions()


def test_every_fault_is_listed_at_once() -> None:
    with pytest.raises(ValueError, match="it has no title; minutes is 1 to 90") as caught:
        Exercise(**{**FIELDS, "title": "", "minutes": 99, "hints": []})
    assert "0 hints" in str(caught.value)


def test_an_exercise_cannot_be_changed_afterwards() -> None:
    frozen: Any = Exercise(**FIELDS)
    with pytest.raises(dataclasses.FrozenInstanceError):
        frozen.minutes = 2


class TestCase:
    def test_copies_are_independent(self) -> None:
        case = Case(np.zeros(2), [np.zeros(1)], table={"a": np.zeros(1)})
        (x, rows), keywords = case.fresh()
        x[0] = rows[0][0] = keywords["table"]["a"][0] = 1
        (x, rows), keywords = case.fresh()
        assert x[0] == rows[0][0] == keywords["table"]["a"][0] == 0

    def test_random_arguments_are_drawn_once_and_alike_everywhere(self) -> None:
        drawn: list[int] = []

        def make(rng: np.random.Generator) -> tuple[Any, ...]:
            drawn.append(1)
            return rng.integers(0, 10, 3), 2

        case = Case.random(make, seed=5, note="three digits", base=10)
        assert drawn == []
        assert case.is_random
        assert np.array_equal(case.arguments[0], np.random.default_rng(5).integers(0, 10, 3))
        assert np.array_equal(case.fresh()[0][0], case.arguments[0])
        assert drawn == [1]
        assert (case.keywords, case.note) == ({"base": 10}, "three digits")

    def test_one_random_argument_needs_no_tuple(self) -> None:
        assert Case.random(lambda rng: rng.normal(), seed=0).arguments != ()
        assert len(Case.random(lambda rng: rng.normal(size=3), seed=0).arguments) == 1

    def test_size_counts_every_number(self) -> None:
        case = Case(np.zeros((2, 3)), [np.zeros(4), 5], mode="same", sizes=(1, 2))
        assert case.size == 6 + 5 + 1 + 2
        assert not case.is_random
