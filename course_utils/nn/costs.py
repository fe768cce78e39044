"""What each layer costs: parameters, activations, multiply-adds."""

from __future__ import annotations

import math
from contextlib import ExitStack
from typing import NamedTuple

import numpy as np

from course_utils import ops
from course_utils.nn.convolution import Conv2d
from course_utils.nn.hooks import ForwardHook
from course_utils.nn.linear import Linear
from course_utils.nn.modes import evaluating
from course_utils.nn.module import Module
from course_utils.nn.sequential import Sequential


class Entry(NamedTuple):
    """
    One layer of a network, for one picture.

    Attributes
    ----------
    name : str
        Dotted name, such as ``"features.0"``.
    kind : str
        Name of its class.
    shape : tuple of int
        Shape of its output, without the batch.
    parameters : int
        Numbers learnt.
    activations : int
        Numbers in its output.
    macs : int
        Multiply-adds of a convolution or a linear layer; 0 for all others, whose work is
        small beside it.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    parameters: int
    activations: int
    macs: int


def ledger(model: Module, shape: tuple[int, ...]) -> list[Entry]:
    """
    Costs of every layer that has no parts of its own, in the order of computing.

    A picture of zeros is sent through, and a forward hook measures each layer's output.

    Parameters
    ----------
    model : Module
        The network; it is left as it was.
    shape : tuple of int
        Shape of one picture, (C, H, W).

    Returns
    -------
    list of Entry
        One entry per layer.

    Examples
    --------
    >>> from course_utils.nn import models
    >>> rows = ledger(models.lenet5(rng=None), (1, 32, 32))
    >>> rows[0]
    Entry(name='features.0', kind='Conv2d', shape=(6, 28, 28), parameters=156, \
activations=4704, macs=117600)
    >>> sum(row.parameters for row in rows), sum(row.macs for row in rows)
    (61706, 416520)
    """
    entries: list[Entry] = []

    def measure(name: str) -> ForwardHook:
        def hook(layer: Module, _: object, y: np.ndarray) -> None:
            size, learnt = y.shape[1:], layer.count_parameters()
            kind, macs = type(layer).__name__, _macs(layer, size)
            entries.append(Entry(name, kind, size, learnt, math.prod(size), macs))

        return hook

    with evaluating(model), ExitStack() as hooks:
        for name, module in model.named_modules():
            # An empty Sequential stands where a network has no pool.
            if not list(module.children()) and not isinstance(module, Sequential):
                hooks.enter_context(module.register_forward_hook(measure(name)))
        hooks.callback(model.forget)
        kinds = [parameter.data.dtype for parameter in model.parameters()]
        model(np.zeros((1, *shape), kinds[0] if kinds else np.float32))
    return entries


def _macs(layer: Module, shape: tuple[int, ...]) -> int:
    if isinstance(layer, Conv2d):
        sizes = layer.in_channels, layer.out_channels, layer.kernel_size
        return ops.count_macs(*sizes, (shape[1], shape[2]), layer.groups)
    if isinstance(layer, Linear):
        return layer.weight.size
    return 0
