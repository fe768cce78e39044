"""Proofs that every exercise of the course tells right answers from wrong ones.

Each exercise is fed its own solution, its stub, every misconception, and wrong answers that suit
any exercise. A check that cannot fail would be worse than none.
"""

from __future__ import annotations

import ast
import functools
import inspect
import itertools
import json
import math
import pathlib
from typing import Any

import numpy as np
import pytest

from course_utils import exercises
from course_utils.exercises import Exercise, Misconception, solution_source, stub_source
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

every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
every_misconception = pytest.mark.parametrize(
    ("exercise", "misconception"),
    [(e, m) for e in EXERCISES for m in e.misconceptions],
    ids=lambda value: value.id if isinstance(value, Exercise) else value.name,
)


def change_numbers(value: Any, change: Any) -> Any:
    """Apply a change to every number of an answer, however it is nested."""
    if isinstance(value, np.ndarray):
        return np.asarray(change(value))
    if isinstance(value, (list, tuple)):
        return type(value)(change_numbers(item, change) for item in value)
    if isinstance(value, dict):
        return {key: change_numbers(item, change) for key, item in value.items()}
    if isinstance(value, (bool, np.bool_)):
        return not value
    if isinstance(value, str):
        return value + "?"
    return change(value)


def reshape(value: Any) -> Any:
    """Give an answer another shape: an axis more, an item fewer, an array for a number."""
    if isinstance(value, np.ndarray):
        return value[..., None]
    if isinstance(value, (list, tuple)):
        return value[:-1]
    if isinstance(value, dict):
        return dict(list(value.items())[:-1])
    return np.array([value])


def answering(exercise: Exercise, change: Any) -> Any:
    """Make a function that answers like the reference, but for a change."""

    @functools.wraps(exercise.reference)
    def function(*arguments: Any, **keywords: Any) -> Any:
        return change(exercise.reference(*arguments, **keywords))

    return function


def namespace(exercise: Exercise) -> dict[str, Any]:
    """Set up what a lesson has imported above the exercise."""
    names: dict[str, Any] = {"np": np, "exercise": lambda id: lambda function: function}
    for line in exercise.uses:
        exec(line, names)
    return names


def define(exercise: Exercise, source: str) -> Any:
    names = namespace(exercise)
    exec(compile(source, f"<{exercise.id}>", "exec"), names)
    return names[exercise.name]


def array_places(exercise: Exercise) -> list[int]:
    """List which positional arguments are arrays in every case."""
    count = min(len(case.arguments) for case in exercise.cases)
    return [
        place
        for place in range(count)
        if all(isinstance(case.arguments[place], np.ndarray) for case in exercise.cases)
    ]


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
    outcome = judge(exercise, define(exercise, solution_source(exercise)))
    assert outcome.kind is Kind.CORRECT, str(outcome)
    outcome = judge(exercise, define(exercise, solution_source(exercise, decorated=True)))
    assert outcome.kind is Kind.CORRECT, str(outcome)


@every_exercise
def test_the_solution_shows_no_annotation(exercise: Exercise) -> None:
    tree = ast.parse(solution_source(exercise))
    for node in ast.walk(tree):
        assert not isinstance(node, ast.AnnAssign)
        assert getattr(node, "annotation", None) is None
        assert getattr(node, "returns", None) is None


@every_exercise
def test_the_stub_has_the_references_signature_and_docstring_and_is_not_attempted(
    exercise: Exercise,
) -> None:
    stub = define(exercise, stub_source(exercise))
    theirs, ours = inspect.signature(stub), inspect.signature(exercise.reference)
    assert [(p.name, p.kind, p.default) for p in theirs.parameters.values()] == [
        (p.name, p.kind, p.default) for p in ours.parameters.values()
    ]
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


@every_misconception
def test_the_misconception_fails_and_is_named(
    exercise: Exercise, misconception: Misconception
) -> None:
    outcome = judge(exercise, misconception.function)
    if outcome.kind is Kind.WRONG_SIGNATURE:
        pytest.fail(f"a misconception takes the exercise's arguments: {outcome}")
    assert not outcome.correct
    assert outcome.misconception is misconception, str(outcome)
    assert misconception.name in str(outcome).replace("\n", " ")


@every_exercise
def test_no_two_misconceptions_answer_alike(exercise: Exercise) -> None:
    answers = [misconception_answers(exercise, n) for n in range(len(exercise.misconceptions))]
    for (i, left), (j, right) in itertools.combinations(enumerate(answers), 2):
        triples = list(zip(left, right, exercise.cases, strict=True))
        alike = all(same_answer(a, b, c, exercise.tolerance) for a, b, c in triples)
        names = [exercise.misconceptions[n].name for n in (i, j)]
        assert not alike, f"{names[0]!r} and {names[1]!r} answer alike in every case"


