"""Every way in which an attempt can end, on small exercises of our own."""

from __future__ import annotations

import asyncio
import dataclasses
import functools
import signal
import sys
import types
import warnings
from typing import Any

import numpy as np
import pytest

from course_utils.exercises import Case, Exercise, Misconception
from course_utils.exercises.judge import judge
from course_utils.exercises.messages.verdicts import Outcome
from course_utils.exercises.outcome import Kind

TOTAL = np.array([1.0, 2.0])
STEPS: list[Any] = []
EXPECTED = """\
99.running_sum: incorrect. All 4 cases fail. The smallest of them:
    x = [1., 2., 4.]
expected
    [1., 3., 7.]
got
    [ 1., -1.,  7.]
The first difference is at [1]: expected 3.0, got -1.0.
by hand: 1, 1 + 2 = 3, 1 + 2 + 4 = 7
From here on `running_sum` is the course's own version, so that the lesson runs on.
`hint("99.running_sum")` gives a hint."""


def text(outcome: Outcome) -> str:
    """The outcome's text with its line breaks undone."""
    return " ".join(str(outcome).split())


def right(x: Any, scale: float = 1.0) -> Any:
    return scale * np.cumsum(x)


class TestNotAttempted:
    def test_an_empty_function_is_not_run(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0):
            """Running sums."""

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.NOT_ATTEMPTED
        assert str(outcome) == (
            "99.running_sum: not attempted yet. The lesson runs on with its own version."
        )

    def test_a_stub_with_another_signature_is_still_a_stub(self, toy: Exercise) -> None:
        def running_sum():
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
        def running_sum(x, scale=1.0):
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
        def wrapped(*arguments, **keywords):
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


class TestIncorrect:
    def test_the_smallest_case_with_arguments_and_both_answers(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0):
            y = right(x, scale)
            y[1] = -1.0
            return y

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.INCORRECT
        assert str(outcome) == EXPECTED

    @pytest.mark.parametrize(
        ("cases", "shown", "words"),
        [
            # One to check by hand before a smaller one without a note.
            (
                [Case(np.arange(2.0)), Case(np.arange(5.0), note="sums")],
                "x = [0., 1., 2., 3., 4.]",
                "One of them that can be checked by hand:",
            ),
            # Of two with a note the smaller.
            (
                [Case(np.arange(5.0), note="sums"), Case(np.arange(3.0), note="sums")],
                "x = [0., 1., 2.]",
                "The smallest of them:",
            ),
            # Too long to check by hand, note or not.
            (
                [Case(np.arange(41.0), note="sums"), Case(np.arange(3.0))],
                "x = [0., 1., 2.]",
                "The smallest of them:",
            ),
            (
                [Case(np.arange(40.0), note="sums"), Case(np.arange(3.0))],
                "x = [ 0., 1.,",
                "One of them that can be checked by hand:",
            ),
            # What a note says of random numbers is no way to check them.
            (
                [Case.random(lambda rng: rng.normal(size=5), 1, note="random"), Case(np.ones(4))],
                "x = [1., 1., 1., 1.]",
                "The smallest of them:",
            ),
            # Nothing to see in an empty one.
            (
                [Case(np.zeros(0), note="no item, no sum"), Case(np.arange(3.0))],
                "x = [0., 1., 2.]",
                "One of them:",
            ),
            (
                [Case(np.zeros(0), scale=2.0, note="no item"), Case(np.arange(3.0))],
                "x = [0., 1., 2.]",
                "One of them:",
            ),
        ],
    )
    def test_which_failing_case_is_shown(
        self, toy: Exercise, cases: list[Case], shown: str, words: str
    ) -> None:
        exercise = dataclasses.replace(toy, cases=cases)
        outcome = judge(exercise, lambda x, scale=1.0: np.append(x, -1.0))
        assert shown in text(outcome)
        assert words in text(outcome)

    def test_as_many_digits_as_tell_the_answers_apart(self, toy: Exercise) -> None:
        exercise = dataclasses.replace(toy, cases=[Case(np.array([0.1, 0.2]))])
        outcome = judge(exercise, lambda x, scale=1.0: np.cumsum(x).astype("f4"))
        assert outcome.kind is Kind.WRONG_DTYPE
        assert "expected [0.1, 0.3] got [0.1 , 0.30000001] (float32)" in text(outcome)
        outcome = judge(exercise, lambda x, scale=1.0: np.cumsum(x) + 1e-9 * np.arange(2) * 4)
        assert "expected [0.1, 0.3] got [0.1 , 0.300000004]" in text(outcome)

    def test_only_the_cases_that_fail_are_considered(self, toy: Exercise) -> None:
        outcome = judge(toy, lambda x, scale=1.0: right(x, scale) + (len(x) == 6))
        assert "One of 4 cases fails:" in str(outcome)
        assert "scale = 2.0" in str(outcome)

    def test_an_argument_never_used_and_a_variable_of_the_notebook(self, toy: Exercise) -> None:
        outcome = judge(toy, lambda x, scale=1.0: np.cumsum(TOTAL)[:1] + np.zeros(len(x)))
        assert "It never uses its argument `scale`." in text(outcome)
        assert "It reads `TOTAL`, a variable of the notebook." in text(outcome)

    def test_it_says_that_an_argument_was_changed_as_well(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0):
            x += 1
            return scale * np.cumsum(x)

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.INCORRECT
        assert "It also changed its argument x[0]: 1.0 became 2.0." in text(outcome)

    def test_the_same_text_every_time(self, toy: Exercise) -> None:
        texts = {str(judge(toy, lambda x, scale=1.0: x * 3)) for _ in range(3)}
        assert len(texts) == 1


