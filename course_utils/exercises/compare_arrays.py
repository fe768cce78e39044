"""Comparing arrays and numbers: shape first, then dtype, then every number."""

from __future__ import annotations

import numbers
from collections.abc import Callable
from typing import Any

import numpy as np

from .counting import count_numbers
from .difference import Difference, at_index, mismatch, wanted
from .outcome import Kind
from .printing import Index, show, show_pair

NOT_YET = "Made into an array it would not be the answer yet"
NEARLY = (
    "Six digits are right, and only precision is missing: a small step in place of a derivative, "
    "single precision, or a small number added somewhere."
)
FLOAT_FOR_INT = "`int(...)` turns it into a whole number."

_SINGLE = 1e-5  # what float32 can promise: seven digits, less what a sum loses
_MANY = 100_000  # more items of a list than this are not looked at
_NEAR = 1e-6
_LARGE = 100_000_000  # bytes from which on a size is worth a word

AnyArray = np.ndarray[Any, Any]


def _reversed_axes(got: AnyArray, expected: AnyArray) -> bool:
    return bool(got.shape == expected.shape[::-1])


def _same_but_for_ones(got: AnyArray, expected: AnyArray) -> bool:
    return [n for n in got.shape if n != 1] == [n for n in expected.shape if n != 1]


RELATIONS = {
    "The axes are in reverse order.": _reversed_axes,
    "They differ only in axes of length 1.": _same_but_for_ones,
}
"""How two shapes may be related; it is said only where it is true of every case that fails."""


def is_large(value: Any) -> bool:
    """Tell whether a result is so large that its numbers should be left alone."""
    if isinstance(value, (list, tuple)):
        return count_numbers(value, _MANY) > _MANY
    return isinstance(value, np.ndarray) and value.nbytes > _LARGE


def compare_arrays(
    got: Any, expected: AnyArray, tolerance: float, single: bool
) -> Difference | None:
    """Find the first difference from an expected array of one axis or more."""
    if isinstance(got, (list, tuple)):
        return mismatch(got, expected, _verdict_on_list(got, expected, tolerance, single))
    if isinstance(got, (numbers.Number, np.bool_)):
        got = np.asarray(got)
    if not isinstance(got, np.ndarray):
        return mismatch(got, expected)
    # The shape comes first: judging it does not touch the numbers, however many there are.
    if got.shape != expected.shape:
        message, advice = _shape_message(got, expected)
        return Difference(Kind.WRONG_SHAPE, message, advice=advice)
    wrong_dtype, advice = _dtype_message(got.dtype, expected.dtype)
    if wrong_dtype:
        return Difference(Kind.WRONG_DTYPE, wrong_dtype, advice=advice)
    return _compare_values(np.asarray(got), np.asarray(expected), tolerance, single)


def masked(got: np.ma.MaskedArray[Any, Any], expected: Any) -> Difference:
    """Say that numbers are masked, which are no numbers to whoever reads the array."""
    mask = np.ma.getmaskarray(got)
    count = int(mask.sum())
    index = _first_true(mask)
    numbers_are = "its number is" if mask.size == 1 else f"{count} of its {mask.size} numbers are"
    return at_index(
        Kind.NOT_FINITE,
        f"It returned a masked array, and {numbers_are} masked{{at}}: no value at all, where "
        f"{wanted(expected)} is expected."
        if count == 1
        else f"It returned a masked array, and {numbers_are} masked, the first{{at}}: no values at "
        f"all, where {wanted(expected)} is expected.",
        index,
        "`np.ma.filled(...)` gives masked numbers a value.",
    )


def _verdict_on_list(got: Any, expected: AnyArray, tolerance: float, single: bool) -> str:
    """Say what in a list is right: all its numbers, its parts joined, one of its items."""
    if len(got) > _MANY or count_numbers(got, _MANY) > _MANY:
        return ""

    def right(value: Any) -> bool:
        array = isinstance(value, np.ndarray) and value.ndim > 0
        return array and compare_arrays(value, expected, tolerance, single) is None

    as_array = _array_of(np.array, got)
    if right(as_array):
        return "The numbers in it are right: `np.array(...)` turns it into an array."
    if right(_array_of(np.concatenate, got)):
        return "`np.concatenate(...)` joins its parts to the answer."
    for place, item in enumerate(got):
        if right(item):
            return f"Its item [{place}] is the answer: return that one alone."
    for place, item in enumerate(got):
        same_size = isinstance(item, np.ndarray) and item.size == expected.size
        if same_size and right(item.reshape(expected.shape)):
            return f"Its item [{place}] holds the right numbers, in another shape."
    vectors = len(got) == 2 and all(isinstance(v, np.ndarray) and v.ndim == 1 for v in got)
    if vectors and right(np.outer(*got)):
        return "`np.outer(...)` of its two items is the answer."
    if as_array is None and all(isinstance(item, (list, tuple)) for item in got):
        return "Its rows have different lengths, so no array can be made from it."
    if as_array is None:
        return "Its items have different shapes. Is one of them what the answer is made from?"
    if as_array.ndim and as_array.shape != expected.shape:
        shapes = f"its shape would be {as_array.shape}; expected {expected.shape}"
        return f"{NOT_YET}: {shapes}."
    return f"{NOT_YET}."


