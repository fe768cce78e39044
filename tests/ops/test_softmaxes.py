"""softmax and log_softmax against PyTorch, large scores and infinities included."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils import ops
from tests.ops.agreement import gradients

RNG = np.random.default_rng(20)
NAMES = ["softmax", "log_softmax"]


def test_by_hand() -> None:
    np.testing.assert_allclose(ops.softmax(np.log([1.0, 3.0]), 0), [1 / 4, 3 / 4])
    np.testing.assert_allclose(ops.log_softmax([0.0, -2000.0], 0), [0, -2000])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("shape", "dim"),
    [((5,), 0), ((3, 4), 1), ((3, 4), -2), ((2, 3, 4), 1), ((), 0), ((0, 3), 1), ((3, 0), 1)],
)
def test_against_pytorch(name: str, shape: tuple[int, ...], dim: int) -> None:
    x = RNG.normal(scale=300, size=shape)
    tensor = torch.tensor(x, requires_grad=True)
    theirs = getattr(F, name)(tensor, dim)
    y = getattr(ops, name)(x, dim)
    assert y.shape == tuple(theirs.shape)
    np.testing.assert_allclose(y, theirs.detach().numpy(), rtol=1e-12, atol=1e-15)
    gy = RNG.normal(size=shape)
    gx = getattr(ops, name + "_backward")(gy, x, dim)
    np.testing.assert_allclose(gx, gradients(theirs, [tensor], gy)[0], rtol=0, atol=1e-12)
    assert getattr(ops, name)(x.astype(np.float32), dim).dtype == np.float32


@pytest.mark.parametrize("name", NAMES)
def test_infinities(name: str) -> None:
    x = np.array([[0.0, -np.inf, 1.0], [-np.inf] * 3, [np.inf, 0.0, 1.0]])
    theirs = getattr(F, name)(torch.tensor(x), 1).numpy()
    np.testing.assert_allclose(getattr(ops, name)(x, 1), theirs, atol=1e-15)


def test_refusals_say_what_is_wrong() -> None:
    x: Any = np.zeros((2, 3))
    with pytest.raises(ValueError, match=r"softmax: dim is 5, expected -2 to 1 for x \(2, 3\)"):
        ops.softmax(x, 5)
    with pytest.raises(ValueError, match=r"log_softmax_backward: grad_output is \(3,\), expected"):
        ops.log_softmax_backward(x[0], x, 1)