class TestMisconceptions:
    def test_each_is_named(self, toy: Exercise) -> None:
        for misconception in toy.misconceptions:
            outcome = judge(toy, misconception.function)
            assert outcome.misconception is misconception
            assert f"known misconception: {misconception.name}." in text(outcome)
            assert misconception.explanation in text(outcome)

    def test_code_of_ones_own_that_behaves_alike(self, toy: Exercise) -> None:
        outcome = judge(toy, lambda values, scale=1.0: np.cumsum(values))
        assert outcome.misconception is toy.misconceptions[1]

    def test_an_exception_in_the_same_words_is_the_same_behaviour(self, toy: Exercise) -> None:
        outcome = judge(toy, lambda x, scale=1.0: {}["scale"])
        assert outcome.kind is Kind.RAISED
        assert outcome.misconception is toy.misconceptions[3]

    def test_an_exception_of_the_same_type_in_other_words_is_not(self, toy: Exercise) -> None:
        outcome = judge(toy, lambda x, scale=1.0: {}["another key"])
        assert outcome.kind is Kind.RAISED
        assert outcome.misconception is None

    def test_no_guess_stands_beside_a_known_reason(self, whole: Exercise) -> None:
        known = Misconception("divides", lambda n: n / 2, "Use `//`.")
        exercise = dataclasses.replace(
            whole, cases=[Case(6), Case(4)], misconceptions=[known, *whole.misconceptions]
        )
        outcome = judge(exercise, lambda n: n / 2)
        assert outcome.misconception is known
        assert "It returned the float 3.0 where a whole number (int) is expected." in text(outcome)
        assert "always gives a float" not in text(outcome)

    def test_no_advice_on_an_exception_beside_a_known_reason(self, toy: Exercise) -> None:
        known = Misconception("reads one item too many", lambda x, scale=1.0: x[len(x)], "Stop.")
        exercise = dataclasses.replace(toy, misconceptions=[known, *toy.misconceptions])
        shown = text(judge(exercise, known.function))
        assert "known misconception: reads one item too many." in shown
        assert "is out of bounds for axis 0 with size 3. It happened in" in shown
        assert "An index ran past" in text(judge(toy, known.function))

    def test_another_exception_is_not(self, toy: Exercise) -> None:
        assert judge(toy, lambda x, scale=1.0: x[99]).misconception is None

    def test_a_likeness_is_called_one(self, toy: Exercise) -> None:
        # Leaves out its own item, but for short arrays does something else again.
        def running_sum(x, scale=1.0):
            y = right(x, scale)
            return y - scale * x if len(x) > 3 else y + 5

        outcome = judge(toy, running_sum)
        assert outcome.misconception is None
        assert outcome.resembles is None, "two of four are no majority"

        def running_sum(x, scale=1.0):
            y = right(x, scale)
            return y - scale * x if scale != 0.5 else y + 5

        outcome = judge(toy, running_sum)
        assert outcome.misconception is None
        assert outcome.resembles is toy.misconceptions[0]
        assert "In 3 of the 4 cases that fail it answers like a known misconception" in text(
            outcome
        )

    def test_a_likeness_in_all_cases_that_fail(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0):
            return right(x, scale) - (scale * x if scale != 0.5 else 0)

        outcome = judge(toy, running_sum)
        assert outcome.resembles is toy.misconceptions[0]
        assert "In all 3 cases that fail it answers like a known misconception" in text(outcome)

    def test_a_right_answer_is_never_diagnosed(self, toy: Exercise) -> None:
        assert judge(toy, right).misconception is None


