"""Comparing an answer with the expected one.

Numbers agree where ``|got − expected| ≤ tolerance · (1 + |expected|)``. A right answer in
another style is right: a 0-d array for a float, ``np.int64`` for an int, a list for a tuple,
whole numbers of an integer dtype for floats. What would surprise the next line of a lesson is
not: a list for an array, a float for an int, a generator for anything.
"""

from __future__ import annotations

import inspect
import numbers
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .counting import count_numbers
from .outcome import Kind
from .printing import Index, show, show_index, show_pair

FLOAT_FOR_INT = "`int(...)` makes a whole number of it."

_SINGLE = 1e-5  # what float32 can promise: seven digits, less what a sum loses
_MANY = 1_000_000  # more items of a list than this are not looked at
_LARGE = 100_000_000  # bytes from which on a size is worth a word

AnyArray = np.ndarray[Any, Any]


def is_large(value: Any) -> bool:
    """Tell whether a result is so large that its numbers should be left alone."""
    return isinstance(value, np.ndarray) and value.nbytes > _LARGE


@dataclass(frozen=True)
class Difference:
    """The first thing in which an answer differs from the expected one."""

    kind: Kind
    message: str
    path: str = ""
    index: Index | None = None
    advice: str = ""
    more: str = ""

    def text(self, advised: bool = True) -> str:
        """Put the sentences together."""
        parts = (self.message, self.advice if advised else "", self.more)
        return " ".join(part for part in parts if part)


def compare(
    got: Any, expected: Any, tolerance: float, *, single: bool = False
) -> Difference | None:
    """Find the first difference between an answer and the expected one."""
    if expected is not None:
        nothing, advice = _no_value(got, expected)
        if nothing:
            return Difference(Kind.WRONG_TYPE, nothing, advice=advice)
    if isinstance(expected, np.ndarray) and expected.ndim:
        return _compare_arrays(got, expected, tolerance, single)
    if isinstance(expected, np.ndarray):
        expected = expected[()]
    if isinstance(expected, (bool, np.bool_)):
        return _compare_truth(got, bool(expected))
    if isinstance(expected, numbers.Number):
        return _compare_numbers(got, expected, tolerance, single)
    if isinstance(expected, (tuple, list)):
        return _compare_sequences(got, expected, tolerance, single)
    if isinstance(expected, Mapping):
        return _compare_mappings(got, expected, tolerance, single)
    return _compare_others(got, expected)


