"""Proofs that every exercise of the course tells right answers from wrong ones.

Each exercise is fed its own solution, its stub, every misconception, and wrong answers that suit
any exercise. A check that cannot fail would be worse than none.
"""

from __future__ import annotations

import ast
import copy
import functools
import inspect
import itertools
import json
import pathlib
import re
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import numpy as np
import pytest

from course_utils import exercises
from course_utils.exercises import Exercise, solution_source, stub_source
from course_utils.exercises.calling import call
from course_utils.exercises.compare import compare
from course_utils.exercises.definition import UNSET
from course_utils.exercises.judge import judge
from course_utils.exercises.known_answers import (
    expected_answers,
    misconception_answers,
    same_answer,
)
from course_utils.exercises.outcome import Kind
from course_utils.exercises.registry import lesson_exercises, lessons

NOTEBOOKS = pathlib.Path(__file__).parents[2] / "notebooks"
EXERCISES = exercises.all_exercises()
ENDS = (".", "?", ")", "`", "…")
WRONG_NUMBERS = (Kind.INCORRECT, Kind.WRONG_DTYPE, Kind.WRONG_TYPE)

every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)


def change_numbers(value: Any, change: Callable[[Any], Any]) -> Any:
    """Apply a change to every number of an answer, however it is nested."""
    if isinstance(value, np.ndarray):
        return np.asarray(change(value))
    if isinstance(value, (list, tuple)):
        return type(value)(change_numbers(item, change) for item in value)
    return change(value)


def reshape(value: Any) -> Any:
    """Give an answer another shape: an axis more, an item fewer, an array for a number."""
    if isinstance(value, np.ndarray):
        return value[..., None]
    if isinstance(value, (list, tuple)):
        return value[:-1]
    return np.array([value])


def answering(exercise: Exercise, change: Callable[[Any], Any]) -> Callable[..., Any]:
    """Make a function that answers like the reference, but for a change."""

    @functools.wraps(exercise.reference)
    def function(*arguments: Any, **keywords: Any) -> Any:
        return change(exercise.reference(*arguments, **keywords))

    return function


def define(exercise: Exercise, source: str) -> Any:
    """Run a source text where a lesson has imported what it needs above the exercise."""
    names: dict[str, Any] = {"np": np, "exercise": lambda id: lambda function: function}
    for line in exercise.uses:
        exec(line, names)
    exec(compile(source, f"<{exercise.id}>", "exec"), names)
    return names[exercise.name]


def numbers_in(value: Any) -> list[float]:
    """List every number of an argument, however it is nested."""
    if isinstance(value, np.ndarray):
        return [float(number) for number in value.flat]
    if isinstance(value, (list, tuple)):
        return [number for item in value for number in numbers_in(item)]
    return [] if isinstance(value, str) or callable(value) else [float(value)]


def changes(argument: Any) -> Iterator[Callable[[Any], None]]:
    """Find every way to change an argument in place: an array's number, a list's length."""
    if isinstance(argument, np.ndarray):

        def change_first_number(array: Any) -> None:
            array.flat[0] += 1

        yield change_first_number
    if isinstance(argument, list):
        yield lambda items: items.append(copy.deepcopy(items[0]))
    if isinstance(argument, (list, tuple)):
        for change in changes(argument[0]):

            def inside(items: Any, change: Callable[[Any], None] = change) -> None:
                change(items[0])

            yield inside


@every_exercise
def test_the_reference_passes(exercise: Exercise) -> None:
    outcome = judge(exercise, exercise.reference)
    assert outcome.kind is Kind.CORRECT, str(outcome)


@every_exercise
def test_the_reference_changes_no_argument_says_nothing_and_gives_the_same_twice(
    exercise: Exercise,
) -> None:
    for case, answer in zip(exercise.cases, expected_answers(exercise), strict=True):
        again = call(exercise.reference, case)
        assert (answer.changed, answer.printed, answer.warned) == ("", "", ())
        assert same_answer(again, answer, case, 0.0)


@every_exercise
def test_answers_worked_out_by_hand_agree_with_the_reference(exercise: Exercise) -> None:
    for case, answer in zip(exercise.cases, expected_answers(exercise), strict=True):
        if case.expected is not UNSET:
            assert compare(answer.value, case.expected, exercise.tolerance) is None


@every_exercise
def test_the_solution_shown_passes_where_only_numpy_is_imported(exercise: Exercise) -> None:
    outcome = judge(exercise, define(exercise, solution_source(exercise, decorated=True)))
    assert outcome.kind is Kind.CORRECT, str(outcome)


