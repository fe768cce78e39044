"""Looking at things of a learner's own making, whose attributes may raise anything."""

from __future__ import annotations

import numbers
from typing import Any

import numpy as np

_NAME: Any = vars(type)["__name__"]
_MODULE: Any = vars(type)["__module__"]


def attribute(thing: Any, name: str, default: Any = None) -> Any:
    """Look up an attribute that may not be there, or fail in its own way."""
    try:
        return getattr(thing, name, default)
    except Exception:  # noqa: BLE001 - a property of a learner's class may raise anything
        return default


def name_of(thing: Any) -> str:
    """Name a function or a class; an object without a name is named after its class."""
    if isinstance(thing, type):
        return name_of_class(thing)
    name = attribute(thing, "__name__")
    return name if isinstance(name, str) else name_of_class(type(thing))


def name_of_class(kind: type) -> str:
    """Name a class as Python does, whatever its metaclass makes of its attributes."""
    return str(_NAME.__get__(kind))


def module_of_class(kind: type) -> str:
    """Name the module in which a class is defined, without asking its metaclass."""
    return str(_MODULE.__get__(kind))


def is_plain(value: Any) -> bool:
    """Tell whether a result runs no code of a learner's when it is compared or printed."""
    kind = type(value)
    if kind in (list, tuple, set, frozenset, dict):
        return False  # there may be anything in it
    if kind is np.ndarray:
        return bool(value.dtype != object)
    module = module_of_class(kind)
    return module == "builtins" or (module == "numpy" and isinstance(value, numbers.Number))
