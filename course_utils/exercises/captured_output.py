"""Catching what a learner's function prints, as far as it can be read."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator, Sequence

from .looked_at import name_of_class
from .printing import clean

_KEPT = 4000  # characters


class Printed(io.TextIOBase):
    """A stream that keeps the beginning and counts the rest.

    A loop that prints for ever must not fill the memory.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    def writable(self) -> bool:
        """Tell print that this stream can be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep the text, if there is still room."""
        if self._length < _KEPT:
            self._parts.append(text[: _KEPT - self._length])
        self._length += len(text)
        return len(text)

    @property
    def text(self) -> str:
        """What was kept, with a word on what was not."""
        kept = "".join(self._parts).rstrip("\n")
        missing = self._length - _KEPT
        return f"{kept} … ({missing} more characters)" if missing > 0 else kept


class Caught:
    """What a call printed and what it warned of."""

    def __init__(self, seen: Sequence[warnings.WarningMessage]) -> None:
        self.printed = ""
        self._seen = seen

    def warned(self) -> tuple[str, ...]:
        """Write each warning once."""
        texts = (f"{name_of_class(w.category)}: {w.message}" for w in self._seen)
        return tuple(dict.fromkeys(map(clean, texts)))


@contextlib.contextmanager
def caught() -> Iterator[Caught]:
    """Catch standard output, standard error and warnings."""
    stream = Printed()
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("default")
        result = Caught(seen)
        try:
            with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
                yield result
        finally:
            result.printed = stream.text
