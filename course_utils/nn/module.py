"""What every layer and model is: parameters by name, a forward and a backward."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


class Parameter:
    """
    An array that is learnt, beside its gradient.

    Parameters
    ----------
    data : ndarray
        The values; optimisers change them in place.

    Attributes
    ----------
    data : ndarray
        The values.
    grad : ndarray or None
        Gradient of the loss, of the same shape: what the backward passes have added up since
        `Module.zero_grad`. None before the first.

    Examples
    --------
    >>> weight = Parameter(np.zeros((2, 3)))
    >>> weight.accumulate(np.ones((2, 3)))
    >>> weight.accumulate(np.ones((2, 3)))
    >>> weight.grad[0]
    array([2., 2., 2.])
    """

    def __init__(self, data: Array) -> None:
        self.data = data
        self.grad: Array | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the values."""
        return self.data.shape

    @property
    def size(self) -> int:
        """Number of values."""
        return self.data.size

    def accumulate(self, grad: Array) -> None:
        """
        Add to the gradient.

        Parameters
        ----------
        grad : ndarray
            What one backward pass found; of the shape of the values.

        Raises
        ------
        ValueError
            If the shape is another one.
        """
        if grad.shape != self.data.shape:
            raise ValueError(
                f"Parameter: the gradient has shape {grad.shape}, the values {self.data.shape}"
            )
        if self.grad is None:
            # A copy, for the array may be shared with another gradient.
            self.grad = np.array(grad, dtype=self.data.dtype)
        else:
            self.grad += grad

    def __repr__(self) -> str:
        return f"Parameter(shape={self.shape}, dtype={self.data.dtype})"


