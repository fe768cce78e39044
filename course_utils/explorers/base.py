"""What all explorers share: a state, traits that mirror it, and one counter that says "redraw".

An explorer's state is a frozen value. A change, whether typed in the page or set in Python, goes
through one pure function that returns the next state or says in words why there is none; what is
shown is computed by another pure function, once for each state; then every trait is written and
``rev`` goes up by one, in one message. The page redraws on ``rev`` alone.
"""

from __future__ import annotations

import base64
import inspect
import io
from collections.abc import Mapping
from dataclasses import InitVar
from typing import Any, ClassVar, Generic, TypeVar, dataclass_transform

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from course_utils.explorers.messages import PageMessages
from course_utils.explorers.options import Option, completed, option, parameters, signature
from course_utils.explorers.shared import colours
from course_utils.explorers.shared.arrays import locked
from course_utils.explorers.shared.bundle import bundle, styles

State = TypeVar("State")
Found = TypeVar("Found")

_HOW_TO_USE = "A picture of the explorer. To use it, run this cell."
_STRIP = 0.05  # the part of a picture that is kept free for these words


@dataclass_transform(kw_only_default=True, eq_default=False, field_specifiers=(option,))
class Explorer(PageMessages, Generic[State, Found]):
    """Base class of the explorers.

    A subclass, in the file ``explorer.py`` of its folder, declares its inputs with `option` and
    defines `_start`, `_next`, `_explain`, `_facts`, `_draw` and `_words`.
    """

    options: ClassVar[dict[str, Option[Any, Any]]] = {}
    inputs: ClassVar[tuple[str, ...]] = ()  # their names
    light: ClassVar[frozenset[str]] = frozenset()  # those that need no computation

    def __init_subclass__(cls, **kwargs: Any) -> None:
        declared = {name: v for name, v in vars(cls).items() if isinstance(v, Option)}
        if declared:  # none in the classes that traitlets makes for single instances
            hints = inspect.get_annotations(cls, eval_str=True)
            cls.__signature__ = signature(declared)
            cls.__doc__ = completed(cls.__doc__, parameters(declared, hints))
            for name in [n for n in declared if isinstance(hints[n], InitVar)]:
                delattr(cls, name)
                del declared[name]
            cls.options = declared
            cls.inputs = tuple(cls.options)
            cls.light = frozenset(n for n, option in cls.options.items() if option.light)
            page = f"{cls.__module__.split('.')[-2]}/page.js"
            cls._esm, cls._css = bundle(page), styles(page)
        super().__init_subclass__(**kwargs)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        given = inspect.signature(type(self)).bind(*args, **kwargs).arguments
        self._given = {name: value for name, value in given.items() if value is not None}
        self._kept: tuple[State, object, Found] | None = None
        changes = {name: value for name, value in self._given.items() if name in self.inputs}
        self._state: State = self._next(self._begin(), changes)
        super().__init__(
            **self._mirror(self._state),
            **self._results(),
            colour_table=colours.table().tobytes(),
            rev=1,
        )
        self.observe(self._on_input, names=list(self.inputs))

    # What a subclass defines -----------------------------------------------------------------

    def _start(self) -> State:
        """A state to which the declared defaults are then applied."""
        raise NotImplementedError

    @staticmethod
    def _next(state: State, changes: Mapping[str, Any]) -> State:
        """Apply changes to a state, or raise ValueError in words."""
        raise NotImplementedError

    @staticmethod
    def _explain(state: State) -> Found:
        """Compute everything that is shown."""
        raise NotImplementedError

    @staticmethod
    def _draw(figure: Figure, state: State, found: Found) -> None:
        """Draw a state for the stored notebook."""
        raise NotImplementedError

    _found_facts: ClassVar[str] = ""  # names of what is found that the page draws from, too

    def _facts(self) -> dict[str, Any]:
        """What else the page draws from; the options are among its facts in any case."""
        raise NotImplementedError

    def _bytes(self) -> dict[str, Any]:
        """Traits for what is too large for the facts."""
        return {}

    def _words(self) -> list[str]:
        """The lines of the summary."""
        raise NotImplementedError

    def _version(self) -> object:
        """What else than the state the results depend on."""
        return None

    # What a caller uses ----------------------------------------------------------------------

    @property
    def state(self) -> State:
        """The present state, a frozen value."""
        return self._state

    def explain(self) -> Found:
        """Give the numbers that are shown; its arrays are read-only, for they are kept."""
        state, version = self._state, self._version()
        kept = self._kept
        if kept is None or kept[0] is not state or kept[1] != version:
            kept = self._kept = state, version, locked(self._explain(state))
        return kept[2]

    def summary(self) -> str:
        """Say in words and rounded numbers what is shown."""
        return "\n".join(self._words())

    def update(self, **changes: Any) -> None:
        """Change several inputs at once; either all take effect or none."""
        for name in changes:
            if name not in self.inputs:
                known = ", ".join(self.inputs)
                raise TypeError(f"{type(self).__name__} has no input {name!r}; choose from {known}")
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

    def snapshot(self) -> bytes:
        """Draw what is shown as a picture."""
        layout = ConstrainedLayoutEngine(rect=(0, _STRIP, 1, 1 - _STRIP))
        figure = Figure(figsize=(9.0, 3.6), dpi=200, facecolor="white", layout=layout)
        FigureCanvasAgg(figure)
        self._draw(figure, self._state, self.explain())
        figure.text(0.995, 0.012, _HOW_TO_USE, ha="right", fontsize=8, color="0.35")
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", metadata={"Software": None})
        return buffer.getvalue()

    # From one state to the next ---------------------------------------------------------------

    def _begin(self) -> State:
        """The opening state: that of the declared defaults."""
        defaults = {n: o.default_value for n, o in self.options.items() if o.init}
        opening = {name: value for name, value in defaults.items() if value is not None}
        return self._next(self._start(), opening)

    def _mirror(self, state: State) -> dict[str, Any]:
        """The options as the state has them."""
        return {name: getattr(state, name) for name in self.inputs if hasattr(state, name)}

    def _results(self) -> dict[str, Any]:
        """The traits that follow from the present state."""
        found = self.explain()
        facts = {n: v for n, v in self._mirror(self._state).items() if self.options[n].fact}
        facts |= {name: getattr(found, name) for name in self._found_facts.split()}
        facts = {n: v.tolist() if isinstance(v, np.ndarray) else v for n, v in facts.items()}
        return self._bytes() | {"facts": facts | self._facts()}

    def _settle(self, state: State, *, draw: bool, error: str = "") -> None:
        # One message to the page; `rev` last, so that an observer of it finds all the rest.
        self._state = state
        values = self._mirror(state)
        if draw:
            values |= self._results() | {"error": error, "rev": self.rev + 1}
        with self.hold_sync():
            self._write(values)

    # For a notebook that is not running -------------------------------------------------------

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
