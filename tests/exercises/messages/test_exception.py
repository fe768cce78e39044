"""What is said of an exception in the learner's code."""

from __future__ import annotations

import signal
import sys
from typing import Any

import numpy as np
import pytest

from course_utils.exercises import Exercise
from course_utils.exercises.judge import judge
from course_utils.exercises.messages.notice import Text
from course_utils.exercises.outcome import Kind, Outcome
from tests.exercises.reading import right, text


def sentences(outcome: Outcome) -> str:
    """The paragraphs, without the line of code that raised: a test's own line holds its words."""
    return " ".join(block.text for block in outcome.blocks if isinstance(block, Text))


def test_type_message_and_line_of_the_learners_code(toy: Exercise) -> None:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        N = len(x)
        return x[N]

    outcome = judge(toy, running_sum)
    line = running_sum.__code__.co_firstlineno + 2
    assert outcome.kind is Kind.RAISED
    assert "It raised IndexError: index 3 is out of bounds for axis 0 with size 3." in text(outcome)
    assert f"It happened in `running_sum`, line {line}. return x[N]" in text(outcome)


def test_the_line_is_the_learners_though_numpy_raised(toy: Exercise) -> None:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        return np.linalg.inv(np.zeros((2, 2)))

    shown = text(judge(toy, running_sum))
    assert "It happened in `running_sum`" in shown
    assert "return np.linalg.inv(np.zeros((2, 2)))" in shown
    assert "Traceback" not in shown
    assert ".py" not in shown


def test_a_helper_of_the_learners(toy: Exercise) -> None:
    assert "It happened in `helper`" in text(judge(toy, lambda x, scale=1.0: helper(x)))


def test_addresses_and_folders_are_left_out(toy: Exercise) -> None:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        raise ValueError(f"{object()} in /home/ada/lessons/work.py")

    shown = text(judge(toy, running_sum))
    assert "It raised ValueError: <object object> in work.py." in shown


def test_no_message(toy: Exercise) -> None:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        raise ValueError

    assert "It raised ValueError." in text(judge(toy, running_sum))


def test_an_exception_that_cannot_be_printed(toy: Exercise) -> None:
    class Odd(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    def running_sum(x: Any, scale: float = 1.0) -> Any:
        raise Odd

    assert "It raised Odd." in text(judge(toy, running_sum))


@pytest.mark.parametrize("leave", [sys.exit, exit, lambda: sys.exit(3)])
def test_leaving_the_program_does_not_end_the_kernel(toy: Exercise, leave: Any) -> None:
    outcome = judge(toy, lambda x, scale=1.0: leave())
    assert outcome.kind is Kind.RAISED
    assert "`return` is what ends a function" in text(outcome)


def test_calling_itself_without_end(toy: Exercise) -> None:
    outcome = judge(toy, endless)
    assert outcome.kind is Kind.RAISED
    assert "It raised RecursionError. The function calls itself without end." in text(outcome)


def test_only_some_cases(toy: Exercise) -> None:
    outcome = judge(toy, lambda x, scale=1.0: right(x, scale) if len(x) < 9 else x[9])
    assert outcome.kind is Kind.RAISED
    assert "One of 4 cases fails:" in text(outcome)


def test_shapes_that_do_not_fit(toy: Exercise) -> None:
    outcome = judge(toy, lambda x, scale=1.0: x + x[1:])
    assert "Two arrays met whose shapes do not fit together." in text(outcome)


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("x[-5]", "An index ran past the beginning: a negative index counts from"),
        ("x[5]", "An index ran past the end: the last of N items has index N"),
        ("x.tolist()[-5]", "An index lies outside: the last of N items"),
        ("x[0, 1]", "more indices in the brackets than the array has axes"),
        ("x[1.0]", "A size or an index has to be an int"),
        ("np.eye(2) @ np.eye(3)", "the last axis of A must be as long as the first"),
        ("np.dot(np.eye(2), np.eye(3))", "the last axis of A must be as long as"),
        ("x @ 3", "`*` multiplies by a number."),
        ("x + x[1:]", "lengths have to be equal, or one of them 1."),
        ("np.eye(3).__setitem__(0, x[1:])", "Two arrays met whose shapes do not"),
        ("np.zeros(2, 3)", "The shape is one tuple: `np.zeros((2, 3))`."),
    ],
)
def test_what_the_words_of_an_exception_tell(toy: Exercise, code: str, advice: str) -> None:
    # As text: the message shows the line that raised, and that line must not hold the advice.
    function = eval(f"lambda x: {code}", {"np": np})
    outcome = judge(toy, lambda x, scale=1.0: function(np.arange(3.0)))
    assert outcome.kind is Kind.RAISED
    assert advice in text(outcome)
    assert ("ran past" in text(outcome)) == ("ran past" in advice)


def test_a_float_for_a_size(toy: Exercise) -> None:
    size: Any = 3.0
    outcome = judge(toy, lambda x, scale=1.0: np.zeros(size))
    assert "`//` divides and keeps integers integers." in text(outcome)


def test_stopping_the_cell_passes_through(toy: Exercise) -> None:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        signal.raise_signal(signal.SIGINT)

    before = signal.getsignal(signal.SIGALRM), sys.stdout
    # A process in the background ignores the signal unless told otherwise.
    interrupt = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            judge(toy, running_sum)
    finally:
        signal.signal(signal.SIGINT, interrupt)
    assert before == (signal.getsignal(signal.SIGALRM), sys.stdout)
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    assert left == 0 or left > toy.seconds, "no timer of ours is left running"


