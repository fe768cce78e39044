"""Calling a learner's function once, and recording whatever goes wrong."""

from __future__ import annotations

import copy
import inspect
import linecache
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import numpy as np

from .captured_output import caught
from .changed_arguments import first_change
from .definition import Case, Function
from .learners_call import TimeUp
from .looked_at import attribute
from .memory_limit import limited_memory
from .own_numpy import Settings, put_back
from .printing import clean
from .time_limit import Allowance, call_within

_LARGEST = 256 * 2**20  # bytes of a result that is kept; of a larger one only the shape is


@dataclass(frozen=True)
class Raised:
    """An exception, reduced to what a learner needs of it."""

    type: type[BaseException]
    message: str
    function: str = ""
    line: int = 0
    source: str = ""


@dataclass(frozen=True)
class Answer:
    """What one call came to."""

    value: Any = None
    raised: Raised | None = None
    out_of_time: bool = False
    changed: str = ""
    replaced: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    printed: str = ""
    warned: tuple[str, ...] = ()


def call(
    function: Function,
    case: Case,
    allowance: Allowance | None = None,
    memory: int | None = None,
) -> Answer:
    """Call a function with fresh copies of a case's arguments, within limits if there are any."""
    arguments, keywords = case.fresh()
    value, raised, out_of_time = None, None, False
    replaced: tuple[str, ...] = ()
    settings = Settings()
    with caught() as output, settings.used():
        try:
            with limited_memory(memory):
                try:
                    value = call_within(allowance, function, arguments, keywords)
                finally:
                    replaced = put_back()
                value = call_within(allowance, _snapshot, (value,), {})
        except KeyboardInterrupt:
            raise
        except TimeUp:
            out_of_time = True
        except BaseException as error:  # noqa: BLE001 - SystemExit too: exit() must not end the kernel
            unknown = Raised(type(error), "")
            raised = _looked_at(allowance, _reduce, (error, function), unknown)
        changed_settings = settings.changed()
    compared = () if out_of_time else (function, case, arguments, keywords)
    return Answer(
        value=value,
        raised=raised,
        out_of_time=out_of_time,
        changed=_looked_at(allowance, _first_changed, compared, "") if compared else "",
        replaced=replaced,
        settings=changed_settings,
        printed=output.printed,
        warned=_looked_at(allowance, output.warned, (), ()),
    )


def argument_names(function: Function, count: int) -> list[str]:
    """Name the positional arguments of a call."""
    names: list[str] = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.VAR_POSITIONAL:
            names += [f"{parameter.name}[{i}]" for i in range(count - len(names))]
        else:
            names.append(parameter.name)
    return names[:count]


def _snapshot(value: Any) -> Any:
    """Copy a result, so that the next call of the function cannot change it."""
    if isinstance(value, np.ndarray):
        if value.nbytes > _LARGEST:
            return np.broadcast_to(np.zeros((), value.dtype), value.shape)
        return value.copy()
    if isinstance(value, (list, dict, tuple)) and len(value) <= 10_000:
        try:
            return copy.deepcopy(value)
        except Exception:  # noqa: BLE001 - something in it cannot be copied
            return value
    return value


def _first_changed(
    function: Function, case: Case, arguments: tuple[Any, ...], keywords: dict[str, Any]
) -> str:
    befores = [*case.arguments, *case.keywords.values()]
    afters = [*arguments, *keywords.values()]
    for place, (before, after) in enumerate(zip(befores, afters, strict=True)):
        change = first_change(before, after)
        if change is not None:
            return f"{[*_names(function, len(arguments)), *keywords][place]}{change}"
    return ""


def _names(function: Function, count: int) -> list[str]:
    """Name the arguments of a call, by their places if the function does not tell."""
    try:
        return argument_names(function, count)
    except Exception:  # noqa: BLE001 - a `__signature__` of a learner's class may raise anything
        return [f"argument {i + 1}" for i in range(count)]


def _looked_at(
    allowance: Allowance | None, look: Function, arguments: tuple[Any, ...], otherwise: Any
) -> Any:
    """Look at what a learner's class may have a hand in: its own code may fail, or never end."""
    try:
        return call_within(allowance, look, arguments, {})
    except (Exception, TimeUp):  # noqa: BLE001 - whatever it raises, there is nothing to be seen
        return otherwise


def _reduce(error: BaseException, function: Function) -> Raised:
    """Keep of an exception what does not hold on to frames and arguments."""
    try:
        message = clean(str(error))
    except Exception:  # noqa: BLE001 - its own __str__ may fail
        message = ""
    name, line, source = _place(error.__traceback__, function)
    return Raised(type(error), message, name, line, source)


def _place(traceback: TracebackType | None, function: Function) -> tuple[str, int, str]:
    """Find the last line of the learner's own code in a traceback.

    All cells of a notebook share one set of globals: by these their code is told from NumPy's.
    """
    own_globals = attribute(function, "__globals__")
    found = ("", 0, "")
    while traceback is not None:
        frame, line = traceback.tb_frame, traceback.tb_lineno
        if frame.f_globals is own_globals:
            source = linecache.getline(frame.f_code.co_filename, line, frame.f_globals)
            found = (frame.f_code.co_name, line, clean(source.strip(), 120))
        traceback = traceback.tb_next
    return found
