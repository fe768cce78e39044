"""The verdicts, one function for each way in which an attempt can end."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from course_utils.exercises.calling import Answer
from course_utils.exercises.definition import Case, Exercise, Function, Misconception
from course_utils.exercises.difference import describe
from course_utils.exercises.looked_at import is_plain, name_of_class
from course_utils.exercises.messages import exception, misconception
from course_utils.exercises.messages.failing_case import (
    Failure,
    by_hand,
    called_with,
    easiest,
    expected_and_got,
    how_many,
)
from course_utils.exercises.messages.notice import Block, Listing, Text, Tone
from course_utils.exercises.outcome import Kind, Outcome
from course_utils.exercises.printing import clean, shorten, show

_SETTINGS = (
    "It calls {names}, which changes NumPy for the whole notebook; the checker has put that back. "
    "`with np.errstate(...):` and `with np.printoptions(...):` change it for a block only."
)
_PRINTED = 600  # characters of a learner's own output that are shown again


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


def correct(exercise: Exercise, answer: Answer, shortcut: str = "") -> Outcome:
    """Say that every case passes, and so does a library's function, where one does the work."""
    count = len(exercise.cases)
    cases = "The one case passes" if count == 1 else f"All {count} cases pass"
    text = f"{cases}; the lesson now uses your function."
    if shortcut:
        text += (
            f" Here `{shortcut}` does the work. The exercise asks for the steps themselves, the "
            "loop or the formula: written once by hand, they show what such a call does."
        )
    return make(exercise, Kind.CORRECT, [Text(text)], answer)


def not_attempted(exercise: Exercise) -> Outcome:
    """Say that the stub is still a stub."""
    text = "The lesson runs on with its own version."
    return make(exercise, Kind.NOT_ATTEMPTED, [Text(text)])


def courses_own(exercise: Exercise, calls: bool) -> Outcome:
    """Say that the function is the course's own version, or only calls it."""
    what = "It calls the course's own version" if calls else "This is the course's own version"
    text = (
        f"{what} of `{exercise.name}`, which stands in for yours until yours is right. It does not "
        "count as done: the body of the function is yours to write."
    )
    return make(exercise, Kind.NOT_ATTEMPTED, [Text(text)])


def failed(
    exercise: Exercise,
    failures: Sequence[Failure],
    exact: Misconception | None = None,
    resembles: Misconception | None = None,
    alike: Sequence[Case] = (),
    remarks: Sequence[str] = (),
) -> Outcome:
    """Show the failing case that is easiest to check and, where it is known, the reason."""
    # A case that a likeness speaks of, where there is one: another would contradict it.
    failure = easiest([each for each in failures if each.case in alike] or failures)
    blocks: list[Block] = []
    if exact is not None:
        blocks += misconception.named(exact)
    elif resembles is not None:
        blocks += misconception.resembled(resembles, len(alike), len(failures))
    listings = expected_and_got(failure)
    # Where the reason is known, a guess at it could only contradict.
    message = Text(
        failure.difference.text(advised=exact is None) + exception.where(failure.answer.raised)
    )
    # A first difference is read best after the numbers, any other message before them.
    message_last = bool(listings) and failure.difference.kind is Kind.INCORRECT
    if not message_last:
        blocks.append(message)
    blocks += exception.line_of_code(failure.answer.raised)
    blocks.append(Text(how_many(failures, failure, len(exercise.cases))))
    blocks.append(called_with(exercise, failure.case, ""))
    blocks += listings
    if message_last:
        blocks.append(message)
    blocks += by_hand(failure.case)
    blocks += [Text(remark) for remark in remarks]
    if failure.answer.changed:
        blocks.append(Text(f"It also changed its argument {failure.answer.changed}."))
    if failure.answer.replaced:
        blocks.append(Text(f"It also replaces {_replaced(failure.answer)}"))
    return make(
        exercise,
        failure.difference.kind,
        blocks,
        failure.answer,
        misconception=exact,
        resembles=resembles,
    )


def changed_input(exercise: Exercise, case: Case, answer: Answer) -> Outcome:
    """Say that the answers are right but an argument was changed on the way."""
    text = (
        f"Its answers are right, but it changed its argument {answer.changed}. The caller "
        "still needs these values: work on a copy (`x = x.copy()`) or on a new array."
    )
    blocks: list[Block] = [Text(text), called_with(exercise, case, "for example with")]
    return make(exercise, Kind.CHANGED_INPUT, blocks, answer)


def unreadable(exercise: Exercise, answers: Sequence[Answer], what: str) -> Outcome:
    """Say that a result can be neither compared nor printed, through no fault of the course."""
    answer = next((each for each in answers if not is_plain(each.value)), answers[0])
    kind = type(answer.value)
    name = clean(name_of_class(kind))
    if kind in (list, tuple, dict, set, frozenset):
        text = (
            f"It returned a {name} that cannot be compared with the expected answer: looking at "
            f"what is in it {what}. Does it hold far more than meant, or things of another kind?"
        )
    else:
        text = (
            f"It returned a result of type {name} that cannot be compared with the expected one: "
            f"looking at it {what}. Arrays, numbers, lists and tuples can be compared."
        )
    return make(exercise, Kind.WRONG_TYPE, [Text(text)], answer)