def helper(x: Any) -> Any:
    return x[len(x)]


def endless(x: Any, scale: float = 1.0) -> Any:
    return endless(x, scale)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (lambda x: x if x > 0 else -x, "`np.where`, `np.maximum` or a product"),
        (lambda x: max(x[:2], 0), "`np.where`, `np.maximum` or a product"),
        (lambda x: np.zeros(3).__setitem__(0, x), "One place of an array holds one number"),
        (lambda x: x.reshape(2, 7), "A reshape keeps every number"),
        (lambda x: [a for a, b in [x.shape * 3]], "number of names on the left"),
        (lambda x: [a for a, b in [x.shape]], "number of names on the left"),
        (lambda x: x[0 : len(x) / 2], "`/` always gives a float"),
        (lambda x: np.array([[1.0], [1.0, 2.0]]), "Rows of different lengths make no array"),
        (lambda x: x[:0].max(), "An empty array has no largest"),
        (lambda x: x(0), "square brackets index"),
        (lambda x: np.arange(3).__iadd__(x + 0.5), "whole numbers cannot take fractions in place"),
        (lambda x: np.linalg.lstsq(np.ones((3, 1)), np.ones((2, 2))), "as many rows"),
        (lambda x: x.tolist().shape, "A list has no axes"),
        (lambda x: list(x[0]), "A single number has no length"),
        (lambda x: x[0][0], "A single number has no elements"),
        (lambda x: np.zeros(-len(x)), "A length came out negative"),
        (lambda x: np.broadcast_to(x, (2, len(x))).__setitem__(0, 1), "a view that cannot be"),
    ],
)
def test_numpys_own_errors_get_a_sentence_for_beginners(
    toy: Exercise, body: Any, words: str
) -> None:
    outcome = judge(toy, lambda x, scale=1.0: body(x))
    assert outcome.kind is Kind.RAISED
    assert words in sentences(outcome)


TOTAL = 3.0
"""A name of a notebook that a beginner takes for a function."""


@pytest.mark.parametrize(
    ("function", "advice"),
    [
        (
            lambda x, scale=1.0: [x[v] for v in x],
            "`for v in x` gives the values of x",
        ),
        (
            lambda x, scale=1.0: [2 * i for i in len(x)],  # type: ignore[attr-defined]
            "`range(n)` gives 0, 1, …, n - 1.",
        ),
        (
            lambda x, scale=1.0: np.concatenate(x, x, x),
            "`np.concatenate((a, b))`",
        ),
        (
            lambda x, scale=1.0: x.shape[1],
            "`.shape` has one item for each axis",
        ),
        (
            lambda x, scale=1.0: x @ reversed(x),
            "`reversed(w)` is no array; `w[::-1]` is.",
        ),
        (
            lambda x, scale=1.0: x.real(),
            "`.real` or `.T` stand without any",
        ),
        (
            lambda x, scale=1.0: np.fft(x),  # type: ignore[operator]
            "`np.fft.fft(x)`, not `np.fft(x)`",
        ),
        (
            lambda x, scale=1.0: np.ifft(x),  # type: ignore[attr-defined]
            "it stands in a part of NumPy",
        ),
        (
            lambda x, scale=1.0: TOTAL(x),  # type: ignore[operator]
            "`sum` has been given a value of its own",
        ),
        (
            lambda x, scale=1.0: x.reverse(),
            "`x[::-1]` is x reversed",
        ),
        (
            lambda x, scale=1.0: None + x,
            "One of the two is None",
        ),
        (
            lambda x, scale=1.0: x.shape - x.shape,
            "`H, W = x.shape` names",
        ),
        (
            lambda x, scale=1.0: x.sum / 2,
            "its round brackets are missing",
        ),
        (
            lambda x, scale=1.0: "sum: " + x,
            "Text and numbers met",
        ),
        (
            lambda x, scale=1.0: np.linalg.inv(np.ones((3, 2))),
            "as many equations as unknowns",
        ),
        (
            lambda x, scale=1.0: [1, 2].shape,  # type: ignore[attr-defined]
            "A list has no axes",
        ),
    ],
)
def test_what_beginners_meet_has_a_sentence(toy: Exercise, function: Any, advice: str) -> None:
    outcome = judge(toy, function)
    assert outcome.kind is Kind.RAISED
    assert advice in sentences(outcome)


def test_names_for_the_numbers_of_a_shape(toy: Exercise) -> None:
    def from_shape(x: Any, scale: float = 1.0) -> Any:
        H, W = x.shape

    def from_list(x: Any, scale: float = 1.0) -> Any:
        first, second = list(x)

    def from_number(x: Any, scale: float = 1.0) -> Any:
        H, W = len(x)  # type: ignore[misc]

    assert "`.shape` has one length for each axis" in text(judge(toy, from_shape))
    shown = text(judge(toy, from_list))
    assert "is not that of the values on the right." in shown
    assert "shape" not in shown
    assert "`len(x)` is one number" in text(judge(toy, from_number))


def test_nothing_is_said_of_arrays_where_a_list_lacks_something_else(toy: Exercise) -> None:
    shown = text(judge(toy, lambda x, scale=1.0: [1, 2].array))  # type: ignore[attr-defined]
    assert "has no attribute 'array'" in shown
    assert "A list has no axes" not in shown


def test_pythons_own_names_are_left_out(toy: Exercise) -> None:
    shown = text(judge(toy, lambda x, scale=1.0: sum(x[9 + i] for i in range(2))))
    assert "It happened in line " in shown
