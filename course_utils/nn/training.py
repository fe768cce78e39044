"""The training loop: batches in a seeded order, steps, and the results of each epoch."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from course_utils.nn.accuracies import accuracy
from course_utils.nn.loss import CrossEntropyLoss
from course_utils.nn.modes import evaluating
from course_utils.nn.module import Module
from course_utils.nn.optim import Optimizer
from course_utils.nn.parameter import Array
from course_utils.nn.schedule import Schedule
from course_utils.progress_bar import bars_are_hidden


class Loss(Protocol):
    """Anything with a value and a gradient, such as `CrossEntropyLoss`."""

    def __call__(self, x: Array, target: Array, /) -> Array:
        """Loss of a batch."""

    def backward(self) -> Array:
        """Gradient of the last loss with respect to its first argument."""


@dataclass
class History:
    """
    The results of each epoch.

    Attributes
    ----------
    train_loss : list of float
        Mean loss over the training examples, each at the moment it was learnt from.
    test_loss : list of float
        Loss on the held-out examples, if there are any.
    test_accuracy : list of (float or None)
        Share of right answers to them; None where there is no such thing: see `accuracy`.
    lr : list of float
        Learning rate.
    """

    train_loss: list[float] = field(default_factory=list)
    test_loss: list[float] = field(default_factory=list)
    test_accuracy: list[float | None] = field(default_factory=list)
    lr: list[float] = field(default_factory=list)


def minibatches(
    n: int, batch_size: int, rng: np.random.Generator | None, drop_last: bool = False
) -> Iterator[npt.NDArray[np.int64]]:
    """
    Indices of 0 … n − 1 in batches, each index once.

    Parameters
    ----------
    n : int
        Number of examples.
    batch_size : int
        Examples in a batch.
    rng : numpy.random.Generator or None
        Shuffles; None keeps the order.
    drop_last : bool, default False
        Whether a smaller last batch is left out.

    Yields
    ------
    ndarray of int64
        Indices of one batch.

    Raises
    ------
    ValueError
        If the batch size is below 1.

    Examples
    --------
    >>> [batch.tolist() for batch in minibatches(5, 2, rng=None)]
    [[0, 1], [2, 3], [4]]
    """
    if batch_size < 1:
        raise ValueError(f"minibatches: batch_size is {batch_size}, expected at least 1")
    order = np.arange(n) if rng is None else rng.permutation(n)
    stop = n - n % batch_size if drop_last else n
    for start in range(0, stop, batch_size):
        yield order[start : start + batch_size]


def train_step(model: Module, loss: Loss, optimizer: Optimizer, x: Array, y: Array) -> float:
    """
    One batch: forward, loss, backward, step.

    Parameters
    ----------
    model : Module
        The network.
    loss : Loss
        What the step makes smaller.
    optimizer : Optimizer
        Changes the parameters.
    x, y : ndarray
        Examples and what the network should say of them.

    Returns
    -------
    float
        The loss before the step.

    Examples
    --------
    >>> from course_utils import nn
    >>> net = nn.Linear(2, 2, rng=np.random.default_rng(0), dtype=np.float64)
    >>> x, y = np.eye(2), np.array([0, 1])
    >>> step = lambda: train_step(net, nn.CrossEntropyLoss(), optimizer, x, y)
    >>> optimizer = nn.SGD(net.parameters(), lr=0.5)
    >>> step() > step() > step()
    True
    """
    optimizer.zero_grad()
    value = _one_number("train_step", loss(model(x), y))
    model.backward_to_parameters(loss.backward())
    optimizer.step()
    return value


def predict(model: Module, x: Array, batch_size: int = 256) -> Array:
    """
    Outputs for many examples, batch by batch, in eval mode, keeping nothing for a backward.

    Parameters
    ----------
    model : Module
        The network; each of its modules is restored to its mode.
    x : ndarray of shape (N, ...)
        Examples, at least one.
    batch_size : int, default 256
        Examples at a time, which bounds the memory.

    Returns
    -------
    ndarray of shape (N, ...)
        The outputs of the network.

    Examples
    --------
    >>> from course_utils import nn
    >>> predict(nn.Flatten(), np.zeros((3, 2, 2)), batch_size=2).shape
    (3, 4)
    """
    with evaluating(model):
        try:
            outputs = [model(x[batch]) for batch in minibatches(len(x), batch_size, rng=None)]
        finally:
            model.forget()
    return np.concatenate(outputs)


def evaluate(
    model: Module, x: Array, y: Array, loss: Loss | None = None, batch_size: int = 256
) -> tuple[float, float | None]:
    """
    Loss and share of right answers, in eval mode.

    Parameters
    ----------
    model : Module
        The network.
    x : ndarray of shape (N, ...)
        Examples.
    y : ndarray of shape (N,), or another that the loss takes
        Their classes, or what else the network should say of them.
    loss : Loss, optional
        Cross-entropy if not given.
    batch_size : int, default 256
        Examples at a time.

    Returns
    -------
    (float, float or None)
        Loss; accuracy from 0 to 1, or None where there is no such thing: see `accuracy`.

    Raises
    ------
    ValueError, TypeError
        If the loss cannot compare the outputs with y, or gives more than one number.

    Examples
    --------
    >>> from course_utils import nn
    >>> x = np.array([[9.0, 0.0], [9.0, 0.0]])
    >>> evaluate(nn.Flatten(), x, np.array([0, 1]))[1]
    0.5
    """
    loss = CrossEntropyLoss() if loss is None else loss
    outputs = predict(model, x, batch_size)
    value = _one_number("evaluate", loss(outputs, y))
    return value, accuracy(outputs, y, getattr(loss, "ignore_index", -100))


def fit(
    model: Module,
    optimizer: Optimizer,
    x: Array,
    y: Array,
    *,
    epochs: int,
    batch_size: int,
    rng: np.random.Generator,
    loss: Loss | None = None,
    schedule: Schedule | None = None,
    test: tuple[Array, Array] | None = None,
    augment: Callable[[Array, np.random.Generator], Array] | None = None,
    drop_last: bool = False,
    after_epoch: Callable[[int, History], Any] | None = None,
    progress: bool = True,
) -> History:
    """
    Train a network, with a progress bar, and leave it in eval mode.

    Parameters
    ----------
    model : Module
        The network.
    optimizer : Optimizer
        Over its parameters.
    x, y : ndarray
        Training examples and their classes, or what else the loss compares outputs with.
    epochs : int
        How often each example is seen.
    batch_size : int
        Examples in a step.
    rng : numpy.random.Generator
        Shuffles the examples: the same generator and model give the same training.
    loss : Loss, optional
        Cross-entropy if not given.
    schedule : Schedule, optional
        Stepped after each epoch.
    test : (ndarray, ndarray), optional
        Held-out examples and classes, judged after each epoch and never learnt from.
    augment : callable, optional
        ``augment(x, rng)`` changes each training batch.
    drop_last : bool, default False
        Whether a smaller last batch is left out of each epoch, as in PyTorch's ``DataLoader``. A
        batch norm may need that: a last batch of one example has no variance.
    after_epoch : callable, optional
        ``after_epoch(epoch, history)`` is called after each epoch, counted from 1: to save a
        checkpoint, or to stop early by returning True.
    progress : bool, default True
        Whether a bar is shown. The environment variable ``TQDM_DISABLE=1`` hides all bars.

    Returns
    -------
    History
        The results of each epoch.

    Raises
    ------
    ValueError
        If there are no examples, not one class for each, or no whole batch with `drop_last`;
        if the batch size is below 1.
    FloatingPointError
        If the loss is no longer a finite number; the message says where.

    Examples
    --------
    >>> from course_utils import nn
    >>> rng = np.random.default_rng(0)
    >>> x = rng.normal(size=(64, 2))
    >>> y = (x[:, 0] > x[:, 1]).astype(np.int64)
    >>> net = nn.Linear(2, 2, rng=rng, dtype=np.float64)
    >>> optimizer = nn.SGD(net.parameters(), lr=1.0)
    >>> history = fit(net, optimizer, x, y, epochs=5, batch_size=16, rng=rng, progress=False)
    >>> history.train_loss[0] > history.train_loss[-1]
    True
    """
    from tqdm.auto import tqdm

    if len(x) == 0 or len(x) != len(y):
        raise ValueError(
            f"fit: {len(x)} examples and {len(y)} classes, expected a class for each example"
        )
    if batch_size < 1:
        raise ValueError(f"fit: batch_size is {batch_size}, expected at least 1")
    if drop_last and len(x) < batch_size:
        raise ValueError(
            f"fit: {len(x)} examples fill no batch of {batch_size}, and drop_last leaves out a "
            "smaller one; expected a smaller batch_size"
        )
    loss = CrossEntropyLoss() if loss is None else loss
    history = History()
    seen = len(x) - len(x) % batch_size if drop_last else len(x)  # examples in an epoch
    steps = epochs * math.ceil(seen / batch_size)
    hidden = not progress or bars_are_hidden()
    with tqdm(total=steps, desc="training", unit="batch", leave=False, disable=hidden) as bar:
        for epoch in range(1, epochs + 1):
            model.train()
            total = 0.0
            for k, batch in enumerate(minibatches(len(x), batch_size, rng, drop_last)):
                examples = x[batch] if augment is None else augment(x[batch], rng)
                value = train_step(model, loss, optimizer, examples, y[batch])
                if not math.isfinite(value):
                    raise FloatingPointError(
                        f"fit: the loss is {value} in epoch {epoch}, batch {k + 1}; a smaller "
                        f"learning rate than {optimizer.lr:g} may help"
                    )
                total += value * len(batch)
                bar.update()
            history.train_loss.append(total / seen)
            history.lr.append(optimizer.lr)
            if test is not None:
                test_loss, share = evaluate(model, *test, loss=loss, batch_size=batch_size)
                history.test_loss.append(test_loss)
                history.test_accuracy.append(share)
                bar.set_postfix(epoch=epoch, **_shown(test_loss, share))
            else:
                bar.set_postfix(epoch=epoch, **_shown(history.train_loss[-1], None))
            if schedule is not None:
                schedule.step()
            if after_epoch is not None and after_epoch(epoch, history) is True:
                break
    model.eval()
    return history


def _shown(loss: float, share: float | None) -> dict[str, str]:
    """What the bar shows after an epoch: the accuracy, or the loss where there is none."""
    return {"loss": f"{loss:.3f}"} if share is None else {"accuracy": f"{share:.1%}"}


def _one_number(operation: str, loss: Array) -> float:
    if np.ndim(loss):
        raise ValueError(
            f"{operation}: the loss has shape {np.shape(loss)}, expected one number; "
            "reduction='none' leaves a loss for each example"
        )
    return float(loss)
