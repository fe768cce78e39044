"""Results that are no value at all: None, `...`, a generator, a function."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import numpy as np

from .difference import Difference, wanted
from .looked_at import module_of_class, name_of, name_of_class
from .outcome import Kind
from .printing import show


def no_value(got: Any, expected: Any) -> Difference | None:
    """Say what is wrong with a result that is no value at all; None if it is one."""
    message, advice = _what_it_is(got, expected)
    return Difference(Kind.WRONG_TYPE, message, advice=advice) if message else None


def _what_it_is(got: Any, expected: Any) -> tuple[str, str]:
    """Say it in a sentence, and advise; both are empty for a value."""
    noun = wanted(expected)
    if got is None:
        return (
            f"It returned None where {noun} is expected.",
            "Is the line with `return` missing, or not reached?",
        )
    if got is Ellipsis:
        return "It returned `...`: the answer itself is still to be written.", ""
    if inspect.isgenerator(got):
        return (
            f"It returned a generator, which has computed nothing yet, where {noun} is expected.",
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
        name = name_of_class(type(got))
        return (
            f"It returned a {name} object, which holds no values yet, where {noun} is expected.",
            "`list(...)` collects its values.",
        )
    if isinstance(got, np.ndarray) and got.ndim == 0 and isinstance(got[()], Iterator):
        # np.array(...) does not run through an iterator: it keeps it as one Python object.
        if inspect.isgenerator(got[()]):
            name = "generator"
            advice = "Round brackets made a generator; square brackets make a list."
        else:
            name = f"{name_of_class(type(got[()]))} object"
            advice = "`np.array(list(...))` collects its values."
        return (
            f"It returned an array that holds a {name} and no numbers yet, where {noun} is "
            "expected.",
            advice,
        )
    if module_of_class(type(got)).partition(".")[0] == "torch":
        return (
            f"It returned a PyTorch {name_of_class(type(got))} where {noun} is expected.",
            "This exercise stays in NumPy (`.numpy()` would convert it).",
        )
    if callable(got) and not isinstance(got, np.ndarray) and not callable(expected):
        name = name_of(got)
        return (
            f"It returned the function `{show(name)[1:-1]}` itself, not its result.",
            "Are the brackets of a call missing?",
        )
    return "", ""
