"""local_response_norm by hand and against PyTorch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import local_response_norm, local_response_norm_backward
from tests.ops.agreement import gradients

RNG = np.random.default_rng(18)
X = np.ones((2, 3, 4))


def test_by_hand() -> None:
    # neighbours 1 and 2, then 2 and 3: size 2 looks one channel back
    y = local_response_norm([[[1.0], [2.0], [3.0]]], 2, alpha=2.0, beta=1.0, k=1.0)
    np.testing.assert_allclose(y[0, :, 0], [1 / (1 + 1), 2 / (1 + 1 + 4), 3 / (1 + 4 + 9)])


@pytest.mark.parametrize("size", [1, 2, 3, 5, 20])
@pytest.mark.parametrize("shape", [(2, 7, 4), (2, 6, 3, 5), (0, 3, 2), (1, 1, 4)])
def test_against_pytorch(size: int, shape: tuple[int, ...]) -> None:
    x = RNG.normal(size=shape)
    tensor = torch.tensor(x, requires_grad=True)
    options = {"alpha": 0.7, "beta": 0.6, "k": 1.5}
    theirs = F.local_response_norm(tensor, size, **options)
    y = local_response_norm(x, size, **options)
    np.testing.assert_allclose(y, theirs.detach().numpy(), rtol=0, atol=1e-13)
    gy = RNG.normal(size=shape)
    gx = local_response_norm_backward(gy, x, size, **options)
    if x.size:  # of an empty batch PyTorch gives no gradient
        np.testing.assert_allclose(gx, gradients(theirs, [tensor], gy)[0], rtol=0, atol=1e-12)
    assert gx.shape == shape


@pytest.mark.parametrize("alpha", [0.5, np.float64(0.5)])
def test_float32_stays_float32(alpha: float) -> None:
    x = X.astype(np.float32)
    assert local_response_norm(x, 3, alpha).dtype == np.float32
    assert local_response_norm_backward(x, x, 3, alpha).dtype == np.float32


def test_refusals_say_what_is_wrong() -> None:
    with pytest.raises(ValueError, match=r"local_response_norm: x is \(2, 3\), expected \(B, C"):
        local_response_norm(np.ones((2, 3)), 3)
    with pytest.raises(ValueError, match=r"local_response_norm: size is 0, expected at least 1"):
        local_response_norm(X, 0)
    wrong: Any = "a"
    for name in ("alpha", "beta", "k"):
        with pytest.raises(
            TypeError, match=rf"local_response_norm: {name} is 'a', expected a number"
        ):
            local_response_norm(X, 3, **{name: wrong})
