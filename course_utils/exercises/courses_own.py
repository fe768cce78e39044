"""Whether an answer is the course's own version, or calls it.

After a wrong attempt the exercise's name stands for the course's version. Decorated again, or
called from a new function, it would pass every case, and nothing would have been solved.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from types import CodeType, FunctionType, MethodType
from typing import Any

from .definition import Exercise
from .looked_at import attribute
from .remarks import names_read

_DEEPEST = 6  # functions that call functions that call …


def is_courses_own(function: Any, exercise: Exercise) -> bool:
    """Tell whether a function is the reference itself."""
    return attribute(function, "__code__") is exercise.reference.__code__


def calls_courses_own(function: Any, exercise: Exercise) -> bool:
    """Tell whether the reference is within a function's reach, under whatever name."""
    seen: set[int] = set()
    notebook = attribute(function, "__globals__")
    layer = [function]
    for _ in range(_DEEPEST):
        layer = [inner for outer in layer for inner in _reach(outer, exercise.name, notebook)]
        layer = [inner for inner in layer if id(inner) not in seen]
        if any(is_courses_own(inner, exercise) for inner in layer):
            return True
        seen.update(id(inner) for inner in layer)
    return False


def _reach(function: Any, own_name: str, notebook: Any) -> Iterator[Any]:
    """Yield what a function may call: wrapped, closed over, given as default, or named."""
    if isinstance(function, functools.partial):
        yield from (function.func, *function.args, *function.keywords.values())
    elif isinstance(function, MethodType):
        yield function.__func__
    elif isinstance(function, FunctionType) and isinstance(function.__code__, CodeType):
        yield from (function.__defaults__ or ())
        yield from (function.__kwdefaults__ or {}).values()
        for cell in function.__closure__ or ():
            try:
                yield cell.cell_contents
            except ValueError:  # not filled yet
                continue
        if "__wrapped__" in vars(function):
            yield vars(function)["__wrapped__"]
        if function.__globals__ is not notebook:
            return  # what a library calls is its own affair
        # Under its own name a function calls itself: while it is judged, the name is its own.
        for name in names_read(function.__code__) - {own_name}:
            found = function.__globals__.get(name)
            if isinstance(found, (FunctionType, MethodType, functools.partial)):
                yield found