def changed_numpy(exercise: Exercise, answer: Answer) -> Outcome:
    """Say that the answers are right but something that all other code uses was replaced."""
    text = (
        f"Its answers are right, but it replaces {_replaced(answer)} Give your own function or "
        "value a name of its own."
    )
    return make(exercise, Kind.CHANGED_NUMPY, [Text(text)], answer)


def was_replaced(names: Sequence[str]) -> str:
    """Say what the notebook had replaced before this cell was run."""
    return (
        f"A cell of this notebook has given {listed(names)} another meaning, for all other code "
        "too, NumPy and this course included. Your function was judged with the original, and what "
        "your cell made of it is in use again: later cells may compute something else than they "
        "say. To be rid of it, take that cell out and restart the kernel."
    )


def with_note(outcome: Outcome, note: str) -> Outcome:
    """Add a paragraph to a verdict."""
    return replace(outcome, blocks=(*outcome.blocks, Text(note)))


def listed(names: Sequence[str], most: int = 4) -> str:
    """Write names of code one after the other."""
    shown = [f"`{name}`" for name in names[:most]]
    if len(names) > most:
        shown.append(f"{len(names) - most} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _replaced(answer: Answer) -> str:
    what = "it" if len(answer.replaced) == 1 else "them"
    return (
        f"{listed(answer.replaced)}, which all other code uses, NumPy and this course included. "
        f"The checker has put {what} back."
    )


def took_too_long(exercise: Exercise, case: Case, answer: Answer) -> Outcome:
    """Say that the function was stopped."""
    text = (
        f"It was stopped: all cases together may take {exercise.seconds:g} s, and the course's own "
        "version needs a small part of that. Does every loop come to an end?"
    )
    blocks: list[Block] = [Text(text), called_with(exercise, case, "it was working on")]
    return make(exercise, Kind.TOO_LONG, blocks, answer)


def never_came_back(exercise: Exercise) -> Outcome:
    """Say that one single call ran on where nothing can interrupt it."""
    text = (
        f"It did not come to an end: all cases together may take {exercise.seconds:g} s, and one "
        "single operation of Python or NumPy ran on. It was tried in a process of its own, "
        "which was ended, because nothing can interrupt such an operation. Is there a range, a "
        "power, a matrix or a text that is far larger than meant?"
    )
    return make(exercise, Kind.TOO_LONG, [Text(text)])


def ended_early(exercise: Exercise) -> Outcome:
    """Say that the process in which a cell was judged ended without a word."""
    text = (
        "The cell could not be run to its end: a mistake in it outside the function, a limit on "
        "memory, or a crash has ended the process in which it was judged."
    )
    return make(exercise, Kind.RAISED, [Text(text)])


def not_repeatable(exercise: Exercise, case: Case, first_was_right: bool, again: Answer) -> Outcome:
    """Say that the same call gave another answer the second time."""
    if first_was_right:
        text = (
            "Its first call is right, and the same call later gives another answer: something is "
            "kept from one call to the next, for example a list or array as a default value, or a "
            "variable outside the function."
        )
        if again.raised is None:
            blocks: list[Block] = [Listing("the later answer", show(again.value))]
        else:
            blocks = [
                Text(exception.raised_message(again.raised).text() + exception.where(again.raised))
            ]
    else:
        text = (
            "The same call gives different answers: random numbers, memory from `np.empty` that "
            "was never filled, or a variable kept from one call to the next."
        )
        blocks = []
    called = called_with(exercise, case, "called twice with")
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
    """Say that something other than a function stands below the line."""
    what = "a class" if isinstance(thing, type) else describe(thing)
    text = f'Below `@exercise("{exercise.id}")` there is {what}, where a function is expected.'
    blocks: list[Block] = [Text(text), Listing("the stub begins", _signature(exercise.reference))]
    return make(exercise, Kind.NOT_A_FUNCTION, blocks)


def not_looked_at(exercise: Exercise, thing: object) -> Outcome:
    """Say that what stands below the line has code of its own that never ends."""
    text = (
        f'Below `@exercise("{exercise.id}")` there is an object of type '
        f"{name_of_class(type(thing))}, where a function is expected; looking at it takes too long."
    )
    return make(exercise, Kind.NOT_A_FUNCTION, [Text(text)])


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
        label = "and Python warned" if answer.printed else "Python warned"
        blocks.append(Listing(label, shorten("\n".join(answer.warned), _PRINTED)))
    if answer.settings:
        blocks.append(Text(_SETTINGS.format(names=listed(answer.settings))))
    return blocks


def _signature(function: Function) -> str:
    name = show(function)
    try:
        signature = inspect.signature(function)
    except Exception:  # noqa: BLE001 - compiled code may not tell, a learner's class may fail
        return name
    bare = [p.replace(annotation=p.empty) for p in signature.parameters.values()]
    plain = signature.replace(parameters=bare, return_annotation=signature.empty)
    return clean(f"def {name}{plain}:")
