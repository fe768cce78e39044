"""Whether a function has changed the arguments it was given."""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from typing import Any

import numpy as np

from .looked_at import name_of_class
from .printing import show, show_index, show_pair

_LOOKED_INTO = (np.ndarray, list, tuple, Mapping, set, str, numbers.Number, type(None))


def first_change(before: Any, after: Any) -> str | None:
    """Find the first place where a value was changed."""
    if not isinstance(before, _LOOKED_INTO):
        return None
    same_type = type(before) is type(after)
    if not same_type:
        return f": a {name_of_class(type(before))} became a {name_of_class(type(after))}"
    if isinstance(before, np.ndarray):
        return _array_change(before, after)
    if isinstance(before, (list, tuple)):
        if len(before) != len(after):
            return f": its length {len(before)} became {len(after)}"
        pairs = zip(before, after, strict=True)
        return _first_of((show_index((i,)), *pair) for i, pair in enumerate(pairs))
    if isinstance(before, Mapping):
        if before.keys() != after.keys():
            return ": its keys were changed"
        return _first_of((f"[{show(key)}]", before[key], after[key]) for key in before)
    if before == after or (_is_nan(before) and _is_nan(after)):
        return None
    return f": {' became '.join(show_pair(before, after))}"


def _is_nan(value: Any) -> bool:
    return isinstance(value, numbers.Number) and bool(value != value)  # noqa: PLR0124


def _first_of(items: Any) -> str | None:
    for place, before, after in items:
        change = first_change(before, after)
        if change is not None:
            return f"{place}{change}"
    return None


def _array_change(before: np.ndarray[Any, Any], after: np.ndarray[Any, Any]) -> str | None:
    if before.shape != after.shape:
        return f": its shape {before.shape} became {after.shape}"
    if before.dtype != after.dtype:
        return f": its dtype {before.dtype} became {after.dtype}"
    if before.dtype.kind == "O":
        return None
    with np.errstate(all="ignore"):
        changed = np.asarray(before != after)
        if before.dtype.kind in "fc":
            changed &= ~(np.isnan(before) & np.isnan(after))  # NaN differs from itself
    if not changed.any():
        return None
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(changed)), changed.shape))
    place = show_index(index) if index else ""
    return f"{place}: {' became '.join(show_pair(before[index], after[index]))}"
