"""What an exercise is made of: its cases, its misconceptions, and the exercise itself."""

from __future__ import annotations

import copy
import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from .counting import count_numbers

Function = Callable[..., Any]
"""A learner's function, a reference, or a wrong implementation: anything that is called."""

_F = TypeVar("_F", bound=Function)

_ID = re.compile(r"(\d\d)\.([a-z_][a-z0-9_]*)")


class _Unset:
    """The mark of an expected answer that the author did not write down."""

    def __repr__(self) -> str:
        return "<not given>"


UNSET = _Unset()


class Case:
    """One question put to a function: the arguments of one call.

    Parameters
    ----------
    *arguments : Any
        The positional arguments of the call.
    note : str, optional
        How the answer is found by hand; a learner whose answer differs reads it.
    expected : Any, optional
        The answer worked out by hand. A test holds the reference to it.
    **keywords : Any
        The keyword arguments of the call.

    Examples
    --------
    >>> case = Case([1.0, 2.0], scale=3.0, note="1·3, 2·3")
    >>> case.arguments, case.keywords
    (([1.0, 2.0],), {'scale': 3.0})
    """

    def __init__(
        self, *arguments: Any, note: str = "", expected: Any = UNSET, **keywords: Any
    ) -> None:
        self._arguments: tuple[Any, ...] | None = arguments
        self._make: Callable[[np.random.Generator], Any] | None = None
        self._seed = 0
        self.note = note
        self.expected = expected
        self.keywords = keywords

    @classmethod
    def random(
        cls,
        make: Callable[[np.random.Generator], Any],
        seed: int,
        *,
        note: str = "",
        **keywords: Any,
    ) -> Case:
        """Draw the positional arguments from a seeded generator.

        Parameters
        ----------
        make : callable
            Takes a NumPy generator and returns the tuple of arguments (or the only one).
        seed : int
            The seed: the same arguments come on every machine.
        note : str, optional
            What is particular about this case.
        **keywords : Any
            The keyword arguments of the call.

        Returns
        -------
        Case
            A case whose arguments are drawn when they are first needed.

        Examples
        --------
        >>> case = Case.random(lambda rng: (rng.normal(size=7), rng.normal(size=3)), seed=1)
        >>> [argument.shape for argument in case.arguments]
        [(7,), (3,)]
        """
        case = cls(note=note, **keywords)
        case._arguments = None
        case._make = make
        case._seed = seed
        return case

    @property
    def is_random(self) -> bool:
        """Whether the arguments come from a seeded generator."""
        return self._make is not None

    @property
    def arguments(self) -> tuple[Any, ...]:
        """The positional arguments, drawn once; callers copy what they hand on."""
        if self._arguments is None:
            assert self._make is not None
            made = self._make(np.random.default_rng(self._seed))
            self._arguments = made if isinstance(made, tuple) else (made,)
        return self._arguments

    @property
    def size(self) -> int:
        """How many numbers the arguments hold together: small cases are shown first."""
        return count_numbers((self.arguments, self.keywords))

    def fresh(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Copy the arguments, so that no call can spoil them for the next.

        Returns
        -------
        tuple
            The positional arguments and the keyword arguments.
        """
        return copy.deepcopy(self.arguments), copy.deepcopy(self.keywords)


@dataclass(frozen=True)
class Misconception:
    """A known way to be wrong, as a piece of code that is wrong in just this way.

    Attributes
    ----------
    name : str
        What goes wrong, as a clause: ``"the kernel is not flipped"``.
    function : callable
        A function of the same arguments that makes this mistake.
    explanation : str
        Why it is wrong and where to look, in a sentence or two.
    """

    name: str
    function: Function
    explanation: str


@dataclass(frozen=True, eq=False)
class Exercise:
    """A task, its model solution, and all that is needed to judge an answer.

    Attributes
    ----------
    id : str
        Lesson and function name: ``"01.convolve_full"``.
    title : str
        The heading in the lesson.
    minutes : int
        How long it takes, 1 to 90.
    difficulty : int
        1 (practice), 2 (needs thought) or 3 (stretches).
    reference : callable
        The model solution. Its signature and docstring become the stub, its body the
        solution shown. It uses ``np``, ``math`` (if listed in `uses`) and what `uses` imports.
    cases : sequence of Case
        The questions asked: those that can be checked by hand first, then seeded random ones.
    misconceptions : sequence of Misconception
        The known ways to be wrong, at least three; `misconception` adds one.
    hints : sequence of str
        Two to four, each giving away a little more than the last.
    tolerance : float
        An answer passes where ``|got − expected| ≤ tolerance · (1 + |expected|)``.
    seconds : float
        All cases together may take this long.
    uses : sequence of str
        Import lines that the solution needs beside ``import numpy as np``, for example
        ``"from course_utils.ops import output_size"``.

    Raises
    ------
    ValueError
        If anything but misconceptions is missing. The message lists every fault.
    """

    id: str
    title: str
    minutes: int
    difficulty: int
    reference: Function
    cases: Sequence[Case]
    misconceptions: Sequence[Misconception] = ()
    hints: Sequence[str] = ()
    tolerance: float = 1e-9
    seconds: float = 5.0
    uses: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse an exercise that could not judge an answer."""
        for field in ("cases", "misconceptions", "hints", "uses"):
            object.__setattr__(self, field, tuple(getattr(self, field)))
        faults = [*self._faults_of_text(), *self._faults_of_reference()]
        self._refuse(faults or self._faults_of_cases())

    def misconception(self, name: str, explanation: str) -> Callable[[_F], _F]:
        """Add the function below as a known way to be wrong.

        Parameters
        ----------
        name : str
            What goes wrong, as a clause: ``"the kernel is not flipped"``.
        explanation : str
            Why it is wrong and where to look, in a sentence or two.

        Returns
        -------
        callable
            A decorator that gives the function back as it is.

        Examples
        --------
        ::

            @EXERCISE.misconception("the sign is wrong", "A loss is minus the logarithm.")
            def _(z, target):
                return -cross_entropy(z, target)
        """

        def add(function: _F) -> _F:
            known = (*self.misconceptions, Misconception(name, function, explanation))
            object.__setattr__(self, "misconceptions", known)
            return function

        return add

    def check_misconceptions(self) -> None:
        """Refuse an exercise whose misconceptions are incomplete, once all have been added.

        Raises
        ------
        ValueError
            If there are fewer than three, or two of one name, or one without an explanation.
        """
        self._refuse(self._faults_of_misconceptions())

    def _refuse(self, faults: Sequence[str]) -> None:
        if faults:
            raise ValueError(f"exercise {self.id!r}: " + "; ".join(faults))

    @property
    def lesson(self) -> str:
        """The lesson's number, two digits."""
        return self.id[:2]

    @property
    def name(self) -> str:
        """The name of the function that the learner writes."""
        return self.id[3:]

    def _faults_of_text(self) -> list[str]:
        faults = []
        if _ID.fullmatch(self.id) is None:
            faults.append("the id has the form '01.function_name'")
        if not self.title.strip():
            faults.append("it has no title")
        if not 1 <= self.minutes <= 90:
            faults.append(f"minutes is 1 to 90, not {self.minutes}")
        if self.difficulty not in (1, 2, 3):
            faults.append(f"difficulty is 1, 2 or 3, not {self.difficulty}")
        if not 2 <= len(self.hints) <= 4:
            faults.append(f"it has {len(self.hints)} hints, not 2 to 4")
        if not all(isinstance(hint, str) and hint.strip() for hint in self.hints):
            faults.append("every hint is a text that is not empty")
        if not 0 < self.tolerance < 1e-4:
            faults.append(f"tolerance is between 0 and 1e-4, not {self.tolerance}")
        if not self.seconds > 0:
            faults.append(f"seconds is positive, not {self.seconds}")
        return faults

    def _faults_of_reference(self) -> list[str]:
        if not inspect.isfunction(self.reference):
            return ["the reference is not a function"]
        faults = []
        if self.reference.__name__ != self.name:
            faults.append(f"the reference is called {self.reference.__name__!r}, not {self.name!r}")
        if not (self.reference.__doc__ or "").strip():
            faults.append("the reference has no docstring")
        return faults

    def _faults_of_cases(self) -> list[str]:
        if not self.cases:
            return ["it has no cases"]
        signature = inspect.signature(self.reference)
        faults = []
        for number, case in enumerate(self.cases, start=1):
            try:
                signature.bind(*case.arguments, **case.keywords)
            except TypeError as error:
                faults.append(f"case {number} does not fit the reference ({error})")
        return faults

    def _faults_of_misconceptions(self) -> list[str]:
        faults = []
        if len(self.misconceptions) < 3:
            faults.append(f"it has {len(self.misconceptions)} misconceptions, not 3 or more")
        names = [misconception.name for misconception in self.misconceptions]
        if len(set(names)) != len(names):
            faults.append("two misconceptions have the same name")
        for misconception in self.misconceptions:
            if not misconception.name.strip() or not misconception.explanation.strip():
                faults.append("every misconception has a name and an explanation")
            if not callable(misconception.function):
                faults.append(f"the misconception {misconception.name!r} has no function")
        return faults
