"""What an answer replaces in NumPy is noticed, undone, and no help in passing."""

from __future__ import annotations

import builtins
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from course_utils import ops
from course_utils.exercises import Exercise
from course_utils.exercises.judge import judge
from course_utils.exercises.known_answers import expected_answers, misconception_answers
from course_utils.exercises.outcome import Kind
from course_utils.exercises.own_numpy import Settings, originals, put_back, watch
from tests.exercises.reading import right, text


@pytest.fixture(autouse=True)
def all_as_it_was() -> Iterator[None]:
    """Leave no test a changed NumPy, whatever fails."""
    watch()
    with Settings().used():
        yield
    put_back()


PLACES: list[tuple[Any, str, str]] = [
    (np, "zeros", "np.zeros"),
    (np, "pi", "np.pi"),
    (np, "add", "np.add"),
    (np.linalg, "norm", "np.linalg.norm"),
    (np.fft, "fft", "np.fft.fft"),
    (np.random, "default_rng", "np.random.default_rng"),
    (np.lib.stride_tricks, "sliding_window_view", "np.lib.stride_tricks.sliding_window_view"),
    (math, "exp", "math.exp"),
    (builtins, "sum", "sum"),
    (ops, "output_size", "course_utils.ops.output_size"),
]


@pytest.mark.parametrize(("module", "name", "spoken"), PLACES)
def test_what_was_replaced_or_deleted_is_put_back(module: Any, name: str, spoken: str) -> None:
    before = getattr(module, name)
    setattr(module, name, 3)
    assert put_back() == (spoken,)
    assert getattr(module, name) is before
    delattr(module, name)
    assert put_back() == (spoken,)
    assert getattr(module, name) is before
    assert put_back() == ()


def test_a_module_that_is_imported_later_is_watched() -> None:
    import numpy.polynomial.chebyshev as late

    watch()
    before = late.chebval
    vars(late)["chebval"] = late.chebadd
    assert put_back() == ("np.polynomial.chebyshev.chebval",)
    assert late.chebval is before


def zeros(count: int) -> Exercise:
    """Make an exercise whose reference cannot be told from ones once NumPy is changed."""

    def blank(n: Any) -> Any:
        """Zeros: shape (n,)."""
        return np.zeros(n)

    return Exercise(
        id="99.blank",
        title="Blank",
        minutes=1,
        difficulty=1,
        reference=blank,
        cases=_cases(count),
        hints=["a", "b"],
    )


def _cases(count: int) -> Any:
    from course_utils.exercises import Case

    return [Case(n) for n in range(1, count + 1)]


def misled(exercise: Exercise) -> Exercise:
    """Add three misconceptions, computed with NumPy too."""
    for name, value in (("ones", 1.0), ("twos", 2.0), ("threes", 3.0)):
        exercise.misconception(name, "Zeros.")(lambda n, value=value: np.zeros(n) + value)
    return exercise


def test_expected_answers_do_not_follow_what_the_answer_changes() -> None:
    exercise, zero = misled(zeros(3)), np.zeros

    def blank(n: Any) -> Any:
        vars(np)["zeros"] = np.ones
        return np.zeros(n)

    outcome = judge(exercise, blank)
    assert outcome.kind is Kind.INCORRECT
    assert outcome.misconception is not None
    assert outcome.misconception.name == "ones", "misconceptions are computed with NumPy's own"
    assert "It also replaces `np.zeros`, which all other code uses" in text(outcome)
    assert np.zeros is zero


def test_a_right_answer_that_replaces_something_is_not_used() -> None:
    def blank(n: Any) -> Any:
        right_one = np.zeros(n)
        vars(np)["zeros"] = np.ones
        vars(math)["exp"] = abs
        return right_one

    outcome = judge(misled(zeros(3)), blank)
    assert outcome.kind is Kind.CHANGED_NUMPY
    assert "answers are right, but it replaces `math.exp` and `np.zeros`, which" in text(outcome)
    assert "The checker has put them back." in text(outcome)
    assert np.zeros(1) == 0


