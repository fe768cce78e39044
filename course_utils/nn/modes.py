"""A network in use for a while, and then again in the mode that it was in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar


class HasModes(Protocol):
    """A module of the course's or of PyTorch's."""

    training: bool

    def modules(self) -> Iterable[Any]:
        """Every module from here down."""

    def eval(self) -> Any:
        """Switch all to use."""


Model = TypeVar("Model", bound=HasModes)


@contextmanager
def evaluating(model: Model) -> Iterator[Model]:
    """
    Inside, a network is in eval mode; then each of its modules is in its own mode again.

    Parameters
    ----------
    model : Module or torch.nn.Module
        The network.

    Yields
    ------
    Module or torch.nn.Module
        The same network.

    Examples
    --------
    >>> from course_utils import nn
    >>> layer = nn.Dropout(0.5, rng=None)
    >>> with evaluating(layer):
    ...     layer.training
    False
    >>> layer.training
    True
    """
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        yield model
    finally:
        for module, training in modes:
            module.training = training
