"""Every way in which an attempt can end, on small exercises of our own."""

from __future__ import annotations

import asyncio
import dataclasses
import functools
import sys
import types
import warnings
from typing import Any

import numpy as np
import pytest

from course_utils.exercises import Case, Exercise
from course_utils.exercises.decorator import check
from course_utils.exercises.judge import judge
from course_utils.exercises.outcome import Kind
from tests.exercises.reading import missing, right, text

STEPS: list[Any] = []


class TestNotAttempted:
    def test_an_empty_function_is_not_run(self, toy: Exercise) -> None:
        def running_sum(x: Any, scale: float = 1.0) -> Any:
            """Running sums."""

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.NOT_ATTEMPTED
        assert str(outcome) == (
            "99.running_sum: not attempted yet. The lesson runs on with its own version."
        )

    def test_a_stub_with_another_signature_is_still_a_stub(self, toy: Exercise) -> None:
        def running_sum() -> Any:
            pass

        assert judge(toy, running_sum).kind is Kind.NOT_ATTEMPTED


class TestCorrect:
    def test_one_line(self, toy: Exercise) -> None:
        outcome = judge(toy, right)
        assert outcome.correct
        assert str(outcome) == (
            "99.running_sum: correct. All 4 cases pass; the lesson now uses your function."
        )

    def test_other_names_for_positional_arguments(self, toy: Exercise) -> None:
        assert judge(toy, lambda signal, scale=1.0: scale * np.cumsum(signal)).correct

    def test_what_it_prints_is_shown_once(self, toy: Exercise) -> None:
        def running_sum(x: Any, scale: float = 1.0) -> Any:
            print("N =", len(x))
            return right(x, scale)

        assert text(judge(toy, running_sum)).count("N = 3") == 1

    def test_a_function_that_calls_itself(self, whole: Exercise) -> None:
        namespace: dict[str, Any] = {}
        exec("def half(n):\n    return 0 if n < 2 else 1 + half(n - 2)\n", namespace)
        assert judge(whole, namespace["half"]).correct
        assert namespace["half"](9) == 4

    def test_the_name_is_bound_only_while_the_function_runs(self, whole: Exercise) -> None:
        namespace: dict[str, Any] = {"half": "what an earlier cell left"}
        exec("def other(n):\n    return 0 if n < 2 else 1 + half(n - 2)\n", namespace)
        assert judge(whole, namespace["other"]).correct
        assert namespace["half"] == "what an earlier cell left"
        del namespace["half"]
        assert judge(whole, namespace["other"]).correct
        assert "half" not in namespace

    def test_a_compiled_function_and_a_wrapped_one(self, toy: Exercise) -> None:
        @functools.wraps(right)
        def wrapped(*arguments: Any, **keywords: Any) -> Any:
            return right(*arguments, **keywords)

        assert judge(toy, wrapped).correct
        assert judge(toy, functools.partial(right)).correct

    def test_integers_of_numpy_for_integers(self, whole: Exercise) -> None:
        assert judge(whole, lambda n: np.int64(n // 2)).correct
        assert judge(whole, lambda n: np.array(n // 2)).correct

    def test_single_precision_is_enough_where_it_went_in(self, toy: Exercise) -> None:
        case = Case(np.array([0.1, 0.7, 1e3], dtype=np.float32))
        single = dataclasses.replace(toy, cases=[case])
        noise = np.float32(1 + 1e-6)
        assert judge(single, lambda x, scale=1.0: noise * np.cumsum(x, dtype="f4")).correct
        assert not judge(single, lambda x, scale=1.0: 1.001 * np.cumsum(x, dtype="f4")).correct

    def test_single_precision_only_where_it_went_in(self, toy: Exercise) -> None:
        outcome = judge(toy, lambda x, scale=1.0: np.float32(scale) * np.cumsum(x, dtype="f4"))
        assert outcome.kind is Kind.WRONG_DTYPE
        assert "float32" in str(outcome)


class TestWrongType:
    def test_no_return(self, toy: Exercise) -> None:
        def running_sum(x: Any, scale: float = 1.0) -> Any:
            y = right(x, scale)  # noqa: F841

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.WRONG_TYPE
        assert "returned None where a NumPy array is expected. Is the line with `return`" in text(
            outcome
        )

    @pytest.mark.parametrize(
        ("function", "advice", "never"),
        [
            (lambda n: np.floor(0.5 * n), "`np.floor` returns a float too", "`/`"),
            (lambda n: n // 2 * 1.0, "`int(...)` turns it into a whole number.", "`/`"),
            (lambda n: (n - n % 2) / 2, "`/` always gives a float", "floor"),
        ],
    )
    def test_a_float_for_a_whole_number(
        self, whole: Exercise, function: Any, advice: str, never: str
    ) -> None:
        outcome = judge(whole, function)
        assert outcome.kind is Kind.WRONG_TYPE
        assert advice in text(outcome)
        assert never not in text(outcome)

    def test_a_generator(self, toy: Exercise) -> None:
        def running_sum(x: Any, scale: float = 1.0) -> Any:
            yield from right(x, scale)

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.WRONG_TYPE
        assert "a generator, which has computed nothing yet" in text(outcome)

    def test_a_generator_expression(self, toy: Exercise) -> None:
        assert "a generator" in text(judge(toy, lambda x, scale=1.0: (v for v in x)))

    def test_a_coroutine(self, toy: Exercise) -> None:
        async def running_sum(x: Any, scale: float = 1.0) -> Any:
            await asyncio.sleep(0)
            return x

        with warnings.catch_warnings():
            warnings.simplefilter("error")
            outcome = judge(toy, running_sum)
        assert "write `def`, not `async def`" in text(outcome)

    def test_a_list_with_the_right_numbers(self, toy: Exercise) -> None:
        outcome = judge(toy, lambda x, scale=1.0: list(right(x, scale)))
        assert outcome.kind is Kind.WRONG_TYPE
        assert "The numbers in it are right: `np.array(...)` turns it into an array." in text(
            outcome
        )

    def test_a_list_with_wrong_numbers(self, toy: Exercise) -> None:
        shown = text(judge(toy, lambda x, scale=1.0: [0.0] * len(x)))
        assert "a list of 3" in shown
        assert "are right" not in shown

    def test_a_tensor_of_pytorch(self, toy: Exercise) -> None:
        tensor = type("Tensor", (), {"__module__": "torch"})
        outcome = judge(toy, lambda x, scale=1.0: tensor())
        assert outcome.kind is Kind.WRONG_TYPE
        assert "a PyTorch Tensor" in text(outcome)

    def test_complex_numbers(self, toy: Exercise) -> None:
        outcome = judge(toy, lambda x, scale=1.0: right(x, scale) + 0j)
        assert outcome.kind is Kind.WRONG_DTYPE
        assert "np.real" in text(outcome)

    def test_a_float_for_an_int(self, whole: Exercise) -> None:
        outcome = judge(whole, lambda n: float(n // 2))
        assert outcome.kind is Kind.WRONG_TYPE
        assert "the float 3.0 where a whole number (int) is expected" in text(outcome)

    def test_the_function_of_numpy_itself(self, toy: Exercise) -> None:
        assert "Are the brackets of a call missing?" in text(
            judge(toy, lambda x, scale=1.0: np.cumsum)
        )

    def test_dots_where_the_answer_belongs(self, toy: Exercise) -> None:
        def running_sum(x: Any, scale: float = 1.0) -> Any:
            return ...

        assert "still to be written" in text(judge(toy, running_sum))


class TestShapeAndDtype:
    def test_both_shapes(self, toy: Exercise) -> None:
        outcome = judge(toy, lambda x, scale=1.0: right(x, scale)[:-1])
        assert outcome.kind is Kind.WRONG_SHAPE
        assert "The result has shape (2,); expected (3,)." in text(outcome)

    def test_axes_of_length_1_are_spoken_of_only_where_no_case_differs_by_more(
        self, toy: Exercise
    ) -> None:
        always = text(judge(toy, lambda x, scale=1.0: toy.reference(x, scale)[None]))
        assert "They differ only in axes of length 1." in always
        sometimes = text(
            judge(toy, lambda x, scale=1.0: toy.reference(x, scale)[None, : 3 if len(x) < 4 else 2])
        )
        assert "The result has shape (1, 3); expected (3,)." in sometimes
        assert "axes of length 1" not in sometimes

    def test_ten_gigabytes_are_judged_by_their_shape(self, toy: Exercise) -> None:
        # Memory that was asked for and never touched; a broadcast view needs none at all.
        outcome = judge(toy, lambda x, scale=1.0: np.broadcast_to(1.0, (37_000, 37_000)))
        assert outcome.kind is Kind.WRONG_SHAPE
        assert "shape (37000, 37000); expected (3,). It would fill 10.2 GiB" in text(outcome)

    def test_ten_gigabytes_of_ones_do_not_freeze_the_machine(self, toy: Exercise) -> None:
        if sys.platform != "linux":
            pytest.skip("only Linux limits the memory of a process")
        outcome = judge(toy, lambda x, scale=1.0: np.ones((37_000, 37_000)))
        assert outcome.kind is Kind.TOO_LARGE
        assert "Unable to allocate 10.2 GiB for an array with shape (37000, 37000)" in text(outcome)

    def test_more_memory_than_there_is(self, toy: Exercise) -> None:
        outcome = judge(toy, lambda x, scale=1.0: np.zeros((2**24, 2**24)))
        assert outcome.kind is Kind.TOO_LARGE
        assert "It asked for more memory than an exercise may take" in text(outcome)

    def test_fractions_cut_off_by_the_inputs_dtype(self, toy: Exercise) -> None:
        def running_sum(x: Any, scale: float = 1.0) -> Any:
            y = np.zeros_like(x)
            y[:] = right(x, scale)
            return y

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.WRONG_DTYPE
        assert "dtype int64, which cannot hold fractions" in text(outcome)
        assert "x = [1, 2, 4]" in text(outcome)

    def test_not_finite(self, toy: Exercise) -> None:
        def running_sum(x: Any, scale: float = 1.0) -> Any:
            return right(x, scale) / np.where(np.arange(len(x)) == 2, 0.0, 1.0)

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.NOT_FINITE
        assert "The result is inf at [2], where 7.0 is expected." in text(outcome)
        assert "RuntimeWarning: divide by zero" in text(outcome)


class TestChangedInput:
    def test_which_argument_and_where(self, toy: Exercise) -> None:
        def running_sum(x: Any, scale: float = 1.0) -> Any:
            y = right(x, scale)
            x[-1] = 0
            return y

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.CHANGED_INPUT
        assert "changed its argument x[2]: 4.0 became 0.0." in text(outcome)

    def test_every_call_gets_arguments_as_they_were(self, toy: Exercise) -> None:
        def running_sum(x: Any, scale: float = 1.0) -> Any:
            y = right(x, scale)
            x[:] = -1
            return y

        assert judge(toy, running_sum).kind is Kind.CHANGED_INPUT
        assert np.array_equal(toy.cases[0].arguments[0], [1, 2, 4])


class TestTooLong:
    def test_an_endless_loop(self, toy: Exercise) -> None:
        def running_sum(x: Any, scale: float = 1.0) -> Any:
            while True:
                pass

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.TOO_LONG
        assert "all cases together may take 0.5 s" in text(outcome)
        assert "it was working on x = [1., 2., 4.]" in text(outcome)

    def test_an_endless_loop_that_prints(self, toy: Exercise) -> None:
        def running_sum(x: Any, scale: float = 1.0) -> Any:
            while True:
                print("still here")

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.TOO_LONG
        assert len(str(outcome)) < 3000


def endless(*_: Any) -> Any:
    while True:
        pass


def nameless() -> type:
    """Make a class of which nothing can be asked, not even by pytest when it collects."""

    class Unnamed(type):
        __getattribute__ = endless

    class Nameless(metaclass=Unnamed):
        pass

    return Nameless


class Unseen(UserWarning):
    looks = 0

    def __str__(self) -> str:
        Unseen.looks += 1
        return endless() if Unseen.looks > 1 else "once"


def nested() -> list[Any]:
    """Make shared lists of 12 to the power of 10 numbers."""
    made: list[Any] = [1.0] * 12
    for _ in range(9):
        made = [made] * 12
    return made


class TestLooksThatNeverEnd:
    @pytest.mark.parametrize("made", [lambda k: k(), lambda k: k, lambda k: [k()]])
    def test_the_name_of_a_class(self, toy: Exercise, made: Any) -> None:
        hurried = dataclasses.replace(toy, seconds=0.1)
        kind = judge(hurried, lambda x, scale=1.0: made(nameless())).kind
        assert kind in (Kind.WRONG_TYPE, Kind.TOO_LONG)  # whichever looks at it first

    def test_an_exception(self, toy: Exercise) -> None:
        class Endless(Exception):
            __getattribute__ = endless
            __str__ = endless

        def running_sum(x: Any, scale: float = 1.0) -> Any:
            raise Endless

        outcome = judge(dataclasses.replace(toy, seconds=0.1), running_sum)
        assert outcome.kind is Kind.RAISED
        assert "It raised Endless." in text(outcome)

    def test_a_warning(self, toy: Exercise) -> None:
        def running_sum(x: Any, scale: float = 1.0) -> Any:
            if scale == 0.5:
                warnings.warn(Unseen(), stacklevel=1)
            return right(x, scale)

        hurried = dataclasses.replace(toy, seconds=0.1)
        assert judge(hurried, running_sum).kind is Kind.TOO_LONG

    def test_lists_within_lists(self, toy: Exercise) -> None:
        patient = dataclasses.replace(toy, seconds=5.0)
        outcome = judge(patient, lambda x, scale=1.0: nested())
        assert outcome.kind is Kind.WRONG_TYPE
        assert "It returned a list of 12 where a NumPy array is expected." in text(outcome)

    def test_what_is_in_a_list(self, toy: Exercise) -> None:
        class Asks:
            __array__ = endless

        outcome = judge(dataclasses.replace(toy, seconds=0.1), lambda x, scale=1.0: [Asks()])
        assert outcome.kind is Kind.WRONG_TYPE
        assert "It returned a list that cannot be compared" in text(outcome)

    def test_a_long_text(self, toy: Exercise) -> None:
        patient = dataclasses.replace(toy, seconds=5.0)
        outcome = judge(patient, lambda x, scale=1.0: "a b/c/d\n" * 25_000_000)
        assert outcome.kind is Kind.WRONG_TYPE
        assert len(str(outcome)) < 1000


class TestNotRepeatable:
    def test_a_list_as_default_value(self, toy: Exercise) -> None:
        def running_sum(x: Any, scale: float = 1.0, kept: list[float] = []) -> Any:  # noqa: B006
            kept.extend(x)
            return right(np.array(kept), scale)

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.NOT_REPEATABLE
        assert "Its first call is right, and the same call later gives another" in text(outcome)

    def test_a_variable_outside(self, toy: Exercise) -> None:
        STEPS.clear()

        def running_sum(x: Any, scale: float = 1.0) -> Any:
            STEPS.append(len(x))
            return right(x, scale) if len(STEPS) <= 4 else x

        assert judge(toy, running_sum).kind is Kind.NOT_REPEATABLE

    def test_an_exception_the_second_time(self, toy: Exercise) -> None:
        STEPS.clear()

        def running_sum(x: Any, scale: float = 1.0) -> Any:
            STEPS.append(len(x))
            return right(x, scale) if len(STEPS) <= 4 else STEPS[99]

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.NOT_REPEATABLE
        assert "It raised IndexError" in text(outcome)

    def test_random_numbers(self, toy: Exercise) -> None:
        rng = np.random.default_rng(0)
        outcome = judge(toy, lambda x, scale=1.0: rng.normal(size=len(x)))
        assert outcome.kind is Kind.NOT_REPEATABLE
        assert "random numbers" in text(outcome)

    def test_one_buffer_for_all_results(self, toy: Exercise) -> None:
        # What was returned first is changed by later calls; it was right when it was returned.
        buffer = np.zeros(9)

        def running_sum(x: Any, scale: float = 1.0) -> Any:
            buffer[: len(x)] = right(x, scale)
            return buffer[: len(x)]

        assert judge(toy, running_sum).correct


class TestSignature:
    def test_a_parameter_is_missing(self, toy: Exercise) -> None:
        outcome = judge(toy, lambda x: 1.0 * np.cumsum(x))
        assert outcome.kind is Kind.WRONG_SIGNATURE
        assert "as the lesson calls it: it has no argument `scale`." in text(outcome)
        assert "def running_sum(x, scale=1.0):" in text(outcome)

    def test_a_parameter_too_many(self, whole: Exercise) -> None:
        def half(n: Any, digits: Any) -> Any:
            return n // 2

        outcome = judge(whole, half)
        assert "it asks for `digits`, which the lesson does not give it." in text(outcome)
        assert "yours def half(n, digits):" in text(outcome)

    def test_no_parameter_where_there_is_one(self, whole: Exercise) -> None:
        def half() -> Any:
            return 3

        outcome = judge(whole, half)
        assert "it has fewer arguments than the lesson gives it." in text(outcome)

    def test_a_method_by_mistake(self, whole: Exercise) -> None:
        def half(self: Any, n: Any) -> Any:
            return n // 2

        assert judge(whole, half).kind is Kind.WRONG_SIGNATURE

    @pytest.mark.parametrize("thing", [3, "text", None, [1], np.zeros(2), types])
    def test_not_a_function(self, toy: Exercise, thing: Any) -> None:
        assert judge(toy, thing).kind is Kind.NOT_A_FUNCTION

    def test_a_class(self, toy: Exercise) -> None:
        outcome = judge(toy, type("running_sum", (), {}))
        assert outcome.kind is Kind.NOT_A_FUNCTION
        assert "there is a class, where a function is expected" in text(outcome)


class TestExpectedExceptions:
    """An exercise may ask for bad arguments to be refused."""

    @pytest.fixture
    def refusing(self, whole: Exercise) -> Exercise:
        def half(n: Any) -> Any:
            """Half of an even number."""
            if n % 2:
                raise ValueError("odd")
            return n // 2

        return Exercise(
            "99.half", "Halves", 1, 1, half, whole.cases, whole.misconceptions, whole.hints
        )

    def test_the_same_exception_passes(self, refusing: Exercise) -> None:
        def half(n: Any) -> Any:
            if n % 2 != 0:
                raise ValueError(f"{n} is odd")
            return n // 2

        assert judge(refusing, half).correct

    def test_an_answer_instead_fails(self, refusing: Exercise) -> None:
        outcome = judge(refusing, lambda n: n // 2)
        assert outcome.kind is Kind.INCORRECT
        assert "These arguments should raise ValueError; it returned the int 3." in text(outcome)

    def test_another_exception_fails(self, refusing: Exercise) -> None:
        outcome = judge(refusing, lambda n: n // 2 if n % 2 == 0 else missing("n"))
        assert outcome.kind is Kind.RAISED
        assert "should raise ValueError. It raised KeyError" in text(outcome)


class Hostile:
    """An object that does something of its own when it is looked at."""

    def __init__(self, act: Any) -> None:
        self.act = act

    def __repr__(self) -> str:
        return str(self.act())

    def __eq__(self, other: object) -> bool:
        return bool(self.act())

    def __hash__(self) -> int:
        return 1


class Loud(Exception):
    """An exception whose message never comes."""

    def __str__(self) -> str:
        loops_for_ever()
        return ""


def loops_for_ever() -> None:
    while True:
        pass


def raises_key_error() -> None:
    raise KeyError("no")


def own_list() -> Any:
    own: list[Any] = []
    own.append(own)
    return own


def shared_lists() -> Any:
    shared: list[Any] = [1.0]
    for _ in range(10):
        shared = [shared] * 12
    return shared


def raises_loud() -> Any:
    raise Loud


class Classless(np.ndarray[Any, Any]):
    """An array whose copy fails."""

    def copy(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError("no copy")


@pytest.mark.parametrize(
    "make",
    [
        own_list,
        shared_lists,
        raises_loud,
        lambda: Hostile(loops_for_ever),
        lambda: Hostile(raises_key_error),
        lambda: [Hostile(loops_for_ever)],
        lambda: {"a": Hostile(raises_key_error)},
        lambda: Loud,
        lambda: "x" * 10**8,
        lambda: np.zeros(3).view(Classless),
        type(
            "Nameless", (), {"__call__": 1, "__name__": property(lambda self: raises_key_error())}
        ),
    ],
)
def test_a_result_that_is_hard_to_look_at_is_not_the_courses_mistake(
    toy: Exercise, make: Any
) -> None:
    outcome = judge(toy, lambda x, scale=1.0: make())
    assert outcome.kind not in (Kind.CORRECT, Kind.UNCHECKED)
    assert len(str(outcome)) < 10_000


@pytest.mark.parametrize("act", [raises_key_error, loops_for_ever])
def test_looking_at_a_result_that_fails_or_never_ends(toy: Exercise, act: Any) -> None:
    class Odd(list[float]):
        def __iter__(self) -> Any:
            return act()

    outcome = judge(toy, lambda x, scale=1.0: Odd([1.0]))
    if act is raises_key_error:
        assert "a result of type Odd that cannot be compared" in text(outcome)
        assert "looking at it raises KeyError." in text(outcome)
    assert outcome.kind in (Kind.WRONG_TYPE, Kind.RAISED, Kind.TOO_LONG)


def test_a_fault_of_the_engine_stays_the_engines(
    toy: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    import importlib

    def fail(*_: Any, **__: Any) -> Any:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(importlib.import_module("course_utils.exercises.judge"), "compare", fail)
    with pytest.raises(RuntimeError, match="a fault of ours"):
        judge(toy, right)


def test_a_function_with_a_name_that_raises(toy: Exercise) -> None:
    class Callable:
        @property
        def __name__(self) -> str:
            raise RuntimeError("no name")

        def __call__(self, x: Any, scale: float = 1.0) -> Any:
            return right(x, scale)

    assert check(toy, Callable()).kind is Kind.CORRECT
    assert check(toy, type("Wrong", (Callable,), {"__call__": lambda self: 1})()).kind is not (
        Kind.UNCHECKED
    )
