"""Judging an attempt: from a learner's function to an outcome."""

from __future__ import annotations

import contextlib
import inspect
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from .attempted import is_attempted
from .calling import Answer, call
from .compare import compare
from .compare_arrays import FLOAT_FOR_INT, NEARLY, NOT_YET, RELATIONS
from .definition import Case, Exercise, Function
from .diagnose import diagnose
from .difference import Difference, describe
from .figures import hidden
from .known_answers import expected_answers, same_answer, single_precision
from .learners_call import TimeUp
from .looked_at import attribute, is_plain, name_of_class
from .memory_limit import memory_allowed
from .messages import verdicts
from .messages.exception import raised_message
from .messages.failing_case import Failure
from .outcome import Kind, Outcome
from .own_numpy import STANDARD, Settings, originals
from .remarks import remarks, whole_number_advice
from .shortcuts import shortcut
from .time_limit import Allowance, call_within


def judge(exercise: Exercise, function: Any) -> Outcome:
    """Put every case to a function and say what came of it."""
    if isinstance(function, type) or not callable(function):
        return verdicts.not_a_function(exercise, function)
    if not is_attempted(function):
        return verdicts.not_attempted(exercise)
    settings = Settings()
    with originals() as spoilt, STANDARD.used():
        outcome = _judge_function(exercise, function, settings)
    return verdicts.with_note(outcome, verdicts.was_replaced(spoilt)) if spoilt else outcome


def _judge_function(exercise: Exercise, function: Function, settings: Settings) -> Outcome:
    # Before the learner's code runs, which could change what they are computed with.
    expected_answers(exercise)
    misfit = _misfit(exercise, function)
    if misfit:
        return verdicts.wrong_signature(exercise, function, misfit)
    return _judge_answers(exercise, function, settings)


def _judge_answers(exercise: Exercise, function: Function, settings: Settings) -> Outcome:
    allowance = Allowance(exercise.seconds)
    memory = memory_allowed()

    answers: list[Answer] = []

    def ask(case: Case) -> Answer:
        once = hidden() if answers else contextlib.nullcontext()
        with _bound(exercise, function), settings.used(), once:
            return call(function, case, allowance, memory)

    for case in exercise.cases:
        answers.append(ask(case))
        if answers[-1].out_of_time:
            return verdicts.took_too_long(exercise, case, answers[-1])
    # The first question once more: an answer that has changed explains all the others.
    first = exercise.cases[0]
    again = ask(first)
    if again.out_of_time:
        return verdicts.took_too_long(exercise, first, again)
    try:
        # Comparing and printing run code of the learner's too, where a result is of their class.
        reading = Allowance(exercise.seconds)
        outcome: Outcome = call_within(reading, _verdict, (exercise, function, answers, again), {})
    except TimeUp:
        return verdicts.unreadable(exercise, answers, "takes too long")
    except Exception as error:
        if all(is_plain(answer.value) for answer in answers):
            raise  # the fault is ours
        return verdicts.unreadable(exercise, answers, f"raises {name_of_class(type(error))}")
    return outcome


def _verdict(
    exercise: Exercise, function: Function, answers: list[Answer], again: Answer
) -> Outcome:
    failures = _failures(exercise, answers)
    first = exercise.cases[0]
    expected = expected_answers(exercise)[0]
    difference = _difference(exercise, first, answers[0], expected)
    if not (
        same_answer(again, answers[0], first, exercise.tolerance)
        # Two generators are never equal; that both are generators is the answer.
        or (difference and difference == _difference(exercise, first, again, expected))
    ):
        return verdicts.not_repeatable(exercise, first, difference is None, again)

    if failures:
        found = diagnose(exercise, answers, [failure.case for failure in failures])
        failures = [_advised(failure, failures, function) for failure in failures]
        return verdicts.failed(
            exercise,
            failures,
            found.exact,
            found.resembles,
            found.alike,
            () if found.exact else remarks(function),
        )
    for case, answer in zip(exercise.cases, answers, strict=True):
        if answer.replaced:
            return verdicts.changed_numpy(exercise, answer)
        if answer.changed:
            return verdicts.changed_input(exercise, case, answer)
    return verdicts.correct(exercise, answers[0], shortcut(exercise, function))


