"""Comparing arrays and numbers: shape first, then dtype, then every number."""

from __future__ import annotations

import numbers
from typing import Any

import numpy as np

from .counting import count_numbers
from .difference import Difference, at_index, mismatch
from .outcome import Kind
from .printing import Index, show, show_pair

FLOAT_FOR_INT = "`int(...)` turns it into a whole number."

_SINGLE = 1e-5  # what float32 can promise: seven digits, less what a sum loses
_MANY = 1_000_000  # more items of a list than this are not looked at
_LARGE = 100_000_000  # bytes from which on a size is worth a word

AnyArray = np.ndarray[Any, Any]


def is_large(value: Any) -> bool:
    """Tell whether a result is so large that its numbers should be left alone."""
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
        return Difference(Kind.WRONG_SHAPE, _shape_message(got, expected))
    wrong_dtype, advice = _dtype_message(got.dtype, expected.dtype)
    if wrong_dtype:
        return Difference(Kind.WRONG_DTYPE, wrong_dtype, advice=advice)
    return _compare_values(np.asarray(got), np.asarray(expected), tolerance, single)


def _verdict_on_list(got: Any, expected: AnyArray, tolerance: float, single: bool) -> str:
    """Say whether the numbers in a list would be right in an array."""
    advice = "`np.array(...)` turns it into an array"
    if len(got) <= _MANY and count_numbers(got) <= _MANY:
        try:
            as_array = np.array(got)
        except (ValueError, TypeError, OverflowError):
            return "Its rows have different lengths, so no array can be made from it."
        if as_array.ndim and compare_arrays(as_array, expected, tolerance, single) is None:
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
        return f"{message} The axes are in reverse order."
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
    return at_index(Kind.INCORRECT, f"{where} {expected_text}, got {got_text}.", index)


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