def describe(value: Any) -> str:
    """Name a value's type as a learner would: ``a list of 3``, ``the float 3.0``."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else f"the number {show(value)}"
    if isinstance(value, (bool, np.bool_)):
        return f"the truth value {bool(value)}"
    if isinstance(value, (int, np.integer)):
        return f"the int {show(value)}"
    if isinstance(value, (float, np.floating)):
        return f"the float {show(value)}"
    if isinstance(value, (complex, np.complexfloating)):
        return f"the complex number {show(value)}"
    if isinstance(value, str):
        return f"the text {show(value)}"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {len(value)}"
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _no_value(got: Any, expected: Any) -> tuple[str, str]:
    """Say what is wrong with a result that is no value at all, and advise; empty if it is one."""
    wanted = _wanted(expected)
    if got is None:
        return (
            f"It returned None where {wanted} is expected.",
            "Is the line with `return` missing, or not reached?",
        )
    if got is Ellipsis:
        return "It returned `...`: the part that stands for the answer is still to be written.", ""
    if inspect.isgenerator(got):
        return (
            f"It returned a generator, which has computed nothing yet, where {wanted} is expected.",
            "Use `return` in place of `yield`, and square brackets around a comprehension.",
        )
    if inspect.iscoroutine(got):
        got.close()  # otherwise Python warns that it was never awaited
        return (
            "It returned a coroutine, which has computed nothing yet: write `def`, not "
            "`async def`.",
            "",
        )
    if isinstance(got, (Iterator, range)):
        name = type(got).__name__
        return (
            f"It returned a {name} object, which holds no values yet, where {wanted} is expected.",
            "`list(...)` runs through it.",
        )
    if isinstance(got, np.ndarray) and got.ndim == 0 and isinstance(got[()], Iterator):
        # np.array(...) does not run through an iterator: it keeps it as one Python object.
        if inspect.isgenerator(got[()]):
            name = "generator"
            advice = "Round brackets made a generator; square brackets make a list."
        else:
            name = f"{type(got[()]).__name__} object"
            advice = "`np.array(list(...))` runs through it."
        return (
            f"It returned an array that holds a {name} and no numbers yet, where {wanted} is "
            "expected.",
            advice,
        )
    if type(got).__module__.partition(".")[0] == "torch":
        return (
            f"It returned a PyTorch {type(got).__name__} where {wanted} is expected.",
            "This exercise stays in NumPy (`.numpy()` would convert it).",
        )
    if callable(got) and not isinstance(got, np.ndarray) and not callable(expected):
        name = getattr(got, "__name__", type(got).__name__)
        return (
            f"It returned the function `{show(name)[1:-1]}` itself, not its result.",
            "Are the brackets of a call missing?",
        )
    return "", ""


def _wanted(expected: Any) -> str:
    if isinstance(expected, np.ndarray) and expected.ndim:
        return "a NumPy array"
    if isinstance(expected, (bool, np.bool_)):
        return "True or False"
    if type(expected) is int:
        return "a whole number (int)"
    if isinstance(expected, (numbers.Number, np.ndarray)):
        return "a single number"
    if isinstance(expected, str):
        return "a text"
    if isinstance(expected, (list, tuple)):
        return f"a {type(expected).__name__} of {len(expected)}"
    return describe(expected)


def _mismatch(got: Any, expected: Any, advice: str = "") -> Difference:
    message = f"It returned {describe(got)} where {_wanted(expected)} is expected."
    return Difference(Kind.WRONG_TYPE, message, advice=advice)


def _is_number(value: Any) -> bool:
    return isinstance(value, numbers.Number) and not isinstance(value, (bool, np.bool_))


def _compare_arrays(
    got: Any, expected: AnyArray, tolerance: float, single: bool
) -> Difference | None:
    if isinstance(got, (list, tuple)):
        return _mismatch(got, expected, _verdict_on_list(got, expected, tolerance, single))
    if isinstance(got, (numbers.Number, np.bool_)):
        got = np.asarray(got)
    if not isinstance(got, np.ndarray):
        return _mismatch(got, expected)
    # The shape comes first: judging it does not touch the numbers, however many there are.
    if got.shape != expected.shape:
        return Difference(Kind.WRONG_SHAPE, _shape_message(got, expected))
    wrong_dtype, advice = _dtype_message(got.dtype, expected.dtype)
    if wrong_dtype:
        return Difference(Kind.WRONG_DTYPE, wrong_dtype, advice=advice)
    return _compare_values(np.asarray(got), np.asarray(expected), tolerance, single)


def _verdict_on_list(got: Any, expected: AnyArray, tolerance: float, single: bool) -> str:
    """Say whether the numbers in a list would be right in an array."""
    advice = "`np.array(...)` makes an array of it"
    if len(got) <= _MANY and count_numbers(got) <= _MANY:
        try:
            as_array = np.array(got)
        except (ValueError, TypeError, OverflowError):
            return "Its rows have different lengths, so no array can be made of it."
        if as_array.ndim and compare(as_array, expected, tolerance, single=single) is None:
            return f"The numbers in it are right: {advice}."
    return f"{advice}."


def _shape_message(got: AnyArray, expected: AnyArray) -> str:
    if got.ndim == 0:
        wanted = f"an array of shape {expected.shape}"
        return f"It returned the single number {show(got)}; expected {wanted}."
    message = f"The result has shape {got.shape}; expected {expected.shape}."
    if is_large(got):
        return f"{message} It would fill {got.nbytes / 2**30:.1f} GiB of memory."
    if got.shape == expected.shape[::-1]:
        return f"{message} The axes stand in the reverse order."
    if tuple(n for n in got.shape if n != 1) == tuple(n for n in expected.shape if n != 1):
        return f"{message} They differ only in axes of length 1."
    return message


def _dtype_message(got: np.dtype[Any], expected: np.dtype[Any]) -> tuple[str, str]:
    """Say why an array of one dtype cannot stand for another, and advise; empty if it can."""
    g, e = got.kind, expected.kind
    if g == e or (g in "iuf" and e in "iufc"):
        return "", ""
    message = f"The result has dtype {got}; expected {expected}."
    if g == "c" and e in "iufb":
        advice = "The inputs are real, so the answer is: `np.real(...)` drops what is left."
    elif g == "O":
        advice = (
            "An array of Python objects comes from rows of different lengths, or from None among "
            "the numbers."
        )
    elif e == "b":
        advice = "A comparison such as `x > 0` gives True and False."
    elif g == "b":
        advice = "True and False are not numbers to go on with: `.astype(float)` converts."
    else:
        advice = ""
    return message, advice


def _compare_values(
    got: AnyArray, expected: AnyArray, tolerance: float, single: bool
) -> Difference | None:
    if expected.dtype.kind not in "iufc":
        return _first_unequal(got, expected)
    with np.errstate(all="ignore"):
        left, right = _wide(got), _wide(expected)
        not_finite = ~np.isfinite(left) & np.isfinite(right)
        if not_finite.any():
            index = _first_true(not_finite)
            return _at(
                Kind.NOT_FINITE,
                f"The result is {show(got[index])}{{at}}, where {show(expected[index])} is "
                "expected.",
                index,
                "A division by zero, an overflow, or memory from `np.empty` that was never "
                "filled ends like this.",
            )
        distance, scale = np.abs(left - right), 1 + np.abs(right)
        same = (left == right) | (np.isnan(left) & np.isnan(right))
        single = single or expected.dtype == np.float32
        allowed = max(tolerance, _SINGLE) if single else tolerance
        # Where infinity is expected, every distance would be small beside it.
        close = same | ((distance <= allowed * scale) & np.isfinite(right))
        if close.all():
            return None
        wrong_dtype, advice = _dtype_lost(
            got, expected, bool((same | (distance <= _SINGLE * scale)).all())
        )
    index = _first_true(~close)
    expected_text, got_text = show_pair(expected[index], got[index])
    if wrong_dtype:
        first = f"The first difference{{at}}: expected {expected_text}, got {got_text}."
        return _at(Kind.WRONG_DTYPE, wrong_dtype, index, advice, first)
    where = "The first difference is{at}: expected" if index else "Expected"
    return _at(Kind.INCORRECT, f"{where} {expected_text}, got {got_text}.", index)


def _wide(array: AnyArray) -> AnyArray:
    """Widen numbers so that a difference cannot wrap around or lose digits."""
    return np.asarray(array, dtype=np.result_type(array.dtype, np.float64))


def _dtype_lost(got: AnyArray, expected: AnyArray, nearly: bool) -> tuple[str, str]:
    """Say what the result's dtype has done to its numbers, and advise; empty if nothing."""
    if got.dtype.kind in "iu" and expected.dtype.kind == "f" and (expected % 1 != 0).any():
        return (
            f"The result has dtype {got.dtype}, which cannot hold fractions; expected "
            f"{expected.dtype}.",
            "`np.zeros_like(x)` takes the dtype of x, `np.zeros(...)` is float64.",
        )
    if got.dtype.kind in "iu" and got.dtype.itemsize < 8:
        lost = np.asarray(np.round(_wide(expected) - _wide(got)), dtype=np.float64)
        if (lost % 2.0 ** (8 * got.dtype.itemsize) == 0).all():
            return (
                f"The result has dtype {got.dtype}, too small for these numbers: they have "
                "wrapped around.",
                "",
            )
    if got.dtype == np.float32 and expected.dtype == np.float64 and nearly:
        return (
            "The result has dtype float32 and is right to about seven digits; float64 went in, "
            "and float64 is expected.",
            "",
        )
    return "", ""


