"""Outcomes: what a learner reads about an attempt, one function for each way it can end."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from course_utils.exercises.calling import Answer, Raised, argument_names
from course_utils.exercises.compare import Difference, describe, is_large
from course_utils.exercises.counting import count_numbers
from course_utils.exercises.definition import Case, Exercise, Function, Misconception
from course_utils.exercises.outcome import Kind
from course_utils.exercises.printing import Index, clean, digits_apart, shorten, show

from .notice import Block, Listing, Notice, Text, Tone

_BY_HAND = 40  # numbers that one still checks by hand
_PRINTED = 600  # characters of a learner's own output that are shown again

_ADVICE = {
    "NameError": "A name is used that is not defined: a spelling, or a line that is missing.",
    "UnboundLocalError": "A variable is used before the function gives it a value.",
    "ZeroDivisionError": "Something is divided by zero.",
    "RecursionError": "The function calls itself without an end.",
    "SystemExit": "`exit()` and `quit()` end a program; here `return` is what ends a function.",
}

# What the words of a message tell: the first pattern found decides.
_ADVICE_BY_WORDS = {
    r"index -\d+ is out of bounds": "An index ran before the beginning: a negative index counts "
    "from the end, and the first of N items is -N.",
    r"index \d+ is out of bounds": "An index ran past the end: the last item of N items has index "
    "N - 1.",
    r"index out of range": "An index lies outside: the last item of N items has index N - 1, the "
    "first 0 (or -N).",
    "too many indices": "There are more indices in the brackets than the array has axes.",
    "gufunc signature|not aligned": "For `A @ B`, the last axis of A must be as long as the first "
    "axis of B (with more axes: the last but one of B). `.shape` of both shows which is not.",
    "gufunc core with signature": "`@` needs arrays with at least one axis on both sides; `*` "
    "multiplies by a number.",
    "could not be broadcast|could not broadcast|non-broadcastable": "Two arrays met whose shapes "
    "do not fit each other. Lined up at the last axis, lengths have to be equal, or one of them 1.",
    r"Cannot interpret '-?\d+' as a data type": "The second argument was taken for a dtype. The "
    "shape is one tuple: `np.zeros((2, 3))`.",
    "as an integer|single integer, got|only integers, slices": "A size or an index has to be an "
    "int: `//` divides without leaving the integers.",
}


@dataclass(frozen=True)
class Outcome(Notice):
    """The verdict on an attempt."""

    kind: Kind = Kind.UNCHECKED
    misconception: Misconception | None = None
    resembles: Misconception | None = None

    @property
    def correct(self) -> bool:
        """Whether the learner's function may be used from here on."""
        return self.kind is Kind.CORRECT


@dataclass(frozen=True)
class Failure:
    """A case in which the answer is not the expected one."""

    case: Case
    answer: Answer
    expected: Answer
    difference: Difference


def make(
    exercise: Exercise,
    kind: Kind,
    blocks: Sequence[Block],
    answer: Answer | None = None,
    **more: Any,
) -> Outcome:
    """Put an outcome together: title, blocks, what was printed, what happens next."""
    blocks = [*blocks, *(_said(answer) if answer else [])]
    tone = Tone.MEND
    if kind is Kind.CORRECT:
        tone = Tone.GOOD
    elif kind is Kind.NOT_ATTEMPTED:
        tone = Tone.QUIET
    else:
        blocks.append(Text(_next_step(exercise)))
    title = f"{exercise.id}: {kind.value}."
    return Outcome(title, tuple(blocks), tone, kind, **more)


def correct(exercise: Exercise, answer: Answer) -> Outcome:
    """Say that every case passes."""
    count = len(exercise.cases)
    cases = "The one case passes" if count == 1 else f"All {count} cases pass"
    text = f"{cases}; the lesson now uses your function."
    return make(exercise, Kind.CORRECT, [Text(text)], answer)


def not_attempted(exercise: Exercise) -> Outcome:
    """Say that the stub is still a stub."""
    text = "The lesson runs on with its own version."
    return make(exercise, Kind.NOT_ATTEMPTED, [Text(text)])


