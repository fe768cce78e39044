"""Hooks: functions that see what passes through a module, and may replace it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any, Self

from course_utils.nn.parameter import Array

# Modules are Any here, so that a hook may ask for the class of layer that it is meant for.
ForwardPreHook = Callable[[Any, tuple[Array, ...]], Any]
ForwardHook = Callable[[Any, tuple[Array, ...], Array], Any]
BackwardHook = Callable[[Any, tuple[Array | None, ...], tuple[Array, ...]], Any]

_keys = itertools.count()


class RemovableHandle:
    """
    What registering a hook returns: `remove` takes the hook out again.

    Used as a context manager, it takes the hook out at the end of the block.

    Parameters
    ----------
    hooks : dict
        The hooks of a module; the new one comes last.
    hook : callable
        The new one.
    after_last : callable, optional
        Called when the last hook has been taken out.

    Examples
    --------
    >>> import numpy as np
    >>> from course_utils import nn
    >>> layer = nn.ReLU()
    >>> show = lambda module, inputs, output: print(module, inputs[0], output)
    >>> with layer.register_forward_hook(show):
    ...     y = layer(np.array([-1.0, 2.0]))
    ReLU() [-1.  2.] [0. 2.]
    >>> y = layer(np.array([-1.0, 2.0]))
    """

    def __init__(
        self, hooks: dict[int, Any], hook: Any, after_last: Callable[[], None] | None = None
    ) -> None:
        self._hooks, self._key, self._after_last = hooks, next(_keys), after_last
        hooks[self._key] = hook

    def remove(self) -> None:
        """Take the hook out; a second time does nothing."""
        if self._hooks.pop(self._key, None) is None:
            return
        if not self._hooks and self._after_last is not None:
            self._after_last()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def __repr__(self) -> str:
        return f"RemovableHandle({'registered' if self._key in self._hooks else 'removed'})"


def run_forward_pre_hooks(hooks: Mapping[int, ForwardPreHook], module: Any, x: Array) -> Array:
    """The input of a module, once its hooks have seen it."""
    for hook in list(hooks.values()):
        x = _replaced(x, hook(module, (x,)))
    return x


def run_forward_hooks(hooks: Mapping[int, ForwardHook], module: Any, x: Array, y: Array) -> Array:
    """The output of a module, once its hooks have seen it."""
    for hook in list(hooks.values()):
        y = _replaced(y, hook(module, (x,), y))
    return y


def run_backward_hooks(
    hooks: Mapping[int, BackwardHook], module: Any, grad_input: Array | None, grad_output: Array
) -> Array | None:
    """The gradient of a module's input, once its hooks have seen it."""
    for hook in list(hooks.values()):
        grad_input = _replaced(grad_input, hook(module, (grad_input,), (grad_output,)))
    return grad_input


def _replaced(value: Any, answer: Any) -> Any:
    """What a hook returned in place of a value; None leaves the value as it is."""
    if isinstance(answer, tuple):
        (answer,) = answer
    return value if answer is None else answer
