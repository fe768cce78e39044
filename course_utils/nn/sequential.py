"""Modules one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Self, overload

from course_utils.nn.module import Module
from course_utils.nn.parameter import Array


class Sequential(Module):
    """
    Modules one after the other, named by their place: ``torch.nn.Sequential``.

    It is a sequence: it has a length and can be iterated, indexed and changed. A slice is a
    Sequential of the same layers (not copies), under the same names.

    Parameters
    ----------
    *layers : Module
        The first takes the input, each other the output of the one before. Or one mapping of
        names to modules, in their order.

    Raises
    ------
    TypeError
        If a layer is no Module.
    ValueError
        If a layer occurs twice: it keeps what its backward needs, so that each place in a
        network takes a layer of its own.

    Examples
    --------
    >>> import numpy as np
    >>> from course_utils import nn
    >>> rng = np.random.default_rng(0)
    >>> net = nn.Sequential(nn.Linear(4, 3, rng=rng), nn.ReLU(), nn.Linear(3, 2, rng=rng))
    >>> net(np.ones((5, 4), dtype=np.float32)).shape
    (5, 2)
    >>> list(net.state_dict())
    ['0.weight', '0.bias', '2.weight', '2.bias']
    >>> net[:2]
    Sequential(
      (0): Linear(in_features=4, out_features=3, bias=True)
      (1): ReLU()
    )
    """

    def __init__(self, *layers: Module | Mapping[str, Module]) -> None:
        super().__init__()
        first = layers[0] if len(layers) == 1 else None
        named = first if isinstance(first, Mapping) else {str(k): m for k, m in enumerate(layers)}
        for name, layer in named.items():
            self.add_module(name, layer)  # type: ignore[arg-type]  # add_module refuses the rest

    def forward(self, x: Array) -> Array:
        """Each layer's output is the next one's input."""
        for layer in self.children():
            x = layer(x)
        return x

    def backward(self, grad_output: Array) -> Array:
        """The chain rule: from the last layer to the first."""
        for layer in reversed(list(self.children())):
            grad_output = layer.backward(grad_output)
        return grad_output

    def backward_to_parameters(self, grad_output: Array) -> None:
        """The chain rule, down to what the first layer learns."""
        layers = list(self.children())
        for layer in reversed(layers[1:]):
            grad_output = layer.backward(grad_output)
        for layer in layers[:1]:
            layer.backward_to_parameters(grad_output)

    def add_module(self, name: str, module: Module) -> None:
        """Add a layer at the end, under a name of its own."""
        for other, layer in self.named_children():
            if layer is module and other != name:
                raise ValueError(
                    f"{type(self).__name__}: layer {name!r} is layer {other!r} once more, and each "
                    "keeps what its backward needs; make a second one"
                )
        super().add_module(name, module)

    # ------------------------------------------------------------------ a sequence

    def append(self, module: Module) -> Self:
        """Add a layer at the end, and return the network."""
        names = {name for name, _ in self.named_children()}
        self.add_module(next(str(k) for k in count(len(names)) if str(k) not in names), module)
        return self

    def extend(self, layers: Iterable[Module]) -> Self:
        """Add layers at the end, and return the network."""
        for layer in layers:
            self.append(layer)
        return self

    def insert(self, index: int, module: Module) -> Self:
        """Put a layer before the one at an index, name all by their places, return the network."""
        layers = list(self)
        layers.insert(index, module)
        self._rename(layers)
        return self

    def __len__(self) -> int:
        return sum(1 for _ in self.children())

    def __iter__(self) -> Iterator[Module]:
        return self.children()

    @overload
    def __getitem__(self, index: int) -> Module: ...

    @overload
    def __getitem__(self, index: slice) -> Sequential: ...

    def __getitem__(self, index: int | slice) -> Module:
        if isinstance(index, slice):
            return Sequential(dict(list(self.named_children())[index]))
        return list(self.children())[index]

    def __setitem__(self, index: int, module: Module) -> None:
        name, _ = list(self.named_children())[index]
        self.add_module(name, module)

    def __delitem__(self, index: int | slice) -> None:
        layers = list(self)
        del layers[index]
        self._rename(layers)

    def _rename(self, layers: list[Module]) -> None:
        """Take these layers in place of what there is, named by their places."""
        fresh = Sequential(*layers)
        for name, _ in list(self.named_children()):
            delattr(self, name)
        for name, layer in fresh.named_children():
            self.add_module(name, layer)