def _failures(exercise: Exercise, answers: list[Answer]) -> list[Failure]:
    failures = []
    for case, got, expected in zip(
        exercise.cases, answers, expected_answers(exercise), strict=True
    ):
        difference = _difference(exercise, case, got, expected)
        if difference is not None:
            failures.append(Failure(case, got, expected, difference))
    return failures


def _advised(failure: Failure, failures: Sequence[Failure], function: Function) -> Failure:
    """Replace the advice that depends on the code, and drop what is not true of every failure."""
    advice = failure.difference.advice
    if advice == FLOAT_FOR_INT:
        advice = whole_number_advice(function) or FLOAT_FOR_INT
    elif (
        failure.difference.kind is Kind.WRONG_SHAPE
        or advice == NEARLY
        or isinstance(failure.answer.value, (list, tuple))
    ):
        advice = advice if all(_true_of(advice, other) for other in failures) else ""
    return replace(failure, difference=replace(failure.difference, advice=advice))


def _true_of(advice: str, failure: Failure) -> bool:
    """Tell whether an advice that one failing case was given is true of another."""
    if advice == failure.difference.advice:
        return True
    got, expected = failure.answer.value, failure.expected.value
    if isinstance(got, (list, tuple)):
        # Shapes differ from case to case; that the numbers are not right yet is true of each.
        return advice.startswith(NOT_YET) and failure.difference.advice.startswith(NOT_YET)
    arrays = isinstance(got, np.ndarray) and isinstance(expected, np.ndarray)
    return arrays and advice in RELATIONS and RELATIONS[advice](got, expected)


def _difference(exercise: Exercise, case: Case, got: Answer, expected: Answer) -> Difference | None:
    if expected.raised is not None:
        wanted = expected.raised.type
        if got.raised is None:
            message = f"These arguments should raise {wanted.__name__}; it returned "
            return Difference(Kind.INCORRECT, f"{message}{describe(got.value)}.")
        if issubclass(got.raised.type, wanted):
            return None
        difference = raised_message(got.raised)
        message = f"These arguments should raise {wanted.__name__}. {difference.message}"
        return replace(difference, message=message)
    if got.raised is not None:
        return raised_message(got.raised)
    return compare(got.value, expected.value, exercise.tolerance, single=single_precision(case))


def _misfit(exercise: Exercise, function: Function) -> str:
    """Say why the function cannot be called with the exercise's cases; empty if it can."""
    try:
        signature = inspect.signature(function)
    except Exception:  # noqa: BLE001 - compiled code may not tell, a learner's class may fail
        return ""  # a call will tell
    for case in exercise.cases:
        try:
            signature.bind(*case.arguments, **case.keywords)
        except TypeError as error:
            return _in_words(str(error))
    return ""


def _in_words(misfit: str) -> str:
    """Say from the side of the function why a call does not fit, as Python does from the call's."""
    if misfit == "too many positional arguments":
        return "it has fewer arguments than the lesson gives it"
    return re.sub(
        "^missing a required (?:keyword-only )?argument: '(.*)'$",
        r"it asks for `\1`, which the lesson does not give it",
        re.sub("^got an unexpected keyword argument '(.*)'$", r"it has no argument `\1`", misfit),
    )


@contextlib.contextmanager
def _bound(exercise: Exercise, function: Function) -> Iterator[None]:
    """Bind the exercise's name to the learner's function while it runs.

    A function that calls itself would otherwise find no such name, or the course's version that
    an earlier attempt has left there. The course's own modules are left alone.
    """
    namespace = attribute(function, "__globals__")
    own = exercise.reference.__globals__
    if not isinstance(namespace, dict) or _of_one_package(namespace, own):
        yield
        return
    name, missing = exercise.name, object()
    before = namespace.get(name, missing)
    namespace[name] = function
    try:
        yield
    finally:
        if before is missing:
            namespace.pop(name, None)
        else:
            namespace[name] = before


def _of_one_package(namespace: dict[str, Any], own: dict[str, Any]) -> bool:
    """Tell whether two modules are one, or stand in one package, as the files of a lesson do."""
    package = namespace.get("__package__")
    return namespace is own or bool(package and package == own.get("__package__"))