class TestRaised:
    def test_type_message_and_line_of_the_learners_code(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0):
            N = len(x)
            return x[N]

        outcome = judge(toy, running_sum)
        line = running_sum.__code__.co_firstlineno + 2
        assert outcome.kind is Kind.RAISED
        assert "It raised IndexError: index 3 is out of bounds for axis 0 with size 3." in text(
            outcome
        )
        assert f"It happened in `running_sum`, line {line}. return x[N]" in text(outcome)

    def test_the_line_is_the_learners_though_numpy_raised(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0):
            return np.linalg.inv(np.zeros((2, 2)))

        shown = text(judge(toy, running_sum))
        assert "It happened in `running_sum`" in shown
        assert "return np.linalg.inv(np.zeros((2, 2)))" in shown
        assert "Traceback" not in shown
        assert ".py" not in shown

    def test_a_helper_of_the_learners(self, toy: Exercise) -> None:
        assert "It happened in `helper`" in text(judge(toy, lambda x, scale=1.0: helper(x)))

    def test_addresses_and_folders_are_left_out(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0):
            raise ValueError(f"{object()} in /home/ada/lessons/work.py")

        shown = text(judge(toy, running_sum))
        assert "It raised ValueError: <object object> in work.py." in shown

    def test_no_message(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0):
            raise ValueError

        assert "It raised ValueError." in text(judge(toy, running_sum))

    def test_an_exception_that_cannot_be_printed(self, toy: Exercise) -> None:
        class Odd(Exception):
            def __str__(self) -> str:
                raise RuntimeError

        def running_sum(x, scale=1.0):
            raise Odd

        assert "It raised Odd." in text(judge(toy, running_sum))

    @pytest.mark.parametrize("leave", [sys.exit, exit, lambda: sys.exit(3)])
    def test_leaving_the_program_does_not_end_the_kernel(self, toy: Exercise, leave: Any) -> None:
        outcome = judge(toy, lambda x, scale=1.0: leave())
        assert outcome.kind is Kind.RAISED
        assert "`return` is what ends a function" in text(outcome)

    def test_calling_itself_without_end(self, toy: Exercise) -> None:
        outcome = judge(toy, endless)
        assert outcome.kind is Kind.RAISED
        assert "It raised RecursionError. The function calls itself without end." in text(outcome)

    def test_only_some_cases(self, toy: Exercise) -> None:
        outcome = judge(toy, lambda x, scale=1.0: right(x, scale) if len(x) < 9 else x[9])
        assert outcome.kind is Kind.RAISED
        assert "One of 4 cases fails:" in text(outcome)

    def test_shapes_that_do_not_fit(self, toy: Exercise) -> None:
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
    def test_what_the_words_of_an_exception_tell(
        self, toy: Exercise, code: str, advice: str
    ) -> None:
        # As text: the message shows the line that raised, and that line must not hold the advice.
        function = eval(f"lambda x: {code}", {"np": np})
        outcome = judge(toy, lambda x, scale=1.0: function(np.arange(3.0)))
        assert outcome.kind is Kind.RAISED
        assert advice in text(outcome)
        assert ("ran past" in text(outcome)) == ("ran past" in advice)

    def test_a_float_for_a_size(self, toy: Exercise) -> None:
        outcome = judge(toy, lambda x, scale=1.0: np.zeros(len(x) / 1))
        assert "`//` divides and keeps integers integers." in text(outcome)

    def test_stopping_the_cell_passes_through(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0):
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


class TestWrongType:
    def test_no_return(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0):
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
        def running_sum(x, scale=1.0):
            yield from right(x, scale)

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.WRONG_TYPE
        assert "a generator, which has computed nothing yet" in text(outcome)

    def test_a_generator_expression(self, toy: Exercise) -> None:
        assert "a generator" in text(judge(toy, lambda x, scale=1.0: (v for v in x)))

    def test_a_coroutine(self, toy: Exercise) -> None:
        async def running_sum(x, scale=1.0):
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
        def running_sum(x, scale=1.0):
            return ...

        assert "still to be written" in text(judge(toy, running_sum))


