"""A difference between an answer and the expected one, and the nouns to describe a value."""

from __future__ import annotations

import numbers
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .looked_at import name_of_class
from .outcome import Kind
from .printing import Index, show, show_index


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


def mismatch(got: Any, expected: Any, advice: str = "") -> Difference:
    """Say that a value is not of the expected type."""
    message = f"It returned {describe(got)} where {wanted(expected)} is expected."
    return Difference(Kind.WRONG_TYPE, message, advice=advice)


def at_index(
    kind: Kind, message: str, index: Index, advice: str = "", more: str = ""
) -> Difference:
    """Finish a message that says ``{at}`` where the index belongs."""
    path = show_index(index) if index else ""
    at = f" at {path}" if path else ""
    message, more = (text.replace("{at}", at) for text in (message, more))
    return Difference(kind, message, path, index, advice, more)


def inside(difference: Difference, part: str) -> Difference:
    """Say in which part of a container a difference lies."""
    message = difference.message
    if not message.startswith("In result["):
        message = f"In result{part}: {message}"
    else:
        message = message.replace("In result[", f"In result{part}[", 1)
    return replace(difference, message=message, path=part + difference.path)


def describe(value: Any) -> str:
    """Name a value's type as a learner would: ``a list of 3``, ``the float 3.0``."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else f"the number {show(value)}"
    if isinstance(value, (bool, np.bool_)):
        return f"the Boolean {bool(value)}"
    if isinstance(value, (int, np.integer)):
        return f"the int {show(value)}"
    if isinstance(value, (float, np.floating)):
        return f"the float {show(value)}"
    if isinstance(value, (complex, np.complexfloating)):
        return f"the complex number {show(value)}"
    if isinstance(value, str):
        return f"the string {show(value)}"
    if isinstance(value, (list, tuple)) and not value:
        return f"an empty {name_of_class(type(value))}"
    if isinstance(value, (list, tuple)):
        return f"a {name_of_class(type(value))} of {len(value)}"
    name = name_of_class(type(value))
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def wanted(expected: Any) -> str:
    """Name what is expected, in a few words."""
    if isinstance(expected, np.ndarray) and expected.ndim:
        return "a NumPy array"
    if isinstance(expected, (bool, np.bool_)):
        return "True or False"
    if type(expected) is int:
        return "a whole number (int)"
    if isinstance(expected, (numbers.Number, np.ndarray)):
        return "a single number"
    if isinstance(expected, str):
        return "a string"
    if isinstance(expected, (list, tuple)):
        return f"a {type(expected).__name__} of {len(expected)}"
    return describe(expected)
