"""Optimisers: what becomes of the gradients. The steps are those of ``torch.optim``."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np

from course_utils.nn.options import shown
from course_utils.nn.parameter import Array, Parameter
from course_utils.nn.state_dicts import cast, read_numbers, shortened, some


class Optimizer:
    """
    Base of the optimisers: parameters, a learning rate, and a memory for each parameter.

    Parameters
    ----------
    parameters : iterable of Parameter
        The parameters to learn, as `Module.parameters` gives them.
    lr : float
        Learning rate; schedules change it.

    Raises
    ------
    ValueError
        If there are no parameters, or the learning rate is negative.
    TypeError
        If something else is among them, such as the layers of a model.

    Examples
    --------
    >>> weight = Parameter(np.array([1.0]))
    >>> optimizer = SGD([weight], lr=0.1)
    >>> weight.accumulate(np.array([2.0]))
    >>> optimizer.step()
    >>> weight.data
    array([0.8])
    """

    # What is kept for each parameter, once there is anything; empty where a subclass does not say.
    memory_names: ClassVar[tuple[str, ...]] = ()

    def __init__(self, parameters: Iterable[Parameter], lr: float) -> None:
        self.parameters = list(parameters)
        name = type(self).__name__
        if not self.parameters:
            raise ValueError(f"{name}: there are no parameters to learn")
        for parameter in self.parameters:
            if not isinstance(parameter, Parameter):
                raise TypeError(
                    f"{name}: a {type(parameter).__name__} is among the parameters, expected "
                    "what model.parameters() gives"
                )
        if not lr >= 0:
            raise ValueError(f"{name}: lr is {lr}, expected a number >= 0")
        self.lr = lr
        self._memory: list[dict[str, Any]] = [{} for _ in self.parameters]

    def step(self) -> None:
        """Change every parameter that has a gradient, in place."""
        for parameter, memory in zip(self.parameters, self._memory, strict=True):
            if parameter.grad is not None:
                self._update(parameter.data, parameter.grad, memory)

    def zero_grad(self) -> None:
        """Forget all gradients."""
        for parameter in self.parameters:
            parameter.grad = None

    def _update(self, p: Array, grad: Array, memory: dict[str, Any]) -> None:
        raise NotImplementedError

    def __repr__(self) -> str:
        return shown(self, "parameters")

    def state_dict(self) -> dict[str, Array]:
        """
        Copies of everything that the optimiser remembers.

        Returns
        -------
        dict of str to ndarray
            The learning rate under ``"lr"``; the memory of parameter 3 under ``"3.name"``; the
            kind of optimiser and the shapes of its parameters, as text.
        """
        state = {
            "kind": np.array(type(self).__name__),
            "shapes": np.array(json.dumps([p.shape for p in self.parameters])),
            "lr": np.array(self.lr),
        }
        for k, memory in enumerate(self._memory):
            state |= {f"{k}.{name}": np.array(value) for name, value in memory.items()}
        return state

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """
        Take back what `state_dict` gave; nothing is changed unless all of it fits.

        Parameters
        ----------
        state : mapping of str to ndarray
            The state of an optimiser of the same kind over parameters of the same shapes.

        Raises
        ------
        ValueError
            If it belongs to another kind of optimiser or to other parameters, or is incomplete.
        TypeError
            If it is no mapping, or holds what is no real number.
        """
        self.take_state(self.read_state(state))

    def read_state(self, state: Mapping[str, Any]) -> tuple[float, list[dict[str, Any]]]:
        """Learning rate and memories in a state; raises if it does not fit."""
        operation = f"{type(self).__name__}.load_state_dict"
        if not isinstance(state, Mapping):
            raise TypeError(f"{operation}: the state is a {type(state).__name__}, not a mapping")
        self._check_owner(operation, state)
        memories: list[dict[str, Any]] = [{} for _ in self.parameters]
        for key in [key for key in state if key not in ("kind", "shapes", "lr")]:
            place, _, name = str(key).partition(".")
            if not place.isdecimal() or int(place) >= len(memories):
                raise ValueError(
                    f"{operation}: {shortened(repr(key))} belongs to no parameter; "
                    f"there are {len(memories)}"
                )
            p, label = self.parameters[int(place)], shortened(repr(key))
            value = read_numbers(operation, label, state[key])
            expected = () if name == "t" else p.shape
            if value.shape != expected:
                raise ValueError(
                    f"{operation}: {label} has shape {value.shape}, expected {expected}"
                )
            if name == "t":
                steps = int(cast(operation, label, value, np.dtype(np.int64)))
                if steps < 1:
                    raise ValueError(f"{operation}: {label} is {steps}, expected at least 1 step")
                memories[int(place)][name] = steps
            else:
                memories[int(place)][name] = cast(operation, label, value, p.data.dtype).copy()
        for k, memory in enumerate(memories):
            if self.memory_names and memory and memory.keys() != set(self.memory_names):
                raise ValueError(
                    f"{operation}: of parameter {k} there is {some(sorted(memory))}, "
                    f"expected {some(self.memory_names)}{_owner_of(memory)}"
                )
        lr = read_numbers(operation, "lr", state["lr"])
        if lr.ndim or not lr >= 0:
            raise ValueError(f"{operation}: lr is {shortened(str(lr))}, expected a number >= 0")
        return float(lr), memories

    def _check_owner(self, operation: str, state: Mapping[str, Any]) -> None:
        """Refuse the state of another kind of optimiser, or over other parameters."""
        if "lr" not in state:
            raise ValueError(
                f"{operation}: there is no lr among {some(state)}; expected what "
                f"{type(self).__name__}.state_dict gave"
            )
        # A state that says neither kind nor shapes is an older one.
        kind = str(state.get("kind", type(self).__name__))
        if kind != type(self).__name__:
            raise ValueError(
                f"{operation}: the state is of {shortened(kind)}, expected one of "
                f"{type(self).__name__}"
            )
        own = json.dumps([p.shape for p in self.parameters])
        shapes = str(state.get("shapes", own))
        if shapes != own:
            raise ValueError(
                f"{operation}: the state is over parameters of shapes {shortened(shapes)}, "
                f"these are {shortened(own)}"
            )

    def take_state(self, read: tuple[float, list[dict[str, Any]]]) -> None:
        """Go on from what `read_state` returned."""
        self.lr, self._memory = read


def _owner_of(memory: Mapping[str, Any]) -> str:
    """Name the optimisers that remember such things, as a clause, or nothing."""
    kinds = [kind.__name__ for kind in (SGD, Adam, AdamW) if set(memory) <= set(kind.memory_names)]
    return f"; this is the memory of {' or '.join(kinds)}" if kinds else ""


class SGD(Optimizer):
    r"""
    Stochastic gradient descent, with momentum: ``torch.optim.SGD``.

    .. math::
        g = \nabla L + \lambda w, \qquad v \leftarrow \mu v + (1 - d)\, g, \qquad
        w \leftarrow w - \eta \cdot
        \begin{cases} v & \\ g + \mu v & \text{(Nesterov)} \end{cases}

    The first v is g itself.

    Parameters
    ----------
    parameters : iterable of Parameter
        The parameters to learn.
    lr : float, default 1e-3
        Learning rate η.
    momentum : float, default 0.0
        Share μ of the last step that is kept.
    dampening : float, default 0.0
        Share d by which the gradient is reduced.
    weight_decay : float, default 0.0
        Factor λ of the weights that is added to their gradient.
    nesterov : bool, default False
        Whether to look ahead (needs momentum and no dampening).

    Examples
    --------
    >>> weight = Parameter(np.array([1.0]))
    >>> optimizer = SGD([weight], lr=0.5, momentum=0.5)
    >>> for _ in range(2):
    ...     weight.grad = np.array([1.0])
    ...     optimizer.step()
    >>> weight.data  # 1 - 0.5 * 1 - 0.5 * 1.5
    array([-0.25])
    """

    memory_names = ("velocity",)

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float = 1e-3,
        momentum: float = 0.0,
        dampening: float = 0.0,
        weight_decay: float = 0.0,
        nesterov: bool = False,
    ) -> None:
        super().__init__(parameters, lr)
        if momentum < 0 or weight_decay < 0:
            raise ValueError(
                f"SGD: momentum={momentum} and weight_decay={weight_decay}, expected both >= 0"
            )
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError("SGD: nesterov needs momentum > 0 and dampening = 0")
        self.momentum, self.dampening = momentum, dampening
        self.weight_decay, self.nesterov = weight_decay, nesterov

    def _update(self, p: Array, grad: Array, memory: dict[str, Any]) -> None:
        g = grad + self.weight_decay * p if self.weight_decay else grad
        if self.momentum:
            if "velocity" not in memory:
                memory["velocity"] = np.array(g)
            else:
                v = memory["velocity"]
                v *= self.momentum
                v += (1 - self.dampening) * g
            v = memory["velocity"]
            g = g + self.momentum * v if self.nesterov else v
        p -= self.lr * g


class Adam(Optimizer):
    r"""
    Steps of about equal size, from running means of g and g²: ``torch.optim.Adam``.

    .. math::
        m \leftarrow \beta_1 m + (1 - \beta_1) g, \qquad
        s \leftarrow \beta_2 s + (1 - \beta_2) g^2, \qquad
        w \leftarrow w - \eta\, \frac{m / (1 - \beta_1^t)}{\sqrt{s / (1 - \beta_2^t)} + \epsilon}

    Parameters
    ----------
    parameters : iterable of Parameter
        The parameters to learn.
    lr : float, default 1e-3
        Learning rate η.
    betas : (float, float), default (0.9, 0.999)
        Shares of the past in the two means.
    eps : float, default 1e-8
        Keeps the divisor from zero.
    weight_decay : float, default 0.0
        Factor of the weights that is added to their gradient, and so divided by √s too.

    Notes
    -----
    D. Kingma and J. Ba, Adam: A Method for Stochastic Optimization, ICLR 2015.

    Examples
    --------
    >>> weight = Parameter(np.array([1.0, 1.0]))
    >>> weight.grad = np.array([1e-3, 1e3])
    >>> Adam([weight], lr=0.1).step()
    >>> weight.data.round(4)  # the first step is as large as lr, whatever the gradient
    array([0.9, 0.9])
    """

    memory_names = ("t", "mean", "square")
    _decoupled = False

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(parameters, lr)
        if not all(0 <= beta < 1 for beta in betas):
            raise ValueError(f"{type(self).__name__}: betas is {betas}, expected from 0 to below 1")
        if eps < 0 or weight_decay < 0:
            raise ValueError(
                f"{type(self).__name__}: eps={eps} and weight_decay={weight_decay}, "
                "expected both >= 0"
            )
        self.betas, self.eps, self.weight_decay = betas, eps, weight_decay

    def _update(self, p: Array, grad: Array, memory: dict[str, Any]) -> None:
        g = grad
        if self.weight_decay and self._decoupled:
            p *= 1 - self.lr * self.weight_decay
        elif self.weight_decay:
            g = g + self.weight_decay * p
        if not memory:
            memory |= {"t": 0, "mean": np.zeros_like(p), "square": np.zeros_like(p)}
        memory["t"] += 1
        t, m, s = memory["t"], memory["mean"], memory["square"]
        b1, b2 = self.betas
        m += (1 - b1) * (g - m)
        s *= b2
        s += (1 - b2) * (g * g)
        divisor = np.sqrt(s)
        divisor /= math.sqrt(1 - b2**t)
        divisor += self.eps
        p -= (self.lr / (1 - b1**t)) * (m / divisor)


class AdamW(Adam):
    """
    Adam whose weight decay shrinks the weights themselves: ``torch.optim.AdamW``.

    Before each step w ← (1 − ηλ) w, so the decay is not divided by √s.

    Parameters
    ----------
    parameters : iterable of Parameter
        The parameters to learn.
    lr : float, default 1e-3
        Learning rate η.
    betas : (float, float), default (0.9, 0.999)
        Shares of the past in the two means.
    eps : float, default 1e-8
        Keeps the divisor from zero.
    weight_decay : float, default 1e-2
        Decay λ.

    Notes
    -----
    I. Loshchilov and F. Hutter, Decoupled Weight Decay Regularization, ICLR 2019.

    Examples
    --------
    >>> weight = Parameter(np.array([1.0]))
    >>> weight.grad = np.array([0.0])
    >>> AdamW([weight], lr=0.5, weight_decay=0.2).step()
    >>> weight.data
    array([0.9])
    """

    _decoupled = True

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
    ) -> None:
        super().__init__(parameters, lr, betas, eps, weight_decay)
