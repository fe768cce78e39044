"""Messages between an explorer and its page, and how an exception becomes words on the page."""

from __future__ import annotations

import contextlib
import threading
from typing import Any

import anywidget
import traitlets


class PageMessages(anywidget.AnyWidget):
    """The traits that every page reads, and one whole change for every message that it sends."""

    rev = traitlets.Int(0).tag(sync=True)
    facts = traitlets.Dict().tag(sync=True)
    error = traitlets.Unicode("").tag(sync=True)
    colour_table = traitlets.Bytes(b"").tag(sync=True)

    _state: Any

    def __init__(self, **traits: Any) -> None:
        # A notebook may run its cells and answer the page in two threads: one change at a time.
        self._alone = threading.RLock()
        self._collected: dict[str, Any] | None = None
        self._writing = False
        super().__init__(**traits)

    def update(self, **changes: Any) -> None:
        """Change several inputs at once."""
        raise NotImplementedError

    def _settle(self, state: Any, *, draw: bool, error: str = "") -> None:
        """Take a state, and show it."""
        raise NotImplementedError

    def _on_input(self, change: Any) -> None:
        with self._alone:
            if self._writing:
                return
            if self._collected is not None:
                self._collected[change["name"]] = change["new"]
            else:
                self.update(**{change["name"]: change["new"]})

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take a change from the page; what goes wrong is said there, in ``error``."""
        with self._alone:
            self._take(sync_data)

    def _take(self, sync_data: dict[str, Any]) -> None:
        # An exception in a comm callback would only reach a log that nobody reads.
        before, self._collected = self._state, {}
        try:
            super().set_state(sync_data)
            changes, self._collected = self._collected, None
            if changes:
                self.update(**changes)
        except Exception as problem:  # noqa: BLE001
            self._collected = None
            message = message_on_the_page(problem)
            if self._state is not before:  # an observer failed, after the change was made
                self.error = message
                return
            # The page's own copy is wrong: it is put right before the page redraws.
            self.send_state([name for name in sync_data if name in self.keys])
            with contextlib.suppress(Exception):  # observers have had their say
                self._settle(before, draw=True, error=message)

    def _write(self, values: dict[str, Any]) -> None:
        # An observer that fails must not keep the other traits from being written.
        failed: Exception | None = None
        self._writing = True
        try:
            for name, value in values.items():
                try:
                    setattr(self, name, value)
                except Exception as problem:  # noqa: BLE001
                    failed = failed or problem
        finally:
            self._writing = False
        if failed is not None:
            raise failed


def message_on_the_page(problem: Exception) -> str:
    """An exception in words: its message alone where that was written for the reader."""
    expected = isinstance(problem, (ValueError, traitlets.TraitError))
    return str(problem) if expected else f"{type(problem).__name__}: {problem}"