def failed(
    exercise: Exercise,
    failures: Sequence[Failure],
    misconception: Misconception | None = None,
    resembles: Misconception | None = None,
    agreements: int = 0,
    remarks: Sequence[str] = (),
) -> Outcome:
    """Show the failing case that is easiest to check and, where it is known, the reason."""
    failure = min(failures, key=lambda failure: _effort(failure.case))
    blocks: list[Block] = []
    if misconception is not None:
        blocks.append(Text(f"It behaves like a known misconception: {misconception.name}."))
        blocks.append(Text(misconception.explanation))
    elif resembles is not None:
        blocks.append(
            Text(
                f"In {_share(agreements, len(failures))} that fail it answers like a known "
                f"misconception: {resembles.name}. There may be more to it."
            )
        )
        blocks.append(Text(resembles.explanation))
    listings = _expected_and_got(failure)
    # Where the reason is known, a guess at it could only contradict.
    message = Text(
        failure.difference.text(advised=misconception is None) + _where(failure.answer.raised)
    )
    # A first difference is read best after the numbers, any other message before them.
    message_last = bool(listings) and failure.difference.kind is Kind.INCORRECT
    if not message_last:
        blocks.append(message)
    if failure.answer.raised is not None:
        blocks += _line_of_code(failure.answer.raised)
    blocks.append(Text(_how_many(failures, failure, len(exercise.cases))))
    blocks.append(_called_with(exercise, failure.case, ""))
    blocks += listings
    if message_last:
        blocks.append(message)
    blocks += _by_hand(failure.case)
    blocks += [Text(remark) for remark in remarks]
    if failure.answer.changed:
        blocks.append(Text(f"It also changed its argument {failure.answer.changed}."))
    return make(
        exercise,
        failure.difference.kind,
        blocks,
        failure.answer,
        misconception=misconception,
        resembles=resembles,
    )


def raised_message(raised: Raised) -> Difference:
    """Describe an exception as a difference from the value expected."""
    name = raised.type.__name__
    if issubclass(raised.type, MemoryError):
        detail = f" ({raised.message})" if raised.message else ""
        return Difference(
            Kind.TOO_LARGE,
            f"It asked for more memory than an exercise may take{detail}.",
            advice="Which array is that large, and should it be?",
        )
    if issubclass(raised.type, RecursionError):
        message = f"It raised {name}."
    else:
        message = f"It raised {name}: {raised.message}" if raised.message else f"It raised {name}"
        message = message if message.endswith((".", "!", "?")) else message + "."
    fitting = (a for words, a in _ADVICE_BY_WORDS.items() if re.search(words, raised.message))
    return Difference(Kind.RAISED, message, advice=_ADVICE.get(name) or next(fitting, ""))


def changed_input(exercise: Exercise, case: Case, answer: Answer) -> Outcome:
    """Say that the answers are right but an argument was changed on the way."""
    text = (
        f"Its answers are right, but it changed its argument {answer.changed}. Whoever calls it "
        "still needs these values: work on a copy (`x = x.copy()`) or on a new array."
    )
    blocks: list[Block] = [Text(text), _called_with(exercise, case, "for example with")]
    return make(exercise, Kind.CHANGED_INPUT, blocks, answer)


def took_too_long(exercise: Exercise, case: Case, answer: Answer) -> Outcome:
    """Say that the function was stopped."""
    text = (
        f"It was stopped: all cases together may take {exercise.seconds:g} s, and the course's own "
        "version needs a small part of that. Does every loop come to an end?"
    )
    blocks: list[Block] = [Text(text), _called_with(exercise, case, "it was at work on")]
    return make(exercise, Kind.TOO_LONG, blocks, answer)


def not_repeatable(exercise: Exercise, case: Case, first_was_right: bool, again: Answer) -> Outcome:
    """Say that the same call gave another answer the second time."""
    if first_was_right:
        text = (
            "Its first call is right, and the same call later gives another answer: something is "
            "kept from one call to the next. A list or array as a default value is one, a "
            "variable outside the function another."
        )
        if again.raised is None:
            blocks: list[Block] = [Listing("the later answer", show(again.value))]
        else:
            blocks = [Text(raised_message(again.raised).text() + _where(again.raised))]
    else:
        text = (
            "The same call gives different answers: random numbers, memory from `np.empty` that "
            "was never filled, or a variable kept from one call to the next."
        )
        blocks = []
    called = _called_with(exercise, case, "called twice with")
    return make(exercise, Kind.NOT_REPEATABLE, [Text(text), called, *blocks])


def wrong_signature(exercise: Exercise, function: Function, reason: str) -> Outcome:
    """Say that the function cannot be called as the lesson calls it."""
    blocks: list[Block] = [
        Text(f"It cannot be called as the lesson calls it: {reason}."),
        Listing("yours", _signature(function)),
        Listing("as the lesson calls it", _signature(exercise.reference)),
    ]
    return make(exercise, Kind.WRONG_SIGNATURE, blocks)


def wrong_name(exercise: Exercise, function: Function) -> Outcome:
    """Say that the function has another name than the lesson uses."""
    name = show(function)
    text = (
        f"It is called `{name}`, but later cells call `{exercise.name}`. Keep the stub's first "
        "line."
    )
    blocks: list[Block] = [Text(text), Listing("the stub begins", _signature(exercise.reference))]
    return make(exercise, Kind.WRONG_SIGNATURE, blocks)


def not_a_function(exercise: Exercise, thing: object) -> Outcome:
    """Say that something else than a function stands under the line."""
    what = "a class" if isinstance(thing, type) else describe(thing)
    text = f'Under `@exercise("{exercise.id}")` stands {what}, where a function is expected.'
    blocks: list[Block] = [Text(text), Listing("the stub begins", _signature(exercise.reference))]
    return make(exercise, Kind.NOT_A_FUNCTION, blocks)


