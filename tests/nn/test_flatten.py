"""Axes laid out in a row, beside PyTorch's."""

import numpy as np
import pytest
import torch

from course_utils import nn
from tests.nn.layer_checks import behaves


@pytest.mark.parametrize("dims", [(), (2,), (0,), (1, 2), (-3, -2), (2, 2)])
def test_pytorchs(dims: tuple[int, ...]) -> None:
    behaves((lambda: nn.Flatten(*dims), lambda: torch.nn.Flatten(*dims), (2, 3, 4, 5)), True)


def test_no_examples_at_all() -> None:
    assert nn.Flatten()(np.zeros((0, 3, 4))).shape == (0, 12)


@pytest.mark.parametrize("dims", [(), (2, 1)])
def test_axes_that_are_not_there_are_refused(dims: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"Flatten: x has shape \(3,\), which has no axes from"):
        nn.Flatten(*dims)(np.zeros(3))