class TestShapeAndDtype:
    def test_both_shapes(self, toy: Exercise) -> None:
        outcome = judge(toy, lambda x, scale=1.0: right(x, scale)[:-1])
        assert outcome.kind is Kind.WRONG_SHAPE
        assert "The result has shape (2,); expected (3,)." in text(outcome)

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
        def running_sum(x, scale=1.0):
            y = np.zeros_like(x)
            y[:] = right(x, scale)
            return y

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.WRONG_DTYPE
        assert "dtype int64, which cannot hold fractions" in text(outcome)
        assert "x = [1, 2, 4]" in text(outcome)

    def test_not_finite(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0):
            return right(x, scale) / np.where(np.arange(len(x)) == 2, 0.0, 1.0)

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.NOT_FINITE
        assert "The result is inf at [2], where 7.0 is expected." in text(outcome)
        assert "RuntimeWarning: divide by zero" in text(outcome)


class TestChangedInput:
    def test_which_argument_and_where(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0):
            y = right(x, scale)
            x[-1] = 0
            return y

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.CHANGED_INPUT
        assert "changed its argument x[2]: 4.0 became 0.0." in text(outcome)

    def test_every_call_gets_arguments_as_they_were(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0):
            y = right(x, scale)
            x[:] = -1
            return y

        assert judge(toy, running_sum).kind is Kind.CHANGED_INPUT
        assert np.array_equal(toy.cases[0].arguments[0], [1, 2, 4])


class TestTooLong:
    def test_an_endless_loop(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0):
            while True:
                pass

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.TOO_LONG
        assert "all cases together may take 0.5 s" in text(outcome)
        assert "it was working on x = [1., 2., 4.]" in text(outcome)

    def test_an_endless_loop_that_prints(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0):
            while True:
                print("still here")

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.TOO_LONG
        assert len(str(outcome)) < 3000


class TestNotRepeatable:
    def test_a_list_as_default_value(self, toy: Exercise) -> None:
        def running_sum(x, scale=1.0, kept=[]):  # noqa: B006
            kept.extend(x)
            return right(np.array(kept), scale)

        outcome = judge(toy, running_sum)
        assert outcome.kind is Kind.NOT_REPEATABLE
        assert "Its first call is right, and the same call later gives another" in text(outcome)

    def test_a_variable_outside(self, toy: Exercise) -> None:
        STEPS.clear()

        def running_sum(x, scale=1.0):
            STEPS.append(len(x))
            return right(x, scale) if len(STEPS) <= 4 else x

        assert judge(toy, running_sum).kind is Kind.NOT_REPEATABLE

    def test_an_exception_the_second_time(self, toy: Exercise) -> None:
        STEPS.clear()

        def running_sum(x, scale=1.0):
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

        def running_sum(x, scale=1.0):
            buffer[: len(x)] = right(x, scale)
            return buffer[: len(x)]

        assert judge(toy, running_sum).correct


class TestSignature:
    def test_a_parameter_is_missing(self, toy: Exercise) -> None:
        outcome = judge(toy, lambda x: 1.0 * np.cumsum(x))
        assert outcome.kind is Kind.WRONG_SIGNATURE
        assert "got an unexpected keyword argument 'scale'" in text(outcome)
        assert "def running_sum(x, scale=1.0):" in text(outcome)

    def test_a_parameter_too_many(self, whole: Exercise) -> None:
        def half(n, digits):
            return n // 2

        outcome = judge(whole, half)
        assert "missing a required argument: 'digits'" in text(outcome)
        assert "yours def half(n, digits):" in text(outcome)

    def test_a_method_by_mistake(self, whole: Exercise) -> None:
        def half(self, n):
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
        def half(n):
            """Half of an even number."""
            if n % 2:
                raise ValueError("odd")
            return n // 2

        return Exercise(
            "99.half", "Halves", 1, 1, half, whole.cases, whole.misconceptions, whole.hints
        )

    def test_the_same_exception_passes(self, refusing: Exercise) -> None:
        def half(n):
            if n % 2 != 0:
                raise ValueError(f"{n} is odd")
            return n // 2

        assert judge(refusing, half).correct

    def test_an_answer_instead_fails(self, refusing: Exercise) -> None:
        outcome = judge(refusing, lambda n: n // 2)
        assert outcome.kind is Kind.INCORRECT
        assert "These arguments should raise ValueError; it returned the int 3." in text(outcome)

    def test_another_exception_fails(self, refusing: Exercise) -> None:
        outcome = judge(refusing, lambda n: n // 2 if n % 2 == 0 else {}["n"])
        assert outcome.kind is Kind.RAISED
        assert "should raise ValueError. It raised KeyError" in text(outcome)


def helper(x: Any) -> Any:
    return x[len(x)]


def endless(x: Any, scale: float = 1.0) -> Any:
    return endless(x, scale)
