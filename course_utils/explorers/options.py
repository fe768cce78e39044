"""How an explorer declares an input: once, as trait, default, keyword and line of the docstring.

``kind: Kind = option(default="max", doc="What is kept of each window.")`` in the body of an
explorer makes a trait, a keyword of the constructor and an entry under Parameters. The annotation
is what a type checker and an editor know of it; `Option` stands there where more can be set than
is read, and ``InitVar`` where the constructor alone takes it.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Mapping
from dataclasses import InitVar
from types import UnionType
from typing import Any, Generic, Literal, TypeVar, Union, get_args, get_origin

import numpy as np
import numpy.typing as npt
import traitlets

from course_utils.explorers.shared.arrays import Array, numbers
from course_utils.explorers.shared.option_readers import Pair

Read = TypeVar("Read")
Set = TypeVar("Set")
PLAIN = (bool, int, float, str, bytes, tuple, type(None))
KINDS = {False: inspect.Parameter.POSITIONAL_OR_KEYWORD, True: inspect.Parameter.KEYWORD_ONLY}
RAISES = """Raises
------
ValueError
    If the inputs do not go together; the message says why, and the state stays as it was."""


def option(*, default: Any, doc: str, ndim: int = 0, **how: Any) -> Any:
    """Declare an input; see `Option` for ``how``. With ``ndim`` it is an array."""
    return ArrayOption(default, doc, ndim, **how) if ndim else Option(default, doc, **how)


class Option(traitlets.TraitType[Read, Set], Generic[Read, Set]):
    """An input that is set at any time; what it may be, the explorer's state decides.

    A ``default`` of None says that there is no fixed value to open with. ``light`` is what only
    points at something, so that nothing is computed for it. Without ``init`` only the page sets
    it. A ``fact`` is among what the page draws from. ``takes`` is the type in words, where the
    annotation does not tell.
    """

    def __init__(
        self,
        default: Any,
        doc: str,
        *,
        takes: str = "",
        kw_only: bool = True,
        init: bool = True,
        fact: bool = True,
        light: bool = False,
        sync: bool = True,
    ) -> None:
        super().__init__(default_value=default, help=doc)
        self.takes, self.kw_only, self.init = takes, kw_only, init
        self.fact, self.light = fact and not light, light
        self.tag(sync=sync, from_json=_from_json)

    def validate(self, obj: Any, value: Any) -> Any:  # noqa: ARG002
        """Turn lists into tuples, so that equal values compare as equal."""
        return _with_tuples(value)

    def set(self, obj: Any, value: Any) -> None:
        """Store a value, and notify where it is another."""
        new, values = self.validate(obj, value), obj._trait_values  # noqa: SLF001
        old, values[self.name] = values.get(self.name), new
        if not self.same(old, new):
            obj._notify_trait(self.name, old, new)  # noqa: SLF001

    def same(self, old: Any, new: Any) -> bool:
        """Whether two values are the same, more strictly than by ==.

        1 is not True, and a network that is given again may have been trained in between.
        """
        return isinstance(new, PLAIN) and repr(old) == repr(new)


PairOption = Option[Pair, int | Pair]


class ArrayOption(Option[Array, npt.ArrayLike]):
    """An input that holds a read-only float64 array and travels as nested lists."""

    def __init__(
        self, default: Any, doc: str, ndim: int, *, fact: bool = False, **how: Any
    ) -> None:
        super().__init__(default, doc, fact=fact, **how)
        self.ndim = ndim
        self.tag(to_json=lambda value, widget: value.tolist())

    def validate(self, obj: Any, value: Any) -> Array:  # noqa: ARG002
        """Convert and check a value."""
        try:
            return numbers(value, str(self.name), self.ndim)
        except ValueError as problem:
            raise traitlets.TraitError(str(problem)) from None

    def same(self, old: Any, new: Any) -> bool:
        """Whether two arrays hold the same numbers."""
        return old is not None and np.array_equal(old, new)


def signature(options: Mapping[str, Option[Any, Any]]) -> inspect.Signature:
    """The constructor's signature."""
    return inspect.Signature(
        [
            inspect.Parameter(name, KINDS[option.kw_only], default=option.default_value)
            for name, option in options.items()
            if option.init
        ]
    )


def parameters(options: Mapping[str, Option[Any, Any]], hints: Mapping[str, Any]) -> str:
    """The section Parameters of the docstring."""
    lines = ["Parameters", "----------"]
    for name, option in options.items():
        if option.init:
            takes, default = option.takes or _in_words(hints[name]), option.default_value
            usual = "optional" if default is None else f"default {_quoted(default)}"
            lines += [
                f"{name} : {takes}, {usual}",
                textwrap.indent(textwrap.fill(option.help, 92), "    "),
            ]
    return "\n".join(lines)


def completed(docstring: str | None, section: str) -> str:
    """A docstring with its parameters, and what is raised, before its first section."""
    text = inspect.cleandoc(docstring or "")
    first = re.search(r"^\w+\n-+$", text, re.MULTILINE)
    start = first.start() if first else len(text)
    parts = [text[:start].rstrip(), section, *([] if "\nRaises\n" in text else [RAISES])]
    return "\n\n".join([*parts, text[start:]]).rstrip() + "\n"


def _in_words(hint: Any) -> str:
    """An annotation as numpydoc writes types."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Option:
        return _in_words(arguments[1])
    if isinstance(hint, InitVar):
        return _in_words(hint.type)
    if hint is ArrayOption or hint == npt.ArrayLike:
        return "array_like"
    if origin is Literal:
        return f"{{{', '.join(map(_quoted, arguments))}}}"
    if origin in (Union, UnionType):
        return " or ".join(map(_in_words, arguments))
    return "pair of int" if origin is tuple else str(hint.__name__)


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _with_tuples(value: Any) -> Any:
    return tuple(map(_with_tuples, value)) if isinstance(value, list) else value


def _from_json(value: Any, widget: Any) -> Any:  # noqa: ARG001
    # Bytes from the page are a view of the message's memory.
    return bytes(value) if isinstance(value, memoryview) else value
