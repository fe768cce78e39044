"""Normalisation layers beside PyTorch's."""

from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn
from tests.nn.layer_checks import RNG, Case, behaves, close, randomise

CASES: dict[str, Case] = {
    "batch norm": (lambda: nn.BatchNorm2d(3), lambda: torch.nn.BatchNorm2d(3), (4, 3, 5, 6)),
    "batch norm, plain mean": (
        lambda: nn.BatchNorm2d(3, momentum=None, eps=1e-3),
        lambda: torch.nn.BatchNorm2d(3, momentum=None, eps=1e-3),
        (4, 3, 5, 6),
    ),
    "batch norm, not affine": (
        lambda: nn.BatchNorm2d(3, affine=False),
        lambda: torch.nn.BatchNorm2d(3, affine=False),
        (4, 3, 5, 6),
    ),
    "batch norm, no statistics": (
        lambda: nn.BatchNorm2d(3, track_running_stats=False),
        lambda: torch.nn.BatchNorm2d(3, track_running_stats=False),
        (4, 3, 5, 6),
    ),
    "local response norm": (
        lambda: nn.LocalResponseNorm(3, 0.5, 0.6, 2.0),
        lambda: torch.nn.LocalResponseNorm(3, 0.5, 0.6, 2.0),
        (2, 5, 3, 4),
    ),
}


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("name", CASES)
def test_pytorchs(name: str, training: bool) -> None:
    behaves(CASES[name], training)


def test_batch_norm_in_eval_keeps_the_statistics_it_used() -> None:
    ours, theirs = nn.BatchNorm2d(3).double().eval(), torch.nn.BatchNorm2d(3).double().eval()
    randomise(theirs)
    ours.load_state_dict(theirs.state_dict())
    x, g = RNG(1).normal(size=(4, 3, 5, 6)), RNG(2).normal(size=(4, 3, 5, 6))
    t = torch.from_numpy(x).requires_grad_()
    their_y: Any = theirs(t)
    ours(x)
    assert ours.running_var is not None
    ours.running_var += 5  # as if another batch had come between forward and backward
    their_y.backward(torch.from_numpy(g))
    assert t.grad is not None
    close(ours.backward(g), t.grad)


def test_an_input_of_other_channels_is_refused() -> None:
    with pytest.raises(ValueError, match=r"BatchNorm2d: x has shape \(2, 4, 5, 5\), .*\(B, 3, H"):
        nn.BatchNorm2d(3)(np.zeros((2, 4, 5, 5), np.float32))


LAYERS: Any = nn  # to be given what their types refuse too


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: LAYERS.BatchNorm2d(0), "BatchNorm2d: num_features is 0, expected at least 1"),
        (lambda: LAYERS.BatchNorm2d((3, 4)), r"BatchNorm2d: num_features is \(3, 4\), expected a"),
        (lambda: LAYERS.BatchNorm2d(3, affine=1), "BatchNorm2d: affine is 1, expected True"),
        (lambda: LAYERS.BatchNorm2d(3, dtype=int), "BatchNorm2d: dtype is int64, expected float32"),
        (lambda: LAYERS.LocalResponseNorm(0), "LocalResponseNorm: size is 0, expected at least 1"),
    ],
)  # fmt: skip
def test_options_are_checked_when_the_layer_is_made(make: Any, words: str) -> None:
    with pytest.raises((TypeError, ValueError), match=words):
        make()


def test_one_number_for_each_channel_is_refused_and_not_counted() -> None:
    layer = nn.BatchNorm2d(3)
    x = np.ones((1, 3, 1, 1), np.float32)
    with pytest.raises(
        ValueError, match=r"BatchNorm2d: x has shape \(1, 3, 1, 1\), and one number"
    ):
        layer(x)
    assert layer.num_batches_tracked == 0
    assert torch.nn.BatchNorm2d(3).eval()(torch.from_numpy(x)).shape == layer.eval()(x).shape
    for shape in ((2, 3, 1, 1), (1, 3, 1, 2)):  # two numbers have a variance, as in PyTorch
        ours = nn.BatchNorm2d(3)(RNG(0).normal(size=shape).astype(np.float32))
        theirs = torch.nn.BatchNorm2d(3)(torch.from_numpy(RNG(0).normal(size=shape)).float())
        np.testing.assert_allclose(ours, theirs.detach().numpy(), atol=1e-5)