class Module:
    """
    Base of every layer and model.

    A subclass sets its parameters and its parts as attributes and defines `forward` and
    `backward`. Names are found by looking at the attributes, in the order in which they were
    set: a `Parameter` is learnt, a `Module` is a part, and an array named in `buffer_names`
    belongs to the state without being learnt. State dictionaries have PyTorch's keys.

    `forward` keeps what `backward` will need, and `backward` uses it up. One object is
    therefore one place in a network: what occurs twice is made twice.

    Attributes
    ----------
    training : bool
        Whether the module is being trained; changed by `train` and `eval`.

    Examples
    --------
    >>> class Scale(Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.weight = Parameter(np.array([2.0]))
    ...
    ...     def forward(self, x):
    ...         self._keep(x)
    ...         return self.weight.data * x
    ...
    ...     def backward(self, grad_output):
    ...         x = self._kept()
    ...         self.weight.accumulate((grad_output * x).sum(keepdims=True))
    ...         return grad_output * self.weight.data
    >>> layer = Scale()
    >>> layer(np.array([1.0, 3.0]))
    array([2., 6.])
    >>> layer.backward(np.array([1.0, 1.0]))
    array([2., 2.])
    >>> layer.weight.grad
    array([4.])
    """

    buffer_names: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        self.training = True
        self._saved: list[Any] = []

    # ------------------------------------------------------------------ computing

    def forward(self, x: Array) -> Array:
        """
        Output for an input.

        Parameters
        ----------
        x : ndarray
            The input.

        Returns
        -------
        ndarray
            The output.
        """
        raise NotImplementedError(f"{type(self).__name__} does not define forward")

    def backward(self, grad_output: Array) -> Array:
        """
        Add to the gradients of the parameters, and return that of the input.

        Parameters
        ----------
        grad_output : ndarray
            Gradient of the loss with respect to the output of the last `forward`.

        Returns
        -------
        ndarray
            Gradient of the loss with respect to its input.
        """
        raise NotImplementedError(f"{type(self).__name__} does not define backward")

    def backward_to_parameters(self, grad_output: Array) -> None:
        """
        Do as `backward` for the parameters; nobody asks for the gradient of the input.

        It is what training calls. A network has its first layer spare the work for it.

        Parameters
        ----------
        grad_output : ndarray
            Gradient of the loss with respect to the output of the last `forward`.
        """
        self.backward(grad_output)

    def __call__(self, x: Array) -> Array:
        """The same as `forward`."""
        return self.forward(x)

    def _keep(self, *values: Any) -> None:
        """Keep what the backward pass needs; only the last forward counts."""
        self._saved = list(values)

    def _kept(self) -> Any:
        """What the last forward kept: once, so that the memory is free again."""
        if not self._saved:
            raise RuntimeError(
                f"{type(self).__name__}: backward needs a forward before it, and only one "
                "backward belongs to each forward"
            )
        values, self._saved = self._saved, []
        return values[0] if len(values) == 1 else values

    def forget(self) -> None:
        """Let go of what the last forward kept: its memory is free, no backward can follow."""
        self._saved = []
        for _, child in self.children():
            child.forget()

    # ------------------------------------------------------------------ parts

    def children(self) -> Iterator[tuple[str, Module]]:
        """
        Parts of this module, by name, in the order in which they were set.

        Yields
        ------
        (str, Module)
            Name and part.
        """
        for name, value in vars(self).items():
            if isinstance(value, Module):
                yield name, value

    def named_modules(self, prefix: str = "") -> Iterator[tuple[str, Module]]:
        """
        Every module from here down, by dotted name.

        Parameters
        ----------
        prefix : str, default ""
            Name of this module.

        Yields
        ------
        (str, Module)
            Name and module; this one first.
        """
        yield prefix, self
        for name, child in self.children():
            yield from child.named_modules(f"{prefix}.{name}" if prefix else name)

    def modules(self) -> Iterator[Module]:
        """
        Every module from here down.

        Yields
        ------
        Module
            This one first.
        """
        for _, module in self.named_modules():
            yield module

    def named_parameters(self) -> Iterator[tuple[str, Parameter]]:
        """
        Everything that is learnt, by PyTorch's names.

        Yields
        ------
        (str, Parameter)
            Name, such as ``"layer1.0.conv1.weight"``, and parameter.
        """
        for prefix, module in self.named_modules():
            for name, value in vars(module).items():
                if isinstance(value, Parameter):
                    yield f"{prefix}.{name}" if prefix else name, value

    def parameters(self) -> list[Parameter]:
        """
        Everything that is learnt, in order: what an optimiser takes.

        Returns
        -------
        list of Parameter
            The parameters.
        """
        return [parameter for _, parameter in self.named_parameters()]

    def count_parameters(self) -> int:
        """
        How many numbers are learnt.

        Returns
        -------
        int
            The sum of the sizes of all parameters.
        """
        return sum(parameter.size for parameter in self.parameters())

    # ------------------------------------------------------------------ modes

    def train(self, mode: bool = True) -> Self:
        """
        Switch this module and all within to training.

        Parameters
        ----------
        mode : bool, default True
            False for use, as `eval` does.

        Returns
        -------
        Module
            This module.
        """
        for module in self.modules():
            module.training = mode
        return self

    def eval(self) -> Self:
        """
        Switch this module and all within to use: no dropout, running statistics.

        Returns
        -------
        Module
            This module.
        """
        return self.train(False)

    def zero_grad(self) -> None:
        """Forget all gradients: the next backward starts from nothing."""
        for parameter in self.parameters():
            parameter.grad = None

    def to(self, dtype: npt.DTypeLike) -> Self:
        """
        Turn all parameters and floating buffers into another dtype.

        Do this before handing the parameters to an optimiser, whose memory would keep the
        old dtype.

        Parameters
        ----------
        dtype : dtype
            float32 or float64.

        Returns
        -------
        Module
            This module.
        """
        for module in self.modules():
            for name, value in vars(module).items():
                if isinstance(value, Parameter):
                    value.data = value.data.astype(dtype)
                    value.grad = None
                elif name in module.buffer_names and value is not None and value.dtype.kind == "f":
                    setattr(module, name, value.astype(dtype))
        return self

    def double(self) -> Self:
        """
        Compute in float64 from now on.

        Returns
        -------
        Module
            This module.
        """
        return self.to(np.float64)

    def float(self) -> Self:
        """
        Compute in float32 from now on.

        Returns
        -------
        Module
            This module.
        """
        return self.to(np.float32)

    # ------------------------------------------------------------------ state

    def _state(self) -> Iterator[tuple[str, Array]]:
        """Every array of the state, by name, not copied: parameters, then buffers, by module."""
        for prefix, module in self.named_modules():
            dot = f"{prefix}." if prefix else ""
            for name, value in vars(module).items():
                if isinstance(value, Parameter):
                    yield dot + name, value.data
            for name in module.buffer_names:
                buffer = getattr(module, name)
                if buffer is not None:
                    yield dot + name, buffer

    def state_dict(self) -> dict[str, Array]:
        """
        Copies of all parameters and buffers, by PyTorch's names.

        Returns
        -------
        dict of str to ndarray
            The state; `load_state_dict` takes it back.
        """
        return {name: array.copy() for name, array in self._state()}

    def load_state_dict(self, state: Mapping[str, Any], strict: bool = True) -> None:
        """
        Copy values into the parameters and buffers of the same names.

        Nothing is changed unless all names and shapes fit.

        Parameters
        ----------
        state : mapping of str to array_like
            Values by name: a `state_dict` of ours or, since its names are the same, the
            ``state_dict()`` of a PyTorch model on the CPU. Cast to the dtype of this module.
        strict : bool, default True
            Whether names that only one side has are an error.

        Raises
        ------
        KeyError
            If names are missing or left over, and `strict`.
        ValueError
            If a shape differs.

        Examples
        --------
        >>> from course_utils import nn
        >>> layer = nn.Linear(2, 1, rng=None)
        >>> layer.load_state_dict({"weight": [[1.0, 2.0]], "bias": [3.0]})
        >>> layer.weight.data
        array([[1., 2.]], dtype=float32)
        """
        own = dict(self._state())
        missing = [name for name in own if name not in state]
        unexpected = [name for name in state if name not in own]
        if strict and (missing or unexpected):
            raise KeyError(
                f"{type(self).__name__}.load_state_dict: missing: "
                f"{', '.join(missing) or 'none'}; unexpected: {', '.join(unexpected) or 'none'}"
            )
        values = {name: np.asarray(state[name]) for name in own if name in state}
        for name, value in values.items():
            if value.shape != own[name].shape:
                raise ValueError(
                    f"{type(self).__name__}.load_state_dict: {name} has shape {value.shape}, "
                    f"expected {own[name].shape}"
                )
        for name, value in values.items():
            own[name][...] = value

    # ------------------------------------------------------------------ showing

    def describe(self) -> str:
        """
        What stands between the brackets when the module is printed.

        Returns
        -------
        str
            The options of a layer; nothing by default.
        """
        return ""

    def __repr__(self) -> str:
        children = list(self.children())
        if not children:
            return f"{type(self).__name__}({self.describe()})"
        lines = [f"  ({name}): " + repr(child).replace("\n", "\n  ") for name, child in children]
        return "\n".join([f"{type(self).__name__}(", *lines, ")"])


