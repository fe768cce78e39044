"""A family of networks from a table: one function for each member, under torchvision's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from course_utils.nn.module import Module

Network_co = TypeVar("Network_co", bound=Module, covariant=True)


class Builder(Protocol[Network_co]):
    """What builds one member of a family."""

    __name__: str

    def __call__(
        self,
        num_classes: int = 1000,
        *,
        rng: np.random.Generator | None,
        dtype: npt.DTypeLike = np.float32,
    ) -> Network_co:
        """The network, (B, 3, H, W) to logits (B, num_classes)."""


def member(
    name: str, parameters: int, build: Callable[..., Network_co], *options: Any
) -> Builder[Network_co]:
    """The function of this name: ``build(*options, num_classes, rng=rng, dtype=dtype)``."""

    def network(
        num_classes: int = 1000,
        *,
        rng: np.random.Generator | None,
        dtype: npt.DTypeLike = np.float32,
    ) -> Network_co:
        return build(*options, num_classes=num_classes, rng=rng, dtype=dtype)

    network.__name__ = network.__qualname__ = name
    network.__module__ = build.__module__
    network.__doc__ = f"""
    {name}, as torchvision has it: {parameters:,} parameters.

    Parameters
    ----------
    num_classes : int, default 1000
        Outputs.
    rng : numpy.random.Generator or None
        Where the initial weights come from; None leaves zeros, for weights that will be loaded.
    dtype : dtype, default float32
        float32 or float64.

    Returns
    -------
    Module
        The network: (B, 3, H, W), made for 224, to logits; names of weights as in torchvision.
    """
    return network