def _first_unequal(got: AnyArray, expected: AnyArray) -> Difference | None:
    unequal = np.asarray(got != expected)
    if not unequal.any():
        return None
    index = _first_true(unequal)
    where = (
        f"The first difference is{{at}}: expected {show(expected[index])}, got {show(got[index])}."
    )
    return _at(Kind.INCORRECT, where, index)


def _first_true(mask: AnyArray) -> Index:
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(mask)), mask.shape))


def _at(kind: Kind, message: str, index: Index, advice: str = "", more: str = "") -> Difference:
    """Finish a message that says ``{at}`` where the index belongs."""
    path = show_index(index) if index else ""
    at = f" at {path}" if path else ""
    message, more = (text.replace("{at}", at) for text in (message, more))
    return Difference(kind, message, path, index, advice, more)


def _compare_numbers(got: Any, expected: Any, tolerance: float, single: bool) -> Difference | None:
    if isinstance(got, np.ndarray):
        if got.ndim:
            message = (
                f"It returned an array of shape {got.shape} where a single number is expected."
            )
            return Difference(Kind.WRONG_SHAPE, message)
        got = got[()]
    if not _is_number(got):
        return _mismatch(got, expected)
    if isinstance(got, numbers.Integral) and isinstance(expected, numbers.Integral):
        if int(got) == int(expected):
            return None
        return Difference(Kind.INCORRECT, f"Expected {show(expected)}, got {show(got)}.")
    if not isinstance(got, numbers.Real) and isinstance(expected, numbers.Real):
        return _mismatch(got, expected, "`.real` takes the real part.")
    difference = _compare_values(_as_array(got), _as_array(expected), tolerance, single)
    if difference is None and type(expected) is int and not isinstance(got, numbers.Integral):
        return _mismatch(got, expected, FLOAT_FOR_INT)
    return difference


