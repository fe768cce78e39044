"""What every layer and model is: parameters by name, a forward and a backward."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt

from course_utils.nn import hooks
from course_utils.nn.hooks import RemovableHandle
from course_utils.nn.parameter import Array, Parameter
from course_utils.nn.state_dicts import IncompatibleKeys, read_state


class Module:
    """
    Base of every layer and model: ``torch.nn.Module``, with a backward of its own.

    A subclass sets its parameters and its parts as attributes and defines `forward` and
    `backward`. Names are found by looking at the attributes, in the order in which they were
    set: a `Parameter` is learnt, a `Module` is a part, and an array named in `buffer_names`
    belongs to the state without being learnt. State dictionaries have PyTorch's keys.

    `forward` keeps what `backward` will need, and `backward` uses it up. One object is
    therefore one place in a network: a layer that is used twice is made twice.

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
        self._forward_pre_hooks: dict[int, hooks.ForwardPreHook] = {}
        self._forward_hooks: dict[int, hooks.ForwardHook] = {}
        self._backward_hooks: dict[int, hooks.BackwardHook] = {}

    # ------------------------------------------------------------------ computing

    def forward(self, x: Array) -> Array:
        """Output for an input."""
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
        Do as `backward` does for the parameters, where nobody asks for the input's gradient.

        This is what training calls: a network spares its first layer the work for the picture.
        """
        self.backward(grad_output)

    def __call__(self, x: Array) -> Array:
        """`forward`, with the hooks before and after it."""
        if not self._forward_pre_hooks and not self._forward_hooks:
            return self.forward(x)
        x = hooks.run_forward_pre_hooks(self._forward_pre_hooks, self, x)
        return hooks.run_forward_hooks(self._forward_hooks, self, x, self.forward(x))

    def _keep(self, *values: Any) -> None:
        """Keep what the backward pass needs; only the last forward counts."""
        self._saved = list(values)

    def _kept(self) -> Any:
        """What the last forward kept: once, so that the memory is free again."""
        if not self._saved:
            raise RuntimeError(
                f"{type(self).__name__}: backward needs a forward before it, and only one "
                "backward belongs to each forward; a layer that is used twice must be made twice"
            )
        values, self._saved = self._saved, []
        return values[0] if len(values) == 1 else values

    def forget(self) -> None:
        """Let go of what the last forward kept: its memory is free, no backward can follow."""
        self._saved = []
        for child in self.children():
            child.forget()

    # ------------------------------------------------------------------ hooks

    def register_forward_pre_hook(self, hook: hooks.ForwardPreHook) -> RemovableHandle:
        """Have ``hook(module, inputs)`` called before each forward: see `register_forward_hook`."""
        return RemovableHandle(self._forward_pre_hooks, hook)

    def register_forward_hook(self, hook: hooks.ForwardHook) -> RemovableHandle:
        """
        Have ``hook(module, inputs, output)`` called after each forward, as in PyTorch.

        The input comes in a tuple. What a hook returns, unless it is None, takes the place of
        what it sees: of the input before a forward, of the output after it.

        Examples
        --------
        >>> from course_utils import nn
        >>> net = nn.Sequential(nn.ReLU(), nn.Flatten())
        >>> def show(module, inputs, output):
        ...     print(type(module).__name__, inputs[0].shape, output.shape)
        >>> handles = [layer.register_forward_hook(show) for layer in net]
        >>> y = net(np.zeros((2, 3, 4)))
        ReLU (2, 3, 4) (2, 3, 4)
        Flatten (2, 3, 4) (2, 12)
        >>> for handle in handles:
        ...     handle.remove()
        """
        return RemovableHandle(self._forward_hooks, hook)

    def register_full_backward_hook(self, hook: hooks.BackwardHook) -> RemovableHandle:
        """
        Have ``hook(module, grad_input, grad_output)`` called after each backward.

        As in PyTorch both gradients come in tuples, the input's is None where nobody asked for
        it (the first layer of a network in training), and what the hook returns, unless it is
        None, takes the place of the input's gradient.
        """
        # Whoever goes back calls layer.backward. While there are hooks, attributes of the
        # object stand before the methods of its class; without hooks nothing is in the way.
        own = vars(self)
        own["backward"] = self._backward_with_hooks
        if type(self).backward_to_parameters is not Module.backward_to_parameters:
            own["backward_to_parameters"] = self._backward_to_parameters_with_hooks
        return RemovableHandle(self._backward_hooks, hook, self._uncover_backward)

    def _backward_with_hooks(self, grad_output: Array) -> Array:
        grad: Array | None = type(self).backward(self, grad_output)
        grad = hooks.run_backward_hooks(self._backward_hooks, self, grad, grad_output)
        assert grad is not None
        return grad

    def _backward_to_parameters_with_hooks(self, grad_output: Array) -> None:
        type(self).backward_to_parameters(self, grad_output)
        hooks.run_backward_hooks(self._backward_hooks, self, None, grad_output)

    def _uncover_backward(self) -> None:
        vars(self).pop("backward", None)
        vars(self).pop("backward_to_parameters", None)

    # ------------------------------------------------------------------ parts

    def named_children(self) -> Iterator[tuple[str, Module]]:
        """Name and part, for each part of this module, in the order in which they were set."""
        for name, value in vars(self).items():
            if isinstance(value, Module):
                yield name, value

    def children(self) -> Iterator[Module]:
        """The parts of this module, in the order in which they were set."""
        for _, child in self.named_children():
            yield child

    def named_modules(self, prefix: str = "") -> Iterator[tuple[str, Module]]:
        """Dotted name and module, for every module from here down, this one first."""
        yield prefix, self
        for name, child in self.named_children():
            yield from child.named_modules(f"{prefix}.{name}" if prefix else name)

    def modules(self) -> Iterator[Module]:
        """Every module from here down, this one first."""
        yield self
        for child in self.children():
            yield from child.modules()

    def get_submodule(self, target: str) -> Module:
        """The module of a dotted name, such as ``"layer1.0.conv1"``; "" is this one."""
        module = self
        for name in target.split(".") if target else ():
            part = vars(module).get(name)
            if not isinstance(part, Module):
                parts = ", ".join(name for name, _ in module.named_children())
                raise AttributeError(
                    f"{type(self).__name__}.get_submodule: there is no {target!r}; the parts of "
                    f"{type(module).__name__} are {parts or 'none'}"
                )
            module = part
        return module

    def add_module(self, name: str, module: Module) -> None:
        """Make a module a part of this one, under a name that an attribute could not have."""
        owner = type(self).__name__
        if not isinstance(module, Module):
            raise TypeError(
                f"{owner}: part {name!r} is a {type(module).__name__}, expected a Module"
            )
        taken = hasattr(self, name) and not isinstance(vars(self).get(name), Module)
        if not name or "." in name or taken:
            raise ValueError(f"{owner}: {name!r} cannot be the name of a part")
        setattr(self, name, module)

    def apply(self, fn: Callable[[Module], Any]) -> Self:
        """Call a function on every module from here down, parts first, and return this one."""
        for child in self.children():
            child.apply(fn)
        fn(self)
        return self

    def named_parameters(self) -> Iterator[tuple[str, Parameter]]:
        """PyTorch's name, such as ``"layer1.0.conv1.weight"``, and parameter, for all learnt."""
        for prefix, module in self.named_modules():
            for name, value in vars(module).items():
                if isinstance(value, Parameter):
                    yield f"{prefix}.{name}" if prefix else name, value

    def parameters(self) -> list[Parameter]:
        """Everything that is learnt, in order: what an optimiser takes."""
        return [parameter for _, parameter in self.named_parameters()]

    def count_parameters(self) -> int:
        """How many numbers are learnt: the sum of the sizes of all parameters."""
        return sum(parameter.size for parameter in self.parameters())

    # ------------------------------------------------------------------ modes

    def train(self, mode: bool = True) -> Self:
        """Switch this module and all within to training, or with ``mode=False`` to use."""
        for module in self.modules():
            module.training = mode
        return self

    def eval(self) -> Self:
        """Switch this module and all within to use: no dropout, running statistics."""
        return self.train(False)

    def requires_grad_(self, requires_grad: bool = True) -> Self:
        """Have all parameters keep their gradients, or with False hold them as they are."""
        for parameter in self.parameters():
            parameter.requires_grad = requires_grad
        return self

    def zero_grad(self) -> None:
        """Forget all gradients: the next backward starts from nothing."""
        for parameter in self.parameters():
            parameter.grad = None

    def to(self, dtype: npt.DTypeLike) -> Self:
        """
        Turn all parameters and floating buffers into another dtype: float32 or float64.

        Do this before handing the parameters to an optimiser, whose memory would keep the
        old dtype.
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
        """Compute in float64 from now on."""
        return self.to(np.float64)

    def float(self) -> Self:
        """Compute in float32 from now on."""
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
        """Copies of all parameters and buffers, by PyTorch's names."""
        return {name: array.copy() for name, array in self._state()}

    def load_state_dict(self, state: Mapping[str, Any], strict: bool = True) -> IncompatibleKeys:
        """
        Copy values into the parameters and buffers of the same names.

        Nothing is changed unless all names, shapes and values fit. A batch norm's statistics
        without ``num_batches_tracked``, as very old files have them, count as of 0 batches.

        Parameters
        ----------
        state : mapping of str to array_like
            Values by name: a `state_dict` of ours or, since its names are the same, the
            ``state_dict()`` of a PyTorch model on the CPU. Cast to the dtype of this module.
        strict : bool, default True
            Whether names that only one side has are an error.

        Returns
        -------
        IncompatibleKeys
            ``missing_keys``, of this module alone, and ``unexpected_keys``, of the state alone.

        Raises
        ------
        KeyError
            If names are missing or left over, and `strict`; with the likely cause.
        ValueError
            If a shape differs, or a count is no whole number.
        TypeError
            If the state is no mapping, or a value is no array of real numbers.

        Examples
        --------
        >>> from course_utils import nn
        >>> layer = nn.Linear(2, 1, rng=None)
        >>> layer.load_state_dict({"weight": [[1.0, 2.0]], "bias": [3.0]})
        <All keys matched successfully>
        >>> layer.weight.data
        array([[1., 2.]], dtype=float32)
        """
        operation, own = f"{type(self).__name__}.load_state_dict", dict(self._state())
        values, names = read_state(operation, own, state, strict)
        for name, value in values.items():
            own[name][...] = value
        return names

    # ------------------------------------------------------------------ showing

    def extra_repr(self) -> str:
        """What stands between the brackets when the module is printed: the options of a layer."""
        return ""

    def __repr__(self) -> str:
        name, options = type(self).__name__, self.extra_repr()
        parts = [f"({name}): {part!r}" for name, part in self.named_children()]
        if not parts:
            return f"{name}({options})"
        lines = "\n".join([options, *parts] if options else parts)
        return f"{name}(\n  " + lines.replace("\n", "\n  ") + "\n)"
