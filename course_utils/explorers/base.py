"""What all explorers share: a state, traits that mirror it, and one counter that says "redraw".

An explorer's state is a frozen value. A change, whether typed in the page or set in Python, goes
through one pure function that returns the next state or says in words why there is none; the
results are computed by another pure function; then every trait is written and ``rev`` goes up by
one, in one message. The page redraws on ``rev`` alone.
"""

from __future__ import annotations

import base64
import contextlib
import io
import threading
from typing import Any, ClassVar, Generic, TypeVar

import anywidget
import traitlets
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course_utils.explorers.shared import colours

State = TypeVar("State")


class Explorer(anywidget.AnyWidget, Generic[State]):
    """Base class of the explorers.

    A subclass names its traits in ``inputs`` (and in ``light`` those that only point at something
    and need no computation) and defines `_begin`, `_next`, `_results`, `_draw` and `summary`.
    """

    inputs: ClassVar[tuple[str, ...]] = ()
    light: ClassVar[frozenset[str]] = frozenset()

    rev = traitlets.Int(0).tag(sync=True)
    facts = traitlets.Dict().tag(sync=True)
    error = traitlets.Unicode("").tag(sync=True)
    colour_table = traitlets.Bytes(b"").tag(sync=True)

    def __init__(self, **changes: Any) -> None:
        changes = {name: value for name, value in changes.items() if value is not None}
        self._check_names(changes)
        # A notebook may run its cells and answer the page in two threads: one change at a time.
        self._alone = threading.RLock()
        self._collected: dict[str, Any] | None = None
        self._writing = False
        self._state: State = self._next(self._begin(), changes)
        super().__init__(
            **self._mirror(self._state),
            **self._results(self._state),
            colour_table=colours.table().tobytes(),
            rev=1,
        )
        self.observe(self._on_input, names=list(self.inputs))

    # What a subclass defines -----------------------------------------------------------------

    def _begin(self) -> State:
        """Give the state that is shown where nothing is asked for."""
        raise NotImplementedError

    def _next(self, state: State, changes: dict[str, Any]) -> State:
        """Apply changes to a state, or raise ValueError in words."""
        raise NotImplementedError

    def _results(self, state: State) -> dict[str, Any]:
        """Compute the output traits of a state."""
        raise NotImplementedError

    def _draw(self, figure: Figure) -> None:
        """Draw the present state for the stored notebook."""
        raise NotImplementedError

    def summary(self) -> str:
        """Say in words and rounded numbers what is shown."""
        raise NotImplementedError

    # What a caller uses ----------------------------------------------------------------------

    @property
    def state(self) -> State:
        """The present state, a frozen value."""
        return self._state

    def update(self, **changes: Any) -> None:
        """Change several inputs at once; either all take effect or none."""
        self._check_names(changes)
        with self._alone:
            try:
                state = self._next(self._state, changes)
            except (ValueError, TypeError):
                self._write(self._mirror(self._state))
                raise
            self._settle(state, draw=not self.light.issuperset(changes))

    def reset(self) -> None:
        """Go back to the opening state."""
        with self._alone:
            self._settle(self._begin(), draw=True)

    def _settle(self, state: State, *, draw: bool, error: str = "") -> None:
        # One message to the page; `rev` last, so that an observer of it finds all the rest.
        self._state = state
        values = self._mirror(state)
        if draw:
            values |= self._results(state) | {"error": error, "rev": self.rev + 1}
        with self.hold_sync():
            self._write(values)

    # From the traits and from the page --------------------------------------------------------

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
            words = _words(problem)
            if self._state is not before:  # an observer failed, after the change was made
                self.error = words
                return
            # The page's own copy is wrong: it is put right before the page redraws.
            self.send_state([name for name in sync_data if name in self.keys])
            with contextlib.suppress(Exception):  # observers have had their say
                self._settle(before, draw=True, error=words)

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

    def _mirror(self, state: State) -> dict[str, Any]:
        return {name: getattr(state, name) for name in self.inputs if hasattr(state, name)}

    def _check_names(self, changes: dict[str, Any]) -> None:
        for name in changes:
            if name not in self.inputs:
                known = ", ".join(self.inputs)
                raise TypeError(f"{type(self).__name__} has no input {name!r}; choose from {known}")

    # For a notebook that is not running -------------------------------------------------------

    def snapshot(self) -> bytes:
        """Draw what is shown as a picture."""
        figure = Figure(figsize=(9.0, 3.4), dpi=144, facecolor="white", layout="constrained")
        FigureCanvasAgg(figure)
        self._draw(figure)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", metadata={"Software": None})
        return buffer.getvalue()

    def __repr__(self) -> str:
        """Summarise in words."""
        return self.summary()

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        # The live view for a running notebook; words and a picture for everywhere else.
        live = super()._repr_mimebundle_(**kwargs)
        data: dict[str, Any] = dict(live[0]) if live else {}
        data["text/plain"] = self.summary()
        data["image/png"] = base64.b64encode(self.snapshot()).decode("ascii")
        return data, {"image/png": {"alt": self.summary(), "width": 900}}


def _words(problem: Exception) -> str:
    expected = isinstance(problem, (ValueError, traitlets.TraitError))
    return str(problem) if expected else f"{type(problem).__name__}: {problem}"