def unknown(id: object, message: str) -> Outcome:
    """Say that there is no such exercise."""
    blocks = (Text(f"{message[:1].upper()}{message[1:]} The function below is left as it is."),)
    return Outcome(f"{show(id)}: {Kind.UNKNOWN.value}.", blocks, Tone.MEND, Kind.UNKNOWN)


def without_id(function: Function) -> Outcome:
    """Say that the line above the function names no exercise."""
    text = (
        f"The line above `{show(function)}` needs the id of its exercise, as in "
        f'`@exercise("01.{show(function)}")`. The function is left as it is.'
    )
    return Outcome(f"{Kind.UNKNOWN.value}.".capitalize(), (Text(text),), Tone.MEND, Kind.UNKNOWN)


def unchecked(exercise: Exercise, error: Exception) -> Outcome:
    """Say that the checker itself failed."""
    text = (
        f"The checker itself failed ({type(error).__name__}: {clean(str(error))}). The mistake is "
        "the course's, not yours: please report it together with your function."
    )
    return make(exercise, Kind.UNCHECKED, [Text(text)])


def _effort(case: Case) -> tuple[bool, bool, int]:
    """Rank a case by how easily a person checks it: by hand, then small; empty ones last."""
    values = [*case.arguments, *case.keywords.values()]
    empty = any(count_numbers(value) == 0 for value in values)
    by_hand = bool(case.note.strip()) and not case.is_random and case.size <= _BY_HAND
    return empty, not by_hand, case.size


def _share(some: int, all_: int) -> str:
    return f"all {all_} cases" if some == all_ else f"{some} of the {all_} cases"


def _how_many(failures: Sequence[Failure], shown: Failure, cases: int) -> str:
    failed = len(failures)
    if cases == 1:
        return "The one case fails:"
    if failed == 1:
        return f"One of {cases} cases fails:"
    which = f"All {cases} cases fail" if failed == cases else f"{failed} of {cases} cases fail"
    if shown.case.size == min(failure.case.size for failure in failures):
        return f"{which}. The smallest of them:"
    _, not_by_hand, _ = _effort(shown.case)
    return f"{which}. One of them" + (":" if not_by_hand else " that can be checked by hand:")


def _next_step(exercise: Exercise) -> str:
    return (
        f"From here on `{exercise.name}` is the course's own version, so that the lesson runs on. "
        f'`hint("{exercise.id}")` gives a hint.'
    )


def _said(answer: Answer) -> list[Block]:
    """Show what the function printed and warned of, once and shortened."""
    blocks: list[Block] = []
    if answer.printed:
        blocks.append(Listing("your function printed", shorten(answer.printed, _PRINTED)))
    if answer.warned:
        blocks.append(Listing("and Python warned", shorten("\n".join(answer.warned), _PRINTED)))
    return blocks


def _where(raised: Raised | None) -> str:
    if raised is None or not raised.function:
        return ""
    return f" It happened in `{raised.function}`, line {raised.line}."


def _line_of_code(raised: Raised) -> list[Block]:
    return [Listing("", raised.source)] if raised.source else []


def _called_with(exercise: Exercise, case: Case, label: str) -> Listing:
    names = argument_names(exercise.reference, len(case.arguments))
    pairs = [*zip(names, case.arguments, strict=True), *case.keywords.items()]
    rows = [f"{name} = " + _indented(show(value), len(name) + 3) for name, value in pairs]
    return Listing(label, "\n".join(rows) or "no arguments")


def _indented(text: str, width: int) -> str:
    return text.replace("\n", "\n" + " " * width)


def _expected_and_got(failure: Failure) -> list[Block]:
    """Show both answers where they are more than the one number already named."""
    if failure.expected.raised is not None or failure.answer.raised is not None:
        return []
    expected, got = failure.expected.value, failure.answer.value
    whole = getattr(expected, "ndim", 1 if isinstance(expected, (list, tuple, dict)) else 0)
    if not whole:
        return []
    at: Index | None = failure.difference.index
    at = at if at and failure.difference.path.count("[") == 1 and whole == len(at) else None
    if is_large(got):
        return [Listing("expected", show(expected, at))]
    digits = digits_apart(expected, got, at)
    blocks: list[Block] = [Listing("expected", show(expected, at, digits))]
    if isinstance(got, (list, tuple, dict)) or hasattr(got, "dtype"):
        blocks.append(Listing("got", show(got, at if _has(got, at) else None, digits)))
    return blocks


def _has(got: Any, at: Index | None) -> bool:
    return at is not None and getattr(got, "ndim", -1) == len(at)


def _by_hand(case: Case) -> list[Block]:
    note = case.note.strip()
    if not note:
        return []
    return [Text(note if note.lower().startswith("by hand") else f"by hand: {note}")]


def _signature(function: Function) -> str:
    name = show(function)
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return name
    bare = [p.replace(annotation=p.empty) for p in signature.parameters.values()]
    plain = signature.replace(parameters=bare, return_annotation=signature.empty)
    return clean(f"def {name}{plain}:")
