"""Measuring what a call spends on imports, and telling whether it is importing just now.

A first ``import torch`` takes many seconds, and a package whose import is broken off cannot be
imported again in the same kernel. So imports are neither counted nor interrupted.
"""

from __future__ import annotations

import builtins
import contextlib
import importlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any


class ImportClock:
    """What one thread has spent on imports."""

    def __init__(self, processor_time: Callable[[], float]) -> None:
        self.depth = 0  # imports that have begun and not ended; one imports the next
        self.processor = 0.0
        self.wall = 0.0
        self._processor_time = processor_time
        self._began = (0.0, 0.0)

    def begin(self) -> None:
        """Enter an import."""
        if not self.depth:
            self._began = self._processor_time(), time.monotonic()
        self.depth += 1

    def end(self) -> None:
        """Leave an import."""
        self.depth -= 1
        if not self.depth:
            self.processor += self._processor_time() - self._began[0]
            self.wall += time.monotonic() - self._began[1]


_clocks: dict[int, ImportClock] = {}
_real: dict[str, Any] = {}
_lock = threading.Lock()


@contextlib.contextmanager
def imports_timed(processor_time: Callable[[], float]) -> Iterator[ImportClock]:
    """Time the imports of this thread."""
    clock = ImportClock(processor_time)
    thread = threading.get_ident()
    with _lock:
        outer = _clocks.get(thread)
        _clocks[thread] = clock
        if len(_clocks) == 1 and outer is None:
            _install()
    try:
        yield clock
    finally:
        with _lock:
            if outer is None:
                del _clocks[thread]
            else:
                _clocks[thread] = outer
            if not _clocks:
                _remove()


def _install() -> None:
    _real.update(statement=builtins.__import__, function=importlib.import_module)
    builtins.__import__ = _import_statement
    importlib.import_module = _import_function


def _remove() -> None:
    # What was replaced once more in the meantime is not ours to put back.
    if builtins.__import__ is _import_statement:
        builtins.__import__ = _real["statement"]
    if importlib.import_module is _import_function:
        importlib.import_module = _real["function"]


def _import_statement(*arguments: Any, **keywords: Any) -> Any:
    return _timed(_real["statement"], arguments, keywords)


def _import_function(*arguments: Any, **keywords: Any) -> Any:
    return _timed(_real["function"], arguments, keywords)


def _timed(function: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    clock = _clocks.get(threading.get_ident())
    if clock is None:
        return function(*arguments, **keywords)
    clock.begin()
    try:
        return function(*arguments, **keywords)
    finally:
        clock.end()
