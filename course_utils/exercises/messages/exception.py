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
    "UnboundLocalError": "A variable is used before the function gives it a value. A name that is "
    "given a value anywhere in a function is the function's own from its first line on.",
    "ZeroDivisionError": "Something is divided by zero.",
    "RecursionError": "The function calls itself without end.",
    "SystemExit": "`exit()` and `quit()` end a program; here `return` is what ends a function.",
}

# Read from the words of a message and, after a line break, the line of code that raised: the first
# pattern found decides.
_ADVICE_BY_WORDS = {
    r"index -\d+ is out of bounds": "An index ran past the beginning: a negative index counts "
    "from the end, and the first of N items is -N.",
    r"index \d+ is out of bounds": "An index ran past the end: the last of N items has index "
    "N - 1.",
    "tuple index out of range": "A tuple is shorter than the index asked for. `.shape` has one "
    "item for each axis: two for a picture, one for a signal, none for a single number.",
    r"index out of range": "An index lies outside: the last of N items has index N - 1, the "
    "first 0 (or -N).",
    "too many indices": "There are more indices in the brackets than the array has axes.",
    "gufunc signature|not aligned": "For `A @ B`, the last axis of A must be as long as the first "
    "axis of B (with more axes: the last but one of B). `.shape` of both shows which one is not.",
    r"gufunc core with signature.*\n.*\breversed\(": "`reversed(w)` is no array; `w[::-1]` is.",
    "gufunc core with signature": "`@` needs arrays with at least one axis on both sides; `*` "
    "multiplies by a number.",
    "could not be broadcast|could not broadcast|non-broadcastable": "Two arrays met whose shapes "
    "do not fit together. Aligned at the last axis, lengths have to be equal, or one of them 1.",
    r"Cannot interpret '-?\d+' as a data type": "The second argument was taken for a dtype. The "
    "shape is one tuple: `np.zeros((2, 3))`.",
    "slice indices must be integers": "The ends of a slice are whole numbers. `/` always gives a "
    "float; `//` divides and keeps integers integers.",
    "as an integer|single integer, got|only integers, slices": "A size or an index has to be an "
    "int. `for v in x` gives the values of x, `for i in range(len(x))` their places; `/` gives a "
    "float, `//` divides and keeps integers integers.",
    "truth value of an array": "Python's `if`, `while`, `and`, `or`, `max` and `min` ask for one "
    "True or False, and an array compared gives one for each element. `np.where`, `np.maximum` or "
    "a product with the comparison go element by element; `.any()` and `.all()` make one of many.",
    "inhomogeneous shape": "Rows of different lengths make no array.",
    "setting an array element with a sequence": "One place of an array holds one number, and "
    "several were put into it: an array or a list on the right where a sum or an index is "
    "missing, or rows of different lengths.",
    "cannot reshape": "A reshape keeps every number, so the lengths asked for have to multiply to "
    "the size of the array. `.shape` before it shows which lengths there are.",
    r"values to unpack.*\n.*\.shape": "The number of names on the left is not the number of axes. "
    "`.shape` has one length for each axis: two for a picture (H, W), three for (C, H, W), four "
    "for (B, C, H, W).",
    "values to unpack": "The number of names on the left is not that of the values on the right.",
    "cannot unpack non-iterable": "A single number cannot be given to several names. `len(x)` is "
    "one number, `x.shape` has one for each axis.",
    r"scalar index\n.*\b(concatenate|[hvd]?stack|column_stack)\(": "All that is to be joined "
    "stands in brackets of its own: `np.concatenate((a, b))`.",
    "converted to (Python )?scalar|can be converted to a scalar|only 0-dimensional arrays": "An "
    "array of several numbers stands where one number is needed: an index or a sum is missing, or "
    "a function of `math` is used in place of NumPy's.",
    "zero-size array": "An empty array has no largest or smallest value: a window lies outside, or "
    "a slice ends before it starts.",
    "ndarray' object is not callable": "Round brackets call a function; square brackets index an "
    "array, and `.real` or `.T` stand without any.",
    "module' object is not callable": "This is a part of a library that holds functions, and not "
    "one of them: `np.fft.fft(x)`, not `np.fft(x)`.",
    r"(int|float|list|tuple|numpy\.\w+)' object is not callable": "Round brackets call what stands "
    "before them, and here that is no function: a `*` is missing, an index wants square brackets, "
    "or a name such as `sum` has been given a value of its own.",
    "module 'numpy' has no attribute": "NumPy has nothing of that name: it is misspelt, or it "
    "stands in a part of NumPy, as `np.fft.fft` and `np.linalg.svd` do.",
    "ndarray' object has no attribute '(append|reverse|extend|insert|pop|remove|index|count)'": (
        "That is a list's, not an array's. `x[::-1]` is x reversed, `np.append(x, v)` a new array."
    ),
    r"unsupported operand.*NoneType": "One of the two is None: a function that prints or changes a "
    "list in place returns nothing.",
    r"unsupported operand.*'(str|list|tuple|dict)'": "Text, lists and tuples are not computed with "
    "number by number. `np.array(...)` makes an array of a list; `H, W = x.shape` names the two "
    "numbers of a picture's shape.",
    r"unsupported operand.*(method|function)'": "One of the two is a function that has not been "
    "called: its round brackets are missing.",
    r"did not contain a loop.*<U": "Text and numbers met: a string stands where a number should.",
    "must be square": "This asks for as many equations as unknowns. `np.linalg.lstsq` takes more.",
    "Cannot cast ufunc": "An array of whole numbers cannot take fractions in place (`+=`, `-=`, "
    "`*=`, `/=`). `y = y + …` makes a new array, and `np.zeros(shape)` makes floats.",
    "Incompatible dimensions": "The matrix needs as many rows as there are right sides, one for "
    "each equation; right sides that are a picture become one long vector by `y.reshape(-1)`.",
    "list indices must be|list' object has no attribute "
    "'(shape|size|ndim|T|dtype|sum|mean|min|max|std|dot|reshape|astype|transpose|flatten|ravel)'": (
        "A list has no axes and no shape; `np.array(...)` makes an array of it."
    ),
    "'int' object is not iterable": "A number has no items to go through. `range(n)` gives "
    "0, 1, …, n - 1.",
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
    said = f"{raised.message}\n{raised.source}"
    fitting = (advice for words, advice in _ADVICE_BY_WORDS.items() if re.search(words, said))
    return Difference(Kind.RAISED, message, advice=_ADVICE.get(name) or next(fitting, ""))


def where(raised: Raised | None) -> str:
    """Say in which function and line it happened, where that is known."""
    if raised is None or not raised.function:
        return ""
    # Python's own names for comprehensions and lambdas, as <listcomp>, tell a beginner nothing.
    inside = "" if raised.function.startswith("<") else f"`{raised.function}`, "
    return f" It happened in {inside}line {raised.line}."


def line_of_code(raised: Raised | None) -> list[Block]:
    """Show the line that raised."""
    return [Listing("", raised.source)] if raised is not None and raised.source else []
