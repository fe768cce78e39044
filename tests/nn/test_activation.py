"""Nonlinearities beside PyTorch's."""

import pytest
import torch

from course_utils import nn
from tests.nn.layer_checks import Case, behaves

CASES: dict[str, Case] = {
    "relu": (nn.ReLU, torch.nn.ReLU, (3, 4, 5)),
    "tanh": (nn.Tanh, torch.nn.Tanh, (3, 4, 5)),
    "sigmoid": (nn.Sigmoid, torch.nn.Sigmoid, (3, 4, 5)),
}


@pytest.mark.parametrize("name", CASES)
def test_pytorchs(name: str) -> None:
    behaves(CASES[name], training=True)