@every_exercise
def test_the_solution_shows_nothing_for_a_type_checker(exercise: Exercise) -> None:
    source = solution_source(exercise)
    for node in ast.walk(ast.parse(source)):
        assert not isinstance(node, ast.AnnAssign)
        assert getattr(node, "annotation", None) is None
        assert getattr(node, "returns", None) is None
    assert not re.search(r"#\s*(type:|noqa|pragma:|fmt:)", source)


@every_exercise
def test_the_stub_has_the_references_signature_and_docstring_and_is_not_attempted(
    exercise: Exercise,
) -> None:
    stub = define(exercise, stub_source(exercise))
    assert inspect.signature(stub) == inspect.signature(exercise.reference)
    assert inspect.getdoc(stub) == inspect.getdoc(exercise.reference)
    assert judge(exercise, stub).kind is Kind.NOT_ATTEMPTED


@every_exercise
def test_the_stub_stands_in_the_lesson_once(exercise: Exercise) -> None:
    found = sorted(NOTEBOOKS.glob(f"{exercise.lesson}_*.ipynb"))
    if not found:
        pytest.skip(f"notebooks/{exercise.lesson}_*.ipynb is not built yet")
    cells = json.loads(found[0].read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert [s.strip() for s in sources].count(stub_source(exercise).strip()) == 1


@every_exercise
def test_every_misconception_fails_and_is_named(exercise: Exercise) -> None:
    unnamed = []
    for misconception in exercise.misconceptions:
        outcome = judge(exercise, misconception.function)
        assert outcome.kind is not Kind.WRONG_SIGNATURE, f"{misconception.name}\n{outcome}"
        assert not outcome.correct, misconception.name
        named = misconception.name in str(outcome).replace("\n", " ")
        if outcome.misconception is not misconception or not named:
            unnamed.append(f"{misconception.name}\n{outcome}")
    assert not unnamed, "\n\n".join(unnamed)


@every_exercise
def test_no_two_misconceptions_answer_alike(exercise: Exercise) -> None:
    answers = [misconception_answers(exercise, n) for n in range(len(exercise.misconceptions))]
    for (i, left), (j, right) in itertools.combinations(enumerate(answers), 2):
        triples = zip(left, right, exercise.cases, strict=True)
        alike = all(same_answer(a, b, c, exercise.tolerance) for a, b, c in triples)
        names = [exercise.misconceptions[n].name for n in (i, j)]
        said = [
            [answer.raised and answer.raised.message for answer in side] for side in (left, right)
        ]
        # two that never answer are told apart by their words
        alike = alike and (None in said[0] or said[0] == said[1])
        assert not alike, f"{names[0]!r} and {names[1]!r} answer alike in every case"


@every_exercise
def test_zeros_fail(exercise: Exercise) -> None:
    outcome = judge(exercise, answering(exercise, lambda y: change_numbers(y, lambda v: v * 0)))
    assert outcome.kind in WRONG_NUMBERS, str(outcome)


@every_exercise
def test_the_input_itself_fails(exercise: Exercise) -> None:
    @functools.wraps(exercise.reference)
    def function(*arguments: Any, **keywords: Any) -> Any:
        return arguments[0]

    outcome = judge(exercise, function)
    assert outcome.kind in (*WRONG_NUMBERS, Kind.WRONG_SHAPE), str(outcome)


@every_exercise
def test_a_wrong_shape_fails(exercise: Exercise) -> None:
    outcome = judge(exercise, answering(exercise, reshape))
    assert outcome.kind is Kind.WRONG_SHAPE, str(outcome)


@every_exercise
@pytest.mark.parametrize("sign", [1, -1])
def test_an_answer_off_by_a_thousandth_fails(exercise: Exercise, sign: int) -> None:
    off = answering(exercise, lambda y: change_numbers(y, lambda v: v + sign * 1e-3))
    outcome = judge(exercise, off)
    assert outcome.kind in WRONG_NUMBERS, str(outcome)


@every_exercise
def test_one_number_off_by_a_thousandth_fails(exercise: Exercise) -> None:
    def last(value: Any) -> Any:
        if isinstance(value, np.ndarray) and value.size and value.dtype.kind == "f":
            value = value.copy()
            value.flat[-1] += 1e-3
            return value
        if isinstance(value, (list, tuple)):
            return type(value)([*value[:-1], last(value[-1])])
        return value + 1e-3

    outcome = judge(exercise, answering(exercise, last))
    assert outcome.kind in WRONG_NUMBERS, str(outcome)


@every_exercise
def test_no_result_at_all_fails(exercise: Exercise) -> None:
    assert judge(exercise, answering(exercise, lambda y: None)).kind is Kind.WRONG_TYPE


@every_exercise
def test_a_right_answer_that_changes_an_argument_fails(exercise: Exercise) -> None:
    """Every argument is changed in every way there is; numbers and tuples of them have none."""
    names = list(inspect.signature(exercise.reference).parameters)
    for place, argument in enumerate(exercise.cases[0].arguments):
        ways = list(changes(argument))
        assert ways or hash(argument) is not None, f"nobody has tried to change {names[place]}"
        for change in ways:

            @functools.wraps(exercise.reference)
            def function(
                *arguments: Any,
                place: int = place,
                change: Callable[[Any], None] = change,
                **keywords: Any,
            ) -> Any:
                result = copy.deepcopy(exercise.reference(*arguments, **keywords))
                if len(numbers_in(arguments[place])):
                    change(arguments[place])
                return result

            outcome = judge(exercise, function)
            assert outcome.kind is Kind.CHANGED_INPUT, str(outcome)
            assert f"changed its argument {names[place]}" in str(outcome).replace("\n", " ")


@every_exercise
def test_a_right_answer_in_another_style_passes(exercise: Exercise) -> None:
    def restyle(value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return np.asfortranarray(value)
        if isinstance(value, tuple):
            return [restyle(item) for item in value]
        if isinstance(value, int):
            return np.int64(value)
        return np.asarray(value) if isinstance(value, float) else value

    outcome = judge(exercise, answering(exercise, restyle))
    assert outcome.kind is Kind.CORRECT, str(outcome)


@every_exercise
def test_the_first_case_can_be_checked_by_hand(exercise: Exercise) -> None:
    first = exercise.cases[0]
    assert first.note, "the first case says how its answer is found by hand"
    assert not first.is_random
    assert first.size <= 50
    numbers = numbers_in(first.arguments)
    assert numbers
    assert np.array_equal(numbers, np.round(numbers, 2)), "numbers that one can reckon with"


FILLS_AN_ARRAY = [
    exercise
    for exercise in EXERCISES
    if "np.zeros(" in solution_source(exercise)
    and any(isinstance(argument, np.ndarray) for argument in exercise.cases[0].arguments)
]


@pytest.mark.parametrize("exercise", FILLS_AN_ARRAY, ids=lambda e: e.id)
def test_wholes_go_in_where_fractions_could_be_lost(exercise: Exercise) -> None:
    """Where an array is filled, integers go in once: zeros_like(x) would cut fractions off."""
    wholes = [
        argument.dtype.kind in "iu"
        for case in exercise.cases
        for argument in case.arguments
        if isinstance(argument, np.ndarray)
    ]
    assert any(wholes), "no case has an integer array among its arguments"


@every_exercise
def test_texts_are_fit_to_read(exercise: Exercise) -> None:
    texts = [exercise.title, *exercise.hints]
    for misconception in exercise.misconceptions:
        texts += [misconception.name, misconception.explanation]
    for text in texts:
        assert text == text.strip()
        assert "  " not in text
    assert not exercise.title.endswith(".")
    for hint in exercise.hints:
        assert hint.endswith(ENDS), hint
    for misconception in exercise.misconceptions:
        assert not misconception.name.endswith("."), misconception.name
        assert misconception.explanation.endswith(ENDS), misconception.explanation
    assert max(map(len, stub_source(exercise).splitlines())) <= 100


@every_exercise
def test_the_reference_needs_a_small_part_of_the_time_allowed(exercise: Exercise) -> None:
    """Lines are counted, not seconds: 20,000 of them take less than a tenth of a second."""
    lines = 0

    def count(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    for case in exercise.cases:
        arguments, keywords = case.fresh()
        sys.settrace(count)
        try:
            exercise.reference(*arguments, **keywords)
        finally:
            sys.settrace(before)
    assert 0 < lines < 20_000 * exercise.seconds
    assert sum(case.size for case in exercise.cases) < 200_000


@pytest.mark.parametrize("lesson", [lesson for lesson in lessons() if lesson != "00"])
def test_a_lesson_has_four_exercises_or_more_of_different_difficulty(lesson: str) -> None:
    found = lesson_exercises(lesson)
    assert len(found) >= 4
    assert len({exercise.difficulty for exercise in found}) >= 2


def test_ids_are_distinct_and_found_again() -> None:
    assert len({exercise.id for exercise in EXERCISES}) == len(EXERCISES)
    for exercise in EXERCISES:
        assert exercises.get(exercise.id) is exercise


@every_exercise
def test_an_exercise_stands_in_the_file_of_its_name(exercise: Exercise) -> None:
    module = f"course_utils.lessons.lesson_{exercise.lesson}.{exercise.name}"
    assert exercise.reference.__module__ == module
