"""What each layer costs: numbers learnt, numbers kept, multiply-adds."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from course_utils import ops
from course_utils.nn.convolution import Conv2d
from course_utils.nn.linear import Linear
from course_utils.nn.module import Array, Module
from course_utils.nn.pooling import AvgPool2d, MaxPool2d


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

    A picture of zeros is sent through, and each layer's output is measured on the way.

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
    leaves = [(n, m) for n, m in model.named_modules() if not list(m.children()) and _computes(m)]
    modes = [(module, module.training) for module in model.modules()]
    for name, module in leaves:
        # An attribute of the object hides the method of its class, until it is deleted again.
        vars(module)["forward"] = _measured(name, module, entries)
    model.eval()
    try:
        kinds = [parameter.data.dtype for parameter in model.parameters()]
        model(np.zeros((1, *shape), kinds[0] if kinds else np.float32))
    finally:
        for _, module in leaves:
            del vars(module)["forward"]
        for module, training in modes:
            module.training = training
        model.forget()
    return entries


def receptive_field_rows(layers: Iterable[Module]) -> list[tuple[int, int, int, int]]:
    """
    Kernel, stride, padding and dilation of each layer, as `ops.receptive_field` takes them.

    Parameters
    ----------
    layers : iterable of Module
        Layers in a row, such as the features of AlexNet or VGG. Those that look at one pixel
        only are left out.

    Returns
    -------
    list of (int, int, int, int)
        One row for each convolution and pool.

    Raises
    ------
    ValueError
        If a layer is not square.

    Examples
    --------
    >>> from course_utils.nn import models
    >>> rows = receptive_field_rows(models.lenet5(rng=None).features.layers)
    >>> rows
    [(5, 1, 0, 1), (2, 2, 0, 1), (5, 1, 0, 1), (2, 2, 0, 1)]
    >>> ops.receptive_field(rows)[-1].size
    16
    """
    rows = []
    for layer in layers:
        if isinstance(layer, Conv2d):
            kernel: object = layer.weight.shape[2:]
        elif isinstance(layer, (MaxPool2d, AvgPool2d)):
            kernel = layer.options["kernel_size"]
        else:
            continue
        stride = layer.options["stride"]
        options = (
            kernel,
            kernel if stride is None else stride,
            layer.options["padding"],
            layer.options.get("dilation", 1),
        )
        numbers = [set(np.ravel(np.asarray(option)).tolist()) for option in options]
        if any(len(values) != 1 for values in numbers):
            raise ValueError(f"receptive_field_rows: {layer} is not square")
        k, s, p, d = (int(values.pop()) for values in numbers)
        rows.append((k, s, p, d))
    return rows


def _computes(module: Module) -> bool:
    """Leave out the empty Sequential that stands where a network has no pool."""
    return type(module).__name__ != "Sequential"


def _measured(name: str, module: Module, entries: list[Entry]) -> Callable[[Array], Array]:
    forward = module.forward

    def measured(x: Array) -> Array:
        y = forward(x)
        shape = y.shape[1:]
        entries.append(
            Entry(
                name,
                type(module).__name__,
                shape,
                module.count_parameters(),
                math.prod(shape),
                _macs(module, shape),
            )
        )
        return y

    return measured


def _macs(module: Module, shape: tuple[int, ...]) -> int:
    if isinstance(module, Conv2d):
        K, C, kH, kW = module.weight.shape
        g = module.options["groups"]
        return ops.count_macs(C * g, K, (kH, kW), (shape[1], shape[2]), g)
    if isinstance(module, Linear):
        return module.weight.size
    return 0