def test_what_is_replaced_is_put_back_when_the_function_fails_or_is_stopped() -> None:
    exercise, zero = misled(zeros(3)), np.zeros
    object.__setattr__(exercise, "seconds", 0.1)

    def raises(n: Any) -> Any:
        vars(np)["zeros"] = np.ones
        raise KeyError(n)

    def loops(n: Any) -> Any:
        vars(np)["zeros"] = np.ones
        while True:
            pass

    for function, kind in ((raises, Kind.RAISED), (loops, Kind.TOO_LONG)):
        assert judge(exercise, function).kind is kind
        assert np.zeros is zero


def test_what_a_cell_has_replaced_is_put_aside_while_an_answer_is_judged() -> None:
    zero, own = np.zeros, np.ones
    vars(np)["zeros"] = own
    seen: list[Any] = []

    def blank(n: Any) -> Any:
        seen.append(np.zeros)
        return np.zeros(n)

    outcome = judge(misled(zeros(3)), blank)
    assert outcome.kind is Kind.CORRECT
    assert seen == [zero] * 4
    assert "A cell of this notebook has given `np.zeros` another meaning" in text(outcome)
    assert "what your cell made of it is in use again" in text(outcome)
    assert np.zeros is own


def test_what_a_cell_has_deleted_is_missing_again_afterwards() -> None:
    zero = np.zeros
    del vars(np)["zeros"]
    with originals() as names:
        assert names == ("np.zeros",)
        assert np.zeros is zero
    assert "zeros" not in vars(np)


def test_a_cell_and_then_an_answer_replace_the_same() -> None:
    own = vars(np)["zeros"] = np.ones

    def blank(n: Any) -> Any:
        right_one = np.zeros(n)
        vars(np)["zeros"] = np.empty
        return right_one

    assert judge(misled(zeros(3)), blank).kind is Kind.CHANGED_NUMPY
    assert np.zeros is own


def test_known_answers_by_themselves_are_computed_with_numpys_own() -> None:
    exercise = misled(zeros(1))
    vars(np)["zeros"] = np.ones
    assert expected_answers(exercise)[0].value == 0
    assert misconception_answers(exercise, 0)[0].value == 1


def overflowing(toy: Exercise) -> Exercise:
    """Make an exercise whose reference divides by zero on the way to its answer."""

    def inverse(x: Any) -> Any:
        """1 / x, where 0 gives 0."""
        with np.errstate():
            y = np.asarray(1.0 / x)
        return np.where(np.isinf(y), 0.0, y)

    from course_utils.exercises import Case

    exercise = Exercise(
        id="99.inverse",
        title="Inverse",
        minutes=1,
        difficulty=1,
        reference=inverse,
        cases=[Case(np.array([0.0, 2.0]))],
        hints=["a", "b"],
    )
    return misled(exercise)


@pytest.mark.parametrize("where", ["cell", "answer"])
def test_settings_for_errors(toy: Exercise, where: str) -> None:
    def inverse(x: Any) -> Any:
        if where == "answer":
            np.seterr(all="raise")
        return np.array([0.0 if v == 0 else 1.0 / v for v in x])

    if where == "cell":
        np.seterr(all="raise")
    before = np.geterr()
    outcome = judge(overflowing(toy), inverse)
    assert outcome.kind is Kind.CORRECT
    assert np.geterr() == before
    assert ("It calls `np.seterr`, which changes NumPy for the whole" in text(outcome)) is (
        where == "answer"
    )


def test_settings_for_printing(toy: Exercise) -> None:
    def running_sum(x: Any, scale: float = 1.0) -> Any:
        np.set_printoptions(precision=1, formatter={"float": lambda _: "?"})
        return right(x, scale) + 0.25

    before = np.get_printoptions()
    outcome = judge(toy, running_sum)
    assert "1.25, 3.25, 7.25" in text(outcome)
    assert "It calls `np.set_printoptions`" in text(outcome)
    assert np.get_printoptions() == before
    np.set_printoptions(formatter={"float": lambda _: "?"})
    assert "1.25, 3.25, 7.25" in text(judge(toy, lambda x, scale=1.0: right(x, scale) + 0.25))
