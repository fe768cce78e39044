"""The fully connected layer beside PyTorch's."""

from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn
from tests.nn.layer_checks import RNG, Case, behaves

CASES: dict[str, Case] = {
    "bias": (lambda: nn.Linear(5, 3, rng=RNG(1)), lambda: torch.nn.Linear(5, 3), (4, 5)),
    "no bias": (
        lambda: nn.Linear(5, 3, bias=False, rng=RNG(1)),
        lambda: torch.nn.Linear(5, 3, bias=False),
        (4, 5),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_pytorchs(name: str) -> None:
    behaves(CASES[name], training=True)


def test_no_examples_at_all() -> None:
    assert nn.Linear(5, 3, rng=None)(np.zeros((0, 5), np.float32)).shape == (0, 3)


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        ((0, 3), {}, "Linear: in_features is 0, expected at least 1"),
        ((4, 2.5), {}, r"Linear: out_features is 2\.5, expected a whole number"),
        ((4, 3), {"dtype": "int32"}, "Linear: dtype is int32, expected float32 or float64"),
        ((4, 3), {"rng": 0}, r"Linear: rng is 0, expected a numpy\.random\.Generator"),
    ],
)
def test_refusals(arguments: Any, options: Any, words: str) -> None:
    with pytest.raises((TypeError, ValueError), match=words):
        nn.Linear(*arguments, **{"rng": None, **options})