class Sequential(Module):
    """
    Modules one after the other, named by their place.

    Parameters
    ----------
    *layers : Module
        The first takes the input, each other the output of the one before.

    Examples
    --------
    >>> from course_utils import nn
    >>> rng = np.random.default_rng(0)
    >>> net = nn.Sequential(nn.Linear(4, 3, rng=rng), nn.ReLU(), nn.Linear(3, 2, rng=rng))
    >>> net(np.ones((5, 4), dtype=np.float32)).shape
    (5, 2)
    >>> list(net.state_dict())
    ['0.weight', '0.bias', '2.weight', '2.bias']
    """

    def __init__(self, *layers: Module) -> None:
        super().__init__()
        self.layers = list(layers)

    def forward(self, x: Array) -> Array:
        """Each layer's output is the next one's input."""
        for layer in self.layers:
            x = layer(x)
        return x

    def backward(self, grad_output: Array) -> Array:
        """The chain rule: from the last layer to the first."""
        for layer in reversed(self.layers):
            grad_output = layer.backward(grad_output)
        return grad_output

    def backward_to_parameters(self, grad_output: Array) -> None:
        """The chain rule, down to what the first layer learns."""
        for layer in reversed(self.layers[1:]):
            grad_output = layer.backward(grad_output)
        for layer in self.layers[:1]:
            layer.backward_to_parameters(grad_output)

    def children(self) -> Iterator[tuple[str, Module]]:
        """Layers by their place: "0", "1", …."""
        yield from ((str(k), layer) for k, layer in enumerate(self.layers))

    def __len__(self) -> int:
        return len(self.layers)

    def __iter__(self) -> Iterator[Module]:
        return iter(self.layers)

    def __getitem__(self, index: int) -> Module:
        return self.layers[index]
