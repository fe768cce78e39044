"""Noticing and undoing what an answer changes in NumPy.

``np.zeros = np.ones`` inside an answer would make every later result of the session wrong, those
by which answers are judged included. What is public in NumPy, in ``math``, in the course's own
operations, and the built-in functions that count, is therefore known from the start, compared
after every call, and put back. What an earlier cell has replaced is the learner's own doing: it is
put aside while an answer is judged, and no longer.
"""

from __future__ import annotations

import builtins
import contextlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np
import numpy.fft
import numpy.linalg
import numpy.random

_WATCHED = re.compile(r"(numpy(\.[a-z]\w*)*|math|cmath|course_utils\.(ops|nn))")
# Of the built-in names only those that compute: a notebook has its own `input` and `print`.
_BUILT_IN: tuple[Any, ...] = (
    *(abs, all, any, bool, complex, dict, divmod, enumerate, filter, float, int, isinstance, len),
    *(list, map, max, min, pow, range, reversed, round, set, sorted, str, sum, tuple, zip),
)
_MISSING = object()
_ERRORS = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
_PRINTING = dict(np.get_printoptions())
_known: dict[str, tuple[ModuleType, dict[str, Any]]] = {
    "builtins": (builtins, {built_in.__name__: built_in for built_in in _BUILT_IN})
}


def watch() -> None:
    """Remember what stands in modules that have been imported since the last time."""
    for name, module in list(sys.modules.items()):
        if name not in _known and _WATCHED.fullmatch(name) and isinstance(module, ModuleType):
            public = {key: value for key, value in vars(module).items() if key[:1] != "_"}
            _known[name] = module, public


watch()


def put_back() -> tuple[str, ...]:
    """Undo what was replaced or deleted, and name it."""
    replaced = []
    for name, (module, public) in _known.items():
        now = vars(module)
        for key, value in public.items():
            if now.get(key, _MISSING) is not value:
                now[key] = value
                replaced.append(_spoken(name, key))
    return tuple(sorted(replaced))


@contextlib.contextmanager
def originals() -> Iterator[tuple[str, ...]]:
    """Use what NumPy has by itself, and name what a notebook replaced, which it has afterwards."""
    watch()
    own = [
        (vars(module), key, vars(module).get(key, _MISSING))
        for module, public in _known.values()
        for key, value in public.items()
        if vars(module).get(key, _MISSING) is not value
    ]
    try:
        yield put_back()
    finally:
        for names, key, value in own:
            if value is _MISSING:
                names.pop(key, None)
            else:
                names[key] = value


def _spoken(module: str, name: str) -> str:
    """Write a name as a lesson would."""
    if module == "builtins":
        return name
    return re.sub(r"^numpy\b", "np", module) + f".{name}"


@dataclass
class Settings:
    """NumPy's settings for errors and for printing."""

    errors: dict[str, Any] = field(default_factory=lambda: dict(np.geterr()))
    handler: Any = field(default_factory=np.geterrcall)
    printing: dict[str, Any] = field(default_factory=lambda: dict(np.get_printoptions()))

    @contextlib.contextmanager
    def used(self) -> Iterator[None]:
        """Use these settings, and those from before again afterwards."""
        with np.errstate(call=self.handler, **self.errors), np.printoptions(**self.printing):
            yield

    def changed(self) -> tuple[str, ...]:
        """Name the functions by which they have been changed since."""
        now = Settings()
        pairs = {
            "np.seterr": (self.errors, now.errors),
            "np.seterrcall": (self.handler, now.handler),
            "np.set_printoptions": (self.printing, now.printing),
        }
        return tuple(name for name, (before, after) in pairs.items() if before != after)


STANDARD = Settings(dict(_ERRORS), None, _PRINTING)
"""What NumPy starts with: so the course's own code is run."""
