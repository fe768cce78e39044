"""Values as text that is small enough to read and the same on every machine.

No memory address, no path, no more digits than tell two numbers apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from .looked_at import name_of, name_of_class

Index = tuple[int, ...]

_WIDTH = 72
_DIGITS = 6  # of a single number
_FEW = 48  # numbers of an array that is shown whole
_ROWS = 8  # lines of an array that is shown whole
_DEEPEST = 6  # lists within lists that are shown
_MOST = 200  # lists within lists that are shown in all
_NEIGHBOURS = 2  # shown on each side of an index in a larger array
_PLAIN = ("float64", "int64", "bool", "complex128")

_BREAK = re.compile(r"\s*\n\s*")
_EMPTY = re.compile(r"\n\s*\n")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}")
_AT_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]{4,}")
_PATH = re.compile(r"(?<![\w.)\]])(?:[A-Za-z]:\\|/)(?:[^\s/\\'\"<>|:]+[/\\])+")


def clean(text: str, limit: int = 300) -> str:
    """Take memory addresses and folders out of a text and shorten it."""
    # A very long text is cut first: the patterns need not read all of it.
    unread = max(len(text) - 20 * limit, 0)
    text = _ADDRESS.sub("0x…", _AT_ADDRESS.sub("", text[: 20 * limit]))
    return shorten(_PATH.sub("", text), limit, unread=unread)


def shorten(text: str, limit: int, lines: int = 12, unread: int = 0) -> str:
    """Keep the beginning of a long text and say how much was left out."""
    # No more can be kept than this: a very long text need not be read to its end.
    kept = "\n".join(text[: limit + 1].split("\n", lines)[:lines])[:limit]
    missing = len(text) - len(kept) + unread
    return f"{kept} … ({missing} more characters)" if missing else text


def show(value: Any, around: Index | None = None, digits: int | None = None) -> str:
    """Write a value as a learner would read it."""
    return _show(value, around, digits, [_MOST], 0)


def _show(value: Any, around: Index | None, digits: int | None, room: list[int], depth: int) -> str:
    """Write a value, going no deeper than one can read, and no further than there is room."""
    if isinstance(value, np.ndarray):
        return _show_array(value, around, digits)
    if isinstance(value, (Mapping, list, tuple)):
        room[0] -= 1
        if len(value) and (depth >= _DEEPEST or room[0] < 0):
            return "{…}" if isinstance(value, Mapping) else "[…]"

    def part(item: Any) -> str:
        return _show(item, None, digits, room, depth + 1)

    if isinstance(value, Mapping):
        pairs = [f"{part(k)}: {part(v)}" for k, v in _first(value.items())]
        return _show_items(pairs, "{", "}")
    if isinstance(value, (list, tuple)):
        opening, closing = ("[", "]") if isinstance(value, list) else ("(", ")")
        items = [part(item) for item in _first(value)]
        if len(value) > len(items):
            items.append(f"… {len(value)} items")
        elif len(items) == 1 and isinstance(value, tuple):
            closing = ",)"
        return _show_items(items, opening, closing)
    return _show_single(value, digits or _DIGITS)


def digits_apart(expected: Any, got: Any, around: Index | None = None) -> int | None:
    """Count the digits it takes until two answers look different."""
    if around is not None and getattr(got, "ndim", -1) != len(around):
        return None
    for digits in (None, 8, 12, 17):
        if show(expected, around, digits) != show(_doubled(got), around, digits):
            return digits
    return None


def _doubled(value: Any, depth: int = 0) -> Any:
    """Widen single precision, so that texts differ in their numbers and not in the dtype."""
    if isinstance(value, (list, tuple)):
        if depth > 2:  # no answer holds its arrays deeper than this
            return value
        items = [_doubled(item, depth + 1) for item in _first(value)]
        items += value[len(items) :]
        return items if isinstance(value, list) else tuple(items)
    single = isinstance(value, np.ndarray) and value.dtype == np.float32
    return value.astype(np.float64) if single else value


def show_pair(expected: Any, got: Any) -> tuple[str, str]:
    """Write two values with as many digits as it takes to tell them apart."""
    texts = (_show_single(expected), _show_single(got))
    for digits in (9, 12, 17):
        if texts[0] != texts[1]:
            break
        texts = (_show_single(expected, digits), _show_single(got, digits))
    return texts


def show_index(index: Index) -> str:
    """Write an index as it is written in square brackets."""
    return "[" + ", ".join(str(int(i)) for i in index) + "]"


def _first(items: Any) -> list[Any]:
    """At most twelve items, without walking through the rest."""
    return [item for _, item in zip(range(12), items, strict=False)]


def _show_items(items: list[str], opening: str, closing: str) -> str:
    line = ", ".join(items)
    if "\n" not in line and len(line) < _WIDTH:
        return opening + line + closing
    rows = ",\n".join("  " + item.replace("\n", "\n  ") for item in items)
    return f"{opening}\n{rows}\n{closing}"


def _show_single(value: Any, digits: int = _DIGITS) -> str:
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (float, np.floating)):
        return _show_float(float(value), digits)
    if isinstance(value, (complex, np.complexfloating)):
        number = complex(value)
        imaginary = _show_float(abs(number.imag), digits)
        sign = "-" if number.imag < 0 else "+"
        return f"{_show_float(number.real, digits)} {sign} {imaginary}j"
    if isinstance(value, np.integer):
        return str(int(value))
    if isinstance(value, int) and value.bit_length() > 1000:
        return f"an integer of {value.bit_length()} bits"
    if isinstance(value, str):
        return repr(str(shorten(value, 200)))
    if isinstance(value, type) or callable(value):
        return clean(name_of(value), 200)
    try:
        return clean(repr(value), 200)
    except Exception:  # noqa: BLE001 - a learner's class may fail in its own __repr__
        return f"an object of type {name_of_class(type(value))}"


def _show_float(value: float, digits: int) -> str:
    text = f"{value + 0.0:.{digits}g}"  # adding 0.0 turns −0 into 0
    return text + ".0" if text.lstrip("-").isdigit() else text


def _show_array(array: np.ndarray[Any, Any], around: Index | None, digits: int | None) -> str:
    if isinstance(array, np.ma.MaskedArray) and np.ma.getmaskarray(array).any():
        return clean(str(array), 1500)  # masked numbers as `--`
    array = np.asarray(array)
    label = "" if array.dtype.name in _PLAIN or array.dtype.kind == "U" else f"  ({array.dtype})"
    if array.ndim == 0:
        return _show_single(array.item(), digits or _DIGITS) + label
    if array.size == 0:
        return f"an empty array of shape {array.shape}{label}"
    rows = array.size // array.shape[-1]
    if array.size <= _FEW and rows <= _ROWS:
        return _digits(array, digits) + label
    # A window of the last two axes; the axes before them are held at one index.
    middle = around if around is not None else (0,) * array.ndim
    slices = []
    for axis, (size, i) in enumerate(zip(array.shape, middle, strict=True)):
        reach = _NEIGHBOURS if axis >= array.ndim - 2 else 0
        start = max(0, min(i - reach, size - 2 * reach - 1))
        slices.append(slice(start, min(size, start + 2 * reach + 1)))
    window = array[tuple(slices)].reshape([s.stop - s.start for s in slices[-2:]])
    where = ", ".join(
        f"{s.start}:{s.stop}" if axis >= array.ndim - 2 else f"{s.start}"
        for axis, s in enumerate(slices)
    )
    return f"shape {array.shape}{label}, of which [{where}] is\n{_digits(window, digits)}"


def _digits(array: np.ndarray[Any, Any], digits: int | None = None) -> str:
    if array.dtype.kind in "fc":
        array = array + 0.0
    if digits:
        array = _doubled(array)  # float32 prints no more digits than tell it from its kind
    whole = array.dtype.kind == "f" and digits is None and _is_whole(array)
    text = np.array2string(
        array,
        formatter={"float_kind": lambda value: f"{value:.0f}."} if whole else None,
        precision=digits or 4,
        suppress_small=True,
        separator=", ",
        max_line_width=_WIDTH,
        threshold=array.size + 1,
    )
    if array.dtype.kind == "O":
        text = clean(text, 1500)
    return _compact(text) if array.ndim > 2 else text


def _is_whole(array: np.ndarray[Any, Any]) -> bool:
    """Tell whether an array holds large whole numbers, which 4 digits would make all alike."""
    largest = np.abs(array).max(initial=0.0)
    return bool(1e5 <= largest < 1e15) and bool((array % 1 == 0).all())


def _compact(text: str) -> str:
    """Take the empty lines out of an array of three axes or more; a short one takes one line."""
    line = _BREAK.sub(" ", text)
    return line if len(line) <= _WIDTH else _EMPTY.sub("\n", text)