@every_exercise
def test_zeros_fail(exercise: Exercise) -> None:
    outcome = judge(exercise, answering(exercise, lambda y: change_numbers(y, lambda v: v * 0)))
    assert not outcome.correct


@every_exercise
def test_the_input_itself_fails(exercise: Exercise) -> None:
    @functools.wraps(exercise.reference)
    def function(*arguments: Any, **keywords: Any) -> Any:
        return arguments[0]

    assert not judge(exercise, function).correct


@every_exercise
def test_a_wrong_shape_fails(exercise: Exercise) -> None:
    outcome = judge(exercise, answering(exercise, reshape))
    assert not outcome.correct


@every_exercise
@pytest.mark.parametrize("sign", [1, -1])
def test_an_answer_off_by_a_thousandth_fails(exercise: Exercise, sign: int) -> None:
    change = lambda y: change_numbers(y, lambda v: v + sign * 1e-3)  # noqa: E731
    assert not judge(exercise, answering(exercise, change)).correct


@every_exercise
def test_one_number_off_by_a_thousandth_fails(exercise: Exercise) -> None:
    def last(value: Any) -> Any:
        if isinstance(value, np.ndarray) and value.size and value.dtype.kind == "f":
            value = value.copy()
            value.flat[-1] += 1e-3
            return value
        return change_numbers(value, lambda v: v + 1e-3)

    assert not judge(exercise, answering(exercise, last)).correct


@every_exercise
def test_no_result_at_all_fails(exercise: Exercise) -> None:
    assert judge(exercise, answering(exercise, lambda y: None)).kind is Kind.WRONG_TYPE


@every_exercise
def test_a_right_answer_that_changes_an_argument_fails(exercise: Exercise) -> None:
    places = array_places(exercise)
    if not places:
        pytest.skip("no argument of this exercise is an array, so none can be changed")
    for place in places:

        @functools.wraps(exercise.reference)
        def function(*arguments: Any, place: int = place, **keywords: Any) -> Any:
            result = np.copy(exercise.reference(*arguments, **keywords))
            arguments[place].flat[0] += 1
            return result.item() if result.ndim == 0 else result

        if not isinstance(expected_answers(exercise)[0].value, np.ndarray):
            continue
        outcome = judge(exercise, function)
        assert outcome.kind is Kind.CHANGED_INPUT, str(outcome)
        name = list(inspect.signature(exercise.reference).parameters)[place]
        assert f"changed its argument {name}" in str(outcome).replace("\n", " ")


@every_exercise
def test_a_right_answer_in_another_style_passes(exercise: Exercise) -> None:
    def restyle(value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return np.asfortranarray(value)
        if isinstance(value, tuple):
            return [restyle(item) for item in value]
        if isinstance(value, bool):
            return np.bool_(value)
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
    numbers = np.concatenate(
        [np.ravel(a) for a in first.arguments if isinstance(a, (np.ndarray, int, float))] or [[0]]
    )
    assert np.array_equal(numbers, np.round(numbers, 2)), "numbers that one can reckon with"


@every_exercise
def test_wholes_go_in_where_fractions_could_be_lost(exercise: Exercise) -> None:
    """Where an array is filled, integers go in once: zeros_like(x) would cut fractions off."""
    if not array_places(exercise) or "np.zeros(" not in solution_source(exercise):
        pytest.skip("this exercise takes no array, or fills none")
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
def test_the_whole_judgement_is_quick(exercise: Exercise) -> None:
    """Not a timing: the reference stays inside its own limit with a hundredfold margin."""
    assert exercise.seconds >= 1
    assert sum(case.size for case in exercise.cases) < 200_000


@pytest.mark.parametrize("lesson", ["01", "02", "03"])
def test_a_lesson_has_four_exercises_or_more_of_different_difficulty(lesson: str) -> None:
    if lesson not in lessons():
        pytest.skip(f"course_utils/exercises/lesson_{lesson}.py is not written yet")
    found = lesson_exercises(lesson)
    assert len(found) >= 4
    assert len({exercise.difficulty for exercise in found}) >= 2


def test_ids_are_distinct_and_found_again() -> None:
    assert len({exercise.id for exercise in EXERCISES}) == len(EXERCISES)
    for exercise in EXERCISES:
        assert exercises.get(exercise.id) is exercise
    assert not math.isnan(len(EXERCISES))
