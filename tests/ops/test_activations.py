"""Each function and its gradient against PyTorch, at the numbers where mistakes show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils import ops
from tests.ops.agreement import gradients

Function: TypeAlias = Callable[..., Any]

PAIRS: list[tuple[Function, Function, Function, tuple[float, ...]]] = [
    (ops.relu, ops.relu_backward, F.relu, ()),
    (ops.leaky_relu, ops.leaky_relu_backward, F.leaky_relu, ()),
    (ops.leaky_relu, ops.leaky_relu_backward, F.leaky_relu, (-0.3,)),
    (ops.sigmoid, ops.sigmoid_backward, torch.sigmoid, ()),
    (ops.tanh, ops.tanh_backward, torch.tanh, ()),
]
POINTS = np.array([[np.nan, -np.inf, np.inf, 0.0], [-0.0, 1000.0, -1000.0, -30.0], [1, -1, 3, -2]])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("f", "f_backward", "reference", "options"), PAIRS)
def test_against_pytorch(
    f: Function,
    f_backward: Function,
    reference: Function,
    options: tuple[float, ...],
    dtype: npt.DTypeLike,
) -> None:
    x = POINTS.astype(dtype)
    tensor = torch.tensor(x, requires_grad=True)
    theirs = reference(tensor, *options)
    with np.errstate(invalid="ignore"):
        y = f(x, *options)
    assert y.dtype == dtype
    tolerance = {"rtol": 8 * np.finfo(dtype).eps, "atol": 1e-38}
    np.testing.assert_allclose(y, theirs.detach().numpy(), **tolerance)
    gy = np.random.default_rng(0).normal(size=x.shape).astype(dtype)
    gx = f_backward(gy, x, *options)
    assert gx.dtype == dtype
    tolerance["atol"] = 4 * np.finfo(dtype).eps  # 1 − y² loses digits where y is near 1
    np.testing.assert_allclose(gx, gradients(theirs, [tensor], gy)[0], **tolerance)


@pytest.mark.parametrize(("f", "f_backward", "reference", "options"), PAIRS)
def test_no_warning_and_any_shape(
    f: Function, f_backward: Function, reference: Function, options: tuple[float, ...]
) -> None:
    for shape in [(), (0,), (2, 0, 3), (1, 2, 1)]:
        x = np.full(shape, -2.0)
        assert f(x, *options).shape == shape
        assert f_backward(x, x, *options).shape == shape


def test_integers_do_not_wrap() -> None:
    np.testing.assert_array_equal(ops.relu(np.array([1, 255], np.uint8)), [1.0, 255.0])


def test_refusals_say_what_is_wrong() -> None:
    wrong: Any = "a"
    with pytest.raises(TypeError, match=r"relu: x is complex128, expected float32 or float64"):
        ops.relu([1j])
    with pytest.raises(TypeError, match=r"leaky_relu: negative_slope is 'a', expected a number"):
        ops.leaky_relu([1.0], wrong)
    with pytest.raises(ValueError, match=r"tanh_backward: grad_output is \(2,\), expected \(1,\)"):
        ops.tanh_backward([1.0, 2.0], [1.0])
