"""Comparing an answer with the expected one.

Numbers agree where ``|got − expected| ≤ tolerance · (1 + |expected|)``. A right answer in
another style is right: a 0-d array for a float, ``np.int64`` for an int, a list for a tuple,
whole numbers of an integer dtype for floats. What would surprise the next line of a lesson is
not: a list for an array, a float for an int, a generator for anything.
"""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from typing import Any

import numpy as np

from .compare_arrays import compare_arrays, compare_numbers, masked
from .difference import Difference, describe, inside, mismatch, wanted
from .no_value import no_value
from .outcome import Kind
from .printing import show, show_index


def compare(
    got: Any, expected: Any, tolerance: float, *, single: bool = False
) -> Difference | None:
    """Find the first difference between an answer and the expected one."""
    if expected is not None:
        if isinstance(got, np.ma.MaskedArray) and np.ma.getmaskarray(got).any():
            return masked(got, expected)
        nothing = no_value(got, expected)
        if nothing is not None:
            return nothing
    if isinstance(expected, np.ndarray) and expected.ndim:
        return compare_arrays(got, expected, tolerance, single)
    if isinstance(expected, np.ndarray):
        expected = expected[()]
    if isinstance(expected, (bool, np.bool_)):
        return _compare_truth(got, bool(expected))
    if isinstance(expected, numbers.Number):
        return compare_numbers(got, expected, tolerance, single)
    if isinstance(expected, (tuple, list)):
        return _compare_sequences(got, expected, tolerance, single)
    if isinstance(expected, Mapping):
        return _compare_mappings(got, expected, tolerance, single)
    return _compare_others(got, expected)


def _compare_truth(got: Any, expected: bool) -> Difference | None:
    if isinstance(got, np.ndarray) and got.ndim == 0:
        got = got[()]
    if isinstance(got, np.ndarray):
        return Difference(
            Kind.WRONG_SHAPE,
            f"It returned an array of shape {got.shape} where one True or False is expected.",
            advice="`.all()` or `.any()` turns many into one.",
        )
    if not isinstance(got, (bool, np.bool_)):
        return mismatch(got, expected)
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
            Kind.WRONG_SHAPE, f"It returned {describe(got)} where {wanted(expected)} is expected."
        )
    if not isinstance(got, (list, tuple)):
        return mismatch(got, expected)
    for place, (left, right) in enumerate(zip(got, expected, strict=True)):
        difference = compare(left, right, tolerance, single=single)
        if difference is not None:
            return inside(difference, show_index((place,)))
    return None


def _compare_mappings(
    got: Any, expected: Mapping[Any, Any], tolerance: float, single: bool
) -> Difference | None:
    if not isinstance(got, Mapping):
        return mismatch(got, expected)
    for key, value in expected.items():
        if key not in got:
            return Difference(Kind.INCORRECT, f"The key {show(key)} is missing.")
        difference = compare(got[key], value, tolerance, single=single)
        if difference is not None:
            return inside(difference, f"[{show(key)}]")
    for key in got:
        if key not in expected:
            return Difference(Kind.INCORRECT, f"The key {show(key)} should not be there.")
    return None


def _compare_others(got: Any, expected: Any) -> Difference | None:
    """Compare text, None, and whatever else has an equality of its own."""
    if isinstance(expected, str) and not isinstance(got, str):
        return mismatch(got, expected)
    if expected is None and got is not None:
        return mismatch(got, expected)
    try:
        equal = bool(got == expected)
    except Exception:  # noqa: BLE001 - the equality of a learner's class, or of arrays inside a set
        equal = False
    if equal:
        return None
    if type(got) is not type(expected) and not isinstance(expected, str):
        return mismatch(got, expected)
    return Difference(Kind.INCORRECT, f"Expected {show(expected)}, got {show(got)}.")
