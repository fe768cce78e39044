"""How an attempt ended: the kinds there are, and the verdict that a learner reads."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from .definition import Misconception
from .messages.notice import Notice


class Kind(enum.Enum):
    """How an attempt ended; the value is the word that a learner reads."""

    CORRECT = "correct"
    NOT_ATTEMPTED = "not attempted yet"
    INCORRECT = "incorrect"
    RAISED = "stopped by an error"
    WRONG_TYPE = "wrong type"
    WRONG_SHAPE = "wrong shape"
    WRONG_DTYPE = "wrong dtype"
    NOT_FINITE = "not finite"
    CHANGED_INPUT = "changed its input"
    CHANGED_NUMPY = "changed NumPy"
    TOO_LONG = "took too long"
    TOO_LARGE = "too large"
    NOT_REPEATABLE = "not repeatable"
    WRONG_SIGNATURE = "wrong signature"
    NOT_A_FUNCTION = "not a function"
    UNKNOWN = "unknown exercise"
    UNCHECKED = "could not be checked"


@dataclass(frozen=True)
class Outcome(Notice):
    """The verdict on an attempt."""

    kind: Kind = Kind.UNCHECKED
    misconception: Misconception | None = None
    resembles: Misconception | None = None

    @property
    def correct(self) -> bool:
        """Whether the learner's function may be used from here on."""
        return self.kind is Kind.CORRECT
