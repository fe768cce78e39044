"""Losses beside PyTorch's."""

from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn
from tests.nn.layer_checks import RNG, close


def gradient_and_value(loss: Any, x: Any, target: Any, **options: Any) -> tuple[Any, Any]:
    """PyTorch's gradient of a loss, from random weights of its parts where it has many."""
    t = torch.from_numpy(x.copy()).requires_grad_()
    value = loss(**options)(t, torch.from_numpy(target))
    value.backward(torch.from_numpy(RNG(9).normal(size=value.shape)) if value.ndim else None)
    return t.grad, value


def agree(ours: Any, theirs: Any, x: Any, target: Any, **options: Any) -> None:
    """The value, and the gradient, which can be had once."""
    grad, value = gradient_and_value(theirs, x, target, **options)
    close(ours(x, target), value)
    many = ours.reduction == "none"
    close(ours.backward(RNG(9).normal(size=value.shape) if many else None), grad)
    with pytest.raises(RuntimeError, match="backward needs a loss before it"):
        ours.backward()


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"reduction": "sum"},
        {"reduction": "none", "label_smoothing": 0.1},
        {"weight": np.array([1.0, 2.0, 0.5, 3.0]), "reduction": "none"},
        {"weight": np.array([1.0, 2.0, 0.5, 3.0])},
        {"ignore_index": 2},
    ],
    ids=str,
)
def test_cross_entropy(options: dict[str, Any]) -> None:
    logits, target = RNG(0).normal(size=(6, 4)) * 3, np.array([0, 2, 3, 1, 2, 0])
    theirs = {k: torch.from_numpy(v) if k == "weight" else v for k, v in options.items()}
    agree(nn.CrossEntropyLoss(**options), torch.nn.CrossEntropyLoss, logits, target, **theirs)


def test_cross_entropy_with_probabilities() -> None:
    logits, target = RNG(1).normal(size=(5, 3)), RNG(2).dirichlet(np.ones(3), size=5)
    agree(nn.CrossEntropyLoss(), torch.nn.CrossEntropyLoss, logits, target)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_mse(reduction: Any) -> None:
    x, target = RNG(2).normal(size=(2, 4, 3))
    agree(nn.MSELoss(reduction), torch.nn.MSELoss, x, target, reduction=reduction)


@pytest.mark.parametrize("loss", [nn.CrossEntropyLoss, nn.MSELoss])
def test_many_losses_need_to_be_told_their_gradient(loss: Any) -> None:
    x = RNG(0).random((3, 4))
    many, sum_ = loss(reduction="none"), loss(reduction="sum")
    y = many(x, x[::-1])
    with pytest.raises(ValueError, match=r"with reduction='none' there are many losses.*\(ones"):
        many.backward()
    with pytest.raises(ValueError, match=r"grad_output is \(\), expected"):
        many.backward(1.0)
    sum_(x, x[::-1])
    np.testing.assert_array_equal(many.backward(np.ones(y.shape)), sum_.backward())


LOSSES: Any = nn  # to be given what their types refuse too


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: LOSSES.MSELoss("avg"), "MSELoss: reduction is 'avg', expected 'mean', 'sum' or"),
        (lambda: LOSSES.CrossEntropyLoss(reduction=None), "CrossEntropyLoss: reduction is None"),
        (lambda: LOSSES.CrossEntropyLoss(label_smoothing=2), "label_smoothing is 2, expected"),
        (lambda: LOSSES.CrossEntropyLoss(ignore_index=0.5), "ignore_index is 0.5, expected"),
    ],
)  # fmt: skip
def test_options_are_checked_when_the_loss_is_made(make: Any, words: str) -> None:
    with pytest.raises((TypeError, ValueError), match=words):
        make()


def test_printed_form() -> None:
    assert repr(nn.MSELoss("sum")) == "MSELoss(reduction='sum')"
    assert repr(nn.CrossEntropyLoss(label_smoothing=0.1)) == (
        "CrossEntropyLoss(weight=None, ignore_index=-100, reduction='mean', label_smoothing=0.1)"
    )
