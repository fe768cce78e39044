"""What a function's code shows about a wrong answer that no misconception explains."""

from __future__ import annotations

import dis
import inspect
from types import CodeType
from typing import Any

import numpy as np

from .definition import Function

_READS = ("LOAD_FAST", "LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF", "LOAD_CLOSURE", "STORE_FAST_LOAD")


def remarks(function: Function) -> list[str]:
    """List arguments that are never used and notebook variables that are.

    Parameters
    ----------
    function : callable
        The learner's function.

    Returns
    -------
    list of str
        Sentences; empty where there is nothing to remark.

    Examples
    --------
    >>> remarks(lambda x, w: 2 * x)
    ['It never uses its argument `w`.']
    """
    code = getattr(function, "__code__", None)
    if not isinstance(code, CodeType):
        return []
    names = _names_read(code)
    sentences = [
        f"It never uses its argument `{name}`."
        for name, parameter in inspect.signature(function).parameters.items()
        if name not in names and parameter.kind is not parameter.VAR_KEYWORD
    ]
    namespace: dict[str, Any] = getattr(function, "__globals__", {})
    outside = sorted(names - set(code.co_varnames))
    return sentences + [
        f"It reads `{name}`, a variable of the notebook. Should that be an argument?"
        for name in outside
        if isinstance(namespace.get(name), (np.ndarray, list))
    ]


def _names_read(code: CodeType) -> set[str]:
    """Collect the names that a function reads, in nested functions and comprehensions too."""
    names: set[str] = set()
    for step in dis.get_instructions(code):
        # Python 3.12 and later load two variables with one instruction.
        read = step.argval if isinstance(step.argval, tuple) else (step.argval,)
        if step.opname.startswith(_READS):
            names.update(name for name in read if isinstance(name, str))
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            names |= _names_read(constant)
    return names
