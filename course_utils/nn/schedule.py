"""Schedules: how the learning rate changes from epoch to epoch."""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable

from course_utils.nn.optim import Optimizer
from course_utils.nn.options import shown


class Schedule:
    """
    Base of the schedules: the learning rate as a function of the number of epochs done.

    Parameters
    ----------
    optimizer : Optimizer
        The optimiser whose learning rate each `step` sets.

    Attributes
    ----------
    initial_lr : float
        The learning rate that the optimiser had at first.
    epoch : int
        Epochs done.

    Examples
    --------
    >>> import numpy as np
    >>> from course_utils import nn
    >>> optimizer = nn.SGD([nn.Parameter(np.zeros(1))], lr=0.5)
    >>> schedule = nn.StepLR(optimizer, step_size=2, gamma=0.1)
    >>> for _ in range(2):
    ...     schedule.step()
    >>> optimizer.lr
    0.05
    """

    def __init__(self, optimizer: Optimizer) -> None:
        self.optimizer = optimizer
        self.initial_lr = optimizer.lr
        self.epoch = 0

    def lr_at(self, epoch: int) -> float:
        """
        Learning rate after a number of epochs.

        Parameters
        ----------
        epoch : int
            Epochs done.

        Returns
        -------
        float
            The learning rate.
        """
        raise NotImplementedError

    def step(self) -> None:
        """One more epoch is done: set the learning rate of the next."""
        self.epoch += 1
        self.optimizer.lr = self.lr_at(self.epoch)

    def __repr__(self) -> str:
        return shown(self, "optimizer")


class StepLR(Schedule):
    """
    A factor after every so many epochs: ``torch.optim.lr_scheduler.StepLR``.

    Parameters
    ----------
    optimizer : Optimizer
        The optimiser whose learning rate is set.
    step_size : int
        Epochs between changes.
    gamma : float, default 0.1
        The factor.

    Examples
    --------
    >>> import numpy as np
    >>> from course_utils import nn
    >>> schedule = StepLR(nn.SGD([nn.Parameter(np.zeros(1))], lr=8.0), step_size=3, gamma=0.5)
    >>> [schedule.lr_at(epoch) for epoch in range(7)]
    [8.0, 8.0, 8.0, 4.0, 4.0, 4.0, 2.0]
    """

    def __init__(self, optimizer: Optimizer, step_size: int, gamma: float = 0.1) -> None:
        super().__init__(optimizer)
        if step_size < 1:
            raise ValueError(f"StepLR: step_size is {step_size}, expected at least 1")
        self.step_size, self.gamma = step_size, gamma

    def lr_at(self, epoch: int) -> float:
        """η₀ γ^⌊epoch / step_size⌋."""
        return self.initial_lr * self.gamma ** (epoch // self.step_size)


class MultiStepLR(Schedule):
    """
    A factor at chosen epochs: ``torch.optim.lr_scheduler.MultiStepLR``.

    Parameters
    ----------
    optimizer : Optimizer
        The optimiser whose learning rate is set.
    milestones : iterable of int
        Epochs after which the factor is applied.
    gamma : float, default 0.1
        The factor.

    Examples
    --------
    >>> import numpy as np
    >>> from course_utils import nn
    >>> optimizer = nn.SGD([nn.Parameter(np.zeros(1))], lr=8.0)
    >>> schedule = MultiStepLR(optimizer, milestones=[1, 3], gamma=0.5)
    >>> [schedule.lr_at(epoch) for epoch in range(5)]
    [8.0, 4.0, 4.0, 2.0, 2.0]
    """

    def __init__(self, optimizer: Optimizer, milestones: Iterable[int], gamma: float = 0.1) -> None:
        super().__init__(optimizer)
        self.milestones, self.gamma = sorted(milestones), gamma

    def lr_at(self, epoch: int) -> float:
        """η₀ γ^(milestones passed)."""
        return self.initial_lr * self.gamma ** bisect.bisect_right(self.milestones, epoch)


class CosineAnnealingLR(Schedule):
    r"""
    Half a cosine down: ``torch.optim.lr_scheduler.CosineAnnealingLR``.

    .. math::
        \eta_t = \eta_\text{min} + \tfrac12 (\eta_0 - \eta_\text{min})
        \left(1 + \cos\frac{\pi t}{T_\text{max}}\right)

    Parameters
    ----------
    optimizer : Optimizer
        The optimiser whose learning rate is set.
    T_max : int
        Epochs from the top to the bottom.
    eta_min : float, default 0.0
        Learning rate at the bottom.

    Notes
    -----
    I. Loshchilov and F. Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, ICLR 2017.

    Examples
    --------
    >>> import numpy as np
    >>> from course_utils import nn
    >>> schedule = CosineAnnealingLR(nn.SGD([nn.Parameter(np.zeros(1))], lr=8.0), T_max=2)
    >>> [schedule.lr_at(epoch) for epoch in range(3)]
    [8.0, 4.0, 0.0]
    """

    def __init__(self, optimizer: Optimizer, T_max: int, eta_min: float = 0.0) -> None:
        super().__init__(optimizer)
        if T_max < 1:
            raise ValueError(f"CosineAnnealingLR: T_max is {T_max}, expected at least 1")
        self.T_max, self.eta_min = T_max, eta_min

    def lr_at(self, epoch: int) -> float:
        """η_min + (η₀ − η_min)(1 + cos(π epoch / T_max)) / 2."""
        wave = (1 + math.cos(math.pi * epoch / self.T_max)) / 2
        return self.eta_min + (self.initial_lr - self.eta_min) * wave