def _array_of(make: Callable[[Any], AnyArray], values: Any) -> AnyArray | None:
    """Make an array in some way; None where that is not possible."""
    try:
        return make(values)
    except Exception:  # noqa: BLE001 - an element of a learner's class may raise anything
        return None


def _shape_message(got: AnyArray, expected: AnyArray) -> tuple[str, str]:
    """Say which shape was given and which expected, and how they are related, if they are."""
    if got.ndim == 0:
        wanted = f"an array of shape {expected.shape}"
        return f"It returned the single number {show(got)}; expected {wanted}.", ""
    message = f"The result has shape {got.shape}; expected {expected.shape}."
    if is_large(got):
        return f"{message} It would fill {got.nbytes / 2**30:.1f} GiB of memory.", ""
    related = (advice for advice, relation in RELATIONS.items() if relation(got, expected))
    return message, next(related, "")


def _dtype_message(got: np.dtype[Any], expected: np.dtype[Any]) -> tuple[str, str]:
    """Say why an array of one dtype cannot stand for another, and advise; empty if it can."""
    g, e = got.kind, expected.kind
    if g == e or (g in "iuf" and e in "iufc"):
        return "", ""
    message = f"The result has dtype {got}; expected {expected}."
    if g == "c" and e in "iufb":
        advice = (
            "The inputs are real, so the answer is too: `np.real(...)` drops the imaginary part."
        )
    elif g == "O":
        advice = (
            "An array of Python objects comes from rows of different lengths, or from a None "
            "among the numbers."
        )
    elif e == "b":
        advice = "A comparison such as `x > 0` gives True and False."
    elif g == "b":
        advice = "True and False are not numbers to compute with: `.astype(float)` converts them."
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
            return at_index(
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
        nearly = bool((same | (distance <= _NEAR * scale)).all())
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
        return at_index(Kind.WRONG_DTYPE, wrong_dtype, index, advice, first)
    where = "The first difference is{at}: expected" if index else "Expected"
    message = f"{where} {expected_text}, got {got_text}."
    return at_index(Kind.INCORRECT, message, index, NEARLY if nearly else "")


def _wide(array: AnyArray) -> AnyArray:
    """Widen numbers so that a difference cannot wrap around or lose digits."""
    return np.asarray(array, dtype=np.result_type(array.dtype, np.float64))


def _dtype_lost(got: AnyArray, expected: AnyArray, nearly: bool) -> tuple[str, str]:
    """Say what the result's dtype has done to its numbers, and advise; empty if nothing."""
    if got.dtype.kind in "iu" and expected.dtype.kind == "f" and (expected % 1 != 0).any():
        return (
            f"The result has dtype {got.dtype}, which cannot hold fractions; expected "
            f"{expected.dtype}.",
            "`np.zeros_like(x)` takes the dtype of x; `np.zeros(...)` is float64 if none is named.",
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
    return at_index(Kind.INCORRECT, where, index)


def _first_true(mask: AnyArray) -> Index:
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(mask)), mask.shape))


def compare_numbers(got: Any, expected: Any, tolerance: float, single: bool) -> Difference | None:
    """Find the difference from an expected number."""
    if isinstance(got, np.ndarray):
        if got.ndim:
            message = (
                f"It returned an array of shape {got.shape} where a single number is expected."
            )
            return Difference(Kind.WRONG_SHAPE, message)
        got = got[()]
    if not _is_number(got):
        return mismatch(got, expected)
    if isinstance(got, numbers.Integral) and isinstance(expected, numbers.Integral):
        if int(got) == int(expected):
            return None
        return Difference(Kind.INCORRECT, f"Expected {show(expected)}, got {show(got)}.")
    if not isinstance(got, numbers.Real) and isinstance(expected, numbers.Real):
        return mismatch(got, expected, "`.real` takes the real part.")
    difference = _compare_values(_as_array(got), _as_array(expected), tolerance, single)
    if difference is None and type(expected) is int and not isinstance(got, numbers.Integral):
        return mismatch(got, expected, FLOAT_FOR_INT)
    return difference


def _as_array(number: Any) -> AnyArray:
    """Make a 0-d array of any kind of number; NumPy's own keep their dtype."""
    if isinstance(number, np.generic):
        return np.asarray(number)
    try:
        return np.asarray(float(number) if isinstance(number, numbers.Real) else complex(number))
    except OverflowError:  # an int beyond every float
        return np.asarray(np.inf)


def _is_number(value: Any) -> bool:
    return isinstance(value, numbers.Number) and not isinstance(value, (bool, np.bool_))
