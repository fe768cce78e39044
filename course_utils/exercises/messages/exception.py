"""What is said of an exception, and what its words tell a beginner."""

from __future__ import annotations

import re

from course_utils.exercises.calling import Raised
from course_utils.exercises.difference import Difference
from course_utils.exercises.messages.notice import Block, Listing
from course_utils.exercises.outcome import Kind

_ADVICE = {
    "NameError": "A name is used that is not defined: a misspelling, or a line that is missing.",
    "UnboundLocalError": "A variable is used before the function gives it a value.",
    "ZeroDivisionError": "Something is divided by zero.",
    "RecursionError": "The function calls itself without end.",
    "SystemExit": "`exit()` and `quit()` end a program; here `return` is what ends a function.",
}

# Read from the words of a message: the first pattern found decides.
_ADVICE_BY_WORDS = {
    r"index -\d+ is out of bounds": "An index ran past the beginning: a negative index counts "
    "from the end, and the first of N items is -N.",
    r"index \d+ is out of bounds": "An index ran past the end: the last of N items has index "
    "N - 1.",
    r"index out of range": "An index lies outside: the last of N items has index N - 1, the "
    "first 0 (or -N).",
    "too many indices": "There are more indices in the brackets than the array has axes.",
    "gufunc signature|not aligned": "For `A @ B`, the last axis of A must be as long as the first "
    "axis of B (with more axes: the last but one of B). `.shape` of both shows which one is not.",
    "gufunc core with signature": "`@` needs arrays with at least one axis on both sides; `*` "
    "multiplies by a number.",
    "could not be broadcast|could not broadcast|non-broadcastable": "Two arrays met whose shapes "
    "do not fit together. Aligned at the last axis, lengths have to be equal, or one of them 1.",
    r"Cannot interpret '-?\d+' as a data type": "The second argument was taken for a dtype. The "
    "shape is one tuple: `np.zeros((2, 3))`.",
    "as an integer|single integer, got|only integers, slices": "A size or an index has to be an "
    "int: `//` divides and keeps integers integers.",
}


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


def where(raised: Raised | None) -> str:
    """Say in which function and line it happened, where that is known."""
    if raised is None or not raised.function:
        return ""
    return f" It happened in `{raised.function}`, line {raised.line}."


def line_of_code(raised: Raised | None) -> list[Block]:
    """Show the line that raised."""
    return [Listing("", raised.source)] if raised is not None and raised.source else []
