"""adaptive_avg_pool2d: by hand, and for every kind of size against PyTorch."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import adaptive_avg_pool2d, adaptive_avg_pool2d_backward
from tests.ops.agreement import gradients

RNG = np.random.default_rng(12)


def test_by_hand() -> None:
    # 3 columns in 2 windows: both see the middle one
    x = [[[1.0, 2.0, 6.0]]]
    np.testing.assert_array_equal(adaptive_avg_pool2d(x, (1, 2)), [[[1.5, 4.0]]])
    gx = adaptive_avg_pool2d_backward([[[2.0, 4.0]]], x, (1, 2))
    np.testing.assert_array_equal(gx, [[[1, 1 + 2, 2]]])
    np.testing.assert_array_equal(adaptive_avg_pool2d(x, 1), [[[3.0]]])


@pytest.mark.parametrize(
    "size", [0, 1, 2, 3, 5, 9, (None, 3), (4, None), (2, 7), (None, None), [3, 2]]
)
@pytest.mark.parametrize("shape", [(2, 3, 5, 7), (3, 4, 4), (0, 2, 5, 5), (2, 0, 3, 3)])
def test_against_pytorch(size: Any, shape: tuple[int, ...]) -> None:
    x = RNG.normal(size=shape)
    tensor = torch.tensor(x, requires_grad=True)
    theirs = F.adaptive_avg_pool2d(tensor, size)
    y = adaptive_avg_pool2d(x, size)
    assert y.shape == tuple(theirs.shape)
    np.testing.assert_allclose(y, theirs.detach().numpy(), rtol=0, atol=1e-13)
    gy = RNG.normal(size=y.shape)
    gx = adaptive_avg_pool2d_backward(gy, x, size)
    if 0 in y.shape[-3:]:  # PyTorch gives this result, but refuses a gradient for it
        np.testing.assert_array_equal(gx, np.zeros(shape))
        return
    np.testing.assert_allclose(gx, gradients(theirs, [tensor], gy)[0], rtol=0, atol=1e-13)


@pytest.mark.parametrize("size", [1, 2])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_is_kept(dtype: npt.DTypeLike, size: int) -> None:
    x = RNG.normal(size=(1, 2, 6, 6)).astype(dtype)
    y = adaptive_avg_pool2d(x, size)
    assert y.dtype == dtype
    assert adaptive_avg_pool2d_backward(y, x, size).dtype == dtype


def test_none_alone_is_refused_as_in_pytorch() -> None:
    x: Any = np.zeros((1, 2, 4, 4))
    none: Any = None
    with pytest.raises(TypeError):
        F.adaptive_avg_pool2d(torch.tensor(x), none)
    with pytest.raises(TypeError, match=r"^adaptive_avg_pool2d: output_size is None, expected a"):
        adaptive_avg_pool2d(x, none)
    with pytest.raises(TypeError, match=r"^adaptive_avg_pool2d_backward: output_size is None, "):
        adaptive_avg_pool2d_backward(x, x, none)


def test_refusals_say_what_is_wrong() -> None:
    x = np.zeros((1, 2, 4, 4))
    with pytest.raises(ValueError, match=r"adaptive_avg_pool2d: output_size is -1, expected at"):
        adaptive_avg_pool2d(x, -1)
    with pytest.raises(ValueError, match=r"output_size is \(3,\), expected one number or two"):
        adaptive_avg_pool2d(x, (3,))
    with pytest.raises(ValueError, match=r"x is \(4, 4\), expected \(B, C, H, W\) or \(C, H, W\)"):
        adaptive_avg_pool2d(x[0, 0], 1)
    with pytest.raises(ValueError, match=r"x is \(1, 2, 0, 4\), expected at least one pixel"):
        adaptive_avg_pool2d(x[:, :, :0], 1)
