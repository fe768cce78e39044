"""A library's function that does the work which an exercise asks for."""

from __future__ import annotations

import dis
import inspect
from collections.abc import Iterator
from types import CodeType, ModuleType
from typing import Any

import numpy as np

from .definition import Exercise, Function
from .looked_at import attribute

_LIBRARIES = (
    *("course_utils.ops", "course_utils.nn", "torch", "tensorflow", "jax"),
    *("scipy.signal", "scipy.ndimage", "scipy.special", "skimage", "cv2"),
    *("scipy.linalg.toeplitz", "scipy.linalg.convolution_matrix", "scipy.linalg._special_matrices"),
)
_OF_NUMPY = ("convolve", "correlate")


def shortcut(exercise: Exercise, function: Function) -> str:
    """Name the library's function that a function calls in place of what is asked; empty if none.

    What the model solution calls itself, or a hint speaks of, is no shortcut; but an argument of
    the exercise that is handed on by its name, as in ``conv2d(x, w, groups=groups)``, is one.
    """
    code = attribute(function, "__code__")
    if not isinstance(code, CodeType):
        return ""
    own = exercise.reference.__code__
    allowed = _names(own) | set(_known_words(exercise))
    handed_on = _keywords(code) & set(inspect.signature(exercise.reference).parameters)
    handed_on -= _keywords(own)
    namespace = attribute(function, "__globals__")
    for name in _library_names(code, namespace if isinstance(namespace, dict) else {}):
        if name not in allowed or handed_on:
            return name
    return ""


def _known_words(exercise: Exercise) -> Iterator[str]:
    for hint in exercise.hints:
        yield from "".join(c if c.isidentifier() else " " for c in hint).split()


def _library_names(code: CodeType, namespace: dict[str, Any]) -> Iterator[str]:
    """Find names of library functions in the order in which code mentions them."""
    imported, owner = "", None
    for step in dis.get_instructions(code):
        name = step.argval
        if step.opname == "IMPORT_NAME":
            imported = name
        elif step.opname == "IMPORT_FROM" and _is_library(f"{imported}.{name}"):
            yield name
        elif isinstance(name, str):
            value = namespace.get(name)
            if owner is not None and step.opname in ("LOAD_ATTR", "LOAD_METHOD"):
                value = attribute(owner, name)
            if callable(value) and (
                _is_library(attribute(value, "__module__"))
                or (name in _OF_NUMPY and value is attribute(np, name))
            ):
                yield name
            owner = value if issubclass(type(value), ModuleType) else None
        elif step.opname not in ("PUSH_NULL", "CACHE", "NOP", "PRECALL", "EXTENDED_ARG"):
            owner = None
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _library_names(constant, namespace)


def _names(code: CodeType) -> set[str]:
    """Collect the names that code reads beside its own variables."""
    inner = [_names(constant) for constant in code.co_consts if isinstance(constant, CodeType)]
    return set(code.co_names).union(*inner)


def _is_library(module: Any) -> bool:
    return isinstance(module, str) and any(
        module == name or module.startswith(f"{name}.") for name in _LIBRARIES
    )


def _keywords(code: CodeType) -> set[str]:
    """Collect the names of the keyword arguments in the calls that code makes."""
    names: set[str] = set()
    for constant in code.co_consts:
        # a call keeps the names of its keywords as a tuple among the constants
        if isinstance(constant, tuple):
            names.update(part for part in constant if isinstance(part, str))
        if isinstance(constant, CodeType):
            names |= _keywords(constant)
    return names
