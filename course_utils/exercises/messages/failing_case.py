"""The failing case that is shown: which one, its arguments, both answers, how to check by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from course_utils.exercises.calling import Answer, argument_names
from course_utils.exercises.compare_arrays import is_large
from course_utils.exercises.counting import count_numbers
from course_utils.exercises.definition import Case, Exercise
from course_utils.exercises.difference import Difference
from course_utils.exercises.messages.notice import Block, Listing, Text
from course_utils.exercises.printing import Index, digits_apart, show

_BY_HAND = 40  # numbers that one still checks by hand


@dataclass(frozen=True)
class Failure:
    """A case in which the answer is not the expected one."""

    case: Case
    answer: Answer
    expected: Answer
    difference: Difference


def easiest(failures: Sequence[Failure]) -> Failure:
    """Choose the failing case that is easiest to check."""
    return min(failures, key=lambda failure: _effort(failure.case))


def _effort(case: Case) -> tuple[bool, bool, int]:
    """Rank a case by how easily a person checks it: by hand, then small; empty ones last."""
    values = [*case.arguments, *case.keywords.values()]
    empty = any(count_numbers(value) == 0 for value in values)
    by_hand = bool(case.note.strip()) and not case.is_random and case.size <= _BY_HAND
    return empty, not by_hand, case.size


def how_many(failures: Sequence[Failure], shown: Failure, cases: int) -> str:
    """Say how many cases fail, and what is special about the one shown."""
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


def called_with(exercise: Exercise, case: Case, label: str) -> Listing:
    """List the arguments of a case, a name and a value on each line."""
    names = argument_names(exercise.reference, len(case.arguments))
    pairs = [*zip(names, case.arguments, strict=True), *case.keywords.items()]
    rows = [f"{name} = " + _indented(show(value), len(name) + 3) for name, value in pairs]
    return Listing(label, "\n".join(rows) or "no arguments")


def _indented(text: str, width: int) -> str:
    return text.replace("\n", "\n" + " " * width)


def expected_and_got(failure: Failure) -> list[Block]:
    """Show both answers where they are more than the one number already named."""
    if failure.expected.raised is not None or failure.answer.raised is not None:
        return []
    expected, got = failure.expected.value, failure.answer.value
    axes = getattr(expected, "ndim", 1 if isinstance(expected, (list, tuple, dict)) else 0)
    if not axes:
        return []
    at: Index | None = failure.difference.index
    at = at if at and failure.difference.path.count("[") == 1 and axes == len(at) else None
    if is_large(got):
        return [Listing("expected", show(expected, at))]
    digits = digits_apart(expected, got, at)
    blocks: list[Block] = [Listing("expected", show(expected, at, digits))]
    if isinstance(got, (list, tuple, dict)) or hasattr(got, "dtype"):
        blocks.append(Listing("got", show(got, at if _has(got, at) else None, digits)))
    return blocks


def _has(got: Any, at: Index | None) -> bool:
    return at is not None and getattr(got, "ndim", -1) == len(at)


def by_hand(case: Case) -> list[Block]:
    """Say how the answer is found by hand, where the author wrote it down."""
    note = case.note.strip()
    if not note:
        return []
    return [Text(note if note.lower().startswith("by hand") else f"by hand: {note}")]
