"""What a function's code shows about a wrong answer that no misconception explains."""

from __future__ import annotations

import dis
import inspect
from types import CodeType
from typing import Any

import numpy as np

from .definition import Function
from .looked_at import attribute

_ROUNDING = ("floor", "ceil", "trunc", "rint")  # of NumPy: whole, but floats
_DATA = (np.ndarray, np.generic, list, tuple, dict, int, float, complex)
_READS = ("LOAD_FAST", "LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF", "LOAD_CLOSURE", "STORE_FAST_LOAD")


def remarks(function: Function) -> list[str]:
    """List arguments that are never used and data of the notebook that is."""
    code = attribute(function, "__code__")
    if not isinstance(code, CodeType):
        return []
    names = names_read(code)
    sentences = [
        f"It never uses its argument `{name}`."
        for name, parameter in inspect.signature(function).parameters.items()
        if name not in names and parameter.kind is not parameter.VAR_KEYWORD
    ]
    sentences += [
        f"It gives its argument `{name}` another value before reading it."
        for name in inspect.signature(function).parameters
        if name in names and _overwritten(code, name)
    ]
    namespace: dict[str, Any] = attribute(function, "__globals__", {})
    outside = sorted(names - set(code.co_varnames))
    if "np" in outside and namespace.get("np", np) is not np:
        outside.remove("np")
        sentences.append(
            "`np` does not stand for NumPy here: a cell of the notebook gave that name to something"
            " else. `import numpy as np` gives it back."
        )
    if "np" in outside and "empty" in code.co_names:
        sentences.append(
            "`np.empty` leaves in an array whatever was in memory. Is every number set before it "
            "is read or added to?"
        )
    return sentences + [
        f"It reads `{name}`, a variable of the notebook. Should that be an argument?"
        for name in outside
        if isinstance(namespace.get(name), _DATA) and not isinstance(namespace[name], bool)
    ]


def _overwritten(code: CodeType, name: str) -> bool:
    """Tell whether an argument is given a value in the first straight lines, before it is read."""
    for step in dis.get_instructions(code):
        if step.is_jump_target or "JUMP" in step.opname or step.opname == "FOR_ITER":
            return False
        touched = step.argval if isinstance(step.argval, tuple) else (step.argval,)
        if name in [each for each in touched if isinstance(each, str)]:
            return step.opname == "STORE_FAST"
    return False


def whole_number_advice(function: Function) -> str:
    """Say what in a function's code may have made a float of a whole number."""
    code = attribute(function, "__code__")
    if not isinstance(code, CodeType):
        return ""
    rounding, divides = _float_makers(code, attribute(function, "__globals__", {}))
    if rounding:
        return (
            f"`np.{rounding}` returns a float too: `int(...)` around it, or `//` in the first "
            "place, gives a whole number."
        )
    return "`/` always gives a float; `//` and `int(...)` give whole numbers." if divides else ""


def _float_makers(code: CodeType, namespace: dict[str, Any]) -> tuple[str, bool]:
    """Find the first of NumPy's rounding functions that is named, and whether ``/`` occurs."""
    rounding, divides, owner = "", False, None
    for step in dis.get_instructions(code):
        name = step.argval
        # `math.floor` gives an int; `np.floor` and `from numpy import floor` do not.
        if name in _ROUNDING and (owner is np or isinstance(namespace.get(name), np.ufunc)):
            rounding = rounding or name
        divides = divides or (step.opname == "BINARY_OP" and step.argrepr in ("/", "/="))
        owner = namespace.get(name) if isinstance(name, str) else None
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            inner, also = _float_makers(constant, namespace)
            rounding, divides = rounding or inner, divides or also
    return rounding, divides


def names_read(code: CodeType) -> set[str]:
    """Collect the names that a function reads, in nested functions and comprehensions too."""
    names: set[str] = set()
    for step in dis.get_instructions(code):
        # Python 3.12 and later load two variables with one instruction.
        read = step.argval if isinstance(step.argval, tuple) else (step.argval,)
        if step.opname.startswith(_READS):
            names.update(name for name in read if isinstance(name, str))
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            names |= names_read(constant)
    return names
