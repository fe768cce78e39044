"""What is said of an exception, and what its words tell a beginner."""

from __future__ import annotations

import re

from course_utils.exercises.calling import Raised
from course_utils.exercises.difference import Difference
from course_utils.exercises.looked_at import name_of_class
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
    "slice indices must be integers": "The ends of a slice are whole numbers. `/` always gives a "
    "float; `//` divides and keeps integers integers.",
    "as an integer|single integer, got|only integers, slices": "A size or an index has to be an "
    "int: `//` divides and keeps integers integers.",
    "truth value of an array": "Python's `if`, `while`, `and`, `or`, `max` and `min` ask for one "
    "True or False, and an array compared gives one for each element. `np.where`, `np.maximum` or "
    "a product with the comparison go element by element; `.any()` and `.all()` make one of many.",
    "setting an array element with a sequence": "One place of an array holds one number, and "
    "several were put into it: an array or a list on the right where a sum or an index is "
    "missing, or rows of different lengths.",
    "inhomogeneous shape": "Rows of different lengths make no array.",
    "cannot reshape": "A reshape keeps every number, so the lengths asked for have to multiply to "
    "the size of the array. `.shape` before it shows which lengths there are.",
    "values to unpack": "The number of names on the left is not the number of values on the right. "
    "`.shape` has one length for each axis: two for a picture (H, W), three for (C, H, W), four "
    "for (B, C, H, W).",
    "converted to (Python )?scalar|can be converted to a scalar|only 0-dimensional arrays": "An "
    "array of several numbers stands where one number is needed: an index or a sum is missing, or "
    "a function of `math` is used in place of NumPy's.",
    "zero-size array": "An empty array has no largest or smallest value: a window lies outside, or "
    "a slice ends before it starts.",
    "ndarray' object is not callable": "Round brackets call a function; square brackets index an "
    "array.",
    "Cannot cast ufunc": "An array of whole numbers cannot take fractions in place (`+=`, `-=`, "
    "`*=`, `/=`). `y = y + …` makes a new array, and `np.zeros(shape)` makes floats.",
    "Incompatible dimensions": "The matrix needs as many rows as there are right sides: "
    "`y.reshape(-1)` makes one long vector of a picture.",
    "list indices must be|list' object has no attribute": "A list has no axes and no shape; "
    "`np.array(...)` makes an array of it.",
    r"has no len\(\)|not subscriptable|is not iterable": "A single number has no length and no "
    "elements: an index too many, or a number where an array was meant.",
    "invalid index to scalar": "A single number has no elements: there is one index too many.",
    "negative dimensions are not allowed": "A length came out negative: the two sizes are "
    "exchanged, or the kernel does not fit into the input.",
    "read-only": "This array is a view that cannot be written to: work on a copy (`x.copy()`) or "
    "fill a new array.",
}


def raised_message(raised: Raised) -> Difference:
    """Describe an exception as a difference from the value expected."""
    name = name_of_class(raised.type)
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
