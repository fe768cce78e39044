"""Whether a stub is still a stub, told from its code without running it."""

from __future__ import annotations

import dis
from types import CodeType
from typing import Any

from .looked_at import attribute


def is_attempted(function: Any) -> bool:
    """Tell whether a function has a body."""
    code = attribute(function, "__code__")
    return not isinstance(code, CodeType) or _skeleton(code) not in _STUBS


def _skeleton(code: CodeType) -> tuple[tuple[str, object], ...]:
    """Reduce bytecode to what it does: names as they are, constants to None or not None."""
    return tuple(
        (step.opname, step.argval is None if "CONST" in step.opname else step.argval)
        for step in dis.get_instructions(code)
        if step.opname not in ("NOP", "RESUME", "CACHE")
    )


def _empty() -> None: ...


def _raises() -> None:
    raise NotImplementedError


def _raises_called() -> None:
    raise NotImplementedError()


def _raises_with_message() -> None:
    raise NotImplementedError("a message")


# Compiled by the Python that runs, so that no list of instructions has to be kept up to date.
_STUBS = {
    _skeleton(stub.__code__) for stub in (_empty, _raises, _raises_called, _raises_with_message)
}