def _as_array(number: Any) -> AnyArray:
    """Make a 0-d array of any kind of number; NumPy's own keep their dtype."""
    if isinstance(number, np.generic):
        return np.asarray(number)
    try:
        return np.asarray(float(number) if isinstance(number, numbers.Real) else complex(number))
    except OverflowError:  # an int beyond every float
        return np.asarray(np.inf)


def _compare_truth(got: Any, expected: bool) -> Difference | None:
    if isinstance(got, np.ndarray) and got.ndim == 0:
        got = got[()]
    if isinstance(got, np.ndarray):
        return Difference(
            Kind.WRONG_SHAPE,
            f"It returned an array of shape {got.shape} where one True or False is expected.",
            advice="`.all()` or `.any()` makes one of many.",
        )
    if not isinstance(got, (bool, np.bool_)):
        return _mismatch(got, expected)
    if bool(got) != expected:
        return Difference(Kind.INCORRECT, f"Expected {expected}, got {bool(got)}.")
    return None


def _compare_sequences(
    got: Any, expected: tuple[Any, ...] | list[Any], tolerance: float, single: bool
) -> Difference | None:
    if isinstance(got, np.ndarray) and got.ndim:
        got = list(got) if len(got) == len(expected) else got
    if isinstance(got, np.ndarray) or (
        isinstance(got, (list, tuple)) and len(got) != len(expected)
    ):
        return Difference(
            Kind.WRONG_SHAPE, f"It returned {describe(got)} where {_wanted(expected)} is expected."
        )
    if not isinstance(got, (list, tuple)):
        return _mismatch(got, expected)
    for place, (left, right) in enumerate(zip(got, expected, strict=True)):
        difference = compare(left, right, tolerance, single=single)
        if difference is not None:
            return _inside(difference, show_index((place,)))
    return None


def _compare_mappings(
    got: Any, expected: Mapping[Any, Any], tolerance: float, single: bool
) -> Difference | None:
    if not isinstance(got, Mapping):
        return _mismatch(got, expected)
    for key, value in expected.items():
        if key not in got:
            return Difference(Kind.INCORRECT, f"The key {show(key)} is missing.")
        difference = compare(got[key], value, tolerance, single=single)
        if difference is not None:
            return _inside(difference, f"[{show(key)}]")
    for key in got:
        if key not in expected:
            return Difference(Kind.INCORRECT, f"The key {show(key)} should not be there.")
    return None


def _inside(difference: Difference, part: str) -> Difference:
    """Say in which part of a container a difference lies."""
    message = difference.message
    if not message.startswith("In result["):
        message = f"In result{part}: {message}"
    else:
        message = message.replace("In result[", f"In result{part}[", 1)
    return replace(difference, message=message, path=part + difference.path)


def _compare_others(got: Any, expected: Any) -> Difference | None:
    """Compare text, None, and whatever else has an equality of its own."""
    if isinstance(expected, str) and not isinstance(got, str):
        return _mismatch(got, expected)
    if expected is None and got is not None:
        return _mismatch(got, expected)
    try:
        equal = bool(got == expected)
    except Exception:  # noqa: BLE001 - the equality of a learner's class, or of arrays inside a set
        equal = False
    if equal:
        return None
    if type(got) is not type(expected) and not isinstance(expected, str):
        return _mismatch(got, expected)
    return Difference(Kind.INCORRECT, f"Expected {show(expected)}, got {show(got)}.")
